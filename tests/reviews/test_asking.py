from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from reviews import services
from reviews.attestations import Meaning
from reviews.errors import NotAllowed
from reviews.models import LedgerEntry, ReviewPlan, ReviewRequest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def samir(db):
    return factories.make_clinician("Samir Patel", reviewer=True)


def ask(page, by, **wishes):
    """The reviewers who are asked."""
    requests = services.request_review(page_id=page.pk, by=by, wishes=services.Wishes(**wishes))
    return {item.clinician.name for item in requests if item.meaning == Meaning.CLINICAL_REVIEW}


def test_everybody_who_may_review_is_asked_if_nobody_was_chosen(article, editor, hanson, reviewer, samir):
    assert ask(article, editor) == {"Ruth Alvarado", "Samir Patel"}


def test_reviewers_are_chosen_by_name(article, editor, hanson, reviewer, samir):
    assert ask(article, editor, reviewers=[samir]) == {"Samir Patel"}


def test_reviewers_are_chosen_by_group(article, editor, hanson, reviewer, samir):
    group = Group.objects.create(name="Surgical team")
    reviewer.user.groups.add(group)
    hanson.user.groups.add(group)
    assert ask(article, editor, group=group) == {"Ruth Alvarado"}


def test_the_choice_holds_for_the_next_round(article, editor, hanson, reviewer, samir):
    ask(article, editor, reviewers=[samir])
    services.request_changes(page_id=article.pk, by=samir.user, note="Shorter.")
    factories.edit(article, factories.copy("Short."), factories.quotation(hanson), by=editor)
    again = services.request_review(page_id=article.pk, by=editor)
    assert {item.clinician for item in again if item.meaning == Meaning.CLINICAL_REVIEW} == {samir}


def test_whom_one_chose_has_to_be_allowed_to_review(article, editor, hanson, reviewer, samir):
    samir.credentials.all().delete()
    with pytest.raises(NotAllowed, match="None of the reviewers you chose"):
        ask(article, editor, reviewers=[samir])
    assert not ReviewRequest.objects.exists()


def test_a_request_is_due_when_the_requester_says_or_by_policy(article, editor, hanson, reviewer):
    due_on = timezone.localdate() + timedelta(days=9)
    ask(article, editor, due_on=due_on, note="Before the open day.")
    assert set(ReviewRequest.objects.values_list("due_on", flat=True)) == {due_on}
    payload = LedgerEntry.objects.get(kind="review_requested").data
    assert (payload["due_on"], payload["note"]) == (due_on.isoformat(), "Before the open day.")
    services.request_changes(page_id=article.pk, by=reviewer.user, note="Shorter.")
    requests = services.request_review(page_id=article.pk, by=editor, wishes=services.Wishes())
    assert {item.due_on for item in requests} == {timezone.localdate() + timedelta(days=5)}


def test_a_due_date_in_the_past_is_refused(article, editor, hanson, reviewer):
    with pytest.raises(NotAllowed, match="due date is over"):
        ask(article, editor, due_on=timezone.localdate() - timedelta(days=1))


def test_marketing_chooses_on_the_screen(article, editor, hanson, reviewer, samir, client):
    client.force_login(editor)
    url = f"/admin/sign-off/{article.pk}/request/"
    assert "Samir Patel, MD, FAAD" in client.get(url).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "This day is over" in client.post(url, {"due_on": yesterday}).content.decode()
    assert client.post(url, {"reviewers": [samir.pk], "note": "Please."}).status_code == 302
    assert ReviewRequest.objects.filter(meaning=Meaning.CLINICAL_REVIEW).get().clinician == samir
    assert "in review already" in client.post(url, {}).content.decode()


def test_the_due_date_opens_a_calendar(article, editor, hanson, reviewer, client):
    client.force_login(editor)
    page = client.get(f"/admin/sign-off/{article.pk}/request/").content.decode()
    assert "initDateChooser" in page
    assert "wagtailadmin/js/date-time-chooser.js" in page


def test_reviewers_are_chosen_only_when_a_review_is_missing(public_article, editor, hanson, reviewer, samir, client):
    words = factories.quotation(hanson)
    factories.edit(public_article, factories.copy(), words, factories.quotation(hanson, "It is over."), by=editor)
    ReviewPlan.objects.create(page_id=public_article.pk).reviewers.set([samir])
    services.request_review(page_id=public_article.pk, by=editor)
    factories.sign_all(public_article, samir)
    services.request_changes(page_id=public_article.pk, by=hanson.user, note="Shorter.")
    client.force_login(editor)
    url = f"/admin/sign-off/{public_article.pk}/request/"
    assert "Clinical reviewers" not in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 302
    assert list(ReviewPlan.objects.get().reviewers.all()) == [samir]
