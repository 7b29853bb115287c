from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from reviews import ledger
from reviews.agreements import CONSENT
from reviews.errors import NotAllowed
from reviews.models import ElectronicConsent, LedgerEntry
from reviews.outbox import is_address
from reviews.permissions import clinician_of


def consent(*, by) -> ElectronicConsent:
    """Record that this clinician agrees to sign electronically. Once; a second time returns the first."""
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().get(pk=by.pk)
        if given := ElectronicConsent.objects.filter(user=user).first():
            return given
        clinician = clinician_of(user)
        if clinician is None:
            raise NotAllowed("not_a_clinician", "Only a clinician who signs can agree to sign electronically.")
        if not is_address(user.email):
            raise NotAllowed(
                "no_address",
                "Receipts go to your e-mail address, and we have none. Enter it on your account page.",
            )
        now = timezone.now()
        payload = {
            "clinician": clinician.pk,
            "name": clinician.name,
            "address": user.email,
            "version": CONSENT.version,
            "text": CONSENT.text,
            "consented_at": now.isoformat(),
        }
        entry = ledger.append(LedgerEntry.Kind.CONSENTED, payload, by=user)
        return ElectronicConsent.objects.create(entry=entry, user=user, consented_at=now)
