import pytest

from . import factories


@pytest.fixture(autouse=True)
def outbox(settings):
    """Django's test runner takes the setting over. Ours is what is tested; `tests.mailbox` delivers it."""
    settings.EMAIL_BACKEND = "reviews.outbox.OutboxBackend"


@pytest.fixture
def editor(db):
    return factories.make_editor()


@pytest.fixture
def hanson(db):
    return factories.make_clinician("Miriam Hanson")


@pytest.fixture
def reviewer(db):
    return factories.make_clinician("Ruth Alvarado", reviewer=True)


@pytest.fixture
def article(editor, hanson):
    """A draft with one quotation by Dr. Hanson."""
    return factories.make_article(factories.copy(), factories.quotation(hanson), by=editor)


@pytest.fixture
def public_article(article, editor, hanson, reviewer):
    """The same, signed and public."""
    return factories.publish_signed(article, by=editor, signers=[hanson, reviewer])


@pytest.fixture
def superuser(db):
    return factories.make_user("root", is_superuser=True, is_staff=True)
