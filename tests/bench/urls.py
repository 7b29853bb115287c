from django.http import HttpResponse
from django.urls import path

from cms.urls import urlpatterns as site

_BODY = b"x" * 40_000


def bare(request):
    """Django alone, with all its middleware but the cache, which stands aside here."""
    return HttpResponse(_BODY, headers={"Cache-Control": "no-store"})


urlpatterns = [path("admin/bare/", bare), *site]
