import pytest
from wagtail.models import Page

from tests import factories
from tests.surfaces import MARKER


@pytest.fixture
def admin(client, superuser):
    """A browser in which somebody with every permission is signed in."""
    client.force_login(superuser)
    return client


@pytest.fixture
def edited(public_article, editor, hanson):
    """A public article with an unsigned newer draft."""
    factories.edit(public_article, factories.copy(MARKER), factories.quotation(hanson), by=editor)
    return Page.objects.get(pk=public_article.pk).specific
