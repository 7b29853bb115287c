from datetime import timedelta

import pytest
from django.utils import timezone

from reviews import services
from reviews.attestations import Meaning
from reviews.errors import NotAllowed
from reviews.models import LedgerEntry, PublicPage, ReviewRequest
from reviews.requests import open_requests
from tests import factories
from tests.factories import sign_all
from tests.journeys.people import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db):
    return factories.make_clinician("Samir Patel", reviewer=True)


@pytest.fixture
def in_review(article, editor, hanson, reviewer, colleague):
    services.request_review(page_id=article.pk, by=editor, wishes=services.Wishes(reviewers=[reviewer]))
    return article


def hand_over(page, by, to):
    return services.hand_over(page_id=page.pk, by=by.user, to=to, note="I am in the theater all week.")


def refused(code, *args):
    before = LedgerEntry.objects.count(), ReviewRequest.objects.count()
    with pytest.raises(NotAllowed) as refusal:
        hand_over(*args)
    assert refusal.value.code == code
    assert (LedgerEntry.objects.count(), ReviewRequest.objects.count()) == before


def test_the_colleague_is_asked_instead(in_review, reviewer, colleague):
    passed_on = hand_over(in_review, reviewer, colleague)
    assert (passed_on.clinician, passed_on.replaces.clinician) == (colleague, reviewer)
    assert passed_on.due_on == passed_on.replaces.due_on
    assert open_requests(reviewer) == []
    assert [item.page_id for item in open_requests(colleague)] == [in_review.pk]
    assert LedgerEntry.objects.last().data["from"] == {"clinician": reviewer.pk, "name": "Ruth Alvarado"}


def test_the_colleague_signs_and_the_article_is_public(in_review, hanson, reviewer, colleague):
    hand_over(in_review, reviewer, colleague)
    sign_all(in_review, hanson)
    sign_all(in_review, colleague)
    assert PublicPage.objects.filter(pk=in_review.pk).exists()


def test_who_passed_a_review_on_cannot_sign_it(in_review, reviewer, colleague):
    hand_over(in_review, reviewer, colleague)
    with pytest.raises(NotAllowed, match="not waiting for you"):
        sign_all(in_review, reviewer)


def test_who_was_not_chosen_cannot_sign(in_review, colleague):
    with pytest.raises(NotAllowed, match="not waiting for you"):
        sign_all(in_review, colleague)


def test_it_can_be_handed_back(in_review, reviewer, colleague):
    hand_over(in_review, reviewer, colleague)
    hand_over(in_review, colleague, reviewer)
    assert [item.page_id for item in open_requests(reviewer)] == [in_review.pk]
    assert sign_all(in_review, reviewer)


def test_own_words_cannot_be_handed_over(in_review, hanson, colleague):
    refused("nothing_to_hand_over", in_review, hanson, colleague)


def test_a_reviewer_who_is_quoted_keeps_her_own_words(article, editor, colleague):
    quoted = factories.make_clinician("Nora Lind", reviewer=True)
    factories.edit(article, factories.quotation(quoted), by=editor)
    services.request_review(page_id=article.pk, by=editor, wishes=services.Wishes(reviewers=[quoted]))
    hand_over(article, quoted, colleague)
    ((request,),) = [item.requests for item in open_requests(quoted)]
    assert request.meaning == Meaning.OWN_WORDS


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda colleague: colleague.credentials.all().delete(), "colleague_may_not_review"),
        (
            lambda colleague: type(colleague).objects.filter(pk=colleague.pk).update(is_reviewer=False),
            "colleague_may_not_review",
        ),
    ],
)
def test_only_a_colleague_with_current_credentials_takes_it(in_review, reviewer, colleague, change, code):
    change(colleague)
    colleague.refresh_from_db()
    refused(code, in_review, reviewer, colleague)


def test_it_goes_neither_to_oneself_nor_to_who_is_asked_already(article, editor, hanson, reviewer, colleague):
    services.request_review(page_id=article.pk, by=editor)
    refused("asked_already", article, reviewer, reviewer)
    refused("asked_already", article, reviewer, colleague)


def test_somebody_who_was_not_asked_hands_nothing_over(in_review, editor, reviewer, colleague):
    refused("nothing_to_hand_over", in_review, colleague, reviewer)
    with pytest.raises(NotAllowed, match="Only a clinician"):
        services.hand_over(page_id=in_review.pk, by=editor, to=colleague)


def test_a_review_is_passed_on_from_the_screen(in_review, reviewer, colleague, client):
    client.force_login(reviewer.user)
    url = f"/review/{in_review.pk}/hand-over/"
    assert "Samir Patel" in client.get(url).content.decode()
    assert client.post(url, {"colleague": "999"}).status_code == 422
    assert client.post(url, {"colleague": colleague.pk, "note": "Please."}).url == "/review/"
    assert client.post(url, {"colleague": colleague.pk}).status_code == 403
    assert LedgerEntry.objects.filter(kind=LedgerEntry.Kind.HANDED_OVER).count() == 1


def page_of(client, clinician, page, path=""):
    client.force_login(clinician.user)
    return words(client.get(f"/review/{page.pk}/{path}"))


def test_a_review_that_nobody_else_can_give_is_not_offered(article, editor, hanson, reviewer, client):
    services.request_review(page_id=article.pk, by=editor)
    for path in ("", "hand-over/"):
        page = page_of(client, reviewer, article, path)
        assert "Nobody else can review this page now. Ask your practice manager to appoint another reviewer." in page
        assert "Your colleague is asked in your place" not in page
    assert "Pass the review to a colleague" not in page_of(client, reviewer, article)


@pytest.mark.parametrize(
    "change",
    [
        {"is_reviewer": False},
        {"is_verified": False, "is_reviewer": False},
        {"away_until": timezone.localdate() + timedelta(days=3)},
    ],
)
def test_the_review_page_offers_only_colleagues_who_could_take_it(change, in_review, reviewer, colleague, client):
    assert "Pass the review to a colleague" in page_of(client, reviewer, in_review)
    type(colleague).objects.filter(pk=colleague.pk).update(**change)
    assert "Pass the review to a colleague" not in page_of(client, reviewer, in_review)


def test_the_review_page_offers_no_colleague_without_a_current_license(in_review, reviewer, colleague, client):
    colleague.credentials.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert "Pass the review to a colleague" not in page_of(client, reviewer, in_review)


def test_who_was_asked_too_is_named_instead(article, editor, hanson, reviewer, colleague, client):
    services.request_review(page_id=article.pk, by=editor)
    page = page_of(client, reviewer, article)
    assert "Dr. Samir Patel can review this page too and has been asked already: one review is enough." in page


def test_help_names_who_asked_with_the_address(in_review, reviewer, colleague, editor, client):
    page = page_of(client, reviewer, in_review)
    assert f"Ask Jordan, who asked you: {editor.email}" in page
    hand_over(in_review, reviewer, colleague)
    assert f"Ask Ruth, who asked you: {reviewer.user.email}" in page_of(client, colleague, in_review)
