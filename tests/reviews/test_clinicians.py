"""The list of clinicians says who may sign until when, and offers nothing that would be refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.models import Clinician, Credential, SentReminder
from reviews.sentences import day_of
from tests import factories


@pytest.fixture
def desk(client, db):
    """The browser of a practice manager."""
    manager = factories.make_user("priya")
    manager.groups.add(Group.objects.get(name="Practice managers"))
    client.force_login(manager)
    return client


@pytest.fixture
def laura(db):
    """Her account was connected, and nobody has invited her."""
    return Clinician.objects.create(name="Laura Whitfield", is_verified=True, user=factories.make_user("laura"))


def listing(desk):
    return desk.get(reverse("wagtailsnippets_reviews_clinician:list")).content.decode()


def edit_form(desk, clinician):
    return desk.get(reverse("wagtailsnippets_reviews_clinician:edit", args=[clinician.pk])).content.decode()


def accounts_offered(desk, clinician):
    response = desk.get(reverse("wagtailsnippets_reviews_clinician:edit", args=[clinician.pk]))
    return {user.username for user in response.context["form"].fields["user"].queryset}


@pytest.mark.parametrize(
    ("days", "expected"), [([None], "No end"), ([90, 30, None], 30), ([], "None on record"), ([-1], "None on record")]
)
def test_the_list_says_until_when_credentials_count(days, expected, desk, laura):
    today = timezone.localdate()
    for number in days:
        end = number and today + timedelta(days=number)
        Credential.objects.create(clinician=laura, kind="license", title="A", checked_on=today, valid_until=end)
    page = listing(desk)
    assert (expected if isinstance(expected, str) else day_of(today + timedelta(days=expected))) in page


def test_the_list_says_in_words_who_is_verified(desk, laura):
    Clinician.objects.create(name="Max Moritz")
    page = listing(desk)
    assert all(words in page for words in ("Verified", "Not verified", "Does not review", "None yet"))
    assert "True" not in page
    assert "False" not in page


def test_nobody_copies_a_clinician(desk, laura):
    assert "/copy/" not in listing(desk)
    assert "/copy/" not in edit_form(desk, laura)


def test_only_free_accounts_are_offered(desk, laura, hanson, superuser, editor):
    factories.make_user("gone", is_active=False)
    without = Clinician.objects.create(name="Max Moritz")
    assert accounts_offered(desk, without) == {"jordan", "priya"}
    assert accounts_offered(desk, laura) == {"jordan", "priya", "laura"}


def test_an_invitation_is_offered_until_she_has_agreed(desk, laura, hanson):
    url = reverse("sign_off_desk:invite", args=[laura.pk])
    for page in (listing(desk), edit_form(desk, laura)):
        assert url in page
        assert "Invite again" not in page
    SentReminder.objects.create(person=laura.user, kind="invitation", about="1", sent_at=timezone.now())
    again = f"Invite again (invited {day_of(timezone.localdate())})"
    assert again in listing(desk)
    assert again in edit_form(desk, laura)
    assert reverse("sign_off_desk:invite", args=[hanson.pk]) not in listing(desk) + edit_form(desk, hanson)


def test_after_inviting_the_manager_is_where_she_was(desk, laura):
    there = reverse("wagtailsnippets_reviews_clinician:edit", args=[laura.pk])
    response = desk.post(reverse("sign_off_desk:invite", args=[laura.pk]), {"next": there})
    assert response.url == there


def test_the_form_says_how_a_clinician_without_an_account_gets_one(desk, laura):
    how = "An administrator makes one under Settings, Users"
    assert how in edit_form(desk, Clinician.objects.create(name="Max Moritz"))
    assert how not in edit_form(desk, laura)


def test_the_list_asks_as_often_for_many_clinicians_as_for_few(desk, laura, hanson):
    def count():
        listing(desk)
        with CaptureQueriesContext(connection) as captured:
            listing(desk)
        return len(captured)

    few = count()
    for number in range(5):
        factories.make_clinician(f"Name{number} Example")
        Clinician.objects.create(name=f"Other {number}", user=factories.make_user(f"other{number}"))
    assert count() == few
