"""Who may sign what, and what a signature covers."""

import datetime
import itertools

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from reviews import services
from reviews.attestations import ATTESTATIONS, Meaning
from reviews.canonical import digest
from reviews.errors import ReviewError
from reviews.gate import obstacles
from reviews.models import Clinician, Credential, LedgerEntry, Publication, SignedStatement, SignOff
from tests import factories
from tests.factories import content_of, proof_of, sign_all


@pytest.fixture
def in_review(article, editor, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


def sign(page, user, *, meanings=(Meaning.OWN_WORDS,), approved=None, page_digest=None, proof=None):
    content = content_of(page)
    return services.sign_off(
        page_id=page.pk,
        by=user,
        proof=proof or proof_of(user),
        meanings=meanings,
        approved=content.digests if approved is None else approved,
        page_digest=page_digest or content.page_digest,
        line_digest=digest(user.clinician.signature_line()) if hasattr(user, "clinician") else "",
    )


def refused(code, action, *args, **kwargs):
    """The action is refused with this code, in a full sentence, and the record is as it was."""
    before = (LedgerEntry.objects.count(), SignOff.objects.count(), Publication.objects.count())
    with pytest.raises(ReviewError) as refusal:
        action(*args, **kwargs)
    assert refusal.value.code == code
    assert refusal.value.sentence[0].isupper()
    assert refusal.value.sentence.endswith(".")
    assert (LedgerEntry.objects.count(), SignOff.objects.count(), Publication.objects.count()) == before


def test_a_sign_off_keeps_who_what_when_and_why(in_review, hanson):
    [signed] = sign(in_review, hanson.user)
    quotation = content_of(in_review).quotations[0]
    assert (signed.printed_name, signed.postnominals, signed.method) == ("Miriam Hanson", "MD, FAAD", "password")
    assert signed.attestation == ATTESTATIONS[Meaning.OWN_WORDS].text
    assert signed.credentials[0]["title"] == "Licensed by the Texas Medical Board"
    assert [(item.digest, item.statement.text) for item in signed.statements.all()] == [
        (quotation.digest, "It stings for a minute.")
    ]
    payload = signed.entry.data
    assert payload["statements"][0]["canonical"] == quotation.as_canonical()
    assert payload["proof"]["method"] == "password"
    assert signed.entry.digest == signed.entry.computed_digest()


def test_nobody_else_can_sign_a_quotation(in_review, reviewer, editor, superuser):
    refused("not_asked", sign, in_review, reviewer.user)
    refused("not_a_clinician", sign, in_review, editor)
    refused("not_a_clinician", sign, in_review, superuser)


def test_a_superuser_who_is_a_clinician_cannot_sign(in_review, hanson):
    hanson.user.is_superuser = True
    hanson.user.save()
    refused("cannot_sign", sign, in_review, hanson.user)


def test_a_wrong_password_signs_nothing(in_review, hanson):
    refused("wrong_password", proof_of, hanson.user, "guess")


def test_signing_without_affirming_is_refused(in_review, hanson):
    refused("not_affirmed", sign, in_review, hanson.user, meanings=[])


def test_an_inactive_account_cannot_sign(in_review, hanson):
    proof = proof_of(hanson.user)
    hanson.user.is_active = False
    hanson.user.save()
    refused("not_a_clinician", sign, in_review, hanson.user, proof=proof)


def test_a_lapsed_credential_cannot_sign(in_review, hanson):
    hanson.credentials.update(valid_until=timezone.localdate() - datetime.timedelta(days=1))
    refused("cannot_sign", sign, in_review, hanson.user)


def test_nothing_is_signed_outside_a_review(article, hanson):
    refused("not_in_review", sign, article, hanson.user)


def test_an_edit_between_reading_and_signing_is_a_conflict(in_review, hanson, editor):
    read = content_of(in_review).page_digest
    factories.edit(in_review, factories.copy("Something else."), factories.quotation(hanson), by=editor)
    refused("changed_while_reading", sign, in_review, hanson.user, page_digest=read)


def test_a_reviewer_approves_every_statement_or_signs_nothing(in_review, reviewer):
    some = list(content_of(in_review).digests)[1:]
    refused("not_all_approved", sign, in_review, reviewer.user, meanings=[Meaning.CLINICAL_REVIEW], approved=some)


def test_a_statement_that_is_not_hers_is_not_signed_with_the_others(editor, hanson, reviewer):
    other = factories.make_clinician("Adam Mamelak")
    page = factories.make_article(
        factories.quotation(hanson), factories.quotation(other, "It is red for a day."), by=editor
    )
    services.request_review(page_id=page.pk, by=editor)
    [signed] = sign(page, hanson.user)
    assert [item.statement.clinician_id for item in signed.statements.all()] == [hanson.pk]


def test_the_author_cannot_give_the_clinical_review(editor, hanson, reviewer):
    colleague = factories.make_clinician("Ana Colleague", reviewer=True)
    page = factories.make_article(factories.quotation(hanson), by=reviewer.user)
    services.request_review(page_id=page.pk, by=factories.make_user("chief", is_superuser=True))
    refused("not_asked", sign, page, reviewer.user, meanings=[Meaning.CLINICAL_REVIEW])
    assert sign(page, colleague.user, meanings=[Meaning.CLINICAL_REVIEW])


def test_one_dermatologist_may_be_quoted_and_review(editor):
    only = factories.make_clinician("Only One", reviewer=True)
    page = factories.make_article(factories.quotation(only), by=editor)
    services.request_review(page_id=page.pk, by=editor)
    signed = sign_all(page, only)
    assert [item.meaning for item in signed] == [Meaning.OWN_WORDS, Meaning.CLINICAL_REVIEW]
    assert Page.objects.get(pk=page.pk).live


def test_policy_can_forbid_that_the_quoted_review(editor, settings):
    settings.IMPRIMATUR = {**settings.IMPRIMATUR, "quoted_clinicians_may_review": False}
    only = factories.make_clinician("Only One", reviewer=True)
    page = factories.make_article(factories.quotation(only), by=editor)
    refused("no_reviewer", services.request_review, page_id=page.pk, by=editor)


def test_policy_can_hold_a_signed_article_for_release(in_review, hanson, reviewer, editor, settings):
    settings.IMPRIMATUR = {**settings.IMPRIMATUR, "publish_on_last_signature": False}
    sign_all(in_review, hanson)
    sign_all(in_review, reviewer)
    assert not Page.objects.get(pk=in_review.pk).live
    services.publish(page_id=in_review.pk, by=editor)
    assert Page.objects.get(pk=in_review.pk).live


def test_signatures_may_come_in_any_order(in_review, hanson, reviewer):
    sign_all(in_review, reviewer)
    assert not Page.objects.get(pk=in_review.pk).live
    sign_all(in_review, hanson)
    assert Page.objects.get(pk=in_review.pk).live


def test_an_unchanged_statement_is_not_asked_again(public_article, editor, hanson, reviewer):
    factories.edit(public_article, factories.copy("The spray is very cold."), factories.quotation(hanson), by=editor)
    asked = services.request_review(page_id=public_article.pk, by=editor)
    assert [(request.clinician, request.meaning) for request in asked] == [(reviewer, Meaning.CLINICAL_REVIEW)]
    [entry] = LedgerEntry.objects.filter(kind="review_requested").order_by("-sequence")[:1]
    assert entry.data["asked"][0]["to_decide"] == 1


def test_words_that_come_back_are_signed_already(public_article, editor, hanson):
    factories.edit(public_article, factories.copy("Else."), factories.quotation(hanson), by=editor)
    factories.edit(public_article, factories.copy(), factories.quotation(hanson), by=editor)
    assert obstacles(factories.draft(public_article)) == []
    assert services.request_review(page_id=public_article.pk, by=editor) == []
    assert Page.objects.get(pk=public_article.pk).live


def test_a_sign_off_does_not_count_on_another_page(public_article, editor, hanson):
    copy = factories.make_article(factories.copy(), factories.quotation(hanson), title="Cryotherapy", by=editor)
    codes = [obstacle.code for obstacle in obstacles(factories.draft(copy))]
    assert codes == ["quotation_not_signed", "not_reviewed"]


def test_reordering_asks_the_reviewer_for_the_whole_and_for_no_statement(editor, hanson, reviewer):
    blocks = [factories.copy(), factories.quotation(hanson)]
    page = factories.publish_signed(factories.make_article(*blocks, by=editor), by=editor, signers=[hanson, reviewer])
    factories.edit(page, *reversed(blocks), by=editor)
    services.request_review(page_id=page.pk, by=editor)
    entry = LedgerEntry.objects.filter(kind="review_requested").last()
    assert [(item["meaning"], item["to_decide"]) for item in entry.data["asked"]] == [("clinical_review", 0)]


def test_a_sign_off_never_outlives_the_credential_it_rests_on(article, editor, reviewer, hanson):
    soon = timezone.localdate() + datetime.timedelta(days=30)
    Credential.objects.filter(clinician=hanson).update(valid_until=soon)
    services.request_review(page_id=article.pk, by=editor)
    [signed] = sign(article, hanson.user)
    assert timezone.localdate(signed.valid_until) == soon


def test_a_page_lapses_with_its_earliest_sign_off(public_article, client):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=366)):
        response = client.get(public_article.url)
        assert response.status_code == 410
        assert public_article.title not in client.get("/procedures/").content.decode()


def test_the_account_of_a_clinician_is_chosen_once(hanson, superuser):
    hanson.user = superuser
    with pytest.raises(Exception, match="signs with the account she has"):
        hanson.save()
    assert Clinician.objects.get(pk=hanson.pk).user != superuser


@pytest.mark.parametrize("model", [LedgerEntry, SignOff, SignedStatement, Publication])
def test_record_rows_are_neither_changed_nor_deleted(model, public_article):
    row = model.objects.first()
    for action in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=1)):
        with pytest.raises(ReviewError, match="part of the record"):
            action()


def test_every_entry_is_chained_to_the_one_before(public_article):
    entries = list(LedgerEntry.objects.all())
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    for before, entry in itertools.pairwise(entries):
        assert entry.previous_digest == before.digest
        assert entry.digest == entry.computed_digest()
    kinds = ["consented", "consented", "review_requested", "signed_off", "signed_off", "published"]
    assert [entry.kind for entry in entries] == kinds
