"""A signed article can wait for its time. At that time the gate asks again."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from reviews import services
from reviews.models import PublicPage, SignOff
from tests import factories
from tests.mailbox import delivered


@pytest.fixture
def scheduled(editor, hanson, reviewer):
    return schedule("Scheduled", editor, [hanson, reviewer])


def schedule(title, editor, signers):
    blocks = [factories.copy(), factories.quotation(signers[0])]
    page = factories.make_article(*blocks, title=title, by=editor)
    factories.edit(page, by=editor, go_live_at=timezone.now() + datetime.timedelta(days=2))
    return factories.publish_signed(page, by=editor, signers=signers)


def three_days_later():
    return time_machine.travel(timezone.now() + datetime.timedelta(days=3))


def test_a_signed_article_waits_for_its_time(scheduled, client):
    assert scheduled.approved_schedule
    assert client.get(scheduled.url).status_code == 404
    call_command("publish_scheduled")
    assert not PublicPage.objects.exists()
    with three_days_later():
        call_command("publish_scheduled")
        assert client.get(scheduled.url).status_code == 200
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_withdrawal_before_the_time_keeps_it_from_the_site_and_others_go_out(
    scheduled, editor, hanson, reviewer, client
):
    other = schedule("Other", editor, [reviewer])
    services.withdraw(
        sign_off_id=SignOff.objects.get(clinician_id=hanson.pk).pk, by=hanson.user, reason="Not any more."
    )
    with three_days_later():
        call_command("publish_scheduled")
        assert client.get(scheduled.url).status_code == 404
        assert client.get(other.url).status_code == 200
    [message] = [item for item in delivered() if item.subject.startswith("Not public as scheduled")]
    assert message.to == [editor.email]
    assert "Dr. Miriam Hanson withdrew her sign-off" in message.body
    assert "Not any more" in message.body
    assert not Page.objects.get(pk=scheduled.pk).live


def test_a_new_version_waits_while_patients_read_the_old_one(public_article, editor, hanson, reviewer, client):
    factories.edit(
        public_article,
        factories.copy("New copy."),
        factories.quotation(hanson),
        by=editor,
        go_live_at=timezone.now() + datetime.timedelta(days=2),
    )
    factories.publish_signed(public_article, by=editor, signers=[reviewer])
    now = client.get(public_article.url)
    assert now.status_code == 200
    assert "New copy." not in now.content.decode()
    with three_days_later():
        call_command("publish_scheduled")
        assert "New copy." in client.get(public_article.url).content.decode()


def test_an_article_expires_when_wagtail_says_so(public_article, client):
    Page.objects.filter(pk=public_article.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert client.get(public_article.url).status_code == 410
