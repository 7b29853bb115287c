from dataclasses import dataclass

from wagtail.models import Page, TaskState

from .attestations import ATTESTATIONS, Attestation, Meaning
from .models import Clinician, ClinicianSignOffTask, SignedStatement, SignOff
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
    """What this version of the article still needs from this clinician. Unchanged statements are not asked again."""
    signatures = signatures_to_publish(content)
    asks = [
        _own_words(clinician, content, signatures),
        _clinical_review(clinician, page, content, signatures),
    ]
    return [ask for ask in asks if ask]


def open_task_state(page: Page) -> TaskState | None:
    """The sign-off task that this page is waiting on, found from the page itself, never from what a browser sent."""
    task_state = page.current_workflow_task_state
    if task_state and isinstance(task_state.task.specific, ClinicianSignOffTask):
        return task_state
    return None


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
