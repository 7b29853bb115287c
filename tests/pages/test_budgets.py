"""What an article may weigh on its way to a phone, compressed as production serves it."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from pages.demo.load import load_demo
from pages.models import ProcedureArticlePage

KB = 1024


@pytest.fixture
def html(db, settings, client):
    settings.DEBUG = True
    load_demo()
    settings.DEBUG = False
    article = max(ProcedureArticlePage.objects.live(), key=lambda page: len(str(page.body.get_prep_value())))
    return client.get(article.url).content.decode()


def static_files(html, ending) -> list[bytes]:
    """What the page loads of its own, and what its check loads when somebody asks for it."""
    names = set(re.findall(rf'"/static/([^"]+\.{ending})"', html))
    return [open(finders.find(name), "rb").read() for name in names]


def weight(parts: list[bytes]) -> float:
    return sum(len(brotli.compress(part)) for part in parts) / KB


def test_an_article_stays_within_its_budget(html):
    pages, styles, scripts = [html.encode()], static_files(html, "css"), static_files(html, "js")
    fonts, pictures = static_files(html, "woff2"), static_files(html, "svg")
    assert weight(pages) <= 20
    assert (len(styles), weight(styles) <= 10) == (1, True)
    assert (len(scripts), weight(scripts) <= 5) == (2, True)
    assert (len(fonts), weight(fonts) <= 25) == (1, True)
    images = len(re.findall(r"<img ", html))
    assert 1 + len(styles + scripts + fonts + pictures) + images <= 15
    assert weight(pages + styles + scripts + fonts + pictures) <= 250


def test_a_page_asks_nobody_else_for_anything(html):
    loaded = re.findall(r'(?:src|srcset)="([^"]+)"', html) + re.findall(r'<link [^>]*href="([^"]+)"', html)
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []


@pytest.mark.slow
def test_static_files_are_hashed_compressed_and_kept_for_ever(tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", verbosity=0, interactive=False)
    [style] = tmp_path.glob("site/site.*.css")
    assert style.with_name(f"{style.name}.br").exists()
    from django.http import HttpResponse
    from django.test import RequestFactory
    from whitenoise.middleware import WhiteNoiseMiddleware

    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    response = serve(RequestFactory().get(f"/static/site/{style.name}", headers={"Accept-Encoding": "br"}))
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
