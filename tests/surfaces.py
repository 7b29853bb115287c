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
    "/nothing/here/",
    "/verify_bundle.py",
]
# Below the address of every article.
PARTS = ("", "record/", "record.json")


def addresses():
    """The lists, every article that has an address, and a page for everybody who might have one."""
    pages = ProcedureArticlePage.objects.all()
    articles = [f"{page.url}{part}" for page in pages if page.url for part in PARTS]
    people = [f"/people/{slugify(clinician.name)}-{clinician.pk}/" for clinician in Clinician.objects.all()]
    topics = [f"/procedures/tag/{slugify(tag.name)}/" for tag in Tag.objects.all()]
    return [*LISTS, *articles, *people, *topics]


def assert_nothing_leaked(client):
    client.logout()
    for address in addresses():
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404, 410)
        assert MARKER not in response.content.decode()
    live = ProcedureArticlePage.objects.filter(live=True)
    assert not live.exclude(pk__in=PublicPage.objects.values("pk")).exists()
