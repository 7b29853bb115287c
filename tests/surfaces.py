"""Every address an anonymous person can ask, and the words that must be on none of them."""

from django.utils.text import slugify
from taggit.models import Tag

from pages.models import ProcedureArticlePage
from reviews.models import Clinician, PublicPage

MARKER = "Unsigned words about lasers."
LISTS = [
    "/",
    "/procedures/",
    "/search/",
    "/search/?q=lasers",
    "/search/?q=unsigned",
    "/search/?q=laserz",
    "/people/",
    "/how-we-review/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-site.xml",
    "/robots.txt",
    "/llms.txt",
    "/verify_bundle.py",
]
MISSING = "/nothing/here/"
# Below the address of every article.
PARTS = ("", "record/", "record.json")


def addresses():
    """Every article that has an address, and a page for every person and every topic that might have one."""
    pages = ProcedureArticlePage.objects.all()
    articles = [f"{page.url}{part}" for page in pages if page.url for part in PARTS]
    people = [f"/people/{slugify(clinician.name)}-{clinician.pk}/" for clinician in Clinician.objects.all()]
    topics = [f"/procedures/tag/{slugify(tag.name)}/" for tag in Tag.objects.all()]
    return [*articles, *people, *topics]


def assert_nothing_leaked(client):
    client.logout()
    for address in LISTS:
        assert _status(client, address) == 200, address
    assert _status(client, MISSING) == 404
    found = {address: _status(client, address) for address in addresses()}
    assert set(found.values()) <= {200, 404, 410}, found
    live = ProcedureArticlePage.objects.filter(live=True)
    for page in live:
        assert found[page.url] == 200, page
    assert not live.exclude(pk__in=PublicPage.objects.values("pk")).exists()


def _status(client, address) -> int:
    """What it answers, checked to hold no unsigned words."""
    response = client.get(address, follow=True)
    assert MARKER not in response.content.decode(), address
    return response.status_code
