"""Three dates are kept apart: when this wording became public, when it was signed, when the whole page was read."""

import datetime

import pytest
import time_machine

from pages.whole_review import whole_review
from reviews import services
from reviews.models import SignOff
from reviews.reader import public_article
from tests import factories

MAY = datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)
JUNE = datetime.datetime(2030, 6, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def page(editor, reviewer):
    with time_machine.travel(MAY):
        page = factories.make_article(factories.copy("It stings a littel."), by=editor, summary="Cold.")
        return factories.publish_signed(page, by=editor, signers=[reviewer])


def edit_and_sign(page, editor, reviewer, *blocks, **fields):
    factories.edit(page, *blocks, by=editor, **fields)
    return factories.publish_signed(page, by=editor, signers=[reviewer])


def test_a_mended_letter_does_not_move_the_date_of_the_whole_review(page, editor, reviewer, client):
    with time_machine.travel(JUNE):
        edit_and_sign(page, editor, reviewer, factories.copy("It stings a little."))
        html = client.get(page.url).content.decode()
    reviewer_line = html[html.index('class="reviewer') :]
    assert "May 1, 2030" in reviewer_line[: reviewer_line.index("</div>")]
    assert 'Whole page reviewed</dt>\n        <dd><time datetime="2030-05-01' in html
    assert 'Changes signed</dt>\n          <dd><time datetime="2030-06-01' in html
    assert 'In this wording since</dt>\n        <dd><time datetime="2030-06-01' in html
    assert '"lastReviewed":"2030-05-01","datePublished":"2030-05-01","dateModified":"2030-06-01"' in html


def test_a_mended_letter_does_not_put_off_the_next_whole_review(page, editor, reviewer, client):
    with time_machine.travel(JUNE):
        edit_and_sign(page, editor, reviewer, factories.copy("It stings a little."))
        assert 'Next review due by <time datetime="2031-05-01' in client.get(page.url).content.decode()


def test_a_page_that_was_read_once_has_one_date_for_both(page, client):
    with time_machine.travel(MAY):
        html = client.get(page.url).content.decode()
    assert "Changes signed" not in html
    assert html.count("May 1, 2030") >= 2


def test_another_reviewer_reads_the_whole(page, editor):
    with time_machine.travel(JUNE):
        second = factories.make_clinician("Paula Ortiz", reviewer=True)
        edit_and_sign(page, editor, second, factories.copy("It stings a little."))
    assert whole_review(public_article(page.pk).signatures) == SignOff.objects.order_by("pk").last()


def test_what_she_withdrew_is_read_again_as_a_whole(page, editor, reviewer):
    first = SignOff.objects.get()
    with time_machine.travel(JUNE):
        services.withdraw(sign_off_id=first.pk, by=reviewer.user, reason="A source is old.")
        edit_and_sign(page, editor, reviewer, factories.copy("It stings a little."))
    assert whole_review(public_article(page.pk).signatures) == SignOff.objects.order_by("pk").last()
