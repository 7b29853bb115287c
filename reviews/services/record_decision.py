from reviews.asks import asks_for, open_task_state
from reviews.errors import ChangedWhileReading, NotAllowed
from reviews.models import Decision
from reviews.permissions import clinician_of

from .pages import draft_of, locked_page


def record_decision(*, page_id: int, by, digest: str, choice: str, note: str = "") -> Decision:
    """Keep a clinician's choice on one statement, private until she signs or sends the article back."""
    clinician = clinician_of(by)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked can decide on a statement.")
    if choice not in Decision.Choice.values:
        raise NotAllowed("unknown_choice", "Choose “Approve” or “Request changes”.")
    with locked_page(page_id) as page:
        if open_task_state(page) is None:
            raise NotAllowed("not_in_review", "This article is not in review at the moment.")
        draft = draft_of(page)
        asks = asks_for(clinician, draft, draft.get_reviewable_content())
        if digest not in {statement.digest for ask in asks for statement in ask.statements}:
            raise ChangedWhileReading
        decision, _ = Decision.objects.update_or_create(
            clinician=clinician,
            page_id=page_id,
            digest=digest,
            defaults={"choice": choice, "note": note[:5000]},
        )
        return decision
