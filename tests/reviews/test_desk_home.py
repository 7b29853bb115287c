"""What the desk reads when it comes in: nothing that went off the site goes unsaid."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews import services
from reviews.gate import obstacles
from reviews.models import SignOff
from reviews.sentences import day_of
from reviews.taken_off import taken_off
from tests import factories


@pytest.fixture
def home(client, editor):
    """What the writer reads on the admin's home."""

    def reads():
        client.force_login(editor)
        return client.get("/admin/").content.decode()

    return reads


@pytest.fixture
def withdrawn(public_article, hanson):
    """The public article, after Dr. Hanson took her words back."""
    sign_off = SignOff.objects.get(clinician_id=hanson.pk)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="The study was retracted.")
    return public_article


def sentences(page):
    return [obstacle.sentence for obstacle in obstacles(factories.draft(page))]


def test_a_withdrawn_sign_off_is_named_with_its_day_and_reason(withdrawn):
    today = day_of(timezone.localdate())
    assert sentences(withdrawn) == [
        f"Dr. Miriam Hanson withdrew her sign-off of “It stings for a minute” on {today}: “The study was retracted”."
    ]


def test_a_withdrawal_of_other_words_or_elsewhere_is_not_held_against_these(withdrawn, editor, hanson):
    expected = "Dr. Miriam Hanson has not signed “It stings”."
    factories.edit(withdrawn, factories.copy(), factories.quotation(hanson, "It stings."), by=editor)
    assert expected in sentences(withdrawn)
    elsewhere = factories.make_article(factories.quotation(hanson), title="Another", by=editor)
    assert "Dr. Miriam Hanson has not signed “It stings for a minute”." in sentences(elsewhere)


def test_a_withdrawn_review_is_named_until_the_words_change(public_article, editor, hanson, reviewer):
    review = SignOff.objects.get(clinician_id=reviewer.pk)
    services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="I overlooked a risk")
    today = day_of(timezone.localdate())
    assert sentences(public_article) == [
        f"Ruth Alvarado, MD, FAAD, withdrew her sign-off of this version on {today}: “I overlooked a risk”. "
        "A clinical reviewer has to sign it."
    ]
    factories.edit(public_article, factories.copy("Shorter."), factories.quotation(hanson), by=editor)
    assert sentences(public_article) == ["A clinical reviewer has not signed this version of the article."]


def test_patients_are_not_told_the_reason_of_a_withdrawal(withdrawn, client):
    response = client.get(withdrawn.url)
    assert response.status_code == 410
    assert "retracted" not in response.content.decode()


def test_the_home_page_names_what_a_withdrawal_took_off_the_site(withdrawn, home):
    page = home()
    assert "Taken off the site" in page
    assert "Miriam Hanson, MD, FAAD, withdrew her sign-off: “The study was retracted”." in page
    assert f"/admin/pages/{withdrawn.pk}/edit/" in page[page.index("Taken off the site") :]


def test_what_was_taken_down_is_named_until_it_is_public_again(public_article, editor, home):
    services.take_down(page_id=public_article.pk, by=editor, note="Wrong picture.")
    assert "Jordan took it down: “Wrong picture”." in home()
    services.publish(page_id=public_article.pk, by=editor)
    assert "Taken off the site" not in home()


def test_what_lapsed_with_a_license_is_named_for_thirty_days(editor, hanson):
    end = timezone.localdate() + timedelta(days=20)
    ruth = factories.make_clinician("Ruth Alvarado", reviewer=True, valid_until=end)
    article = factories.make_article(factories.quotation(hanson), by=editor)
    factories.publish_signed(article, by=editor, signers=[hanson, ruth])
    assert taken_off() == []
    for days, told in ((22, ["The sign-off of Ruth Alvarado, MD, FAAD, ended with a license."]), (52, [])):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert [item.why for item in taken_off()] == told


def test_what_was_signed_again_did_not_lapse(public_article, editor, hanson, reviewer):
    with time_machine.travel(timezone.now() + timedelta(days=360)):
        factories.edit(public_article, factories.copy("Shorter."), factories.quotation(hanson, "Cold."), by=editor)
        factories.publish_signed(public_article, by=editor, signers=[hanson, reviewer])
    with time_machine.travel(timezone.now() + timedelta(days=370)):
        assert taken_off() == []


def test_the_home_page_asks_as_often_for_many_articles_as_for_few(editor, hanson, reviewer, home):
    def withdraw_of(numbers):
        for number in numbers:
            page = factories.make_article(factories.quotation(hanson), title=f"Cold {number}", by=editor)
            factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
            sign_off = SignOff.objects.get(clinician_id=hanson.pk, page_id=page.pk)
            services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="No.")

    def count():
        home()
        with CaptureQueriesContext(connection) as captured:
            assert "Taken off the site" in home()
        return len(captured)

    withdraw_of(range(2))
    few = count()
    withdraw_of(range(2, 6))
    assert count() == few
