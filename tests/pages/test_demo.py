"""The demo is loaded through the importer and the services, and only where its known passwords do no harm."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from pages.demo.load import DemoRefused, load_demo
from pages.models import ProcedureArticlePage
from reviews.gate import waiting_names
from reviews.reader import public_article, stands_until
from tests import factories, schema_checker
from tests.mailbox import delivered

from .test_structured_data import graph_of

ROOT = Path(__file__).parents[2]


def is_sqlite():
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture
def demo(db, settings):
    if not is_sqlite():
        pytest.skip("The demo is loaded into SQLite only.")
    settings.DEBUG = True
    load_demo()


def test_four_are_public_one_waits_for_two_dermatologists_and_one_has_open_questions(demo):
    *public, waiting, draft = ProcedureArticlePage.objects.order_by("pk")
    assert [page.live for page in public] == [True] * 4
    assert waiting_names(factories.draft(waiting)) == ["Dr. Elena Marsh", "Dr. Samuel Osei"]
    assert waiting.workflow_in_progress
    codes = {obstacle.code for obstacle in factories.draft(draft).get_desk_obstacles()}
    assert {"speaker_inferred", "speaker_ambiguous", "import_question"} <= codes


def test_every_kind_of_block_stands_on_a_public_page(demo):
    public = ProcedureArticlePage.objects.live()
    assert {child.block_type for page in public for child in page.body} == set(public[0].body.stream_block.child_blocks)


def test_every_public_article_quotes_two_dermatologists(demo):
    for page in ProcedureArticlePage.objects.live():
        assert len({statement.clinician_id for statement in factories.content_of(page).quotations}) == 2


def test_every_public_article_tells_engines_valid_words(demo, client, settings):
    settings.DEBUG = False
    for page in ProcedureArticlePage.objects.live():
        assert schema_checker.problems(graph_of(client.get(page.url).content.decode())) == []


def test_one_article_is_due_when_a_license_ends(demo):
    due = {page.slug: stands_until(public_article(page.pk)) for page in ProcedureArticlePage.objects.live()}
    assert min(due, key=due.get) == "laser-hair-removal"
    assert timezone.localdate(due["laser-hair-removal"]) == timezone.localdate() + timezone.timedelta(days=45)


def test_every_demo_article_could_be_saved_in_the_editor_as_it_stands(demo):
    for page in ProcedureArticlePage.objects.order_by("pk"):
        draft = factories.draft(page)
        if not any(obstacle.code.startswith("speaker") for obstacle in draft.get_desk_obstacles()):
            draft.body.stream_block.clean(draft.body)


def test_the_record_of_the_demo_fits(demo, capsys):
    call_command("verify_record")
    assert "The record fits" in capsys.readouterr().out


def test_the_demo_promises_nothing(demo):
    forbidden = re.compile(r"\b(safe|painless|best|guaranteed)\b", re.IGNORECASE)
    for page in ProcedureArticlePage.objects.all():
        words = " ".join(statement.text for statement in factories.content_of(page).statements)
        assert forbidden.findall(words) == []


def test_the_demo_mails_nobody(demo):
    assert delivered() == []


def test_the_demo_refuses_a_site_without_debug(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="not loaded without DEBUG"):
        call_command("load_demo")


def test_the_demo_refuses_a_database_with_accounts(db, settings):
    settings.DEBUG = True
    factories.make_user()
    with pytest.raises(DemoRefused):
        load_demo()
    assert not Page.objects.filter(depth__gt=3).exists()


def production(**environment):
    return subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cms.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "www.example.org",
    "BASE_URL": "https://www.example.org",
    "EMAIL_URL": "consolemail://",
}


@pytest.mark.slow
def test_production_settings_refuse_the_demo():
    result = production(**COMPLETE)
    assert result.returncode == 1
    assert "The demo is not loaded without DEBUG" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPLETE)
def test_production_refuses_to_start_without_its_secrets_and_names_them(name):
    result = production(**{key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert f"{name} (" in result.stderr
    assert "Traceback" not in result.stderr.splitlines()[-1]
