"""Why an article does not wait for somebody any more who was asked to sign it, in words for her."""

from dataclasses import dataclass

from wagtail.models import Page, TaskState

from .asks import open_task_state
from .models import Clinician, Decision, ReviewRequest, SignOff


@dataclass(frozen=True)
class Ending:
    """What became of a review, and of what she decided in it."""

    heading: str
    sentence: str
    kept: str = ""


KEPT = (
    "What you decided so far is kept, and nobody else sees it. It stands under each statement whose words are the "
    "same when you are asked again."
)
_ASKED_AGAIN = "so it is not waiting for you now. You will be asked again when it is sent again."


def ending_of(clinician: Clinician, page: Page) -> Ending | None:
    """None for who was never asked, and for who has signed since she was asked."""
    asked = ReviewRequest.objects.filter(clinician=clinician, page_id=page.pk)
    request = asked.select_related("entry", "replaced_by__clinician").order_by("-pk").first()
    signed = SignOff.objects.filter(clinician_id=clinician.pk, page_id=page.pk)
    if request is None or signed.filter(pk__gt=request.entry_id).exists():
        return None
    title = request.entry.data["page"]["title"]
    if passed_on := getattr(request, "replaced_by", None):
        return _handed_over(title, passed_on.clinician)
    return _of_round(title, request, page)


def signed_by_colleague(title: str) -> Ending:
    return Ending(
        "A colleague has signed", f"A colleague has signed the review of “{title}”, so nothing waits for you."
    )


def _handed_over(title: str, colleague: Clinician) -> Ending:
    return Ending("You passed it on", f"You passed the review of “{title}” to {colleague.addressed}.")


def _of_round(title: str, request: ReviewRequest, page: Page) -> Ending | None:
    status = TaskState.objects.filter(pk=request.task_state_id).values_list("status", flat=True).first()
    if status == TaskState.STATUS_APPROVED:
        return signed_by_colleague(title)
    if open_task_state(page):
        return Ending("Nothing for you to sign", f"“{title}” is in review again, and nothing in it needs you now.")
    decided = Decision.objects.filter(clinician=request.clinician_id, page_id=page.pk).exists()
    kept = KEPT if decided else ""
    if status == TaskState.STATUS_REJECTED:
        return Ending("Back with the writer", f"“{title}” went back to the writer, {_ASKED_AGAIN}", kept)
    return Ending("Back with the writer", f"The writer took “{title}” back to work on it, {_ASKED_AGAIN}", kept)
