from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from wagtail.models import Page

from reviews.attestations import ATTESTATIONS
from reviews.canonical import shortened
from reviews.models import Clinician, LedgerEntry, ReviewRequest, SignOff

from .post import day_in_words, edit_url, how_much, name_of, post, post_to_all, url


def review_requested(
    *, page, asked: Iterable[tuple], by, due_on: date | None = None, note: str = ""
) -> list[Clinician]:
    """One mail to each clinician, whatever she is asked for. Who could not be mailed is returned."""
    by_clinician = {}
    for clinician, ask in asked:
        by_clinician.setdefault(clinician, []).append(ask)
    return [
        clinician
        for clinician, asks in by_clinician.items()
        if not _ask(
            page,
            clinician,
            meanings=[ask.meaning for ask in asks],
            statements=len({statement.digest for ask in asks for statement in ask.to_decide}),
            by=by,
            due_on=due_on,
            note=note,
        )
    ]


def handed_over(*, page, request: ReviewRequest, by, note: str = "") -> None:
    """To the colleague who is asked now."""
    asked = request.entry.data.get("asked") or [{}]
    _ask(
        page,
        request.clinician,
        meanings=[request.meaning],
        statements=asked[0].get("to_decide", 0),
        by=by,
        due_on=request.due_on,
        note=note,
        is_handed_over=True,
    )


def signed(*, page, sign_offs: Iterable[SignOff], clinician) -> None:
    """The receipt: what was signed, its digests, until when it counts, and how to take it back."""
    post(
        clinician.user.email,
        f"You signed: {page.title}",
        "signed",
        title=page.title,
        sign_offs=[_signed(item) for item in sign_offs],
        receipt_url=url("reviews:receipt", page.pk),
    )


def changes_requested(*, page, clinician, note: str, task_state) -> None:
    post_to_all(
        {task_state.workflow_state.requested_by, page.owner},
        f"Changes requested: {page.title}",
        "changes_requested",
        clinician=clinician.addressed,
        title=page.title,
        note=note,
        edit_url=edit_url(page.pk),
    )


def schedule_refused(*, page, sentence: str) -> None:
    post_to_all(
        {page.owner},
        f"Not public as scheduled: {page.title}",
        "schedule_refused",
        title=page.title,
        sentence=sentence,
        edit_url=edit_url(page.pk),
    )


def withdrawn(*, sign_off: SignOff, reason: str) -> None:
    """To whoever owns the page and to whoever asked for its last review: both may have to act at once."""
    page = Page.objects.filter(pk=sign_off.page_id).select_related("owner").first()
    post_to_all(
        {page and page.owner, _last_requester(sign_off.page_id)},
        f"Sign-off withdrawn: {sign_off.page_title}",
        "withdrawn",
        sign_off=sign_off,
        reason=reason,
        edit_url=page and edit_url(page.pk),
    )


def _ask(page, clinician, *, meanings, statements: int, by, due_on, note="", is_handed_over=False) -> bool:
    return post(
        clinician.user.email,
        f"Please read and sign: {page.title}",
        "review_requested",
        title=page.title,
        by=name_of(by),
        meanings=meanings,
        how_much=how_much(statements),
        due=due_on and day_in_words(due_on),
        note=note,
        is_handed_over=is_handed_over,
        review_url=url("reviews:review", page.pk),
    )


def _signed(sign_off: SignOff) -> dict:
    statements = sign_off.statements.all()
    return {
        "meaning": ATTESTATIONS[sign_off.meaning].label,
        "attestation": sign_off.attestation,
        "entry": sign_off.entry,
        "valid_until": day_in_words(sign_off.valid_until),
        "statements": [{"words": shortened(item.statement.text, 120), "digest": item.digest} for item in statements],
    }


def _last_requester(page_id: int):
    entry = LedgerEntry.objects.filter(page_id=page_id, kind=LedgerEntry.Kind.REVIEW_REQUESTED).last()
    by = entry and entry.data["by"]
    return get_user_model().objects.filter(pk=by["id"]).first() if by else None
