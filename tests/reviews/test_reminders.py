"""Reminders are rare enough to be read: one mail a day at most, and nobody is mailed about what she answered."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email

from reviews import services
from reviews.models import Clinician, ReviewRequest, SentReminder
from reviews.services.send_reminders import send_reminders
from tests import factories
from tests.mailbox import delivered, delivered_to
from tests.reviews.test_mail import server  # noqa: F401

START = datetime(2026, 11, 2, 15, 0, tzinfo=timezone.get_default_timezone())
NOTHING = {"digests": 0, "escalations": 0}


@pytest.fixture
def clock():
    """Monday, November 2. The policy gives five days, so a request of that day is due on Saturday, November 7."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def requested(clock, article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    delivered().clear()
    return article


def days_with_mail(clock, address, days=14):
    """Days after the request on which this address is mailed, with the command run twice on each."""
    found = []
    for day in range(days):
        clock.move_to(START + timedelta(days=day))
        send_reminders()
        send_reminders()
        mails = delivered_to(address)
        assert len(mails) <= 1
        if mails:
            found.append(day)
        delivered().clear()
    return found


def test_she_is_reminded_before_on_the_day_and_then_every_other_day(requested, clock, hanson):
    assert days_with_mail(clock, hanson.user.email) == [3, 5, 7, 9, 11, 13]


def test_a_reminder_says_what_waits_until_when_and_how_long_it_takes(requested, clock, hanson):
    clock.shift(timedelta(days=3))
    call_command("send_reminders")
    [message] = delivered_to(hanson.user.email)
    assert message.subject == "1 page to read and sign"
    assert "“Cryotherapy”: 1 statement, about 1 minute. Due Saturday, November 7. Asked by Jordan." in message.body
    assert f"/review/{requested.pk}/" in message.body


@pytest.mark.parametrize(
    ("day", "words"),
    [(4, "Due tomorrow, Saturday"), (5, "Due today, Saturday"), (6, "1 day overdue, was due Saturday")],
)
def test_due_dates_are_said_in_words(day, words, requested, clock, hanson):
    clock.shift(timedelta(days=day))
    send_reminders()
    assert words in delivered_to(hanson.user.email)[0].body


def test_everything_that_waits_is_in_one_mail(requested, clock, editor, hanson, reviewer):
    for title in ("Peels", "Needling"):
        page = factories.make_article(factories.quotation(hanson), title=title, by=editor)
        services.request_review(page_id=page.pk, by=editor)
    clock.shift(timedelta(days=3))
    delivered().clear()
    assert send_reminders()["digests"] == 2
    [message] = delivered_to(hanson.user.email)
    assert message.subject == "3 pages to read and sign"
    assert all(title in message.body for title in ("Cryotherapy", "Peels", "Needling"))


def test_what_she_was_asked_today_is_not_in_todays_reminder(requested, clock, editor, hanson):
    clock.shift(timedelta(days=3))
    page = factories.make_article(factories.quotation(hanson), title="Peels", by=editor)
    services.request_review(page_id=page.pk, by=editor)
    delivered().clear()
    send_reminders()
    [message] = delivered_to(hanson.user.email)
    assert "Peels" not in message.body


def test_who_answered_is_not_reminded(requested, clock, hanson, reviewer):
    factories.sign_all(requested, hanson)
    delivered().clear()
    clock.shift(timedelta(days=3))
    send_reminders()
    assert [message.to for message in delivered()] == [[reviewer.user.email]]


def test_nobody_is_reminded_after_the_review_was_recalled_or_sent_back(requested, clock, editor, hanson):
    services.request_changes(page_id=requested.pk, by=hanson.user, note="Not like this.")
    clock.shift(timedelta(days=30))
    assert send_reminders() == NOTHING


def test_only_the_colleague_is_reminded_of_what_was_handed_over(requested, clock, reviewer):
    colleague = factories.make_clinician("Omar Diaz", reviewer=True)
    services.hand_over(page_id=requested.pk, by=reviewer.user, to=colleague)
    delivered().clear()
    clock.shift(timedelta(days=3))
    send_reminders()
    assert delivered_to(colleague.user.email)
    assert not delivered_to(reviewer.user.email)


def test_a_day_on_which_cron_slept_is_made_up_for(requested, clock, hanson):
    clock.shift(timedelta(days=4))
    send_reminders()
    assert delivered_to(hanson.user.email)


