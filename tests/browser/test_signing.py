import pytest

from reviews import services
from reviews.models import SignOff
from tests import factories


@pytest.fixture
def quoted_three_times(editor, hanson, reviewer):
    blocks = [factories.quotation(hanson, words) for words in ("It stings.", "It is quick.", "It fades.")]
    page = factories.make_article(*blocks, by=editor)
    services.request_review(page_id=page.pk, by=editor)
    return page


def test_three_new_statements_take_six_taps_and_a_password(screens, quoted_three_times, hanson):
    phone = screens(hanson)
    phone.opens(quoted_three_times)
    for words in ("It stings.", "It is quick.", "It fades."):
        phone.decides(phone.card(words), "Approve")
    phone.affirms()
    phone.signs(button="Sign 3 statements")
    assert "Your receipt" in phone.reads()
    assert phone.taps == 6
    assert SignOff.objects.get().statements.count() == 3
