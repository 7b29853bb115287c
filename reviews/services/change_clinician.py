from django.db import transaction

from reviews import ledger
from reviews.models import Clinician, LedgerEntry


def record_clinician(*, clinician: Clinician, by) -> LedgerEntry | None:
    """Write down who a clinician is and what she holds, whenever that changes. None if nothing did."""
    with transaction.atomic():
        facts = {
            "clinician": clinician.pk,
            "name": clinician.name,
            "postnominals": clinician.postnominals,
            "capacity": clinician.capacity,
            "account": ledger.person(clinician.user),
            "is_reviewer": clinician.is_reviewer,
            "is_verified": clinician.is_verified,
            "credentials": [credential.as_canonical() for credential in clinician.credentials.all()],
        }
        if _last_facts(clinician) == facts:
            return None
        return ledger.append(LedgerEntry.Kind.CLINICIAN_CHANGED, {"facts": facts}, by=by)


def _last_facts(clinician: Clinician) -> dict | None:
    changes = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.CLINICIAN_CHANGED).order_by("-sequence")
    facts = (entry.data["facts"] for entry in changes.iterator())
    return next((item for item in facts if item["clinician"] == clinician.pk), None)
