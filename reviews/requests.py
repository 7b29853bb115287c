"""What was asked and is still open, from the record: a few queries, however many articles are in review."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min
from django.utils import timezone
from wagtail.models import TaskState

from .attestations import ATTESTATIONS, Meaning
from .models import Clinician, LedgerEntry, ReviewRequest, SignOff
from .sentences import day_of


@dataclass
class OpenRequest:
    """One article in review, and the requests for it that nobody has answered yet, oldest first."""

    page_id: int
    requests: list[ReviewRequest] = field(default_factory=list)

    @property
    def entry(self) -> LedgerEntry:
        """The newest: a review that was handed over was asked for by whoever passed it on."""
        return self.requests[-1].entry

    @property
    def page_title(self) -> str:
        return self.entry.data["page"]["title"]

    @property
    def requested_on(self) -> datetime:
        return self.requests[0].entry.recorded_at

    @property
    def due_on(self) -> date:
        return min(request.due_on for request in self.requests)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()

    @property
    def requested_by(self) -> str:
        by = self.entry.data["by"] or {}
        return by.get("name") or by.get("username") or "Somebody"

    @property
    def statements(self) -> int:
        """How many statements these requests ask to be decided. A quotation that is reviewed too counts once."""
        return max((request.asked["to_decide"] for request in self.requests), default=0)

    @property
    def meanings(self) -> list[str]:
        return [ATTESTATIONS[request.meaning].label for request in self.requests]

    @property
    def waiting(self) -> list[str]:
        """Who has not answered, one line for each: whom the desk may call."""
        return [
            f"{item.clinician.addressed}, {ATTESTATIONS[item.meaning].label.lower()}, "
            f"asked {day_of(timezone.localdate(item.entry.recorded_at))}, due {day_of(item.due_on)}"
            for item in self.requests
        ]

    @property
    def waits_for(self) -> list[str]:
        """Whom the article waits for. One reviewer is enough, so the reviewers are not named."""
        names = [request.clinician.addressed for request in self.requests if request.meaning == Meaning.OWN_WORDS]
        reviewed = all(request.meaning != Meaning.CLINICAL_REVIEW for request in self.requests)
        return sorted(names) + ([] if reviewed else ["a clinical reviewer"])


def open_requests(
    clinician: Clinician | None = None, limit: int | None = None, page_id: int | None = None
) -> list[OpenRequest]:
    """Articles in review (or this one) that still wait for this clinician, or for anybody; oldest request first."""
    in_progress = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("pk")
    asked = ReviewRequest.objects.standing().filter(task_state_id__in=in_progress)
    if clinician:
        asked = asked.filter(clinician=clinician)
    if page_id:
        asked = asked.filter(page_id=page_id)
    pages = asked.values_list("page_id").annotate(first=Min("pk")).order_by("first")[:limit]
    items = {page_id: OpenRequest(page_id) for page_id, _ in pages}
    answered = _answers(items)
    for request in asked.filter(page_id__in=items).select_related("clinician__user", "entry").order_by("pk"):
        if not answered(request):
            items[request.page_id].requests.append(request)
    return [item for item in items.values() if item.requests]


def _answers(pages: Iterable[int]):
    """A predicate: whether a request has been answered by sign-offs given since."""
    signed = defaultdict(list)
    sign_offs = SignOff.objects.in_force().filter(page_id__in=pages).annotate(signed_statements=Count("statements"))
    for sign_off in sign_offs:
        signed[sign_off.page_id, sign_off.meaning].append(sign_off)

    def is_answered(request: ReviewRequest) -> bool:
        given = [item for item in signed[request.page_id, request.meaning] if item.entry_id > request.entry_id]
        if request.meaning == Meaning.CLINICAL_REVIEW:
            return any(item.page_digest == request.entry.data["page_digest"] for item in given)
        own = sum(item.signed_statements for item in given if item.clinician_id == request.clinician_id)
        return own >= request.asked["to_decide"]

    return is_answered
