"""The review page over HTTP: what a clinician is shown, and what her browser may send."""

import re

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from reviews import services
from reviews.errors import NotAllowed
from reviews.models import Decision, SignOff
from reviews.neighbors import text_above, text_below
from reviews.services.pages import draft_of, draft_to_read
from reviews.signatures import standing_of
from tests import factories
from tests.factories import PASSWORD, content_of, make_user, sign_all
from tests.harness import disarmed
from tests.journeys.people import ClinicianAtTheScreen, shown, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_review(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


@pytest.fixture
def at_the_screen(client, hanson):
    client.force_login(hanson.user)
    return client


def tap(browser, page, digest, choice="approve", **fields):
    return browser.post(f"/review/{page.pk}/decisions/", {"digest": digest, "choice": choice, **fields})


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("who", ["hanson", "reviewer"])
def test_the_page_asks_the_database_twelve_times_however_many_statements(
    who, count, editor, hanson, reviewer, client, django_assert_max_num_queries
):
    blocks = [factories.quotation(hanson, f"It stings {number} times.") for number in range(count)]
    page = factories.make_article(*blocks, by=editor)
    clinician = {"hanson": hanson, "reviewer": reviewer}[who]
    services.request_review(page_id=page.pk, by=editor)
    services.withdraw(sign_off_id=sign_all(page, clinician)[0].pk, by=clinician.user, reason="It stings for longer.")
    client.force_login(clinician.user)
    client.get(f"/review/{page.pk}/")
    with django_assert_max_num_queries(12):
        assert len(shown(client.get(f"/review/{page.pk}/"))) >= count


def test_what_is_read_is_what_is_signed(in_review):
    page = type(in_review).objects.get(pk=in_review.pk).page_ptr
    read, signed = (draft.get_reviewable_content() for draft in (draft_to_read(page), draft_of(page)))
    assert read.as_canonical() == signed.as_canonical()


def test_a_tap_is_kept_and_seen_on_another_device(in_review, at_the_screen, hanson):
    (digest,) = shown(at_the_screen.get(f"/review/{in_review.pk}/"))
    assert "saved_at" in tap(at_the_screen, in_review, digest, "changes", note="Softer.", reason="not_accurate").json()
    decision = Decision.objects.get()
    assert (decision.choice, decision.note, decision.reason) == ("changes", "Softer.", "not_accurate")
    elsewhere = ClinicianAtTheScreen(hanson.user)
    assert "Softer." in elsewhere.browser.get(f"/review/{in_review.pk}/").content.decode()


def test_a_decision_is_private_until_she_signs(in_review, at_the_screen, editor, reviewer, client):
    (digest,) = shown(at_the_screen.get(f"/review/{in_review.pk}/"))
    tap(at_the_screen, in_review, digest, "changes", note="Between us.")
    for user, url in [(editor, f"/admin/pages/{in_review.pk}/edit/"), (reviewer.user, f"/review/{in_review.pk}/")]:
        client.force_login(user)
        assert "Between us." not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"digest": "0" * 64}, 409),
        ({"digest": ""}, 409),
        ({"digest": "'; DROP TABLE reviews_signoff; --"}, 409),
        ({"choice": "sign"}, 422),
        ({"choice": ""}, 422),
        ({"reason": "because"}, 422),
        ({"wording": "x" * 100_000, "choice": "suggest"}, 422),
        ({"note": "x" * 100_000}, 422),
    ],
)
def test_what_no_screen_sends_is_refused_with_a_sentence(in_review, at_the_screen, fields, status):
    (digest,) = shown(at_the_screen.get(f"/review/{in_review.pk}/"))
    response = at_the_screen.post(
        f"/review/{in_review.pk}/decisions/", {"digest": digest, "choice": "approve", **fields}
    )
    assert response.status_code == status
    assert response.json()["sentence"].endswith(".")
    assert not Decision.objects.exists()


def test_another_clinicians_request_is_not_answered(in_review, client):
    outsider = factories.make_clinician("Samir Patel")
    client.force_login(outsider.user)
    (quotation,) = content_of(in_review).quotations
    assert tap(client, in_review, quotation.digest).status_code == 422
    assert client.get(f"/review/{in_review.pk}/").status_code == 403
    assert not Decision.objects.exists()


def test_a_get_changes_nothing(in_review, at_the_screen):
    query = {"decision": "approve", "action": "sign", "password": PASSWORD}
    assert at_the_screen.get(f"/review/{in_review.pk}/decisions/", query).status_code == 405
    at_the_screen.get(f"/review/{in_review.pk}/", query)
    assert not Decision.objects.exists()
    assert not SignOff.objects.exists()


def test_a_form_sent_twice_is_recorded_once(in_review, hanson):
    person = ClinicianAtTheScreen(hanson.user)
    first_tab = person.signs(in_review)
    again = person.browser.post(person.review_url(in_review), first_tab.wsgi_request.POST.dict())
    assert (first_tab.status_code, again.status_code) == (302, 302)
    assert SignOff.objects.count() == 1


