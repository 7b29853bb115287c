"""Who is away is not asked for clinical reviews, and says so herself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews import services
from reviews.errors import NotAllowed
from reviews.gate import obstacles
from reviews.models import Clinician, LedgerEntry
from reviews.permissions import eligible_reviewers
from reviews.sentences import day_of
from tests import factories
from tests.mailbox import delivered
from tests.reviews.test_accounts import clinician_form

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=9)


def send_away(clinician, first=None, last=SOON):
    Clinician.objects.filter(pk=clinician.pk).update(away_from=first, away_until=last)
    clinician.refresh_from_db()


def save_away(client, **days):
    return client.post("/review/account/", {"form": "away", "away_from": "", "away_until": "", **days})


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        (None, None, False),
        (None, 0, True),
        (None, -1, False),
        (0, 0, True),
        (1, 5, False),
        (-3, 5, True),
    ],
)
def test_she_is_away_from_the_first_day_to_the_end_of_the_last(first, last, away):
    days = [None if day is None else TODAY + timedelta(days=day) for day in (first, last)]
    assert Clinician(away_from=days[0], away_until=days[1]).is_away() is away


def test_who_is_away_is_not_asked_for_a_clinical_review(article, editor, hanson, reviewer):
    other = factories.make_clinician("Omar Diaz", reviewer=True)
    send_away(reviewer)
    requests = services.request_review(page_id=article.pk, by=editor)
    assert {request.clinician for request in requests} == {hanson, other}
    assert [reviewer.user.email] not in [message.to for message in delivered()]


def test_her_own_words_are_hers_although_she_is_away(article, editor, hanson, reviewer):
    send_away(hanson)
    services.request_review(page_id=article.pk, by=editor)
    assert [hanson.user.email] in [message.to for message in delivered()]


def test_readiness_says_until_when_the_quoted_clinician_is_away(article, hanson):
    send_away(hanson)
    [sentence] = [item.sentence for item in obstacles(factories.draft(article)) if item.statement]
    assert sentence == (f"Dr. Miriam Hanson has not signed “It stings for a minute”. She is away until {day_of(SOON)}.")


def test_readiness_says_whom_no_mail_reaches(article, hanson):
    hanson.user.email = ""
    hanson.user.save()
    [sentence] = [item.sentence for item in obstacles(factories.draft(article)) if item.statement]
    assert "No mail reaches her" in sentence


def test_if_everybody_is_away_the_requester_reads_who_is_back_first(article, editor, reviewer):
    later = factories.make_clinician("Omar Diaz", reviewer=True)
    send_away(reviewer)
    send_away(later, last=SOON + timedelta(days=5))
    with pytest.raises(NotAllowed) as refusal:
        services.request_review(page_id=article.pk, by=editor)
    assert refusal.value.code == "no_reviewer"
    assert refusal.value.sentence == (
        "Everybody who may review this article is away. Dr. Ruth Alvarado is the first to be back, after "
        f"{day_of(SOON)}. Ask then, or choose a reviewer by name."
    )
    assert not LedgerEntry.objects.filter(kind="review_requested").exists()


def test_she_says_herself_when_she_is_away(client, article, reviewer):
    client.force_login(reviewer.user)
    response = client.post("/review/account/", {"form": "away", "away_from": TODAY, "away_until": SOON}, follow=True)
    page = response.content.decode()
    assert f"You are away until {SOON:%B} {SOON.day}." in page
    assert f'value="{SOON.isoformat()}"' in page
    draft = factories.draft(article)
    assert eligible_reviewers(draft, draft.get_reviewable_content()) == []
    save_away(client)
    assert eligible_reviewers(draft, draft.get_reviewable_content()) == [reviewer]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"away_from": "2027-03-01"}, "Say until when"),
        ({"away_from": "2027-03-05", "away_until": "2027-03-01"}, "The last day away is before the first."),
        ({"away_until": "soon"}, "Enter a valid date."),
        ({"away_until": "<b>"}, "&lt;b&gt;"),
    ],
)
def test_days_that_make_no_sense_are_refused_with_a_sentence(days, sentence, client, reviewer):
    client.force_login(reviewer.user)
    response = save_away(client, **days)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    reviewer.refresh_from_db()
    assert (reviewer.away_from, reviewer.away_until) == (None, None)


def test_a_form_changes_only_its_own_account(client, hanson, reviewer):
    client.force_login(reviewer.user)
    save_away(client, away_until=SOON, clinician=hanson.pk, id=hanson.pk, name="Somebody Else", is_verified="")
    hanson.refresh_from_db()
    reviewer.refresh_from_db()
    assert hanson.away_until is None
    assert (reviewer.name, reviewer.is_verified, reviewer.away_until) == ("Ruth Alvarado", True, SOON)


def test_a_manager_enters_it_for_her(admin, reviewer):
    url = reverse("wagtailsnippets_reviews_clinician:edit", args=[reviewer.pk])
    admin.post(url, clinician_form(reviewer, reviewer.user) | {"away_until": SOON.isoformat()})
    reviewer.refresh_from_db()
    assert reviewer.away_until == SOON


def test_single_keys_can_be_switched_off_and_on(client, hanson):
    client.force_login(hanson.user)
    for form, on in (({}, False), ({"single_keys": "on"}, True)):
        client.post("/review/account/", {"form": "keys", **form})
        hanson.refresh_from_db()
        assert hanson.single_keys is on


def test_an_unknown_form_changes_nothing(client, hanson):
    client.force_login(hanson.user)
    assert client.post("/review/account/", {"form": "role"}).status_code == 422


def test_a_guessed_password_does_not_change_the_address(client, hanson):
    client.force_login(hanson.user)
    for _ in range(7):
        response = client.post("/review/account/", {"form": "address", "email": "x@example.com", "password": "guess"})
    assert "Too many wrong passwords" in response.content.decode()
    hanson.user.refresh_from_db()
    assert hanson.user.email == "miriam@example.com"


def test_days_are_said_with_the_year_only_if_it_is_another_one():
    assert day_of(date(TODAY.year, 12, 3)) == "December 3"
    assert day_of(date(2099, 12, 3)) == "December 3, 2099"
