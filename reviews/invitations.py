from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from .models import Clinician, ElectronicConsent, SentReminder
from .permissions import may_manage_clinicians
from .sentences import day_of


def with_invitations(clinicians):
    """Clinicians with `invited_at`, when she was last invited, and `has_agreed`, whether she has agreed to sign."""
    sent = SentReminder.objects.filter(person=OuterRef("user"), kind=SentReminder.Kind.INVITATION).order_by("-sent_at")
    return clinicians.select_related("user").annotate(
        invited_at=Subquery(sent.values("sent_at")[:1]),
        has_agreed=Exists(ElectronicConsent.objects.filter(user=OuterRef("user"))),
    )


def invitation_to(clinician: Clinician, user, next_url: str | None = None) -> dict | None:
    """The button that sends an invitation, or None if this user has nobody to invite here."""
    if clinician.has_agreed or not clinician.has_account or not may_manage_clinicians(user):
        return None
    if clinician.user_id == user.pk:
        return None
    invited = clinician.invited_at and day_of(timezone.localdate(clinician.invited_at))
    return {
        "label": f"Invite again (invited {invited})" if invited else "Invite",
        "icon_name": "mail",
        "priority": 30,
        "attrs": {
            "data-controller": "w-action",
            "data-action": "w-action#post",
            "data-w-action-url-value": reverse("sign_off_desk:invite", args=[clinician.pk]),
            "data-w-action-next-value": next_url or "",
        },
    }
