"""One writer for each verb. Each opens a transaction, locks the page row, reads again, guards, writes, and appends to
the ledger; mail goes out on commit. Arguments are keyword-only, the acting person is always named, nothing is forced.
"""

from .change_clinician import record_clinician
from .publish import publish
from .record_decision import record_decision
from .request_changes import request_changes
from .request_review import request_review
from .sign_off import sign_off
from .take_down import take_down
from .withdraw import withdraw

__all__ = [
    "publish",
    "record_clinician",
    "record_decision",
    "request_changes",
    "request_review",
    "sign_off",
    "take_down",
    "withdraw",
]
