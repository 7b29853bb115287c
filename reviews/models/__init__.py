from .clinicians import Clinician, Credential
from .desk import Decision, ReviewRequest
from .record import LedgerEntry, Publication, PublicPage, SignedStatement, SignOff, Withdrawal
from .tasks import ClinicianSignOffTask

__all__ = [
    "Clinician",
    "ClinicianSignOffTask",
    "Credential",
    "Decision",
    "LedgerEntry",
    "PublicPage",
    "Publication",
    "ReviewRequest",
    "SignOff",
    "SignedStatement",
    "Withdrawal",
]
