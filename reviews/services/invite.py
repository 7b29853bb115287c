from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from reviews import mail
from reviews.errors import NotAllowed
from reviews.models import Clinician, SentReminder
from reviews.permissions import has_consented, may_manage_clinicians

AT_MOST_EVERY = timedelta(minutes=1)


def invite(*, clinician: Clinician, by) -> bool:
    """Mail a clinician the link with which she alone sets the password she signs with, and agrees to sign.

    Whatever password the account had is made unusable first: whoever made the account knew it. False if no mail could
    be written, because the account has no good address.
    """
    if not may_manage_clinicians(by) or by.pk == clinician.user_id:
        raise NotAllowed("may_not_invite", "Only a practice manager can invite a clinician, and nobody herself.")
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().filter(pk=clinician.user_id, is_active=True).first()
        if user is None:
            raise NotAllowed("no_account", f"{clinician.addressed} has no active account. Connect one first.")
        if has_consented(user):
            raise NotAllowed(
                "has_a_password", f"{clinician.addressed} has a password already. She can set a new one at sign-in."
            )
        if mailed_lately(user, SentReminder.Kind.INVITATION):
            raise NotAllowed("too_soon", "An invitation was sent less than a minute ago. Please wait a little.")
        user.set_unusable_password()
        user.save(update_fields=["password"])
        clinician.user = user
        invited = mail.invitation(clinician=clinician, by=by)
        if invited:
            note_mailed(user, SentReminder.Kind.INVITATION)
        return invited


def mailed_lately(user, kind: str) -> bool:
    """Whether she was mailed in this way within the last minute."""
    return SentReminder.objects.filter(person=user, kind=kind, sent_at__gt=timezone.now() - AT_MOST_EVERY).exists()


def note_mailed(user, kind: str) -> None:
    now = timezone.now()
    SentReminder.objects.create(person=user, kind=kind, about=now.isoformat(), sent_at=now)


def awaits_invitation(clinician: Clinician) -> bool:
    """Whether her account was connected and nobody has invited her yet."""
    if clinician.user is None or has_consented(clinician.user):
        return False
    return not SentReminder.objects.filter(person=clinician.user, kind=SentReminder.Kind.INVITATION).exists()
