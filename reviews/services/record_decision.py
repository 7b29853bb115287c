from collections.abc import Mapping

from reviews.asks import asks_for, open_task_state
from reviews.canonical import note as kept
from reviews.errors import ChangedWhileReading, NotAllowed
from reviews.models import Decision
from reviews.permissions import clinician_of

from .pages import draft_of, locked_page


def record_decision(*, page_id: int, by, decisions: Mapping[str, tuple[str, str]]) -> list[Decision]:
    """Keep a clinician's choices, private until she signs or sends the article back.

    `decisions` holds choice and note by the digest of the statement that was shown. All are kept or none.
    """
    clinician = clinician_of(by)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked can decide on a statement.")
    if any(choice not in Decision.Choice.values for choice, _ in decisions.values()):
        raise NotAllowed("unknown_choice", "Choose “Approve” or “Request changes”.")
    with locked_page(page_id) as page:
        if open_task_state(page) is None:
            raise NotAllowed("not_in_review", "This article is not in review at the moment.")
        draft = draft_of(page)
        asks = asks_for(clinician, draft, draft.get_reviewable_content())
        if not decisions.keys() <= {statement.digest for ask in asks for statement in ask.statements}:
            raise ChangedWhileReading
        return [
            Decision.objects.update_or_create(
                clinician=clinician, page_id=page_id, digest=digest, defaults={"choice": choice, "note": kept(note)}
            )[0]
            for digest, (choice, note) in decisions.items()
        ]
