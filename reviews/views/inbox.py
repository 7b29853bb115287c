from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page, TaskState

from reviews.asks import Ask, asks_for
from reviews.attestations import ATTESTATIONS
from reviews.mail import minutes
from reviews.models import ReviewRequest, SignOff
from reviews.reader import public_pages
from reviews.services.pages import draft_of

from .access import clinician_required


@dataclass(frozen=True)
class WaitingTask:
    """One article that waits for this clinician."""

    page_title: str
    url: str
    requested_on: datetime
    requested_by: str
    asks: list[Ask]

    @property
    def statements(self) -> int:
        return len({statement.digest for ask in self.asks for statement in ask.to_decide})

    @property
    def minutes(self) -> int:
        return minutes(self.statements)

    @property
    def meanings(self) -> list[str]:
        return [ask.attestation.label for ask in self.asks]


@clinician_required
def inbox(request):
    """What waits for me, and what I signed."""
    context = {
        "clinician": request.clinician,
        "waiting": waiting_for(request.clinician),
        "signed": [signed_item(sign_off) for sign_off in _signed_by(request.clinician)],
    }
    _mark_public(context["signed"])
    return render(request, "reviews/inbox.html", context)


def waiting_for(clinician) -> list[WaitingTask]:
    """Articles in review that still need a signature of hers, oldest request first."""
    requests = open_requests(clinician)
    pages = Page.objects.in_bulk({request.page_id for request in requests})
    tasks = {}
    for request in requests:
        if request.page_id in pages and request.page_id not in tasks:
            tasks[request.page_id] = _task(clinician, pages[request.page_id], request)
    return [task for task in tasks.values() if task]


def open_requests(clinician):
    in_progress = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("pk")
    return ReviewRequest.objects.filter(clinician=clinician, task_state_id__in=in_progress).select_related("entry")


def signed_item(sign_off: SignOff) -> dict:
    return {
        "sign_off": sign_off,
        "page_title": sign_off.page_title,
        "page_id": sign_off.page_id,
        "meaning_label": ATTESTATIONS[sign_off.meaning].label,
        "signed_at": sign_off.signed_at,
        "valid_until": sign_off.valid_until,
        "state": sign_off.state,
        "public_url": "",
        "receipt_url": reverse("reviews:receipt", args=[sign_off.page_id]),
        "withdraw_url": "" if sign_off.state == "withdrawn" else reverse("reviews:withdraw", args=[sign_off.pk]),
    }


def _signed_by(clinician):
    return SignOff.objects.filter(clinician_id=clinician.pk).select_related("withdrawal").newest_first()[:50]


def _mark_public(items):
    """Where what she signed is public now; only what is still in force is shown anywhere."""
    ids = {item["page_id"] for item in items if item["state"] == "in force"}
    public = set(public_pages().filter(page_id__in=ids).values_list("page_id", flat=True))
    pages = Page.objects.in_bulk(public)
    for item in items:
        if item["state"] == "in force" and item["page_id"] in pages:
            item["public_url"] = pages[item["page_id"]].url


def _task(clinician, page, request) -> WaitingTask | None:
    draft = draft_of(page)
    asks = asks_for(clinician, draft, draft.get_reviewable_content())
    if not asks:
        return None
    by = request.entry.data["by"] or {}
    return WaitingTask(
        page_title=draft.title,
        url=reverse("reviews:review", args=[page.pk]),
        requested_on=request.entry.recorded_at,
        requested_by=by.get("name") or by.get("username") or "Somebody",
        asks=asks,
    )
