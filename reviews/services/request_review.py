from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, TaskState

from reviews import ledger, mail
from reviews.asks import Ask, asks_for, open_task_state
from reviews.attestations import Meaning
from reviews.errors import NotAllowed
from reviews.gate import needs, obstacles
from reviews.models import Clinician, Decision, LedgerEntry, ReviewPlan, ReviewRequest
from reviews.notes import kept
from reviews.permissions import (
    eligible_reviewers,
    may_edit,
    possible_reviewers,
    reason_not_to_sign,
    reason_without_reviewer,
)
from reviews.policy import policy

from .pages import draft_of, locked_page, page_by_value


@dataclass(frozen=True)
class Wishes:
    """Whom the requester wants as reviewers, by name or by group (nobody: everybody who may), and until when."""

    reviewers: Collection[Clinician] = ()
    group: Group | None = None
    due_on: date | None = None
    note: str = ""


def request_review(*, page_id: int, by, wishes: Wishes | None = None) -> list[ReviewRequest]:
    """Ask every clinician whose signature is missing. Publishes at once if nothing is missing.

    Without wishes those of the last round hold.
    """
    with locked_page(page_id) as page:
        if not may_edit(by, page):
            raise NotAllowed("not_an_editor", "Only somebody who may edit this article can ask for its review.")
        workflow = page.get_workflow()
        if workflow is None:
            raise NotAllowed("no_workflow", "No sign-off workflow is assigned here. Ask an administrator to assign it.")
        if page.workflow_in_progress:
            raise NotAllowed("already_in_review", "This article is in review already.")
        if wishes:
            _keep(page_id, wishes)
        _start_or_resume(page, workflow, by)
        task_state = open_task_state(page)
        return list(ReviewRequest.objects.filter(task_state_id=task_state.pk)) if task_state else []


def open_request(*, page: Page, task_state: TaskState, by) -> list[ReviewRequest]:
    """Record who is asked for what, as part of starting the sign-off task. Empty if nothing is missing."""
    if not hasattr(page, "get_reviewable_content"):
        return []
    draft = draft_of(page)
    content = draft.get_reviewable_content()
    plan = ReviewPlan.objects.filter(pk=page.pk).first() or ReviewPlan(pk=page.pk)
    reviewers = _reviewers(draft, content, plan)
    _refuse_if_not_ready(draft, content, reviewers)
    asked = _asked(draft, content, reviewers)
    if not asked:
        return []
    due_on = _due_on(plan)
    entry = ledger.append(
        LedgerEntry.Kind.REVIEW_REQUESTED,
        {
            "page": page_by_value(draft),
            "page_digest": content.page_digest,
            "asked": [ask.by_value(clinician) for clinician, ask in asked],
            "due_on": due_on.isoformat(),
            "note": plan.note,
        },
        by=by,
        page_id=page.pk,
    )
    shared = {"entry": entry, "page_id": page.pk, "task_state_id": task_state.pk, "due_on": due_on}
    requests = ReviewRequest.objects.bulk_create(
        ReviewRequest(clinician=clinician, meaning=ask.meaning, **shared) for clinician, ask in asked
    )
    # Decisions on words that are gone fall away, and do not come back with the words.
    Decision.objects.filter(page_id=page.pk).exclude(digest__in=content.digests).delete()
    mail.review_requested(page=draft, asked=asked, by=by, due_on=due_on, note=plan.note)
    # Reviewers are chosen for the rounds to come; a note is written for this one, by whoever asks now.
    ReviewPlan.objects.filter(pk=page.pk).update(note="")
    return requests


def _keep(page_id: int, wishes: Wishes):
    due_on, note = wishes.due_on, kept(wishes.note)
    if due_on and due_on < timezone.localdate():
        raise NotAllowed("due_in_the_past", "The due date is over. Choose a later day.")
    plan, _ = ReviewPlan.objects.update_or_create(
        page_id=page_id, defaults={"group": wishes.group, "due_on": due_on, "note": note}
    )
    plan.reviewers.set(wishes.reviewers)


def _due_on(plan: ReviewPlan) -> date:
    today = timezone.localdate()
    return plan.due_on if plan.due_on and plan.due_on >= today else today + policy().review_time


def _reviewers(draft, content, plan: ReviewPlan) -> list[Clinician]:
    """Whom the requester chose and who may review; everybody who may, if nobody was chosen. Away: only by name."""
    named = set(plan.reviewers.values_list("pk", flat=True))
    if not named and plan.group is None:
        return eligible_reviewers(draft, content)
    in_group = set(plan.group.user_set.values_list("clinician", flat=True)) if plan.group else set()
    possible = possible_reviewers(draft, content)
    return [item for item in possible if item.pk in named or (item.pk in in_group and not item.is_away())]


def _asked(draft, content, reviewers: list[Clinician]) -> list[tuple[Clinician, Ask]]:
    """Quoted clinicians for their own words, and the reviewers for the whole."""
    quoted = {statement.clinician_id for statement in content.quotations}
    clinicians = {item.pk: item for item in Clinician.objects.filter(pk__in=quoted).select_related("user")}
    chosen = {item.pk for item in reviewers}
    clinicians |= {item.pk: item for item in reviewers}
    return [
        (clinician, ask)
        for clinician in clinicians.values()
        for ask in asks_for(clinician, draft, content)
        if ask.meaning == Meaning.OWN_WORDS or clinician.pk in chosen
    ]


def _start_or_resume(page, workflow, by):
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        workflow.start(page.specific, by)


def _refuse_if_not_ready(draft, content, reviewers):
    """What only the desk can mend is mended before clinicians are asked."""
    if desk := draft.get_desk_obstacles():
        raise NotAllowed(desk[0].code, desk[0].sentence)
    found = obstacles(draft, content)
    for obstacle in found:
        clinician = _quoted(obstacle.statement)
        if clinician and (reason := reason_not_to_sign(clinician)):
            raise NotAllowed("quoted_clinician_cannot_sign", reason)
    if needs(Meaning.CLINICAL_REVIEW, found) and not reviewers:
        raise NotAllowed("no_reviewer", reason_without_reviewer(draft, content))


def _quoted(statement):
    if statement is None:
        return None
    return Clinician.objects.select_related("user").filter(pk=statement.clinician_id).first()
