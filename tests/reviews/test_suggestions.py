import pytest
from wagtail.models import Comment

from reviews import services
from reviews.attestations import Meaning
from reviews.canonical import digest
from reviews.errors import NotAllowed
from reviews.models import Decision, PublicPage, SignedStatement, SignOff, Suggestion
from tests import factories
from tests.factories import content_of, proof_of, sign_all

pytestmark = pytest.mark.django_db

OURS = "It stings for a minute."
HERS = "It stings for a minute, then it is over."


@pytest.fixture
def in_review(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    return article


def statement(page, text):
    return next(item for item in content_of(page).statements if item.text == text)


def suggest(page, clinician, text, wording, **choice):
    found = statement(page, text).digest
    choice = services.Choice("suggest", wording=wording, **choice)
    services.record_decision(page_id=page.pk, by=clinician.user, decisions={found: choice})


def sign(page, clinician, *meanings, approved=()):
    return services.sign_off(
        page_id=page.pk,
        by=clinician.user,
        proof=proof_of(clinician.user),
        meanings=meanings,
        approved=approved,
        page_digest=content_of(page).page_digest,
        line_digest=digest(clinician.signature_line()),
    )


@pytest.fixture
def her_wording(in_review, hanson):
    suggest(in_review, hanson, OURS, HERS)
    sign(in_review, hanson, Meaning.OWN_WORDS)
    return Suggestion.objects.get()


def test_her_own_wording_is_signed_by_the_act_of_suggesting_it(her_wording, in_review, hanson, reviewer, editor):
    assert her_wording.is_signed
    services.apply_suggestion(suggestion_id=her_wording.pk, by=editor)
    services.request_review(page_id=in_review.pk, by=editor)
    sign_all(in_review, reviewer)
    assert PublicPage.objects.get().publication.reviewable_content.quotations[0].text == HERS
    assert SignOff.objects.filter(clinician_id=hanson.pk).count() == 1


@pytest.mark.parametrize("altered", [HERS + "!", HERS.replace("then", "Then"), HERS.replace("over", "0ver"), OURS])
def test_altered_by_one_letter_it_is_not_signed(her_wording, in_review, hanson, editor, altered):
    factories.edit(in_review, factories.copy(), factories.quotation(hanson, altered), by=editor)
    requests = services.request_review(page_id=in_review.pk, by=editor)
    assert (hanson.pk, Meaning.OWN_WORDS) in {(item.clinician_id, item.meaning) for item in requests}


def test_typed_by_hand_letter_for_letter_it_is_signed_too(her_wording, in_review, hanson, editor):
    factories.edit(in_review, factories.copy(), factories.quotation(hanson, HERS.replace(" ", "  ")), by=editor)
    requests = services.request_review(page_id=in_review.pk, by=editor)
    assert {item.meaning for item in requests} == {Meaning.CLINICAL_REVIEW}


def test_somebody_elses_suggestion_for_a_quotation_signs_nothing(in_review, reviewer, editor):
    suggest(in_review, reviewer, OURS, HERS)
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    assert not Suggestion.objects.get().is_signed
    assert not SignedStatement.objects.exists()


def test_a_suggestion_reaches_the_editor_as_a_comment_at_the_words(in_review, reviewer):
    suggest(in_review, reviewer, "A cold spray freezes the spot.", "Liquid nitrogen freezes it.", note="Name it.")
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    comment = Comment.objects.get()
    assert (comment.page_id, comment.user, comment.contentpath) == (in_review.pk, reviewer.user, "body.block-0.text")
    assert "Liquid nitrogen freezes it." in comment.text
    assert "Name it." in comment.text


def test_apply_changes_those_words_and_nothing_else(in_review, reviewer, editor):
    before = content_of(in_review)
    suggest(in_review, reviewer, "A cold spray freezes the spot.", "Liquid nitrogen freezes the spot.")
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    services.apply_suggestion(suggestion_id=Suggestion.objects.get().pk, by=editor)
    after = content_of(in_review)
    assert [item.text for item in before.statements if item.digest not in after.digests] == [
        "A cold spray freezes the spot."
    ]
    assert [item.text for item in after.statements if item.digest not in before.digests] == [
        "Liquid nitrogen freezes the spot."
    ]
    assert Comment.objects.get().resolved_by == editor


def test_a_suggestion_is_settled_once(her_wording, editor):
    services.decline_suggestion(suggestion_id=her_wording.pk, by=editor)
    with pytest.raises(NotAllowed, match="declined before"):
        services.apply_suggestion(suggestion_id=her_wording.pk, by=editor)


def test_a_suggestion_for_words_that_changed_since_is_not_applied(her_wording, in_review, hanson, editor):
    factories.edit(in_review, factories.copy(), factories.quotation(hanson, "It stings."), by=editor)
    with pytest.raises(NotAllowed, match="changed since"):
        services.apply_suggestion(suggestion_id=her_wording.pk, by=editor)
    assert content_of(in_review).quotations[0].text == "It stings."


def test_nobody_applies_a_suggestion_while_clinicians_read(her_wording, in_review, editor):
    services.request_review(page_id=in_review.pk, by=editor)
    with pytest.raises(NotAllowed, match="Recall it first"):
        services.apply_suggestion(suggestion_id=her_wording.pk, by=editor)


def test_only_an_editor_applies_a_suggestion(her_wording, reviewer):
    with pytest.raises(NotAllowed, match="may edit"):
        services.apply_suggestion(suggestion_id=her_wording.pk, by=reviewer.user)


def test_a_suggestion_that_suggests_nothing_is_not_sent(in_review, hanson):
    suggest(in_review, hanson, OURS, OURS)
    with pytest.raises(NotAllowed, match="Write what you suggest"):
        services.request_changes(page_id=in_review.pk, by=hanson.user, note="")
    assert Decision.objects.count() == 1


def test_a_hundred_kilobytes_of_suggestion_are_refused(in_review, hanson):
    with pytest.raises(NotAllowed, match="at most 5,000 characters"):
        suggest(in_review, hanson, OURS, "x" * 100_000)
    assert not Decision.objects.exists()


def test_markup_in_a_suggestion_is_text(her_wording, in_review, reviewer, editor, client):
    services.request_review(page_id=in_review.pk, by=editor)
    suggest(in_review, reviewer, "A cold spray freezes the spot.", "<script>alert(1)</script> & <b>cold</b>")
    services.request_changes(page_id=in_review.pk, by=reviewer.user, note="")
    services.apply_suggestion(suggestion_id=Suggestion.objects.last().pk, by=editor)
    assert content_of(in_review).fields["body"][0]["value"]["text"] == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;cold&lt;/b&gt;</p>"
    )


