"""One writer for each verb. Each opens a transaction, locks the page row, reads again, guards, writes, and appends to
the ledger; mail goes into the outbox with the rest. Arguments are keyword-only, the acting person is always named,
nothing is forced.
"""

from .change_clinician import record_clinician
from .consent import consent
from .hand_over import hand_over
from .invite import invite
from .publish import publish
from .record_decision import Choice, record_decision
from .request_changes import request_changes
from .request_review import Wishes, request_review
from .sign_off import sign_off
from .suggestions import apply_suggestion, decline_suggestion
from .take_down import take_down
from .withdraw import withdraw

__all__ = [
    "Choice",
    "Wishes",
    "apply_suggestion",
    "consent",
    "decline_suggestion",
    "hand_over",
    "invite",
    "publish",
    "record_clinician",
    "record_decision",
    "request_changes",
    "request_review",
    "sign_off",
    "take_down",
    "withdraw",
]
