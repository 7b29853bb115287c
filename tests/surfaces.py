"""Every address an anonymous person can ask, and the words that must be on none of them."""

from pages.models import ProcedureArticlePage
from reviews.models import PublicPage

MARKER = "Unsigned words about lasers."
# Below the address of every article.
PARTS = ("", "record/", "record.json")


def assert_nothing_leaked(client):
    client.logout()
    articles = ProcedureArticlePage.objects.all()
    of_articles = [f"{page.url}{part}" for page in articles if page.url for part in PARTS]
    for address in ["/", "/procedures/", "/verify_bundle.py", *of_articles]:
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404, 410)
        assert MARKER not in response.content.decode()
    assert not articles.filter(live=True).exclude(pk__in=PublicPage.objects.values("pk")).exists()
