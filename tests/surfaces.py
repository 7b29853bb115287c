"""Every address an anonymous person can ask, and the words that must be on none of them."""

from pages.models import ProcedureArticlePage
from reviews.models import PublicPage

MARKER = "Unsigned words about lasers."


def assert_nothing_leaked(client):
    client.logout()
    articles = ProcedureArticlePage.objects.all()
    for address in filter(None, ["/", "/procedures/", *(page.url for page in articles)]):
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404, 410)
        assert MARKER not in response.content.decode()
    assert not articles.filter(live=True).exclude(pk__in=PublicPage.objects.values("pk")).exists()
