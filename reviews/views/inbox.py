from operator import attrgetter

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from reviews.attestations import ATTESTATIONS
from reviews.mail import minutes
from reviews.models import SignOff
from reviews.permissions import reason_not_to_sign
from reviews.policy import policy
from reviews.reader import public_pages
from reviews.requests import OpenRequest, open_requests
from reviews.states import IN_FORCE, WITHDRAWN, states_of

from .access import clinician_required


@clinician_required
def inbox(request):
    """What waits for me, and what I signed."""
    signed = list(_signed_by(request.clinician))
    states = states_of(signed)
    listed = [_signed(sign_off, states[sign_off.pk]) for sign_off in signed]
    _mark_public(listed)
    cannot_sign = reason_not_to_sign(request.clinician)
    waiting = [] if cannot_sign else sorted(open_requests(request.clinician), key=attrgetter("due_on"))
    context = {
        "clinician": request.clinician,
        "cannot_sign": cannot_sign,
        "away_until": request.clinician.away_until if request.clinician.is_away() else None,
        "waiting": [_waiting(item) for item in waiting],
        "signed": listed,
        "lapsing": [item for item in listed if item["lapses_soon"]],
    }
    return render(request, "reviews/inbox.html", context)


def _waiting(item: OpenRequest) -> dict:
    return {
        "page_title": item.page_title,
        "url": reverse("reviews:review", args=[item.page_id]),
        "requested_on": item.requested_on,
        "requested_by": item.requested_by,
        "due_on": item.due_on,
        "is_overdue": item.is_overdue,
        "statements": item.statements,
        "minutes": minutes(item.statements),
        "meanings": item.meanings,
    }


def _signed(sign_off: SignOff, state: str) -> dict:
    return {
        "page_title": sign_off.page_title,
        "page_id": sign_off.page_id,
        "meaning_label": ATTESTATIONS[sign_off.meaning].label,
        "signed_at": sign_off.signed_at,
        "valid_until": sign_off.valid_until,
        "state": state,
        "lapses_soon": state == IN_FORCE and sign_off.valid_until - policy().lapses_soon <= timezone.now(),
        "public_url": "",
        "receipt_url": reverse("reviews:receipt", args=[sign_off.page_id]),
        "withdraw_url": "" if state == WITHDRAWN else reverse("reviews:withdraw", args=[sign_off.pk]),
    }


def _signed_by(clinician):
    return SignOff.objects.filter(clinician_id=clinician.pk).select_related("withdrawal").newest_first()[:50]


def _mark_public(items):
    """Where what she signed is public now; only what is still in force is shown anywhere."""
    ids = {item["page_id"] for item in items if item["state"] == IN_FORCE}
    public = set(public_pages(ids).values_list("page_id", flat=True))
    pages = Page.objects.in_bulk(public)
    for item in items:
        if item["state"] == IN_FORCE and item["page_id"] in pages:
            item["public_url"] = pages[item["page_id"]].url
