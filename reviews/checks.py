from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import Error, Tags, register
from django.db import connections
from wagtail.models import Page

from . import triggers
from .mixins import is_gated
from .policy import policy


@register
def every_page_type_is_gated_or_exempt(app_configs, **kwargs):
    """A page type that nobody thought about would be a hole in the gate."""
    exempt = policy().exempt_page_types
    return [
        Error(
            f"{model._meta.label} is neither gated nor exempt.",
            hint=f"Give it SignOffRequiredMixin, or add {model._meta.label!r} and the reason to "
            "settings.IMPRIMATUR['exempt_page_types'].",
            obj=model,
            id="reviews.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Page) and not is_gated(model) and not exempt.get(model._meta.label)
    ]


@register(Tags.database)
def every_trigger_exists(app_configs, databases=None, **kwargs):
    """SQLite drops triggers when a table is rebuilt; without them raw SQL could change the record."""
    return [
        Error(
            f"The database trigger {name} is missing.",
            hint="Run `python manage.py migrate`: it makes all triggers anew.",
            id="reviews.E002",
        )
        for using in databases or ()
        if _is_migrated(using)
        for name in triggers.missing(using)
    ]


@register(Tags.security, deploy=True)
def mail_is_delivered(app_configs, **kwargs):
    """An outbox that nothing empties looks like one that works."""
    backend = settings.POST_OFFICE["BACKENDS"]["default"]
    if any(name in backend for name in ("console", "dummy", "locmem")):
        hint = "Set EMAIL_URL to a mail server, for example smtp+tls://user:password@mail.example.org:587."
        return [checks.Warning(f"Mail goes nowhere: it is delivered by {backend}.", hint=hint, id="reviews.W001")]
    return []


def _is_migrated(using) -> bool:
    return "reviews_ledgerentry" in connections[using].introspection.table_names()