def test_words_she_signs_and_words_she_sends_back_go_together(article, editor, hanson, reviewer):
    blocks = [factories.quotation(hanson, words) for words in ("One.", "Two.", "Three.")]
    factories.edit(article, *blocks, by=editor)
    services.request_review(page_id=article.pk, by=editor)
    suggest(article, hanson, "Two.", "Twice two.")
    services.record_decision(
        page_id=article.pk,
        by=hanson.user,
        decisions={statement(article, "Three.").digest: services.Choice("changes", reason="not_what_i_said")},
    )
    (signed,) = sign(article, hanson, Meaning.OWN_WORDS, approved=[statement(article, "One.").digest])
    assert [item.statement.text for item in signed.statements.all()] == ["One.", "Twice two."]
    state = factories.draft(article).current_workflow_state
    assert "It is not what I said." in state.current_task_state.comment


def test_a_review_is_not_signed_while_she_sends_something_back(in_review, reviewer):
    suggest(in_review, reviewer, "A cold spray freezes the spot.", "Liquid nitrogen freezes the spot.")
    with pytest.raises(NotAllowed, match="a review covers the whole article"):
        sign(in_review, reviewer, Meaning.CLINICAL_REVIEW)
    assert not SignOff.objects.exists()


def test_decisions_on_words_that_are_gone_do_not_come_back_with_them(in_review, editor, hanson, reviewer):
    found = statement(in_review, OURS).digest
    services.record_decision(page_id=in_review.pk, by=hanson.user, decisions={found: services.Choice("approve")})
    for words in ("Something else.", OURS):
        services.request_changes(page_id=in_review.pk, by=reviewer.user, note="Again.")
        factories.edit(in_review, factories.copy(), factories.quotation(hanson, words), by=editor)
        services.request_review(page_id=in_review.pk, by=editor)
    assert not Decision.objects.filter(choice="approve").exists()
