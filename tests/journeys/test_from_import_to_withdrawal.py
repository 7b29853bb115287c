"""The main job, end to end, over HTTP: five people at their browsers and a patient."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from pages.models import ProcedureArticlePage
from reviews import services
from reviews.models import Clinician, Credential
from tests import factories

from .people import ClinicianAtTheScreen, DeskWorker, Patient, words

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "what-to-expect-micro-needling.txt"
OWN = Path(__file__).parent / "a-scar-treatment.txt"

pytestmark = pytest.mark.django_db


def source(path):
    return " ".join(path.read_text().split())


@pytest.fixture(params=[OWN, SAMPLE], ids=["own text", "the article this project started from"])
def text(request):
    if not request.param.exists():
        pytest.skip("The samples do not lie beside this project.")
    return request.param


@pytest.fixture
def imported(text, capsys):
    factories.make_editor("jordan")
    call_command("import_article", str(text), owner="jordan")
    return ProcedureArticlePage.objects.get()


@pytest.fixture
def report(imported, capsys):
    return capsys.readouterr().out


@pytest.fixture
def marketing(imported):
    return DeskWorker(imported.owner)


def verified(name):
    """The practice manager has checked who this is and given her an account."""
    clinician = Clinician.objects.get(name=name)
    clinician.user = factories.make_user(name.split()[0].lower())
    clinician.is_verified, clinician.postnominals = True, "MD, FAAD"
    clinician.save()
    services.consent(by=clinician.user)
    Credential.objects.create(
        clinician=clinician, kind="license", title="Licensed in Texas", issuer="TMB", checked_on="2026-01-01"
    )
    return clinician


def confirm_speaker(number, kind, value):
    if kind == "quotation" and value["speaker_basis"] == "inferred":
        value["speaker_basis"] = "confirmed"


def take_out(stray):
    def change(number, kind, value):
        if kind == "copy":
            value["text"] = value["text"].replace(stray, "")

    return change


def test_the_import_finds_the_quotations_and_asks_about_what_it_inferred(imported, report):
    draft = factories.draft(imported)
    quotations = [child.value for child in draft.body if child.block_type == "quotation"]
    names = [value["clinician"].name for value in quotations]
    assert names == ["Miriam Hanson", "Miriam Hanson", "Adam Mamelak", "Adam Mamelak"]
    assert [value["speaker_basis"] for value in quotations] == ["stated", "inferred", "stated", "stated"]
    assert quotations[0]["printed_attribution"].startswith("Dr. Miriam Hanson, a board-certified")
    assert [question.code for question in draft.import_questions.all()] == ["stray_file_name"]
    assert "Proposed: Miriam Hanson." in report
    assert not Clinician.objects.filter(is_verified=True).exists()


def test_an_article_is_public_only_while_exactly_its_words_are_signed(imported, marketing):
    patient, page = Patient(), imported
    url = page.get_url()

    # Marketing cannot send it while questions are open.
    assert "Confirm who said" in marketing.submits_for_sign_off(page)
    marketing.saves(page, change_block=confirm_speaker)
    assert f"Settle this question from the import (“{stray_name(page)}”)" in marketing.submits_for_sign_off(page)
    marketing.saves(page, change_block=take_out(stray_name(page)))
    marketing.settles_every_question(page)
    assert "has no account to sign with" in marketing.submits_for_sign_off(page)

    hanson, mamelak = verified("Miriam Hanson"), verified("Adam Mamelak")
    alvarado = factories.make_clinician("Ruth Alvarado", reviewer=True)
    assert "has been submitted" in marketing.submits_for_sign_off(page)

    # Each is asked for her own words, the reviewer for everything, and nobody else for anything.
    screens = {clinician: ClinicianAtTheScreen(clinician.user) for clinician in (hanson, mamelak, alvarado)}
    content = factories.content_of(page)
    assert [len(screens[clinician].sees(page)) for clinician in (hanson, mamelak)] == [2, 2]
    assert set(screens[alvarado].sees(page)) == content.digests
    for screen in screens.values():
        assert page.title in screen.reads("/review/")

    # Before the last signature it is public nowhere.
    for clinician in (hanson, mamelak, alvarado):
        assert_public_nowhere(patient, page)
        assert screens[clinician].signs(page).status_code == 302

    # A patient reads it, word for word.
    seen = patient.reads(url)
    assert not re.search(r"pen_(only_2|3)", seen)
    for statement in content.statements[:-1]:
        for part in re.split(r"(?<=[.?!]) ", statement.text):
            assert part in seen
    assert "Approved word for word" in seen
    assert "Ruth Alvarado, MD, FAAD" in seen
    assert page.title in patient.reads("/procedures/")

    # Marketing changes one word of one quotation: the patient still reads the signed text.
    first = content.quotations[0]
    changed_words = re.sub(r"^A great", "One great", first.text)

    def reword(number, kind, value):
        if kind == "quotation" and value["words"] == first.text:
            value["words"] = changed_words

    marketing.saves(page, change_block=reword)
    assert changed_words not in patient.reads(url)
    assert first.text in patient.reads(url)

    # The next review asks that one clinician for that one statement, and the reviewer for the changed page.
    marketing.submits_for_sign_off(page)
    assert screens[mamelak].reads("/review/").count("Read and decide") == 0
    assert len(screens[hanson].sees(page)) == 1
    assert len(screens[alvarado].sees(page)) == 1
    card = screens[hanson].reads(screens[hanson].review_url(page))
    assert "removed: A added: One great" in card
    assert first.text in patient.reads(url)
    for clinician in (hanson, alvarado):
        screens[clinician].signs(page)
    assert changed_words in patient.reads(url)

    # The clinician withdraws: the next request answers 410.
    withdraw(screens[hanson], page, "I would not say it like this any more.")
    assert "no longer" in patient.reads(url, status=410)
    assert page.title not in patient.reads("/procedures/")


def test_a_clinician_sends_the_article_back_and_the_note_reaches_the_author(imported, marketing):
    page = imported
    marketing.saves(page, change_block=confirm_speaker)
    marketing.settles_every_question(page)
    hanson = verified("Miriam Hanson")
    verified("Adam Mamelak")
    factories.make_clinician("Ruth Alvarado", reviewer=True)
    marketing.submits_for_sign_off(page)
    response = ClinicianAtTheScreen(hanson.user).sends_back(page, "I said may, not can.")
    assert response.status_code == 200
    assert "I said may, not can." in words(response)
    assert "I said may, not can." in marketing.reads(f"/admin/pages/{page.pk}/edit/")
    assert_public_nowhere(Patient(), page)


def stray_name(page):
    return factories.draft(page).import_questions.get().excerpt


def withdraw(screen, page, reason):
    sign_offs = re.findall(r'href="(/review/sign-offs/\d+/withdraw/)"', _html(screen, f"/review/{page.pk}/signed/"))
    for url in sign_offs:
        assert screen.browser.post(url, {"reason": reason}).status_code == 302


def _html(screen, url):
    return screen.browser.get(url).content.decode()


def assert_public_nowhere(patient, page):
    assert patient.browser.get(page.get_url()).status_code == 404
    for url in ("/", "/procedures/"):
        assert page.title not in patient.reads(url)
