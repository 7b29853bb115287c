"""`verify_record` for each entry, against bare `json.dumps` and SHA-256 of the same payloads, as the ledger grows."""

import hashlib
import json
import resource
import time

from django.db import transaction
from django.utils import timezone

from reviews.ledger import GENESIS, head
from reviews.models import LedgerEntry
from reviews.verification import verify_entries

from .report import ratio, say
from .sizes import sized

SIZES = sized(quick=[1_000], usual=[1_000, 10_000, 100_000])
PAYLOAD = {"page": {"id": 1, "title": "Cryotherapy"}, "page_digest": "0" * 64, "note": "It stings for a minute. " * 30}


def run():
    say("verify_record for each entry, against json.dumps + SHA-256")
    for size in SIZES:
        _grow_to(size)
        seconds, memory = _verify()
        count = LedgerEntry.objects.count()
        label = f"  {count:,} entries, {memory / 1e6:.1f} MB more memory"
        ratio(label, seconds / count, _bare(count), goal=3, unit="µs", scale=1e6)
    say()


def _grow_to(size):
    newest = head()
    first = newest.sequence + 1 if newest else 1
    previous = newest.digest if newest else GENESIS
    payload = json.dumps(PAYLOAD, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    with transaction.atomic():
        for numbers in _batches(first, size):
            entries = []
            for number in numbers:
                entry = LedgerEntry(
                    sequence=number,
                    kind=LedgerEntry.Kind.CHANGES_REQUESTED,
                    page_id=1,
                    payload=payload,
                    previous_digest=previous,
                    recorded_at=timezone.now(),
                )
                entry.digest = previous = entry.computed_digest()
                entries.append(entry)
            LedgerEntry.objects.bulk_create(entries)


def _batches(first, size):
    for start in range(first, size + 1, 1000):
        yield range(start, min(start + 1000, size + 1))


def _verify():
    """Seconds, and by how many bytes the process grew at its highest."""
    before = _highest_memory()
    start = time.perf_counter()
    findings = list(verify_entries())
    seconds = time.perf_counter() - start
    assert findings == [], findings[:1]
    return seconds, _highest_memory() - before


def _highest_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _bare(size) -> float:
    """Seconds for each payload, read from the same table the plainest way."""
    start = time.perf_counter()
    for payload in LedgerEntry.objects.values_list("payload", flat=True)[:size].iterator(chunk_size=500):
        data = json.loads(payload)
        hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return (time.perf_counter() - start) / size
