"""Other words that clinicians suggest: how they reach the desk, and what the desk does with them."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.models import Comment, Page

from reviews.errors import NotAllowed
from reviews.models import Clinician, LedgerEntry, SignOff, Suggestion
from reviews.permissions import may_edit

from .pages import draft_of, locked_page


def send_suggestions(
    entry: LedgerEntry, draft: Page, clinician: Clinician, suggested: Iterable, *, signed: SignOff | None, by
) -> list[Suggestion]:
    """Bring suggestions to the editor, as comments at the words they are about, in the caller's transaction."""
    covered = set(signed.statements.values_list("digest", flat=True)) if signed else set()
    return [
        Suggestion.objects.create(
            entry=entry,
            clinician=clinician,
            page_id=draft.pk,
            key=item.statement.key,
            digest=item.statement.digest,
            words=item.statement.text,
            wording=item.decision.wording,
            signed_in=signed if item.statement.in_words(item.decision.wording).digest in covered else None,
            comment_id=_comment(draft, item, by).pk,
        )
        for item in suggested
    ]


def apply_suggestion(*, suggestion_id: int, by) -> Suggestion:
    """Put the suggested words in place of the old ones, letter for letter, in a new version of the draft."""
    with locked_page(_page_of(suggestion_id)) as page:
        suggestion = _open(suggestion_id, page, by)
        draft = draft_of(page)
        statement = _statement(draft, suggestion)
        wanted = statement.in_words(suggestion.wording)
        if not draft.replace_words(statement, suggestion.wording):
            raise NotAllowed("by_hand", "No single field takes these words. Please change them by hand.")
        if wanted.text not in {item.text for item in draft.get_reviewable_content().statements}:
            raise NotAllowed("by_hand", "The suggested words do not fit the form of this block. Change them by hand.")
        draft.save_revision(user=by, log_action=True, clean=False)
        return _settle(suggestion, Suggestion.Outcome.APPLIED, by)


def decline_suggestion(*, suggestion_id: int, by) -> Suggestion:
    """Keep the words as they are. They still need the signature that they needed before."""
    with locked_page(_page_of(suggestion_id)) as page:
        return _settle(_open(suggestion_id, page, by), Suggestion.Outcome.DECLINED, by)


def _comment(draft: Page, item, by) -> Comment:
    text = f"Suggested wording: {item.decision.wording}"
    note = f"\n\n{item.decision.note}" if item.decision.note else ""
    how = "\n\nApply it, or decline it, under “Ready to publish?”."
    return Comment.objects.create(
        page_id=draft.pk, user=by, text=text + note + how, contentpath=draft.path_of_words(item.statement)
    )


def _page_of(suggestion_id: int) -> int:
    found = Suggestion.objects.filter(pk=suggestion_id).values_list("page_id", flat=True).first()
    if found is None:
        raise NotAllowed("no_such_suggestion", "There is no such suggestion.")
    return found


def _open(suggestion_id: int, page: Page, by) -> Suggestion:
    if not may_edit(by, page):
        raise NotAllowed("not_an_editor", "Only somebody who may edit this article can apply or decline a suggestion.")
    if page.workflow_in_progress:
        raise NotAllowed("in_review", "The article is with the clinicians. Recall it first.")
    lock = page.get_lock()
    if lock and lock.for_user(by):
        raise NotAllowed("locked", "Somebody has locked this article. Ask them to unlock it first.")
    suggestion = Suggestion.objects.get(pk=suggestion_id)
    if suggestion.outcome != Suggestion.Outcome.OPEN:
        raise NotAllowed("settled", f"This suggestion was {suggestion.get_outcome_display().lower()} before.")
    return suggestion


def _statement(draft: Page, suggestion: Suggestion):
    """The statement that the suggestion is about, if it still has the words that she read."""
    found = [item for item in draft.get_reviewable_content().statements if item.digest == suggestion.digest]
    if not found:
        raise NotAllowed(
            "changed_since",
            "These words were changed since the suggestion. Change them by hand, or decline it.",
        )
    return next((item for item in found if item.key == suggestion.key), found[0])


def _settle(suggestion: Suggestion, outcome: str, by) -> Suggestion:
    suggestion.outcome, suggestion.settled_by, suggestion.settled_at = outcome, by, timezone.now()
    suggestion.save(update_fields=["outcome", "settled_by", "settled_at"])
    Comment.objects.filter(pk=suggestion.comment_id, resolved_at=None).update(
        resolved_at=suggestion.settled_at, resolved_by=by
    )
    return suggestion
