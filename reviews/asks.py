from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Page, TaskState, WorkflowState

from .attestations import ATTESTATIONS, Attestation, Meaning
from .errors import NotAllowed
from .models import Clinician, ClinicianSignOffTask, ReviewRequest, SignedStatement, SignOff
from .permissions import reason_not_to_review, reason_not_to_sign
from .signatures import Signatures, signatures_to_publish
from .statements import ReviewableContent, Statement


@dataclass(frozen=True)
class Ask:
    """What one clinician is asked to sign in one meaning: what is new to her, and what she signed before."""

    meaning: str
    to_decide: tuple[Statement, ...]
    carried: tuple[Statement, ...] = ()

    @property
    def attestation(self) -> Attestation:
        return ATTESTATIONS[self.meaning]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.to_decide + self.carried


def asks_for(clinician: Clinician, page: Page, content: ReviewableContent) -> list[Ask]:
    """What this version of the article still needs and this clinician could give. What is unchanged is not asked."""
    return _asks(clinician, page, content, ATTESTATIONS)


def asks_in_review(clinician: Clinician, draft: Page, content: ReviewableContent) -> list[Ask]:
    """What she was asked for in the review that is open, and has not signed yet.

    Raises NotAllowed if the article is not in review, or she was not asked, or passed the review on.
    """
    task_state = open_task_state(draft)
    if task_state is None:
        raise NotAllowed("not_in_review", "This article is not in review at the moment, so there is nothing to sign.")
    requests = standing_requests(clinician, task_state)
    if not requests:
        raise NotAllowed("not_asked", "This article is not waiting for you. What waits for you is on your list.")
    return asks_among(requests, clinician, draft, content)


def asks_among(
    requests: Collection[ReviewRequest], clinician: Clinician, draft: Page, content: ReviewableContent
) -> list[Ask]:
    """What these requests still need from her."""
    return _asks(clinician, draft, content, {request.meaning for request in requests})


def standing_requests(clinician: Clinician, task_state: TaskState | None, *meanings: str) -> list[ReviewRequest]:
    """What this clinician was asked for in this review, in these meanings or any, and did not hand over."""
    if task_state is None:
        return []
    requests = ReviewRequest.objects.standing().filter(task_state_id=task_state.pk, clinician=clinician)
    return list(requests.filter(meaning__in=meanings or ATTESTATIONS).select_related("entry"))


def open_task_state(page: Page) -> TaskState | None:
    """The sign-off task that this page is waiting on, found from the page itself, never from what a browser sent."""
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        return None
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
            workflow_state__object_id=str(page.pk),
            workflow_state__current_task_state=F("pk"),
            task__content_type=ContentType.objects.get_for_model(ClinicianSignOffTask),
        )
        .select_related("workflow_state")
        .first()
    )


def _asks(clinician: Clinician, page: Page, content: ReviewableContent, meanings: Collection[str]) -> list[Ask]:
    signatures = signatures_to_publish(content)
    asks = [_own_words(clinician, content, signatures), _clinical_review(clinician, page, content, signatures)]
    return [ask for ask in asks if ask and ask.meaning in meanings]


def _own_words(clinician, content, signatures: Signatures) -> Ask | None:
    if reason_not_to_sign(clinician):
        return None
    waiting = [
        statement
        for statement in content.quotations
        if statement.clinician_id == clinician.pk and not signatures.for_quotation(statement)
    ]
    unique = {statement.digest: statement for statement in waiting}
    return Ask(Meaning.OWN_WORDS, tuple(unique.values())) if waiting else None


def _clinical_review(clinician, page, content, signatures: Signatures) -> Ask | None:
    if signatures.review or reason_not_to_review(clinician, page, content):
        return None
    signed = reviewed_digests(clinician, page)
    return Ask(
        Meaning.CLINICAL_REVIEW,
        tuple(statement for statement in content.statements if statement.digest not in signed),
        tuple(statement for statement in content.statements if statement.digest in signed),
    )


def reviewed_digests(clinician: Clinician, page: Page) -> set[str]:
    """Statements of this page that this clinician has reviewed in a sign-off still in force."""
    signed = SignedStatement.objects.filter(
        sign_off__in=SignOff.objects.in_force().filter(
            page_id=page.pk, clinician_id=clinician.pk, meaning=Meaning.CLINICAL_REVIEW
        )
    )
    return set(signed.values_list("digest", flat=True))