def test_two_runs_at_once_write_one_mail(requested, clock, hanson, monkeypatch):
    clock.shift(timedelta(days=3))
    from reviews.services import send_reminders as service

    real = service.digest_for

    def and_another_run_in_between(clinician, reminders, today):
        found = real(clinician, reminders, today)
        monkeypatch.setattr(service, "digest_for", real)
        service.send_reminders()
        return found

    monkeypatch.setattr(service, "digest_for", and_another_run_in_between)
    service.send_reminders()
    assert len(delivered_to(hanson.user.email)) == 1


def test_an_outage_does_not_end_in_a_heap_of_digests(requested, clock, hanson, server):  # noqa: F811
    server.is_down()
    for day in (3, 5, 7):
        clock.move_to(START + timedelta(days=day))
        send_reminders()
        delivered()
    server.is_up()
    clock.shift(timedelta(minutes=20))
    [message] = delivered_to(hanson.user.email)
    assert "2 days overdue" in message.body


def test_the_requester_is_told_once_when_it_is_long_overdue(requested, clock, editor):
    assert days_with_mail(clock, editor.email, days=30) == [8]


def test_the_requester_reads_who_since_when_and_what_to_do(requested, clock, editor):
    clock.shift(timedelta(days=8))
    assert send_reminders()["escalations"] == 1
    [message] = delivered_to(editor.email)
    assert message.subject == "No answer yet: Cryotherapy"
    for text in (
        "Dr. Miriam Hanson, for the words that are quoted. Asked on Monday, November 2.",
        "Dr. Ruth Alvarado, for the clinical review.",
        "choose another reviewer",
        f"/admin/pages/{requested.pk}/edit/",
    ):
        assert text in message.body


def test_what_was_handed_over_still_goes_back_to_whoever_asked_first(requested, clock, editor, hanson, reviewer):
    factories.sign_all(requested, hanson)
    colleague = factories.make_clinician("Omar Diaz", reviewer=True)
    services.hand_over(page_id=requested.pk, by=reviewer.user, to=colleague)
    clock.shift(timedelta(days=8))
    delivered().clear()
    send_reminders()
    [message] = delivered_to(editor.email)
    assert "Dr. Omar Diaz" in message.body
    assert "Alvarado" not in message.body


def test_if_the_requester_has_left_the_owner_is_told(clock, article, editor, hanson, reviewer):
    colleague = factories.make_editor("priya")
    services.request_review(page_id=article.pk, by=colleague)
    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    clock.shift(timedelta(days=8))
    delivered().clear()
    send_reminders()
    assert delivered_to(editor.email)
    assert not delivered_to(colleague.email)


def test_nobody_else_is_mailed(requested, clock, editor, hanson, reviewer, superuser):
    clock.shift(timedelta(days=8))
    send_reminders()
    assert {message.to[0] for message in delivered()} == {hanson.user.email, reviewer.user.email, editor.email}


def test_who_has_no_address_stops_nobodys_reminder(requested, clock, editor, hanson, reviewer):
    type(editor).objects.filter(pk__in=[hanson.user.pk, editor.pk]).update(email="")
    clock.shift(timedelta(days=8))
    assert send_reminders() == {"digests": 1, "escalations": 0}


def test_while_away_she_reads_nothing_about_clinical_reviews(requested, clock, reviewer):
    Clinician.objects.filter(pk=reviewer.pk).update(away_until=START.date() + timedelta(days=8))
    assert days_with_mail(clock, reviewer.user.email) == [9, 11, 13]


def test_while_away_her_own_words_still_wait_for_her(requested, clock, hanson):
    Clinician.objects.filter(pk=hanson.pk).update(away_until=START.date() + timedelta(days=20))
    assert days_with_mail(clock, hanson.user.email, days=6) == [3, 5]


@pytest.mark.slow
def test_what_ends_soon_is_said_sixty_thirty_and_seven_days_before(clock, public_article, hanson):
    delivered().clear()
    assert days_with_mail(clock, hanson.user.email, days=366) == [305, 335, 358]


def test_what_is_not_public_any_more_ends_without_a_word(clock, public_article, editor):
    services.take_down(page_id=public_article.pk, by=editor)
    clock.shift(timedelta(days=330))
    assert send_reminders() == NOTHING


def test_the_mail_about_an_end_says_which_page_and_when(clock, public_article, hanson):
    delivered().clear()
    clock.shift(timedelta(days=306))
    send_reminders()
    [message] = delivered_to(hanson.user.email)
    assert message.subject == "Your sign-off ends soon"
    assert "“Cryotherapy”: until Tuesday, November 2." in message.body


def test_reminders_change_nothing_but_the_outbox(requested, clock):
    before = list(ReviewRequest.objects.values())
    clock.shift(timedelta(days=8))
    send_reminders()
    assert list(ReviewRequest.objects.values()) == before
    assert SentReminder.objects.count() == 4
    assert Email.objects.count() == 5
