"""Two at once, in both orders. Afterwards the record fits, and the public page equals a signed publication."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from reviews import services
from reviews.canonical import digest
from reviews.errors import ChangedWhileReading, ReviewError
from reviews.models import Publication, PublicPage, SignOff
from reviews.reader import public_article
from reviews.verification import verify_entries, verify_public_pages
from tests import factories

from .conftest import in_order

# One worker for all of them: they commit.
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("races")]


@pytest.fixture
def article(editor, hanson, reviewer):
    page = factories.make_article(factories.copy(), factories.quotation(hanson), by=editor)
    services.request_review(page_id=page.pk, by=editor)
    return page


@pytest.fixture(params=["first", "second"])
def order(request):
    return (
        (lambda page, one, two: in_order(page, one, two))
        if request.param == "first"
        else (lambda page, one, two: list(reversed(in_order(page, two, one))))
    )


def signing(page, clinician):
    """She signs what she read before the race."""
    content = factories.content_of(page)
    asks = ["clinical_review"] if clinician.is_reviewer else ["own_words"]
    return lambda: services.sign_off(
        page_id=page.pk,
        by=clinician.user,
        proof=factories.proof_of(clinician.user),
        meanings=asks,
        approved=content.digests,
        page_digest=content.page_digest,
        line_digest=digest(clinician.signature_line()),
    )


def editing(page, hanson, editor):
    def edit():
        with transaction.atomic():
            return factories.edit(page, factories.copy("Unsigned."), factories.quotation(hanson), by=editor)

    return edit


def assert_promise_kept(page):
    assert list(verify_entries()) == []
    page = Page.objects.get(pk=page.pk)
    findings = [finding.code for finding in verify_public_pages()]
    assert findings == []
    shown = Client().get(page.url)
    article = public_article(page.pk) if page.live else None
    assert (shown.status_code == 200) == (article is not None)
    assert "Unsigned." not in shown.content.decode()
    assert page.live == PublicPage.objects.filter(pk=page.pk).exists()


def test_sign_and_edit(article, hanson, reviewer, editor, order):
    factories.sign_all(article, hanson)
    signed, _ = order(article, signing(article, reviewer), editing(article, hanson, editor))
    assert isinstance(signed, list | ChangedWhileReading)
    assert_promise_kept(article)


def test_two_last_signatures(article, hanson, reviewer, order):
    results = order(article, signing(article, hanson), signing(article, reviewer))
    assert all(isinstance(result, list) for result in results)
    assert Publication.objects.count() == 1
    assert Page.objects.get(pk=article.pk).live
    assert_promise_kept(article)


def test_the_same_signature_twice(article, hanson, order):
    results = order(article, signing(article, hanson), signing(article, hanson))
    assert sorted(isinstance(result, ReviewError) for result in results) == [False, True]
    assert SignOff.objects.count() == 1
    assert_promise_kept(article)


def test_sign_and_withdraw(article, hanson, reviewer, order):
    [own_words] = factories.sign_all(article, hanson)
    withdrawing = lambda: services.withdraw(sign_off_id=own_words.pk, by=hanson.user, reason="No.")  # noqa: E731
    order(article, signing(article, reviewer), withdrawing)
    assert not Page.objects.get(pk=article.pk).live
    assert_promise_kept(article)


def test_two_publishes(article, hanson, reviewer, editor, order):
    factories.sign_all(article, hanson)
    factories.sign_all(article, reviewer)
    services.take_down(page_id=article.pk, by=editor)
    publishing = lambda: services.publish(page_id=article.pk, by=editor)  # noqa: E731
    first, second = order(article, publishing, publishing)
    assert first == second
    assert_promise_kept(article)


def test_publish_and_take_down(article, hanson, reviewer, editor, order):
    factories.sign_all(article, hanson)
    factories.sign_all(article, reviewer)
    publishing = lambda: services.publish(page_id=article.pk, by=editor)  # noqa: E731
    taking_down = lambda: services.take_down(page_id=article.pk, by=hanson.user)  # noqa: E731
    order(article, publishing, taking_down)
    assert_promise_kept(article)
