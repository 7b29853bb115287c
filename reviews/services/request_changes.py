from reviews import ledger, mail
from reviews.asks import asks_for, open_task_state
from reviews.canonical import note as kept
from reviews.errors import NotAllowed
from reviews.models import Decision, LedgerEntry, ReviewRequest
from reviews.permissions import clinician_of

from .pages import draft_of, locked_page, page_by_value


def request_changes(*, page_id: int, by, note: str) -> LedgerEntry:
    """Send the article back to the desk with what has to change. Signatures given so far stay where words stay."""
    clinician = clinician_of(by)
    with locked_page(page_id) as page:
        task_state = open_task_state(page)
        if task_state is None:
            raise NotAllowed("not_in_review", "This article is not in review at the moment.")
        if clinician is None or not _was_asked(clinician, task_state):
            raise NotAllowed("not_asked", "Only a clinician who was asked to sign this article can send it back.")
        draft = draft_of(page)
        message = _message(clinician, draft, note)
        if not message:
            raise NotAllowed("no_note", "Say what has to change, so that the writer can mend it.")
        entry = ledger.append(
            LedgerEntry.Kind.CHANGES_REQUESTED,
            {
                "page": page_by_value(draft),
                "page_digest": draft.get_reviewable_content().page_digest,
                "clinician": clinician.pk,
                "note": message,
            },
            by=by,
            page_id=page_id,
        )
        task_state.reject(user=by, comment=message)
        mail.changes_requested(page=draft, clinician=clinician, note=message, task_state=task_state)
        return entry


def _was_asked(clinician, task_state):
    return ReviewRequest.objects.filter(task_state_id=task_state.pk, clinician=clinician).exists()


def _message(clinician, draft, note: str) -> str:
    """The clinician's note and her notes on single statements, each with the words it is about."""
    content = draft.get_reviewable_content()
    asked = {statement.digest: statement for ask in asks_for(clinician, draft, content) for statement in ask.statements}
    decisions = Decision.objects.filter(
        clinician=clinician, page_id=draft.pk, choice=Decision.Choice.CHANGES, digest__in=asked
    )
    notes = {decision.digest: decision.note.strip() for decision in decisions}
    lines = [
        f"“{statement.text[:300]}”: {notes[digest] or 'This has to change.'}"
        for digest, statement in asked.items()
        if digest in notes
    ]
    return "\n\n".join(filter(None, [kept(note), *lines]))
