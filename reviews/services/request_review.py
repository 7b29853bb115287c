from wagtail.models import Page, TaskState

from reviews import ledger, mail
from reviews.asks import asks_for, open_task_state
from reviews.attestations import Meaning
from reviews.errors import NotAllowed
from reviews.gate import needs, obstacles
from reviews.models import Clinician, LedgerEntry, ReviewRequest
from reviews.permissions import eligible_reviewers, may_edit, reason_not_to_sign

from .pages import draft_of, locked_page, page_by_value


def request_review(*, page_id: int, by) -> list[ReviewRequest]:
    """Ask every clinician whose signature is missing. Publishes at once if nothing is missing."""
    with locked_page(page_id) as page:
        if not may_edit(by, page):
            raise NotAllowed("not_an_editor", "Only somebody who may edit this article can ask for its review.")
        workflow = page.get_workflow()
        if workflow is None:
            raise NotAllowed("no_workflow", "No sign-off workflow is assigned here. Ask an administrator to assign it.")
        if page.workflow_in_progress:
            raise NotAllowed("already_in_review", "This article is in review already.")
        _start_or_resume(page, workflow, by)
        task_state = open_task_state(page)
        return list(ReviewRequest.objects.filter(task_state_id=task_state.pk)) if task_state else []


def open_request(*, page: Page, task_state: TaskState, by) -> list[ReviewRequest]:
    """Record who is asked for what, as part of starting the sign-off task. Empty if nothing is missing."""
    if not hasattr(page, "get_reviewable_content"):
        return []
    draft = draft_of(page)
    content = draft.get_reviewable_content()
    _refuse_if_not_ready(draft, content)
    asked = [
        (clinician, ask) for clinician in _candidates(draft, content) for ask in asks_for(clinician, draft, content)
    ]
    if not asked:
        return []
    entry = ledger.append(
        LedgerEntry.Kind.REVIEW_REQUESTED,
        {
            "page": page_by_value(draft),
            "page_digest": content.page_digest,
            "asked": [
                {
                    "clinician": clinician.pk,
                    "name": clinician.name,
                    "meaning": ask.meaning,
                    "to_decide": len(ask.to_decide),
                }
                for clinician, ask in asked
            ],
        },
        by=by,
        page_id=page.pk,
    )
    requests = [
        ReviewRequest(
            entry=entry,
            clinician=clinician,
            page_id=page.pk,
            meaning=ask.meaning,
            task_state_id=task_state.pk,
        )
        for clinician, ask in asked
    ]
    ReviewRequest.objects.bulk_create(requests)
    mail.review_requested(page=draft, asked=asked, by=by)
    return requests


def _start_or_resume(page, workflow, by):
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        workflow.start(page.specific, by)


def _refuse_if_not_ready(draft, content):
    """What only the desk can mend is mended before clinicians are asked."""
    if desk := draft.get_desk_obstacles():
        raise NotAllowed(desk[0].code, desk[0].sentence)
    found = obstacles(draft, content)
    for obstacle in found:
        clinician = _quoted(obstacle.statement)
        if clinician and (reason := reason_not_to_sign(clinician)):
            raise NotAllowed("quoted_clinician_cannot_sign", reason)
    if needs(Meaning.CLINICAL_REVIEW, found) and not eligible_reviewers(draft, content):
        raise NotAllowed(
            "no_reviewer",
            "Nobody may review this article: it takes a verified clinical reviewer with an account and a current "
            "credential who did not write it. Add one under Clinicians.",
        )


def _quoted(statement):
    if statement is None:
        return None
    return Clinician.objects.select_related("user").filter(pk=statement.clinician_id).first()


def _candidates(draft, content):
    quoted = {statement.clinician_id for statement in content.quotations}
    clinicians = {
        clinician.pk: clinician for clinician in Clinician.objects.filter(pk__in=quoted).select_related("user")
    }
    clinicians |= {clinician.pk: clinician for clinician in eligible_reviewers(draft, content)}
    return clinicians.values()
