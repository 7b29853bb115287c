"""The command: drafts, proposals, reports, and one sentence for each file that cannot be read."""

import json

import pytest
from django.core.management import CommandError, call_command

from pages.models import ProcedureArticlePage
from reviews.models import Clinician
from tests import factories

ARTICLE = """Freezing a wart

Cold kills the wart from the outside in.

“It stings for a minute,” says Dr. Ana Lopez, a dermatologist in Waco. Then it throbs. “By evening you forget about it.”

Dr. Ana Lopez works with Dr. Ben Carter. “We see you again in three weeks,” she says.
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "wart.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def quotations(page):
    return [child.value for child in factories.draft(page).body if child.block_type == "quotation"]


def test_an_imported_article_is_a_draft_with_a_revision(text):
    call_command("import_article", str(text))
    page = ProcedureArticlePage.objects.get()
    assert (page.title, page.live, page.revisions.count()) == ("Freezing a wart", False, 1)
    assert page.summary == "Cold kills the wart from the outside in."


def test_quotations_keep_their_words_attribution_and_how_the_speaker_is_known(text):
    call_command("import_article", str(text))
    first, second, third = quotations(ProcedureArticlePage.objects.get())
    assert first["words"] == "It stings for a minute."
    assert first["printed_attribution"] == "Dr. Ana Lopez, a dermatologist in Waco"
    assert (first["clinician"].name, first["speaker_basis"]) == ("Ana Lopez", "stated")
    assert (second["clinician"].name, second["speaker_basis"]) == ("Ana Lopez", "inferred")
    assert (third["clinician"], third["speaker_basis"]) == (None, "ambiguous")


def test_unknown_clinicians_are_proposed_with_nothing_that_could_sign(text):
    call_command("import_article", str(text))
    lopez = Clinician.objects.get(name="Ana Lopez")
    assert (lopez.is_verified, lopez.is_reviewer, lopez.user, lopez.credentials.count()) == (False, False, None, 0)
    assert lopez.proposed_from == "wart.txt"


def test_known_clinicians_are_found_by_name(text):
    known = factories.make_clinician("Ana Lopez")
    call_command("import_article", str(text))
    assert quotations(ProcedureArticlePage.objects.get())[0]["clinician"] == known
    assert not Clinician.objects.filter(name="Ana Lopez").exclude(pk=known.pk).exists()


def test_two_known_clinicians_of_the_same_name_are_a_question(text):
    for _ in range(2):
        Clinician.objects.create(name="Ana Lopez")
    call_command("import_article", str(text))
    first = quotations(ProcedureArticlePage.objects.get())[0]
    assert (first["clinician"], first["speaker_basis"]) == (None, "ambiguous")


def test_open_questions_keep_an_import_from_being_sent(text, editor, reviewer):
    from reviews import services
    from reviews.errors import NotAllowed

    call_command("import_article", str(text))
    page = ProcedureArticlePage.objects.get()
    admin = factories.make_user("root", is_superuser=True)
    with pytest.raises(NotAllowed, match="Confirm who said “By evening you forget about it"):
        services.request_review(page_id=page.pk, by=admin)
    assert not page.workflow_in_progress


def test_a_dry_run_writes_nothing(text, capsys):
    call_command("import_article", str(text), dry_run=True)
    assert not ProcedureArticlePage.objects.exists()
    assert not Clinician.objects.exists()
    assert "“It stings for a minute,” (Ana Lopez, explicit)" in capsys.readouterr().out


def test_json_has_the_shape_of_the_samples(text, capsys):
    call_command("import_article", str(text), dry_run=True, json=True)
    [line] = capsys.readouterr().out.splitlines()
    data = json.loads(line)
    assert set(data) == {"file", "title", "clinicians", "quotations", "not_quotations", "warnings"}
    assert data["quotations"][0] == {
        "text": "It stings for a minute,",
        "paragraph": 2,
        "speaker": "Ana Lopez",
        "attribution": "explicit",
        "speaker_kind": "clinician",
    }


BAD_FILES = {
    "binary": ("a.txt", b"\x00\x01\x02PNG"),
    "empty": ("a.txt", b""),
    "only white space": ("a.txt", b" \n\n \n"),
    "undecodable": ("a.txt", b"Caf\xe9 is open"),
    "10 MB": ("a.txt", b"word " * 2_100_000),
    "another format": ("a.docx", b"PK\x03\x04"),
    "gone": ("a.txt", None),
}


@pytest.mark.parametrize(("name", "content"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_the_others_are_imported(name, content, text, tmp_path, capsys):
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(CommandError, match=r"1 of 2 files were not imported\."):
        call_command("import_article", str(bad), str(text))
    [line] = capsys.readouterr().err.strip().splitlines()
    assert name in line
    assert line.endswith(".")
    assert ProcedureArticlePage.objects.get().title == "Freezing a wart"


def test_a_title_that_wagtail_cannot_hold_leaves_nothing_behind(tmp_path, capsys):
    path = tmp_path / "long.txt"
    path.write_text(f"{'Very ' * 80}long\n\n“It stings,” says Dr. New Person.\n")
    with pytest.raises(CommandError):
        call_command("import_article", str(path))
    assert "long.txt" in capsys.readouterr().err
    assert not Clinician.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"parent": "nowhere"}, "There is no index page with the slug “nowhere”"),
        ({"owner": "x"}, "There is no user “x”"),
    ],
)
def test_a_parent_or_owner_that_does_not_exist_is_said_before_anything_is_read(options, sentence, text):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_article", str(text), **options)
    assert not ProcedureArticlePage.objects.exists()
