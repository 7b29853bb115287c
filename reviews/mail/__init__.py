"""Mail about reviews: short, plain, and without a secret, but for links that set a password.

Every function writes to the outbox, inside the transaction of whoever calls it. Nobody without an address is an error.
"""

from .about_reviews import changes_requested, handed_over, review_requested, schedule_refused, signed, withdrawn
from .accounts import address_changed, invitation, password_link
from .post import minutes
from .record import checkpoint
from .reminders import digest, overdue

__all__ = [
    "address_changed",
    "changes_requested",
    "checkpoint",
    "digest",
    "handed_over",
    "invitation",
    "minutes",
    "overdue",
    "password_link",
    "review_requested",
    "schedule_refused",
    "signed",
    "withdrawn",
]
