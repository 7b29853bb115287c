from .clinicians import Clinician, Credential
from .desk import Decision, ReviewPlan, ReviewRequest, Suggestion
from .record import ElectronicConsent, LedgerEntry, Publication, PublicPage, SignedStatement, SignOff, Withdrawal
from .reminders import SentReminder
from .tasks import ClinicianSignOffTask

__all__ = [
    "Clinician",
    "ClinicianSignOffTask",
    "Credential",
    "Decision",
    "ElectronicConsent",
    "LedgerEntry",
    "PublicPage",
    "Publication",
    "ReviewPlan",
    "ReviewRequest",
    "SentReminder",
    "SignOff",
    "SignedStatement",
    "Suggestion",
    "Withdrawal",
]
