"""Whom a clinician can turn to about a review: who asked her for it, and colleagues who could give it."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from .attestations import Meaning
from .models import Clinician, ReviewRequest
from .permissions import reason_against_reviewer
from .statements import ReviewableContent


@dataclass(frozen=True)
class TurnTo:
    """`asked` were asked for the same review already; `free` could take it over."""

    requester_email: str
    asked: list[Clinician]
    free: list[Clinician]

    @property
    def sentence(self) -> str:
        """What to do instead, for who cannot pass the review on."""
        if self.asked:
            names = " and ".join(clinician.addressed for clinician in self.asked)
            return f"{names} can review this page too and has been asked already: one review is enough."
        return "Nobody else can review this page now. Ask your practice manager to appoint another reviewer."


def turn_to(
    clinician: Clinician,
    page: Page,
    content: ReviewableContent,
    requester: dict | None,
    requests: list[ReviewRequest],
    authors: set[int],
) -> TurnTo:
    """In one query. Whether a colleague may review is decided again when the review is passed on."""
    requester_id = (requester or {}).get("id")
    reviewers = Clinician.objects.reviewers().licensed().exclude(pk=clinician.pk)
    state = {request.task_state_id for request in requests}
    reviews = ReviewRequest.objects.standing().filter(task_state_id__in=state, meaning=Meaning.CLINICAL_REVIEW)
    users = get_user_model().objects.filter(Q(pk=requester_id) | Q(clinician__in=reviewers, is_superuser=False))
    users = users.select_related("clinician").annotate(
        is_asked=Exists(reviews.filter(clinician__user=OuterRef("pk"))),
        is_colleague=Exists(reviewers.filter(user=OuterRef("pk"))),
    )
    found = {user.pk: user for user in users.order_by("clinician__name")}
    able = [
        user
        for user in found.values()
        if user.is_colleague and not reason_against_reviewer(user.clinician, page, content, authors)
    ]
    return TurnTo(
        requester_email=found[requester_id].email if requester_id in found else "",
        asked=[user.clinician for user in able if user.is_asked],
        free=[user.clinician for user in able if not user.is_asked and not user.clinician.is_away()],
    )
