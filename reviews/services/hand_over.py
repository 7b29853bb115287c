from wagtail.models import Page

from reviews import ledger, mail
from reviews.asks import asks_in, asks_in_review, open_task_state, standing_requests
from reviews.attestations import Meaning
from reviews.errors import NotAllowed
from reviews.models import Clinician, LedgerEntry, ReviewRequest
from reviews.notes import kept
from reviews.permissions import clinician_of, eligible_reviewers, reason_not_to_review
from reviews.signatures import standing_of
from reviews.statements import ReviewableContent

from .pages import draft_of, locked_page, page_by_value


def hand_over(*, page_id: int, by, to: Clinician, note: str = "") -> ReviewRequest:
    """Pass a clinical review on to a colleague who may give it. One's own words cannot be passed on."""
    clinician = clinician_of(by)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked can pass a review on.")
    with locked_page(page_id) as page:
        mine = standing_requests(clinician, page, Meaning.CLINICAL_REVIEW)
        if not mine:
            raise NotAllowed("nothing_to_hand_over", "No clinical review of this article waits for you.")
        (request,) = mine
        draft = draft_of(page)
        content = draft.get_reviewable_content()
        if not any(ask.meaning == Meaning.CLINICAL_REVIEW for ask in asks_in_review(clinician, draft, content)):
            raise NotAllowed("nothing_to_hand_over", "This review is signed already, so there is nothing to pass on.")
        if standing_requests(to, page, Meaning.CLINICAL_REVIEW):
            raise NotAllowed("asked_already", f"{to.addressed} has been asked for this review already.")
        if reason := reason_not_to_review(to, draft, content):
            raise NotAllowed("colleague_may_not_review", reason)
        entry = ledger.append(
            LedgerEntry.Kind.HANDED_OVER,
            {
                "page": page_by_value(draft),
                "page_digest": content.page_digest,
                "from": {"clinician": clinician.pk, "name": clinician.name},
                "asked": [_asked(to, draft, content)],
                "note": kept(note),
            },
            by=by,
            page_id=page_id,
        )
        passed_on = ReviewRequest.objects.create(
            entry=entry,
            clinician=to,
            page_id=page_id,
            meaning=request.meaning,
            task_state_id=request.task_state_id,
            due_on=request.due_on,
            replaces=request,
        )
        mail.handed_over(page=draft, request=passed_on, by=by, note=entry.data["note"])
        return passed_on


def _asked(to: Clinician, draft: Page, content: ReviewableContent) -> dict:
    (review,) = asks_in({Meaning.CLINICAL_REVIEW}, to, draft, content, standing_of(to, content))
    return review.by_value(to)


def colleagues(clinician: Clinician, draft: Page, content: ReviewableContent) -> list[Clinician]:
    """Who could take her review: may review the article, and has not been asked for it."""
    state = open_task_state(draft)
    asked = ReviewRequest.objects.standing().filter(task_state_id=state.pk, meaning=Meaning.CLINICAL_REVIEW)
    taken = {clinician.pk, *asked.values_list("clinician_id", flat=True)}
    return [other for other in eligible_reviewers(draft, content) if other.pk not in taken]
