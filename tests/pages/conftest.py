import pytest
from wagtail.models import Site

from tests import factories


@pytest.fixture
def publish(editor, hanson, reviewer):
    """Makes a public article: `publish("Peel", "It stings.", tags=["Face"])`."""

    def publishes(title, *sentences, tags=(), signers=None, blocks=(), **fields):
        copies = [factories.copy(sentence) for sentence in sentences or ["A cold spray freezes the spot."]]
        page = factories.make_article(*copies, *blocks, title=title, by=editor, **fields)
        draft = factories.draft(page)
        draft.tags.set(tags)
        draft.save_revision(user=editor)
        return factories.publish_signed(page, by=editor, signers=signers or [reviewer])

    return publishes


@pytest.fixture
def reads(client):
    """What an anonymous person reads at an address, checked to be there."""

    def read(address):
        client.logout()
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    return read


@pytest.fixture
def uncached(settings):
    """For what changes without an entry in the record, and is seen when a kept page ends."""
    settings.PUBLIC_CACHE = {**settings.PUBLIC_CACHE, "seconds": 0}


@pytest.fixture
def add_site():
    """Makes another site, whose home is the list of procedures."""

    def adds(hostname, port=80):
        Site.objects.create(hostname=hostname, port=port, root_page=factories.index_page())

    yield adds
    Site.clear_site_root_paths_cache()
