"""One article as one clinician reads it before she signs: everything the review page shows, worked out once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from .asks import Ask, asks_in
from .attestations import Meaning
from .canonical import digest
from .cards import Card, cards_for
from .mail import minutes
from .models import Clinician, Decision, ReviewRequest, SignOff
from .permissions import authors_of, reason_not_to_review, reason_not_to_sign
from .signatures import standing_of
from .statements import ReviewableContent, Statement
from .turning import TurnTo, turn_to

# Among how many versions of a draft it is looked for what somebody has read. An hour of work makes some dozen.
_VERSIONS = 20


@dataclass
class Review:
    """The statements that need her, those that do not, and what she is asked to affirm."""

    clinician: Clinician
    page: Page
    content: ReviewableContent
    asks: list[Ask]
    cards: list[Card]
    carried: list[Card]
    requests: list[ReviewRequest]
    authors: set[int]

    @classmethod
    def of(cls, clinician: Clinician, draft: Page, requests: list[ReviewRequest]) -> "Review":
        content = draft.get_reviewable_content()
        standing = standing_of(clinician, content)
        meanings = {request.meaning for request in requests}
        authors = authors_of(draft) if Meaning.CLINICAL_REVIEW in meanings else set()
        asks = asks_in(meanings, clinician, draft, content, standing, authors)
        cards, carried = cards_for(clinician, content, asks, standing)
        return cls(clinician, draft, content, asks, cards, carried, requests, authors)

    def compare_with(self, digests: Collection[str], page_digest: str):
        """Mark the cards that are not among those she had before her, each with the words that stood in its place."""
        read = {item.key: item for item in _version_of(self.page, page_digest)}
        for card in self.cards:
            card.conflict = card.digest not in digests
            card.read = read.get(card.key) if card.conflict else None

    @property
    def page_title(self) -> str:
        return self.page.title

    @property
    def page_digest(self) -> str:
        return self.content.page_digest

    @property
    def statement_total(self) -> int:
        return len(self.content.statements)

    @property
    def clinician_line(self) -> str:
        return self.clinician.addressed

    @property
    def line(self) -> dict:
        """Her signature line as it will be printed."""
        return self.clinician.signature_line()

    @property
    def line_digest(self) -> str:
        return digest(self.line)

    @property
    def asked_with(self) -> dict:
        """What the requester wrote, in the newest request that reached her."""
        return max(self.requests, key=lambda request: request.entry_id).entry.data

    @property
    def requested_by(self) -> str:
        by = self.asked_with["by"] or {}
        return by.get("name") or by.get("username") or "the practice"

    @property
    def requested_on(self):
        return max(request.entry.recorded_at for request in self.requests)

    @property
    def request_note(self) -> str:
        return self.asked_with.get("note", "")

    @property
    def due_on(self) -> date:
        return min(request.due_on for request in self.requests)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()

    @property
    def minutes(self) -> int:
        return minutes(len(self.cards))

    @property
    def meanings(self) -> list[dict]:
        return [
            {"code": ask.meaning, "label": ask.attestation.label, "attestation": ask.attestation.text}
            for ask in self.asks
        ]

    @property
    def order_changed(self) -> bool:
        """She is asked for the whole although she knows every statement: the order or the arrangement changed."""
        return bool(self.asks) and not self.cards

    @property
    def decided(self) -> int:
        return sum(card.is_decided for card in self.cards)

    @property
    def is_all_returned(self) -> bool:
        """Every statement is decided, and she could sign none of them: the whole goes back to the writer."""
        signed = (Decision.Choice.APPROVE, Decision.Choice.SUGGEST)
        signs = any(card.is_own and card.decision in signed for card in self.cards)
        returns = any(card.is_returned for card in self.cards)
        return returns and not signs and self.decided == len(self.cards)

    @cached_property
    def single_keys(self) -> bool:
        return self.clinician.single_keys

    @property
    def needs_consent(self) -> bool:
        """Whether she has yet to agree, once, to sign electronically."""
        return not hasattr(self.clinician.user, "electronic_consent")

    @property
    def reason_not_to_sign(self) -> str | None:
        """Why nothing is left for her to sign, if that is because of her and not because it is signed."""
        asked = {request.meaning for request in self.requests}
        if reason := reason_not_to_sign(self.clinician):
            return reason
        return None if Meaning.OWN_WORDS in asked else reason_not_to_review(self.clinician, self.page, self.content)

    @property
    def is_signed_by_her(self) -> bool:
        since = min(request.entry_id for request in self.requests)
        return SignOff.objects.filter(page_id=self.page.pk, clinician_id=self.clinician.pk, pk__gt=since).exists()

    @cached_property
    def may_hand_over(self) -> bool:
        return any(ask.meaning == Meaning.CLINICAL_REVIEW for ask in self.asks)

    @cached_property
    def turn_to(self) -> TurnTo:
        return turn_to(self.clinician, self.page, self.content, self.asked_with["by"], self.requests, self.authors)

    @cached_property
    def marks(self) -> dict[str, str]:
        """How each statement is marked on the page, by digest: still open, or decided."""
        return {card.digest: "done" if card.is_decided else "open" for card in self.cards}

    @cached_property
    def lines_to_come(self) -> dict[str, dict]:
        """What will be printed under each quotation, by digest, with what stands there until it is signed."""
        quoted = {statement.clinician_id for statement in self.content.quotations} - {self.clinician.pk}
        people = Clinician.objects.prefetch_related("credentials").in_bulk(quoted) | {self.clinician.pk: self.clinician}
        return {
            statement.digest: _line_to_come(clinician, is_hers=clinician == self.clinician)
            for statement in self.content.quotations
            if (clinician := people.get(statement.clinician_id))
        }

    @cached_property
    def hand_over_url(self) -> str:
        return reverse("reviews:hand_over", args=[self.page.pk])

    @property
    def decisions_url(self) -> str:
        return reverse("reviews:decisions", args=[self.page.pk])

    @property
    def page_url(self) -> str:
        return reverse("reviews:page", args=[self.page.pk])


def _line_to_come(clinician: Clinician, *, is_hers: bool) -> dict:
    own = "Your name and the date stand here once you sign"
    return {
        "name": clinician.name,
        "postnominals": clinician.postnominals,
        "instead_of_date": own if is_hers else f"{clinician.addressed} has not signed yet",
        "capacity": clinician.capacity,
        "credentials": [credential.title for credential in clinician.current_credentials()],
    }


def _version_of(page: Page, page_digest: str) -> tuple[Statement, ...]:
    """The statements of the draft as it was with this digest, if that is not too long ago."""
    for revision in page.revisions.order_by("-created_at", "-pk")[:_VERSIONS]:
        content = revision.as_object().get_reviewable_content()
        if content.page_digest == page_digest:
            return content.statements
    return ()
