from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from reviews.asks import asks_in_review
from reviews.canonical import fold_paragraphs
from reviews.errors import ChangedWhileReading, NotAllowed
from reviews.models import Decision
from reviews.notes import kept
from reviews.permissions import clinician_of

from .pages import draft_of, locked_page


@dataclass(frozen=True)
class Choice:
    """What a clinician chose for one statement, as it came from her screen."""

    choice: str
    note: str = ""
    reason: str = ""
    wording: str = ""

    def checked(self) -> "Choice":
        """As it is kept. Raises NotAllowed for what no screen offers."""
        if self.choice not in Decision.Choice.values or self.reason not in (*Decision.Reason.values, ""):
            raise NotAllowed("unknown_choice", "Choose one of the four answers that the page offers.")
        return replace(self, note=kept(self.note), wording=fold_paragraphs(kept(self.wording)))


def record_decision(*, page_id: int, by, decisions: Mapping[str, Choice]) -> list[Decision]:
    """Keep a clinician's choices, private until she signs or sends the article back.

    `decisions` holds a choice by the digest of the statement that was shown. All are kept or none.
    """
    clinician = clinician_of(by)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked can decide on a statement.")
    checked = {digest: choice.checked() for digest, choice in decisions.items()}
    with locked_page(page_id) as page:
        draft = draft_of(page)
        asks = asks_in_review(clinician, draft, draft.get_reviewable_content())
        if not checked.keys() <= {statement.digest for ask in asks for statement in ask.to_decide}:
            raise ChangedWhileReading
        return [
            Decision.objects.update_or_create(
                clinician=clinician, page_id=page_id, digest=digest, defaults=asdict(choice)
            )[0]
            for digest, choice in checked.items()
        ]
