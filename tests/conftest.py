import pytest
from django.conf import settings as django_settings

from pages.middleware import kept_pages

from . import factories
from .chromium import find_browser
from .harness import rows


def pytest_terminal_summary(terminalreporter):
    if not find_browser():
        terminalreporter.write_line("No Chromium on this machine: the browser tests did not run.", yellow=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in production: the server of the browser tests has connections of its own to it."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def migrated_rows(django_db_setup, django_db_blocker):
    """What the migrations made. Tests that commit take everything else away again."""
    with django_db_blocker.unblock():
        return rows()


@pytest.fixture(autouse=True)
def outbox(settings):
    """Django's test runner takes the setting over. Ours is what is tested; `tests.mailbox` delivers it."""
    settings.EMAIL_BACKEND = "reviews.outbox.OutboxBackend"


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test begins like a process that was just started."""
    kept_pages.clear()


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
