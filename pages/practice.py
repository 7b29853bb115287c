from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    return {"practice": practice_as_printed()}


def practice_as_printed(procedures_url: str = "") -> dict:
    """Asks the database for the address of the index only if nobody knows it and a page prints it."""
    home = reverse("wagtail_serve", args=[""])
    looked_up = SimpleLazyObject(lambda: _procedures_url() or home)
    return {**settings.PRACTICE, "home_url": home, "procedures_url": procedures_url or looked_up}


def _procedures_url() -> str | None:
    from .models import ProcedureIndexPage

    index = ProcedureIndexPage.objects.live().first()
    return index and index.url
