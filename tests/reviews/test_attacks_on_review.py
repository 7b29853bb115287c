"""Attacks on the review, found by somebody who tried. Each one worked once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from reviews import services
from reviews.attestations import Meaning
from reviews.canonical import digest
from reviews.errors import NotAllowed, ReviewError
from reviews.models import Clinician, Decision, PublicPage, SignOff, Suggestion
from tests import factories
from tests.factories import PASSWORD, content_of, make_clinician, proof_of, sign_all
from tests.journeys.people import ClinicianAtTheScreen, shown
from tests.mailbox import delivered, delivered_to
from tests.reviews.test_accounts import clinician_form, user_form

pytestmark = pytest.mark.django_db

COPY = "A cold spray freezes the spot."
OURS = "It stings for a minute."
CHOSEN = "chosen by the manager"


@pytest.fixture
def in_review(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


@pytest.fixture
def second_round(public_article, editor, hanson, reviewer):
    """Public, then one new statement, in review again: everything else is carried over."""
    factories.edit(
        public_article, factories.copy(), factories.quotation(hanson), factories.copy("New words."), by=editor
    )
    services.request_review(page_id=public_article.pk, by=editor)
    return public_article


def statement(page, text):
    return next(item for item in content_of(page).statements if item.text == text)


def decide(page, clinician, text, choice, **fields):
    services.record_decision(
        page_id=page.pk,
        by=clinician.user,
        decisions={statement(page, text).digest: services.Choice(choice, **fields)},
    )


def sign(page, clinician, *meanings, approved):
    return services.sign_off(
        page_id=page.pk,
        by=clinician.user,
        proof=proof_of(clinician.user),
        meanings=meanings,
        approved=approved,
        page_digest=content_of(page).page_digest,
        line_digest=digest(clinician.signature_line()),
    )


# --- whose password it is -------------------------------------------------------------------------------------------


def test_nobody_takes_over_a_signers_account_by_making_her_clinician_anew(admin):
    """Delete her clinician (she was asked for nothing yet), and set the password of what would be any account then."""
    doctor = make_clinician("Laura Whitfield")
    admin.post(reverse("wagtailsnippets_reviews_clinician:delete", args=[doctor.pk]))
    form = user_form(doctor.user, password1=CHOSEN, password2=CHOSEN)
    admin.post(reverse("wagtailusers_users:edit", args=[doctor.user.pk]), form)
    assert Clinician.objects.filter(user=doctor.user).exists()
    assert get_user_model().objects.get(pk=doctor.user.pk).check_password(PASSWORD)


def test_an_account_that_agreed_to_sign_stays_its_owners_without_a_clinician(admin):
    doctor = make_clinician("Laura Whitfield")
    user = doctor.user
    Clinician.objects.filter(pk=doctor.pk).delete()
    form = user_form(user, password1=CHOSEN, password2=CHOSEN)
    admin.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)
    assert get_user_model().objects.get(pk=user.pk).check_password(PASSWORD)


def test_nobody_agrees_for_who_was_invited_by_deleting_her_clinician(admin):
    account = factories.make_user("laura")
    url = reverse("wagtailsnippets_reviews_clinician:add")
    admin.post(url, clinician_form(Clinician(name="Laura Whitfield"), account))
    first = Clinician.objects.get()
    admin.post(reverse("wagtailsnippets_reviews_clinician:delete", args=[first.pk]))
    admin.post(
        reverse("wagtailusers_users:edit", args=[account.pk]), user_form(account, password1=CHOSEN, password2=CHOSEN)
    )
    admin.post(url, clinician_form(Clinician(name="Laura Whitfield"), account))
    assert Clinician.objects.filter(user=account).exists()
    assert not get_user_model().objects.get(pk=account.pk).check_password(CHOSEN)


@pytest.fixture
def hanson_in_the_admin(hanson):
    """A clinician who also writes: she may open the admin."""
    hanson.user.groups.add(Group.objects.get(name="Marketing"))
    browser = Client()
    browser.force_login(hanson.user)
    return browser


def test_an_open_session_does_not_change_the_address_of_a_signer_in_the_admin(hanson_in_the_admin, hanson):
    before = hanson.user.email
    data = {
        "name_email-first_name": "Miriam",
        "name_email-last_name": "Hanson",
        "name_email-email": "thief@example.com",
        "notifications-submitted_notifications": "",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    hanson_in_the_admin.post(reverse("wagtailadmin_account"), data)
    assert get_user_model().objects.get(pk=hanson.user.pk).email == before


def test_the_admins_account_page_takes_no_password_of_a_signer(hanson_in_the_admin, hanson):
    data = {
        "password-old_password": PASSWORD,
        "password-new_password1": CHOSEN,
        "password-new_password2": CHOSEN,
    }
    assert "old_password" not in hanson_in_the_admin.get(reverse("wagtailadmin_account")).content.decode()
    hanson_in_the_admin.post(reverse("wagtailadmin_account"), data)
    assert get_user_model().objects.get(pk=hanson.user.pk).check_password(PASSWORD)


# --- what is signed -------------------------------------------------------------------------------------------------


def test_what_is_folded_away_takes_no_decision(second_round, reviewer):
    """A tab of the round before posts it. Saved, it would be invisible, and sent back in her name when she signs."""
    with pytest.raises(ReviewError):
        decide(second_round, reviewer, COPY, "changes", note="This is wrong.")
    assert not Decision.objects.filter(choice="changes").exists()


def test_a_review_is_not_signed_over_her_own_words_that_she_sends_back(article, editor):
    solo = make_clinician("Ana Solo", reviewer=True)
    blocks = [factories.copy(), factories.quotation(solo)]
    factories.edit(article, *blocks, by=editor)
    services.request_review(page_id=article.pk, by=editor)
    sign_all(article, solo)
    own = SignOff.objects.get(meaning=Meaning.OWN_WORDS)
    services.withdraw(sign_off_id=own.pk, by=solo.user, reason="Not like this.")
    factories.edit(article, *blocks, factories.copy("New words."), by=editor)
    services.request_review(page_id=article.pk, by=editor)
    decide(article, solo, OURS, "not_mine")
    before = SignOff.objects.count()
    with pytest.raises(ReviewError):
        sign(article, solo, Meaning.CLINICAL_REVIEW, approved=[statement(article, "New words.").digest])
    assert SignOff.objects.count() == before


def test_after_a_withdrawal_nothing_is_ticked_for_her(public_article, editor, hanson, reviewer):
    page = public_article
    factories.edit(page, factories.copy(), factories.quotation(hanson, "It burns."), by=editor)
    services.request_review(page_id=page.pk, by=editor)
    person = ClinicianAtTheScreen(hanson.user)
    person.signs(page)
    ClinicianAtTheScreen(reviewer.user).signs(page)
    newest = SignOff.objects.filter(clinician_id=hanson.pk).newest_first().first()
    services.withdraw(sign_off_id=newest.pk, by=hanson.user, reason="These words are wrong.")
    services.request_review(page_id=page.pk, by=editor)
    html = person.browser.get(person.review_url(page)).content.decode()
    assert "0 of 1 decided" in html


def test_when_a_sign_off_has_lapsed_every_statement_is_read_and_decided_again(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    for clinician in (hanson, reviewer):
        ClinicianAtTheScreen(clinician.user).signs(article)
    assert PublicPage.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        services.request_review(page_id=article.pk, by=editor)
        person = ClinicianAtTheScreen(reviewer.user)
        html = person.browser.get(person.review_url(article)).content.decode()
    assert re.search(r"(\d+) of \d+ decided", html)[1] == "0"


def test_a_withdrawn_suggestion_is_not_called_signed(in_review, hanson, editor, client):
    decide(in_review, hanson, OURS, "suggest", wording="It stings, then it is over.")
    (signed,) = sign(in_review, hanson, Meaning.OWN_WORDS, approved=[])
    services.withdraw(sign_off_id=signed.pk, by=hanson.user, reason="I changed my mind.")
    client.force_login(editor)
    html = client.get(f"/admin/pages/{in_review.pk}/edit/").content.decode()
    assert "It stings" in html
    assert "nobody has to sign again" not in html


def test_words_of_hers_that_she_signed_before_are_not_promised_to_be_signed(article, editor):
    solo = make_clinician("Ana Solo", reviewer=True)
    factories.edit(article, factories.copy(), factories.quotation(solo), by=editor)
    services.request_review(page_id=article.pk, by=editor)
    sign(article, solo, Meaning.OWN_WORDS, approved=[statement(article, OURS).digest])
    person = ClinicianAtTheScreen(solo.user)
    html = person.browser.get(person.review_url(article)).content.decode()
    assert 'name="attest-own_words"' not in html
    assert "signing covers them" not in html


def test_an_invisible_suggestion_is_none(in_review, hanson):
    decide(in_review, hanson, OURS, "suggest", wording="\u200b\u2060")
    with pytest.raises(NotAllowed):
        sign(in_review, hanson, Meaning.OWN_WORDS, approved=[])


# --- suggestions ----------------------------------------------------------------------------------------------------


def test_a_suggested_title_that_does_not_fit_its_field_is_not_applied(in_review, reviewer, editor):
    decide(in_review, reviewer, "Cryotherapy", "suggest", wording="Cold " * 100)
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    with pytest.raises(NotAllowed):
        services.apply_suggestion(suggestion_id=Suggestion.objects.get().pk, by=editor)
    assert content_of(in_review).title == "Cryotherapy"


def test_a_suggestion_is_not_applied_to_a_page_that_somebody_locked(in_review, reviewer, editor, superuser):
    decide(in_review, reviewer, COPY, "suggest", wording="Liquid nitrogen freezes it.")
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    Page.objects.filter(pk=in_review.pk).update(locked=True, locked_by=superuser)
    with pytest.raises(NotAllowed):
        services.apply_suggestion(suggestion_id=Suggestion.objects.get().pk, by=editor)
    assert COPY in {item.text for item in content_of(in_review).statements}


# --- who is asked, and what they are told ---------------------------------------------------------------------------


def test_a_review_that_she_signed_is_not_handed_over(in_review, reviewer):
    colleague = make_clinician("Omar Diaz", reviewer=True)
    sign_all(in_review, reviewer)
    with pytest.raises(NotAllowed):
        services.hand_over(page_id=in_review.pk, by=reviewer.user, to=colleague)


def test_a_colleague_is_told_how_much_waits_for_her_not_for_whoever_passed_it_on(second_round, reviewer):
    colleague = make_clinician("Omar Diaz", reviewer=True)
    services.hand_over(page_id=second_round.pk, by=reviewer.user, to=colleague)
    person = ClinicianAtTheScreen(colleague.user)
    count = len(person.sees(second_round))
    assert f"{count} statements" in delivered_to(colleague.user.email)[0].body
    assert f"{count} statements" in person.browser.get("/review/").content.decode()


def test_a_note_to_a_colleague_is_not_read_by_marketing(in_review, reviewer, client, editor):
    colleague = make_clinician("Omar Diaz", reviewer=True)
    services.hand_over(page_id=in_review.pk, by=reviewer.user, to=colleague, note="Jordan is careless. Look twice.")
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:history", args=[in_review.pk])).content.decode()
    assert "Jordan is careless" not in html


@pytest.fixture
def signed_by_a_colleague(article, editor, hanson, reviewer):
    """Two reviewers were asked; one of them signed. The quotation is still open."""
    make_clinician("Omar Diaz", reviewer=True)
    services.request_review(page_id=article.pk, by=editor)
    sign_all(article, reviewer)
    return article


def test_whom_a_colleague_was_faster_than_reads_so(signed_by_a_colleague):
    person = ClinicianAtTheScreen(Clinician.objects.get(name="Omar Diaz").user)
    response = person.browser.get(person.review_url(signed_by_a_colleague), follow=True)
    assert "You have not signed anything of this article" not in response.content.decode()


def test_nobody_is_told_that_she_signed_what_a_colleague_signed(article, editor, hanson, reviewer):
    omar = make_clinician("Omar Diaz", reviewer=True)
    services.request_review(page_id=article.pk, by=editor)
    person = ClinicianAtTheScreen(omar.user)
    form = person.browser.get(person.review_url(article))
    html = form.content.decode()
    sign_all(article, reviewer)
    response = person.browser.post(
        person.review_url(article),
        {
            "shown": shown(form),
            **{f"decision-{item}": "approve" for item in shown(form)},
            "attest-clinical_review": "yes",
            "page_digest": re.search(r'name="page_digest" value="(\w+)"', html)[1],
            "line_digest": re.search(r'name="line_digest" value="(\w+)"', html)[1],
            "password": PASSWORD,
            "action": "sign",
        },
        follow=True,
    )
    assert "You have signed this already" not in response.content.decode()


def test_whoever_can_sign_nothing_any_more_reads_why(in_review, hanson):
    hanson.credentials.all().delete()
    person = ClinicianAtTheScreen(hanson.user)
    html = person.browser.get(person.review_url(in_review), follow=True).content.decode()
    assert "license" in html


def test_what_nobody_can_sign_does_not_need_her_in_the_inbox(in_review, hanson):
    hanson.credentials.all().delete()
    person = ClinicianAtTheScreen(hanson.user)
    inbox = person.browser.get("/review/").content.decode()
    opened = person.browser.get(person.review_url(in_review), follow=True)
    assert not ("1 page needs you" in inbox and opened.status_code == 403)


def test_a_note_is_told_in_the_name_of_who_wrote_it(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor, wishes=services.Wishes(note="I rewrote the risks."))
    services.request_changes(page_id=article.pk, by=reviewer.user, note="Again.")
    delivered().clear()
    services.request_review(page_id=article.pk, by=factories.make_editor("priya"))
    assert "Priya writes:\n\nI rewrote the risks." not in delivered_to(reviewer.user.email)[0].body


def test_the_form_of_a_later_round_can_be_sent_as_it_is_shown(article, editor, hanson, reviewer, client):
    day = timezone.localdate() + timedelta(days=2)
    services.request_review(page_id=article.pk, by=editor, wishes=services.Wishes(due_on=day))
    services.request_changes(page_id=article.pk, by=reviewer.user, note="Again.")
    url = reverse("sign_off_desk:request_review", args=[article.pk])
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        client.force_login(editor)
        shown_day = client.get(url).context["form"]["due_on"].value()
        response = client.post(url, {"due_on": shown_day or "", "note": ""})
    assert response.status_code == 302


# --- the screen -----------------------------------------------------------------------------------------------------


def test_without_scripts_a_change_while_reading_loses_nothing_that_she_wrote(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    person = ClinicianAtTheScreen(reviewer.user)
    digests = person.sees(article)
    services.request_changes(page_id=article.pk, by=hanson.user, note="Again.")
    factories.edit(article, factories.copy("Other words."), factories.quotation(hanson), by=editor)
    services.request_review(page_id=article.pk, by=editor)
    kept = statement(article, OURS).digest
    data = {f"decision-{item}": "approve" for item in digests}
    data |= {f"decision-{kept}": "changes", f"note-{kept}": "A long note that took a while.", "shown": digests}
    response = person.browser.post(person.review_url(article), data | {"action": "sign"})
    assert response.status_code == 409
    assert "A long note that took a while." in response.content.decode()


def test_after_signing_a_stale_tab_is_not_told_that_nothing_was_signed(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    person = ClinicianAtTheScreen(reviewer.user)
    person.signs(article)
    response = person.browser.post(
        person.review_url(article), {"action": "request_changes", "general_note": "One more thing."}
    )
    assert "Nothing was signed" not in response.content.decode()


def test_the_account_page_holds_for_a_clinician_whose_row_is_no_longer_valid(reviewer):
    browser = ClinicianAtTheScreen(reviewer.user).browser
    Clinician.objects.filter(pk=reviewer.pk).update(is_verified=False)
    browser.raise_request_exception = False
    response = browser.post("/review/account/", {"form": "away", "away_from": "", "away_until": "2030-01-01"})
    assert response.status_code in (302, 422)


# --- mail -----------------------------------------------------------------------------------------------------------


def test_an_address_that_post_cannot_take_stops_nobody(article, editor, hanson, reviewer):
    type(editor).objects.filter(pk=hanson.user.pk).update(email='"a,b@evil.example,c"@example.com')
    services.request_review(page_id=article.pk, by=editor)
    sent = [address for message in delivered() for address in message.to]
    assert "b@evil.example" not in sent


# --- how much it asks of the database -------------------------------------------------------------------------------


def test_the_request_form_asks_as_much_for_many_reviewers_as_for_few(article, editor, client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    client.force_login(editor)
    url = reverse("sign_off_desk:request_review", args=[article.pk])
    make_clinician("Ana One", reviewer=True)
    client.get(url)
    few = queries()
    for number in range(10):
        make_clinician(f"R{number} Reviewer", reviewer=True)
    assert queries() <= few + 1
