"""Withdrawing, taking down, and being public again."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from reviews import services
from reviews.errors import NotAllowed
from reviews.models import LedgerEntry, PublicPage, SignOff
from reviews.states import states_of
from tests import factories
from tests.mailbox import delivered


@pytest.fixture
def signed_by_hanson(public_article, hanson):
    return SignOff.objects.get(clinician_id=hanson.pk)


def test_a_withdrawal_is_public_at_the_next_request(public_article, signed_by_hanson, hanson, client):
    services.withdraw(sign_off_id=signed_by_hanson.pk, by=hanson.user, reason="I changed my mind.")
    response = client.get(public_article.url)
    assert response.status_code == 410
    assert "signature" in response.content.decode()
    assert not Page.objects.get(pk=public_article.pk).live
    assert states_of(SignOff.objects.all())[signed_by_hanson.pk] == "withdrawn"
    kinds = list(LedgerEntry.objects.order_by("-sequence").values_list("kind", flat=True)[:2])
    assert kinds == ["taken_down", "withdrawn"]


def test_only_the_signer_withdraws(public_article, signed_by_hanson, reviewer, superuser, editor):
    for user in (reviewer.user, superuser, editor):
        with pytest.raises(NotAllowed, match="Only the person who signed"):
            services.withdraw(sign_off_id=signed_by_hanson.pk, by=user, reason="No.")
    assert PublicPage.objects.filter(pk=public_article.pk).exists()


def test_a_withdrawal_needs_a_reason_and_happens_once(signed_by_hanson, hanson):
    with pytest.raises(NotAllowed, match="Say why"):
        services.withdraw(sign_off_id=signed_by_hanson.pk, by=hanson.user, reason="  ")
    services.withdraw(sign_off_id=signed_by_hanson.pk, by=hanson.user, reason="Wrong.")
    with pytest.raises(NotAllowed, match="withdrawn before"):
        services.withdraw(sign_off_id=signed_by_hanson.pk, by=hanson.user, reason="Wrong.")


def test_the_author_is_told_of_a_withdrawal(signed_by_hanson, hanson, editor):
    services.withdraw(sign_off_id=signed_by_hanson.pk, by=hanson.user, reason="The study was retracted.")
    [message] = [item for item in delivered() if item.subject == "Sign-off withdrawn: Cryotherapy"]
    assert message.to == [editor.email]
    assert "The study was retracted." in message.body


def test_a_clinician_takes_down_what_she_signed(public_article, hanson, client):
    services.take_down(page_id=public_article.pk, by=hanson.user, note="Wrong picture.")
    assert client.get(public_article.url).status_code == 410


def test_a_stranger_takes_nothing_down(public_article):
    stranger = factories.make_clinician("Some Body")
    with pytest.raises(NotAllowed):
        services.take_down(page_id=public_article.pk, by=stranger.user)
    assert PublicPage.objects.filter(pk=public_article.pk).exists()


def test_marketing_unpublishes_in_wagtail_and_the_record_knows_who(public_article, editor, client):
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[public_article.pk]))
    assert client.get(public_article.url).status_code == 410
    entry = LedgerEntry.objects.last()
    assert (entry.kind, entry.data["by"]["username"]) == ("taken_down", editor.username)


def test_a_deleted_page_leaves_the_record_whole(public_article, editor):
    entries = list(LedgerEntry.objects.values_list("digest", flat=True))
    public_article.delete()
    assert list(LedgerEntry.objects.values_list("digest", flat=True))[: len(entries)] == entries
    assert LedgerEntry.objects.last().kind == "taken_down"
    assert not PublicPage.objects.exists()


def test_what_was_taken_down_is_published_again_while_its_signatures_stand(public_article, editor, client):
    services.take_down(page_id=public_article.pk, by=editor)
    client.force_login(editor)
    response = client.post(reverse("sign_off_desk:publish", args=[public_article.pk]), follow=True)
    assert "is public, or will be" in response.content.decode()
    client.logout()
    assert client.get(public_article.url).status_code == 200


def test_withdrawing_an_older_sign_off_leaves_what_was_signed_again(public_article, hanson, editor, reviewer, client):
    first = SignOff.objects.get(clinician_id=hanson.pk)
    changed = factories.quotation(hanson, "It stings for two minutes.")
    factories.edit(public_article, factories.copy(), changed, by=editor)
    factories.publish_signed(public_article, by=editor, signers=[hanson, reviewer])
    services.withdraw(sign_off_id=first.pk, by=hanson.user, reason="Old words.")
    assert client.get(public_article.url).status_code == 200


def test_the_public_page_is_untouched_by_a_newer_draft(public_article, editor, hanson, client):
    before = client.get(public_article.url).content
    factories.edit(public_article, factories.copy("Draft."), factories.quotation(hanson), by=editor, title="New title")
    assert client.get(public_article.url).content == before


def test_request_changes_keeps_signatures_given_so_far(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    factories.sign_all(article, hanson)
    services.request_changes(page_id=article.pk, by=reviewer.user, note="Name the source.")
    state = factories.draft(article).current_workflow_state
    assert state.status == state.STATUS_NEEDS_CHANGES
    factories.edit(article, factories.copy("Better."), factories.quotation(hanson), by=editor)
    asked = services.request_review(page_id=article.pk, by=editor)
    assert [request.clinician for request in asked] == [reviewer]


def test_request_changes_needs_a_note(article, editor, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    with pytest.raises(NotAllowed, match="what has to change"):
        services.request_changes(page_id=article.pk, by=reviewer.user, note=" ")


def test_an_article_in_review_is_locked_for_everybody(article, editor, reviewer, superuser):
    services.request_review(page_id=article.pk, by=editor)
    lock = factories.draft(article).get_lock()
    assert all(lock.for_user(user) for user in (editor, superuser, reviewer.user))


def test_a_sign_off_has_one_of_four_states(public_article, editor, hanson, reviewer):
    first_review = SignOff.objects.get(clinician_id=reviewer.pk)
    factories.edit(public_article, factories.copy("Else."), factories.quotation(hanson, "New words."), by=editor)
    factories.publish_signed(public_article, by=editor, signers=[hanson, reviewer])
    _, new_words, _ = SignOff.objects.exclude(pk=first_review.pk).order_by("pk")
    services.withdraw(sign_off_id=new_words.pk, by=new_words.user, reason="No.")
    states = states_of(SignOff.objects.select_related("withdrawal"))
    assert states[first_review.pk] == "superseded"
    assert set(states.values()) == {"superseded", "in force", "withdrawn"}
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        assert "lapsed" in states_of(SignOff.objects.all()).values()
