from dataclasses import dataclass, field, fields
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Policy:
    """The rules of sign-off that a practice may choose, from `settings.IMPRIMATUR`. Read through `policy()`."""

    # How long a sign-off counts. It never outlives the credential it rests on.
    validity: timedelta = timedelta(days=365)
    # A practice may have one dermatologist, who is quoted and reviews.
    quoted_clinicians_may_review: bool = True
    # Whether the last signature makes the article public, or it waits for somebody to release it.
    publish_on_last_signature: bool = True
    # How long clinicians have to answer a request, unless the requester sets another day.
    review_time: timedelta = timedelta(days=5)
    # Reminders go out this long before a request is due, on the day, and every other day after.
    remind_before: timedelta = timedelta(days=2)
    # When a request is overdue for longer than this, whoever asked is told.
    escalate_after: timedelta = timedelta(days=2)
    # How long before a sign-off lapses its signer reads about it.
    lapses_soon: timedelta = timedelta(days=60)
    # Who gets the daily checkpoint besides the clinicians.
    compliance_addresses: tuple[str, ...] = ()
    # Concrete page types that need no sign-off, each with the reason: {"app.Model": "why"}.
    exempt_page_types: dict[str, str] = field(default_factory=dict)


def policy() -> Policy:
    """The policy in force. A key that does not exist fails, so that a typing error never weakens a rule."""
    chosen = getattr(settings, "IMPRIMATUR", {})
    known = {item.name for item in fields(Policy)}
    if unknown := set(chosen) - known:
        raise ImproperlyConfigured(f"settings.IMPRIMATUR has unknown keys: {', '.join(sorted(unknown))}.")
    return Policy(**chosen)
