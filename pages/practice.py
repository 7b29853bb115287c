from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    return {"practice": SimpleLazyObject(_practice)}


def practice_addresses() -> dict[str, str]:
    """Where the home page and the list of procedures are: editors may move them."""
    from .models import ProcedureIndexPage

    home = reverse("wagtail_serve", args=[""])
    index = ProcedureIndexPage.objects.live().first()
    return {"home_url": home, "procedures_url": (index and index.url) or home}


def _practice():
    return {**settings.PRACTICE, **practice_addresses()}
