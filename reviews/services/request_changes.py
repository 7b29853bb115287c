from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page, TaskState

from reviews import ledger, mail
from reviews.asks import Ask, asks_in_review, open_task_state
from reviews.canonical import reads_the_same, shortened
from reviews.errors import NotAllowed
from reviews.models import Clinician, Decision, LedgerEntry, SignOff
from reviews.notes import kept
from reviews.permissions import clinician_of
from reviews.statements import Statement

from .pages import draft_of, locked_page, page_by_value
from .suggestions import send_suggestions

# What the editor reads of a round that brought suggestions and nothing else.
ONLY_SUGGESTIONS = "Other wording is suggested."


@dataclass(frozen=True)
class Returned:
    """One statement that goes back to the writer, with what the clinician decided on it."""

    statement: Statement
    decision: Decision

    @property
    def is_suggestion(self) -> bool:
        return self.decision.choice == Decision.Choice.SUGGEST

    @property
    def told(self) -> str:
        """What the writer reads about it."""
        return f"“{shortened(self.statement.text, 300)}”: {' '.join(self._answer())}"

    def _answer(self) -> Iterable[str]:
        decision = self.decision
        if self.is_suggestion:
            yield f"Suggested wording: “{decision.wording}”"
        elif decision.choice == Decision.Choice.NOT_MINE:
            yield "These are not my words." if self.statement.is_quotation else "This is not mine to judge."
        elif decision.reason:
            yield f"{decision.get_reason_display()}."
        elif not decision.note:
            yield "This has to change."
        if decision.note:
            yield decision.note


def request_changes(*, page_id: int, by, note: str) -> LedgerEntry:
    """Send the article back to the desk with what has to change. Signatures given so far stay where words stay."""
    clinician = clinician_of(by)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked to sign this article can send it back.")
    with locked_page(page_id) as page:
        draft = draft_of(page)
        asks = asks_in_review(clinician, draft, draft.get_reviewable_content())
        if not asks:
            raise NotAllowed(
                "signed_already", "You have signed what you were asked for. To take it back, withdraw the sign-off."
            )
        return send_back(draft, clinician, by=by, returned=returned_by(clinician, draft, asks), note=kept(note))


def returned_by(clinician: Clinician, page: Page, asks: Iterable[Ask]) -> list[Returned]:
    """The statements that she is asked about and did not approve, in the order of the page."""
    asked = {statement.digest: statement for ask in asks for statement in ask.to_decide}
    decisions = {
        decision.digest: decision
        for decision in Decision.objects.filter(clinician=clinician, page_id=page.pk, digest__in=asked)
        if decision.choice != Decision.Choice.APPROVE
    }
    returned = [Returned(asked[digest], decisions[digest]) for digest in asked if digest in decisions]
    for item in returned:
        if item.is_suggestion and reads_the_same(item.decision.wording, item.statement.text):
            raise NotAllowed(
                "no_wording",
                f"Write what you suggest instead of “{shortened(item.statement.text)}”. Nothing was sent.",
            )
    return returned


def send_back(
    draft: Page,
    clinician: Clinician,
    *,
    by,
    returned: list[Returned],
    note: str = "",
    signed: SignOff | None = None,
) -> LedgerEntry:
    """End this round of the review, in the caller's transaction. `signed` covers the suggestions for her own words."""
    message = "\n\n".join(filter(None, [note, *(item.told for item in returned)]))
    if not message:
        raise NotAllowed("no_note", "Say what has to change, so that the writer can mend it.")
    task_state: TaskState = open_task_state(draft)
    suggested = [item for item in returned if item.is_suggestion]
    entry = ledger.append(
        LedgerEntry.Kind.CHANGES_REQUESTED,
        {
            "page": page_by_value(draft),
            "page_digest": draft.get_reviewable_content().page_digest,
            "clinician": clinician.pk,
            "note": message,
            "suggestions": [{"digest": item.statement.digest, "wording": item.decision.wording} for item in suggested],
        },
        by=by,
        page_id=draft.pk,
    )
    send_suggestions(entry, draft, clinician, suggested, signed=signed, by=by)
    others = [note, *(item.told for item in returned if not item.is_suggestion)]
    told = "\n\n".join(filter(None, others)) or ONLY_SUGGESTIONS
    # Suggestions stand beside this with their buttons, so the editor does not read them twice.
    task_state.reject(user=by, comment=told)
    mail.changes_requested(page=draft, clinician=clinician, note=message, task_state=task_state)
    Decision.objects.filter(pk__in=[item.decision.pk for item in returned]).delete()
    return entry
