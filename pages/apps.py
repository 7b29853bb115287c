from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Procedure articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import (
            checks,  # noqa: F401
            receivers,  # noqa: F401
        )
        from .finding import receivers as finding_receivers  # noqa: F401