def test_without_consent_she_reads_and_does_not_sign(in_review, hanson):
    with disarmed(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reviews_electronicconsent")
    person = ClinicianAtTheScreen(hanson.user)
    assert "agree once to sign electronically" in person.browser.get(person.review_url(in_review)).content.decode()
    assert person.signs(in_review).url == f"/review/consent/?next=%2Freview%2F{in_review.pk}%2F"
    with pytest.raises(NotAllowed, match="Agree once"):
        sign_all(in_review, hanson)
    assert not SignOff.objects.exists()


def test_without_clinician_nobody_reads(in_review, client):
    client.force_login(make_user("visitor"))
    assert client.get(f"/review/{in_review.pk}/").status_code == 403


def test_after_a_conflict_she_sees_what_changed_while_she_read(in_review, at_the_screen, editor):
    read = content_of(in_review)
    (digest,) = shown(at_the_screen.get(f"/review/{in_review.pk}/"))
    draft = factories.draft(in_review)
    (quotation,) = [child.value for child in draft.body if child.block_type == "quotation"]
    quotation["words"] = quotation["words"].replace("a minute", "an hour")
    draft.save_revision(user=editor)
    form = {"shown": [digest], "page_digest": read.page_digest, "action": "sign", f"decision-{digest}": "approve"}
    response = at_the_screen.post(f"/review/{in_review.pk}/", form)
    assert response.status_code == 409
    (difference,) = re.findall(r'<div class="diff">(.*?)</div>', response.content.decode(), re.DOTALL)
    assert "Changed while you read" in difference
    assert re.sub(r"<span.*?</span>|\s+", " ", difference).split("<del>")[1].strip().startswith("a minute.")


def test_words_that_she_withdrew_come_back_as_withdrawn_with_her_reason(in_review, at_the_screen, hanson):
    assert "You withdrew these words" not in at_the_screen.get(f"/review/{in_review.pk}/").content.decode()
    (sign_off,) = sign_all(in_review, hanson)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="It stings for longer.")
    card = at_the_screen.get(f"/review/{in_review.pk}/").content.decode()
    assert "You withdrew these words" in card
    assert "chip--new" not in card
    assert f"on {date_format(timezone.localtime(), 'F j, Y')}. Your reason:</p><p>It stings for longer.</p>" in card


def test_words_signed_again_after_a_withdrawal_are_not_called_withdrawn(in_review, hanson):
    (sign_off,) = sign_all(in_review, hanson)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="It stings for longer.")
    assert list(standing_of(hanson, content_of(in_review)).withdrawn) == [content_of(in_review).quotations[0].digest]
    sign_all(in_review, hanson)
    assert standing_of(hanson, content_of(in_review)).withdrawn == {}


def test_how_words_were_obtained_says_the_day_in_full(article, editor, hanson, reviewer, at_the_screen):
    obtained = {"obtained": "Interview with Jordan Pike", "obtained_on": "2026-10-14"}
    factories.edit(article, factories.quotation(hanson, **obtained), by=editor)
    services.request_review(page_id=article.pk, by=editor)
    page = at_the_screen.get(f"/review/{article.pk}/").content.decode()
    assert "Interview with Jordan Pike, October 14, 2026." in page


DAY = {"when": "Day 1", "feels": "Hot and tight.", "light_skin": "Pink.", "dark_skin": "Gray.", "can_do": "Walk."}
QUESTION = {"question": "Does it hurt?", "answer": "<p>A little.</p>"}


@pytest.mark.parametrize(
    ("neighbor", "above", "below"),
    [
        (("heading", {"text": "Healing"}), "Healing", "Healing"),
        (("copy", {"text": "<p>First.</p><p>Second.</p>"}), "First.", "First."),
        (("copy", {"text": "<ul><li>First.</li><li>Second.</li></ul>"}), "First.", "First."),
        (("recovery", {"days": [DAY]}), "Opening", "Day 1"),
        (("suitability", {"suits": ["are well"], "not_for": ["are ill"]}), "Opening", "It may suit you if you"),
        (("questions", {"questions": [QUESTION]}), "Opening", "Does it hurt?"),
        (("steps", {"steps": [{"title": "Before", "when": "", "text": "<p>Wash.</p>"}]}), "Before", "Before"),
    ],
)
def test_a_neighbor_is_shown_by_what_a_patient_meets_first(neighbor, above, below, editor, hanson):
    page = factories.make_article(("heading", {"text": "Opening"}), neighbor, factories.quotation(hanson), by=editor)
    statements = content_of(page).statements
    position = next(number for number, item in enumerate(statements) if item.is_quotation)
    assert text_above(statements, position) == above
    factories.edit(page, ("heading", {"text": "Opening"}), factories.quotation(hanson), neighbor, by=editor)
    statements = content_of(page).statements
    position = next(number for number, item in enumerate(statements) if item.is_quotation)
    assert text_below(statements, position) == below


