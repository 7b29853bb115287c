from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Page, TaskState, WorkflowState

from .attestations import ATTESTATIONS, Attestation, Meaning
from .errors import NotAllowed
from .models import Clinician, ClinicianSignOffTask, ReviewRequest
from .permissions import reason_not_to_review, reason_not_to_sign
from .signatures import Standing, standing_of
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

    def by_value(self, clinician: Clinician) -> dict:
        """As the ledger keeps it."""
        to_decide = len(self.to_decide)
        return {"clinician": clinician.pk, "name": clinician.name, "meaning": self.meaning, "to_decide": to_decide}


def asks_for(clinician: Clinician, page: Page, content: ReviewableContent) -> list[Ask]:
    """What this version of the article still needs and this clinician could give. What is unchanged is not asked."""
    return asks_in(ATTESTATIONS, clinician, page, content, standing_of(clinician, content))


def asks_in_review(clinician: Clinician, draft: Page, content: ReviewableContent) -> list[Ask]:
    """What she was asked for in the review that is open, and has not signed yet.

    Raises NotAllowed if the article is not in review, or she was not asked, or passed the review on.
    """
    requests = standing_requests(clinician, draft)
    if not requests and open_task_state(draft) is None:
        raise NotAllowed("not_in_review", "This article is not in review at the moment, so there is nothing to sign.")
    if not requests:
        raise NotAllowed("not_asked", "This article is not waiting for you. What waits for you is on your list.")
    meanings = {request.meaning for request in requests}
    return asks_in(meanings, clinician, draft, content, standing_of(clinician, content))


def asks_in(
    meanings: Collection[str],
    clinician: Clinician,
    page: Page,
    content: ReviewableContent,
    standing: Standing,
    authors: set[int] | None = None,
) -> list[Ask]:
    """The same in some meanings only, from what stands already."""
    found = [_own_words(clinician, content, standing) if Meaning.OWN_WORDS in meanings else None]
    found.append(_review(clinician, page, content, standing, authors) if Meaning.CLINICAL_REVIEW in meanings else None)
    return [ask for ask in found if ask]


def standing_requests(clinician: Clinician, page: Page, *meanings: str) -> list[ReviewRequest]:
    """What she is asked for in the open review of the page, in these meanings or any, and did not hand over."""
    requests = ReviewRequest.objects.standing().filter(task_state_id__in=_open(page).values("pk"), clinician=clinician)
    return list(requests.filter(meaning__in=meanings or ATTESTATIONS).select_related("entry"))


def open_task_state(page: Page) -> TaskState | None:
    """The sign-off task that this page is waiting on, found from the page itself, never from what a browser sent."""
    return _open(page).select_related("workflow_state").first()


def _open(page: Page):
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        return TaskState.objects.none()
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=str(page.pk),
        workflow_state__current_task_state=F("pk"),
        task__content_type=ContentType.objects.get_for_model(ClinicianSignOffTask),
    )


def _own_words(clinician: Clinician, content: ReviewableContent, standing: Standing) -> Ask | None:
    if reason_not_to_sign(clinician):
        return None
    waiting = [
        statement
        for statement in content.quotations
        if statement.clinician_id == clinician.pk and not standing.signatures.for_quotation(statement)
    ]
    unique = {statement.digest: statement for statement in waiting}
    return Ask(Meaning.OWN_WORDS, tuple(unique.values())) if waiting else None


def _review(
    clinician: Clinician, page: Page, content: ReviewableContent, standing: Standing, authors: set[int] | None
) -> Ask | None:
    if standing.signatures.review or reason_not_to_review(clinician, page, content, authors):
        return None
    return Ask(
        Meaning.CLINICAL_REVIEW,
        tuple(statement for statement in content.statements if statement.digest not in standing.reviewed),
        tuple(statement for statement in content.statements if statement.digest in standing.reviewed),
    )
