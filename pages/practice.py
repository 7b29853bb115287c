from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    return {"practice": SimpleLazyObject(_practice)}


def _practice():
    from .models import ProcedureIndexPage

    home = reverse("wagtail_serve", args=[""])
    index = ProcedureIndexPage.objects.live().first()
    return {**settings.PRACTICE, "home_url": home, "procedures_url": (index and index.url) or home}