def test_what_no_patient_sees_stands_nowhere_on_the_page(article):
    statements = content_of(article).statements
    assert statements[-1].label == "Page details"
    assert text_below(statements, len(statements) - 2) == ""


@pytest.mark.parametrize(
    ("who", "instead"),
    [
        ("hanson", "Your name and the date stand here once you sign"),
        ("reviewer", "Dr. Miriam Hanson has not signed yet"),
    ],
)
def test_the_page_under_review_shows_the_signature_line_to_come(who, instead, in_review, hanson, reviewer, client):
    client.force_login({"hanson": hanson, "reviewer": reviewer}[who].user)
    page = words(client.get(f"/review/{in_review.pk}/page/"))
    assert f"Miriam Hanson, MD, FAAD {instead} Licensed by the Texas Medical Board." in page
    assert "This is how patients will see it once everybody has signed." in page
    assert "Patients do not see this" not in page


def test_a_quotation_that_is_signed_has_its_date_in_the_page_under_review(in_review, hanson, reviewer, client):
    sign_all(in_review, hanson)
    client.force_login(reviewer.user)
    page = words(client.get(f"/review/{in_review.pk}/page/"))
    assert "Approved word for word on" in page
    assert "has not signed yet" not in page


def test_who_decided_before_a_colleague_sent_it_back_reads_what_became_of_it(
    in_review, at_the_screen, reviewer, editor
):
    url = f"/review/{in_review.pk}/"
    (digest,) = shown(at_the_screen.get(url))
    tap(at_the_screen, in_review, digest)
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="Softer, please.")
    for response in (at_the_screen.get(url), at_the_screen.get(f"{url}page/")):
        assert "“Cryotherapy” went back to the writer, so it is not waiting for you now. You will be" in words(response)
        assert "What you decided so far is kept" in words(response)
        assert "not_asked" not in response.content.decode()
    services.request_review(page_id=in_review.pk, by=editor)
    assert 'value="approve" checked' in at_the_screen.get(url).content.decode()


def test_who_was_never_asked_is_told_so_without_the_title(in_review, client):
    client.force_login(factories.make_clinician("Samir Patel").user)
    response = client.get(f"/review/{in_review.pk}/")
    assert response.status_code == 403
    assert "Nobody has asked you to sign this article" in words(response)
    assert "Cryotherapy" not in words(response)
    assert "not_asked" not in response.content.decode()


def test_a_form_sent_after_the_review_ended_records_nothing_and_says_so(in_review, at_the_screen, reviewer):
    (digest,) = shown(at_the_screen.get(f"/review/{in_review.pk}/"))
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="Softer, please.")
    form = {"shown": [digest], f"decision-{digest}": "approve", "action": "sign"}
    response = at_the_screen.post(f"/review/{in_review.pk}/", form)
    assert "Nothing was signed, and what you just sent was not recorded." in words(response)
    assert not Decision.objects.exists()


def test_who_was_recalled_from_is_told_that_the_writer_took_it_back(in_review, at_the_screen, editor):
    in_review.current_workflow_state.cancel(user=editor)
    assert "The writer took “Cryotherapy” back to work on it" in words(at_the_screen.get(f"/review/{in_review.pk}/"))


def test_a_second_reviewer_reads_that_a_colleague_has_signed(article, editor, hanson, reviewer, client):
    second = factories.make_clinician("Samir Patel", reviewer=True)
    services.request_review(page_id=article.pk, by=editor)
    client.force_login(second.user)
    for signer in (reviewer, hanson):
        sign_all(article, signer)
        response = words(client.get(f"/review/{article.pk}/"))
        assert "A colleague has signed the review of “Cryotherapy”, so nothing waits for you." in response


@pytest.mark.parametrize(
    ("who", "choice", "nothing_to_sign"),
    [
        ("hanson", "changes", True),
        ("hanson", "approve", False),
        ("hanson", "suggest", False),
        ("reviewer", "changes", True),
        ("reviewer", "suggest", True),
        ("reviewer", "approve", False),
    ],
)
def test_a_panel_with_nothing_to_sign_says_so(who, choice, nothing_to_sign, in_review, hanson, reviewer, client):
    client.force_login({"hanson": hanson, "reviewer": reviewer}[who].user)
    url = f"/review/{in_review.pk}/"
    assert "data-nothing-to-sign" not in client.get(url).content.decode()
    for digest in shown(client.get(url)):
        tap(client, in_review, digest, choice, wording="Other words." if choice == "suggest" else "")
    assert ("data-nothing-to-sign" in client.get(url).content.decode()) == nothing_to_sign
