from django.db import connection, transaction
from django.utils import timezone

from . import history
from .canonical import canonical_json
from .models import LedgerEntry

GENESIS = "0" * 64
# Any number, the same everywhere: PostgreSQL's transactions queue for it before they read the head of the chain.
_CHAIN_LOCK = 0x1B51A


def append(kind: str, payload: dict, *, by, page_id: int | None = None) -> LedgerEntry:
    """Add one entry to the end of the chain, and to Wagtail's history of the page.

    Part of the caller's transaction: it stands or falls with the rest.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A ledger entry is written inside the transaction it records.")
    _wait_for_the_head()
    newest = head()
    entry = LedgerEntry(
        sequence=newest.sequence + 1 if newest else 1,
        kind=kind,
        page_id=page_id,
        payload=canonical_json({**payload, "by": person(by)}),
        previous_digest=newest.digest if newest else GENESIS,
        recorded_at=timezone.now(),
    )
    entry.digest = entry.computed_digest()
    entry.save()
    history.note(entry, by)
    return entry


def head() -> LedgerEntry | None:
    """The newest entry of the chain."""
    return LedgerEntry.objects.order_by("-sequence").first()


def person(user) -> dict | None:
    """An acting user by value, because the record outlives accounts."""
    if user is None:
        return None
    return {"id": user.pk, "username": user.get_username(), "name": user.get_full_name()}


def _wait_for_the_head():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
