"""Mail is written with the record and delivered later: a mail server that is down loses nothing and blocks nobody."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email

from reviews import mail, outbox, services
from reviews.management.commands.send_queued_mail import _with_advisory_lock, _with_file_lock, only_one
from tests import factories
from tests.mailbox import delivered, delivered_to, waiting


class ServerIsDown(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("Nobody answers.")


class Refuses(BaseEmailBackend):
    """As a server answers that does not take mail for somebody."""

    answer = (550, b"5.1.1 Nobody of this name.")

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: self.answer})


class RefusesForNow(Refuses):
    answer = (450, b"4.2.0 Greylisted, try again later.")


@pytest.fixture
def server(settings):
    """Switches the mail server off and on."""

    class Server:
        def is_down(self):
            backends = {"default": "tests.reviews.test_mail.ServerIsDown"}
            settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}

        def is_up(self):
            backends = {"default": "django.core.mail.backends.locmem.EmailBackend"}
            settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}

    return Server()


@pytest.fixture
def requested(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


def test_nothing_leaves_before_the_outbox_is_delivered(requested, hanson, reviewer, mailoutbox):
    assert mailoutbox == []
    assert {address for row in waiting() for address in row.to} == {hanson.user.email, reviewer.user.email}
    assert len(delivered()) == 2
    assert len(delivered()) == 2


def test_mail_and_record_stand_or_fall_together(article, editor, hanson, reviewer):
    with transaction.atomic():
        services.request_review(page_id=article.pk, by=editor)
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_server_that_is_down_blocks_nobody_and_loses_nothing(requested, server, hanson):
    server.is_down()
    assert outbox.deliver() == 0
    assert [(row.status, row.number_of_retries) for row in waiting()] == [(STATUS.requeued, 1)] * 2
    factories.sign_all(requested, hanson)
    server.is_up()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert len(delivered()) == 3


def test_a_server_that_is_down_for_three_days_loses_nothing(requested, server, settings):
    server.is_down()
    start = timezone.now()
    for tries in range(3 * 24 * 4):
        with time_machine.travel(start + tries * timedelta(minutes=15, seconds=1), tick=False):
            outbox.deliver()
    assert {row.status for row in waiting()} == {STATUS.requeued}
    server.is_up()
    with time_machine.travel(start + timedelta(days=3, hours=1)):
        assert len(delivered()) == 2


def test_what_was_given_up_on_is_sent_when_somebody_says_so(requested, server):
    server.is_down()
    Email.objects.update(number_of_retries=10_000)
    outbox.deliver()
    assert {row.status for row in waiting()} == {STATUS.failed}
    server.is_up()
    call_command("send_queued_mail", again=True, verbosity=0)
    assert {row.status for row in waiting()} == {STATUS.sent}


@pytest.mark.parametrize(
    ("backend", "status"), [("Refuses", STATUS.failed), ("RefusesForNow", STATUS.requeued)], ids=["5xx", "4xx"]
)
def test_an_address_that_a_server_refuses_for_good_is_given_up_at_once(requested, settings, backend, status):
    backends = {"default": f"tests.reviews.test_mail.{backend}"}
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}
    outbox.deliver()
    assert {row.status for row in waiting()} == {status}
    assert outbox.stuck().exists() == (status == STATUS.failed)


def test_one_mail_that_fails_does_not_hold_up_the_others(requested, hanson, settings):
    row = Email.objects.get(to=hanson.user.email)
    Email.objects.filter(pk=row.pk).update(subject="Two\nlines")
    delivered()
    row.refresh_from_db()
    assert row.status == STATUS.requeued
    assert Email.objects.exclude(pk=row.pk).get().status == STATUS.sent


def test_bodies_are_forgotten_once_they_are_delivered(requested, hanson):
    assert all(row.message for row in waiting())
    delivered()
    assert not any(row.message for row in waiting())


def test_a_mail_keeps_its_message_id_when_it_is_tried_again(requested, server):
    before = [row.message_id for row in waiting()]
    assert all(before)
    server.is_down()
    outbox.deliver()
    assert [row.message_id for row in waiting()] == before


@pytest.mark.parametrize(
    "text", ["{% include 'base.html' %}", "{{ settings.SECRET_KEY }}", "{%", "{# gone #}", "a } b {"]
)
def test_no_mail_is_rendered_as_a_template(db, text):
    send_mail(f"Subject {text}", f"Body {text}", None, ["a@example.com"], html_message=f"<p>{text}</p>")
    [message] = delivered()
    assert (message.subject, message.body) == (f"Subject {text}", f"Body {text}")
    assert message.alternatives[0][0] == f"<p>{text}</p>"


def test_a_title_with_template_tags_and_markup_arrives_as_it_is(editor, reviewer):
    page = factories.make_article(title="<b>Peels</b> & {% now 'Y' %}", by=editor)
    services.request_review(page_id=page.pk, by=editor)
    [message] = delivered_to(reviewer.user.email)
    assert message.subject == "Please read and sign: <b>Peels</b> & {% now 'Y' %}"
    assert "“<b>Peels</b> & {% now 'Y' %}”" in message.body


def test_a_title_or_a_name_cannot_add_a_header(editor, hanson, reviewer):
    page = factories.make_article(title="Peels", by=editor)
    page.title = "Peels\r\nBcc: thief@example.com"
    editor.first_name = "Jordan\nBcc: thief@example.com"
    mail.review_requested(page=page, asked=[(hanson, asked())], by=editor)
    [message] = delivered()
    assert message.subject == "Please read and sign: Peels Bcc: thief@example.com"
    assert message.recipients() == [hanson.user.email]
    assert "Bcc" not in message.message()


def asked():
    from reviews.asks import Ask
    from reviews.attestations import Meaning

    return Ask(Meaning.OWN_WORDS, ())


@pytest.mark.parametrize(
    "address", ["", "nowhere", "a@b@c", "x@example.com\nBcc: y@example.com", "a@example.com, b@c.de"]
)
def test_a_clinician_without_a_good_address_stops_nothing(address, article, editor, hanson, reviewer):
    type(hanson.user).objects.filter(pk=hanson.user.pk).update(email=address)
    services.request_review(page_id=article.pk, by=editor)
    assert [message.to for message in delivered()] == [[reviewer.user.email]]


def test_the_requester_learns_whom_no_mail_reaches(article, editor, hanson, reviewer):
    type(hanson.user).objects.filter(pk=hanson.user.pk).update(email="")
    hanson.user.refresh_from_db()
    page = factories.draft(article)
    assert mail.review_requested(page=page, asked=[(hanson, asked()), (reviewer, asked())], by=editor) == [hanson]


def test_wagtails_and_djangos_mail_goes_through_the_outbox_too(db):
    EmailMessage("Hello", "There", None, ["Priya <a@example.com>"], cc=["b@example.com"]).send()
    assert [(row.to, row.cc, row.status) for row in waiting()] == [
        (["Priya <a@example.com>"], ["b@example.com"], STATUS.queued)
    ]


def test_a_review_request_says_what_and_until_when_and_holds_no_secret(article, editor, hanson, reviewer, client):
    page = factories.draft(article)
    due = timezone.localdate() + timedelta(days=5)
    mail.review_requested(page=page, asked=[(hanson, asked())], by=editor, due_on=due, note="Before Friday, please.")
    [message] = delivered()
    assert f"Please answer by {due:%A, %B} {due.day}" in message.body
    assert "Before Friday, please." in message.body
    [link] = [line for line in message.body.splitlines() if line.startswith("http")]
    assert link == f"http://127.0.0.1:8000/review/{page.pk}/"
    response = client.get(f"/review/{page.pk}/")
    assert response.url == f"/review/sign-in/?next=/review/{page.pk}/"


def test_a_receipt_says_what_was_signed_until_when_and_how_to_take_it_back(requested, hanson):
    [sign_off] = factories.sign_all(requested, hanson)
    [_, receipt] = delivered_to(hanson.user.email)
    for text in (
        "It stings for a minute.",
        sign_off.statements.get().digest,
        sign_off.entry.digest,
        f"until {sign_off.valid_until.astimezone(timezone.get_current_timezone()):%A, %B}",
        f"/review/{requested.pk}/signed/",
    ):
        assert text in receipt.body
    assert factories.PASSWORD not in receipt.body


def test_a_withdrawal_reaches_owner_and_requester_once_each(article, editor, hanson, reviewer):
    colleague = factories.make_editor("priya")
    services.request_review(page_id=article.pk, by=colleague)
    [sign_off] = factories.sign_all(article, hanson)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="Not any more.")
    told = [message.to[0] for message in delivered() if message.subject.startswith("Sign-off withdrawn")]
    assert sorted(told) == [editor.email, colleague.email]


def test_a_withdrawal_reaches_a_requester_who_owns_the_page_once(requested, editor, hanson):
    [sign_off] = factories.sign_all(requested, hanson)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="Not any more.")
    told = [message.to for message in delivered() if message.subject.startswith("Sign-off withdrawn")]
    assert told == [[editor.email]]


def test_a_second_delivery_beside_the_first_leaves_at_once(db, tmp_path):
    first, second = _two_locks(tmp_path)
    assert (next(first), next(second)) == (True, False)
    assert next(first, None) is None


def _two_locks(tmp_path):
    """As two processes would take them."""
    if connection.vendor == "postgresql":
        return _with_advisory_lock(connection), _with_advisory_lock(connection.copy())
    path = str(tmp_path / "db-mail-lock")
    return _with_file_lock(path), _with_file_lock(path)


def test_only_one_process_delivers(db):
    with only_one() as mine:
        assert mine


@pytest.mark.slow
def test_a_delivery_that_was_killed_locks_nobody_out(tmp_path):
    path = tmp_path / "db-mail-lock"
    script = (
        "import os, sys; sys.path.insert(0, '.')\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'cms.settings.test'\n"
        "import django; django.setup()\n"
        "from reviews.management.commands.send_queued_mail import _with_file_lock\n"
        f"assert next(_with_file_lock({str(path)!r}))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, env=os.environ, check=False).returncode == -9
    assert next(_with_file_lock(str(path))) is True


def test_minutes_grow_with_the_statements():
    assert [mail.minutes(count) for count in (0, 1, 2, 3, 12)] == [1, 1, 2, 2, 7]


@pytest.fixture
def manager(db):
    user = factories.make_user("priya")
    user.groups.add(Group.objects.get(name="Practice managers"))
    return user


def test_a_manager_sees_what_became_of_mail_and_never_what_it_said(requested, server, manager, hanson, client):
    server.is_down()
    outbox.deliver()
    client.force_login(manager)
    page = client.get(reverse("mail_report")).content.decode()
    for text in (
        hanson.user.email,
        "Please read and sign: Cryotherapy",
        "Failed, will be tried again",
        "Nobody answers.",
    ):
        assert text in page
    assert "Nothing becomes public under your name" not in page
    assert f"/review/{requested.pk}/" not in page


@pytest.mark.parametrize("name", ["mail_report", "mail_report_results"])
def test_a_writer_does_not_see_the_mail(name, editor, client):
    client.force_login(editor)
    assert client.get(reverse(name)).status_code == 302
    assert reverse("mail_report") not in client.get("/admin/").content.decode()


def test_the_home_page_says_that_mail_is_stuck_and_only_then(requested, manager, client):
    client.force_login(manager)
    assert "Mail does not get out" not in client.get("/admin/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        client.force_login(manager)
        assert "2 mails have not been delivered" in client.get("/admin/").content.decode()
        delivered()
        assert "Mail does not get out" not in client.get("/admin/").content.decode()


def test_old_mail_is_cleaned_up(requested):
    delivered()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("cleanup_mail", days=30)
    assert waiting() == []
