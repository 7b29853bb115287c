from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.utils import timezone

from reviews import services
from reviews.errors import LockedOut, NotAllowed
from reviews.models import SignOff
from tests.factories import PASSWORD, make_user, proof_of, sign_all
from tests.journeys.people import ClinicianAtTheScreen

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_review(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


def guess(user, times):
    for _ in range(times):
        with pytest.raises(NotAllowed):
            proof_of(user, "guess")


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(hanson):
    guess(hanson.user, 5)
    with pytest.raises(LockedOut, match="locked here for 15 minutes"):
        proof_of(hanson.user)


def test_the_right_password_starts_the_count_anew(hanson):
    guess(hanson.user, 4)
    assert proof_of(hanson.user).holds_for(hanson.user)
    guess(hanson.user, 4)
    assert proof_of(hanson.user)


def test_the_lock_ends_after_a_quarter_of_an_hour(hanson):
    guess(hanson.user, 5)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert proof_of(hanson.user)


def test_guesses_at_sign_in_and_at_signing_count_together(in_review, hanson, client):
    at_the_screen = ClinicianAtTheScreen(hanson.user)
    for _ in range(4):
        client.post("/review/sign-in/", {"username": hanson.user.username, "password": "guess"})
    assert at_the_screen.signs(in_review, password="guess").status_code == 429
    response = at_the_screen.signs(in_review)
    assert response.status_code == 429
    assert "locked here for 15 minutes" in response.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("url", ["/review/sign-in/", "/admin/login/"])
def test_somebody_locked_out_reads_what_to_do(hanson, client, url):
    for _ in range(5):
        response = client.post(url, {"username": hanson.user.username, "password": "guess"})
    assert response.status_code == 429
    assert "Wait, or set a new password" in response.content.decode()


def test_no_password_and_no_note_is_kept_with_the_count(in_review, hanson):
    ClinicianAtTheScreen(hanson.user).signs(in_review, password="s3cret-guess", general_note="Private.")
    attempt = AccessAttempt.objects.get()
    assert "s3cret-guess" not in f"{attempt.__dict__}"
    assert "Private." not in f"{attempt.__dict__}"


def test_a_proof_is_good_for_its_own_person_and_for_a_minute(in_review, hanson, reviewer):
    proof = proof_of(hanson.user)
    assert not proof.holds_for(reviewer.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert not proof.holds_for(hanson.user)


def test_with_somebody_elses_proof_nothing_is_signed(in_review, hanson, monkeypatch):
    other = proof_of(make_user("other"), PASSWORD)
    monkeypatch.setattr("tests.factories.proof_of", lambda *args: other)
    with pytest.raises(NotAllowed, match="password again"):
        sign_all(in_review, hanson)
    assert not SignOff.objects.exists()
