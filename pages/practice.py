from django.conf import settings
from django.utils.functional import SimpleLazyObject


def practice(request):
    """What every template may print about the practice: fixed in the settings, so nobody has to sign it."""
    return {"practice": SimpleLazyObject(_practice)}


def _practice():
    from .models import HomePage, ProcedureIndexPage

    return {
        **settings.PRACTICE,
        "home_url": _url_of(HomePage) or "/",
        "procedures_url": _url_of(ProcedureIndexPage) or "/",
    }


def _url_of(model):
    page = model.objects.live().first()
    return page.url if page else None
