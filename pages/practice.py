from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    home = reverse("wagtail_serve", args=[""])
    return {
        "practice": {
            **settings.PRACTICE,
            "home_url": home,
            # Asks the database only on the pages that print it.
            "procedures_url": SimpleLazyObject(lambda: _procedures_url() or home),
        }
    }


def _procedures_url() -> str | None:
    from .models import ProcedureIndexPage

    index = ProcedureIndexPage.objects.live().first()
    return index and index.url
