"""SQL queries of every screen with 10 and with 1,000 pages: the numbers are equal."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.middleware import kept_pages
from pages.models import ProcedureArticlePage
from reviews import services
from tests import factories

from .report import say
from .sizes import sized

FEW, MANY = 10, sized(quick=20, usual=1_000)


def run():
    people = factories.make_editor("screens"), factories.make_clinician("Screen Clinician", reviewer=True)
    first = _grow_to(FEW, *people)
    few = _queries(first, *people)
    _grow_to(MANY, *people)
    many = _queries(first, *people)
    say(f"SQL queries of each screen with {FEW} and with {MANY:,} articles")
    for name in few:
        say(f"  {name:40} {few[name]:4} {many[name]:4}  {'equal' if few[name] == many[name] else 'GROWS'}")
    say()


def _grow_to(size, editor, clinician):
    """Articles, all public but the newest, which waits for its signatures."""
    for number in range(ProcedureArticlePage.objects.filter(slug__startswith="screen").count(), size):
        page = factories.make_article(
            factories.copy(),
            factories.quotation(clinician),
            title=f"Screen {number}",
            slug=f"screen-{number}",
            by=editor,
        )
        services.request_review(page_id=page.pk, by=editor)
        if number % 10:
            factories.sign_all(page, clinician)
    return ProcedureArticlePage.objects.get(slug="screen-1")


def _queries(article, editor, clinician) -> dict[str, int]:
    waiting = ProcedureArticlePage.objects.get(slug="screen-0")
    screens = {
        "home": (None, "/"),
        "index": (None, "/procedures/"),
        "article": (None, Page.objects.get(pk=article.pk).url),
        "inbox": (clinician.user, "/review/"),
        "review": (clinician.user, f"/review/{waiting.pk}/"),
        "receipt": (clinician.user, f"/review/{article.pk}/signed/"),
        "admin home": (editor, "/admin/"),
        "editor": (editor, f"/admin/pages/{article.pk}/edit/"),
        "admin listing": (editor, f"/admin/pages/{factories.index_page().pk}/"),
    }
    return {name: _count(user, url) for name, (user, url) in screens.items()}


def _count(user, url) -> int:
    client = Client()
    if user:
        client.force_login(user)
    client.get(url)
    kept_pages.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)
