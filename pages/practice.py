from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    return {"practice": SimpleLazyObject(practice_as_printed)}


def practice_as_printed(procedures_url: str = "") -> dict:
    """Who knows the address of the index already saves looking for it."""
    home = reverse("wagtail_serve", args=[""])
    return {**settings.PRACTICE, "home_url": home, "procedures_url": procedures_url or _index_url() or home}


def _index_url() -> str | None:
    from .models import ProcedureIndexPage

    index = ProcedureIndexPage.objects.live().first()
    return index and index.url
