"""Attacks on issue 4 with two sessions at once."""
# ruff: noqa: F811

import pytest

from reviews import services
from reviews.errors import ReviewError
from reviews.models import Suggestion
from tests import factories

from .conftest import in_order
from .test_races import article, signing  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("races")]


@pytest.fixture
def colleagues(article):
    return [factories.make_clinician(name, reviewer=True) for name in ("Omar Diaz", "Samir Patel")]


def handing(page, reviewer, to):
    return lambda: services.hand_over(page_id=page.pk, by=reviewer.user, to=to)


@pytest.mark.parametrize("sign_first", [True, False])
def test_a_review_is_signed_or_handed_over_and_not_both(sign_first, article, reviewer, colleagues):
    actions = [signing(article, reviewer), handing(article, reviewer, colleagues[0])]
    results = in_order(article, *(actions if sign_first else reversed(actions)))
    assert sum(isinstance(item, ReviewError) for item in results) == 1, results


def test_a_suggested_title_that_is_too_long_is_refused_with_a_sentence(article, editor, reviewer):
    found = factories.content_of(article).statements[0]
    choice = services.Choice("suggest", wording="Cold " * 100)
    services.record_decision(page_id=article.pk, by=reviewer.user, decisions={found.digest: choice})
    services.request_changes(page_id=article.pk, by=reviewer.user, note="")
    with pytest.raises(ReviewError):
        services.apply_suggestion(suggestion_id=Suggestion.objects.get().pk, by=editor)
