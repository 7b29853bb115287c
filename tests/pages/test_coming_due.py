"""The desk knows beforehand that a page will lapse, and patients read until when it counts."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.home_panels import ComingDuePanel
from tests import factories

SPRING = datetime(2030, 3, 1, 18, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def spring():
    with time_machine.travel(SPRING, tick=False):
        yield


@pytest.fixture
def nadia(spring, db):
    """A reviewer whose license ends on April 30."""
    return factories.make_clinician("Nadia Brandt", reviewer=True, valid_until=date(2030, 4, 30))


def coming_due():
    context = ComingDuePanel().get_context_data(None)
    return [
        (item["text"].publication.title, timezone.localdate(item["text"].stands_until), item["sign_offs"])
        for item in context["items"]
    ]


def test_a_page_that_a_license_takes_along_is_coming_due(publish, nadia, editor, client):
    publish("Peel", signers=[nadia])
    [(title, day, [sign_off])] = coming_due()
    assert (title, day, sign_off.clinician_id) == ("Peel", date(2030, 4, 30), nadia.pk)
    client.force_login(editor)
    page = client.get("/admin/").content.decode()
    assert "April 30, 2030" in page
    assert "Nadia Brandt, MD, FAAD: a license ends." in page


def test_a_page_is_coming_due_ninety_days_before_its_first_signature_ends(spring, publish, reviewer, editor, client):
    publish("Peel", signers=[reviewer])
    assert coming_due() == []
    with time_machine.travel(SPRING + timedelta(days=276), tick=False):
        assert [title for title, _, _ in coming_due()] == ["Peel"]
        client.force_login(editor)
        assert "a signature counts for a limited time" in client.get("/admin/").content.decode()
    with time_machine.travel(SPRING + timedelta(days=366), tick=False):
        assert coming_due() == []


def test_the_page_says_that_it_counts_until_a_license_ends(publish, nadia, reads):
    html = reads(publish("Peel", signers=[nadia]).url)
    assert 'Counts until <time datetime="2030-04-30' in html
    assert "April 30, 2030</time>, when a license on this page ends." in html
    assert "Next review due by" not in html


def test_a_page_without_an_ending_license_says_when_its_review_is_due(spring, publish, reviewer, reads):
    html = reads(publish("Peel", signers=[reviewer]).url)
    assert 'Next review due by <time datetime="2031-03-01' in html
    assert "Counts until" not in html


def test_coming_due_asks_as_often_for_many_articles_as_for_few(publish, nadia):
    def count():
        with CaptureQueriesContext(connection) as captured:
            found = len(coming_due())
        return found, len(captured)

    publish("Peel", signers=[nadia])
    assert count() == (1, 3)
    for number in range(4):
        publish(f"Peel {number}", signers=[nadia])
    assert count() == (5, 3)
