"""What the templates print about the practice is complete, and its own."""

import pytest
from django.conf import settings

from pages.checks import the_practice_is_complete, the_practice_is_not_the_demo
from tests import factories


@pytest.mark.parametrize("key", ["phone", "after_hours"])
def test_a_practice_that_leaves_out_what_pages_print_does_not_start(key, settings):
    settings.PRACTICE = {name: value for name, value in settings.PRACTICE.items() if name != key}
    assert [error.msg for error in the_practice_is_complete(None)] == [
        f"PRACTICE does not say “{key}”, which pages print."
    ]


@pytest.mark.parametrize(("phone", "ids"), [("512-555-0148", ["pages.W001"]), ("512-477-1212", [])])
def test_the_telephone_of_the_demo_is_noticed_before_patients_call_it(phone, ids, settings):
    settings.PRACTICE = {**settings.PRACTICE, "phone": phone}
    assert [warning.id for warning in the_practice_is_not_the_demo(None)] == ids


def test_who_is_told_to_call_today_is_told_whom_to_call_at_night(editor, reviewer, client):
    card = ("care", {"cards": [{"level": "urgent", "signs": ["you see pus"]}]})
    page = factories.make_article(card, by=editor)
    factories.publish_signed(page, by=editor, signers=[reviewer])
    main = client.get(page.url).content.decode().partition("<footer")[0]
    assert settings.PRACTICE["after_hours"] in main
