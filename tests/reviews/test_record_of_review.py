"""The whole story of one article, for compliance, and what patients read on any day."""

import datetime
import io
import zipfile

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from reviews import services
from reviews.models import SignOff
from tests import factories

MONDAY = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)


def day(number):
    return time_machine.travel(MONDAY + datetime.timedelta(days=number), tick=False)


@pytest.fixture
def story(db):
    """Published on day 0, another version on day 2, withdrawn on day 4."""
    with day(0):
        editor, hanson = factories.make_editor(), factories.make_clinician("Miriam Hanson")
        reviewer = factories.make_clinician("Ruth Alvarado", reviewer=True)
        page = factories.make_article(factories.quotation(hanson, "It stings."), by=editor)
        factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    with day(2):
        factories.edit(page, factories.quotation(hanson, "It stings a little."), by=editor)
        factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    with day(4):
        newest = SignOff.objects.filter(clinician_id=hanson.pk).last()
        services.withdraw(sign_off_id=newest.pk, by=hanson.user, reason="A new study.")
    return page


@pytest.fixture
def compliance(db, client):
    user = factories.make_user("priya")
    user.groups.add(Group.objects.get(name="Practice managers"))
    client.force_login(user)
    return client


def read(client, page, on=None):
    url = reverse("sign_off_desk:record", args=[page.pk])
    return client.get(url, {"on": on} if on else {}).content.decode()


def test_the_record_tells_what_each_was_shown_said_and_signed(story, compliance):
    html = read(compliance, story)
    for words in ("It stings.", "It stings a little.", "A new study.", "Miriam Hanson, MD, FAAD", "my honest opinion"):
        assert words in html


@pytest.mark.parametrize(
    ("number", "heading", "words"),
    [
        (-1, "Not public on", None),
        (0, "Public on", "It stings."),
        (1, "Public on", "It stings."),
        (2, "Public on", "It stings a little."),
        (4, "Not public on", None),
    ],
)
def test_it_answers_what_patients_read_on_a_day(number, heading, words, story, compliance):
    on = timezone.localdate(MONDAY + datetime.timedelta(days=number)).isoformat()
    html = read(compliance, story, on=on)
    assert f">{heading}" in html
    if words:
        that_day = html.split('id="that-day"')[1].split("</section>")[0]
        assert words in that_day
        assert "Ruth Alvarado" in that_day


def test_a_publication_that_lapsed_was_not_public_afterwards(compliance, editor, hanson, reviewer):
    page = factories.make_article(factories.quotation(hanson), by=editor)
    factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    after = (timezone.localdate() + datetime.timedelta(days=366)).isoformat()
    assert "Not public on" in read(compliance, page, on=after)


def test_a_day_that_is_none_gets_a_sentence(story, compliance):
    assert "is not a day" in read(compliance, story, on="soon<script>")


def test_it_is_exported_as_a_bundle(story, compliance):
    response = compliance.get(reverse("sign_off_desk:export_record", args=[story.pk]))
    names = zipfile.ZipFile(io.BytesIO(response.getvalue())).namelist()
    assert {"ledger.jsonl", "manifest.json", "verify_bundle.py"} <= set(names)


def test_it_outlives_the_page(story, compliance):
    story.delete()
    assert "It stings." in read(compliance, story)


def test_strangers_do_not_see_it(story, client):
    url = reverse("sign_off_desk:record", args=[story.pk])
    assert client.get(url).status_code == 302
    client.force_login(factories.make_clinician("Some Body").user)
    assert "It stings." not in client.get(url, follow=True).content.decode()
