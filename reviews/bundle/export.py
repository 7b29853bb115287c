"""A bundle: the record, or a part of it, as one ZIP file that can be checked without this project.

Written as it is read, one entry and one article at a time, so memory stays flat however long the ledger is.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from string import Template

from django.utils import timezone

from reviews.canonical import canonical_json
from reviews.errors import ReviewError
from reviews.models import LedgerEntry

from .story import record_of_review

FORMAT = "imprimatur-bundle/1"
CHUNK = 500
_HERE = Path(__file__).parent
_Kind = LedgerEntry.Kind
_COUNTED = {_Kind.SIGNED_OFF: "sign_offs", _Kind.WITHDRAWN: "withdrawals", _Kind.PUBLISHED: "publications"}


@dataclass(frozen=True)
class Scope:
    """Which entries a bundle tells in full: those of one page, those since a day, or all. `head` is the last one."""

    head: LedgerEntry
    page: dict | None = None
    since: date | None = None
    start: int = 1

    @classmethod
    def now(cls, *, page: dict | None = None, since: date | None = None) -> "Scope":
        """The record as it stands; entries written later are left to the next bundle."""
        head = LedgerEntry.objects.last()
        later = LedgerEntry.objects.filter(recorded_at__gte=_midnight(since)) if since else LedgerEntry.objects.all()
        start = later.values_list("sequence", flat=True).first()
        scope = cls(head, page, since, start) if head and start else None
        if scope is None or not scope.entries().exists():
            raise ReviewError("nothing_to_export", "The record holds nothing of this, so there is nothing to export.")
        return scope

    def entries(self):
        """The entries told in full, in order."""
        found = LedgerEntry.objects.filter(sequence__range=(self.start, self.head.sequence))
        return found.filter(page_id=self.page["id"]) if self.page else found

    def holds(self, entry: LedgerEntry) -> bool:
        return entry.sequence >= self.start and (self.page is None or entry.page_id == self.page["id"])


@dataclass
class Tally:
    """What went into a bundle, counted on the way."""

    counts: dict = field(default_factory=lambda: dict.fromkeys(("entries", "omitted", *_COUNTED.values()), 0))
    pages: set[int] = field(default_factory=set)
    attestations: dict = field(default_factory=dict)
    first: int | None = None
    last: int | None = None

    def add(self, entry: LedgerEntry):
        self.counts["entries"] += 1
        self.first, self.last = self.first or entry.sequence, entry.sequence
        if entry.page_id is not None:
            self.pages.add(entry.page_id)
        if entry.kind in _COUNTED:
            self.counts[_COUNTED[entry.kind]] += 1
        if entry.kind == _Kind.SIGNED_OFF:
            data = entry.data
            self.attestations[data["meaning"], data["attestation_version"]] = data["attestation"]


class BundleFile:
    """A ZIP file that remembers the SHA-256 of all it was given."""

    def __init__(self, file, written: datetime):
        self._zip = zipfile.ZipFile(file, "w")
        self._written = timezone.localtime(written).timetuple()[:6]
        self.digests = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._zip.close()

    def add(self, name: str, parts: Iterable[str]):
        sha256 = hashlib.sha256()
        info = zipfile.ZipInfo(name, self._written)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as member:
            for part in parts:
                data = part.encode()
                sha256.update(data)
                member.write(data)
        self.digests[name] = sha256.hexdigest()


def write_bundle(file, *, page: dict | None = None, since: date | None = None) -> dict:
    """Write the record, that of one page ({"id", "path"}) or that since a day, and return the bundle's manifest.

    Raises ReviewError if there is nothing to export.
    """
    scope, tally, created = Scope.now(page=page, since=since), Tally(), timezone.now()
    with BundleFile(file, created) as bundle:
        bundle.add("ledger.jsonl", _lines(scope, tally))
        for page_id in sorted(tally.pages):
            name, html = record_of_review(list(scope.entries().filter(page_id=page_id)), created)
            bundle.add(name, [html])
        bundle.add("attestations.json", [_indented(_attestations(tally))])
        for name, text in _explanations(scope, created):
            bundle.add(name, [text])
        manifest = _manifest(scope, tally, created) | {"files": dict(bundle.digests)}
        bundle.add("manifest.json", [_indented(manifest)])
    return manifest


def _lines(scope: Scope, tally: Tally) -> Iterator[str]:
    """One entry a line. Of an entry left out only its place in the chain is told, so that all links can be checked."""
    for entry in LedgerEntry.objects.filter(sequence__lte=scope.head.sequence).iterator(chunk_size=CHUNK):
        place = {
            "sequence": entry.sequence,
            "previous": entry.previous_digest,
            "recorded_at": entry.recorded_at.isoformat(),
            "digest": entry.digest,
        }
        if scope.holds(entry):
            tally.add(entry)
            line = {**place, "kind": entry.kind, "page": entry.page_id, "payload": entry.payload}
        else:
            tally.counts["omitted"] += 1
            line = {**place, "omitted": True}
        yield canonical_json(line) + "\n"


def _attestations(tally: Tally) -> list[dict]:
    return [
        {"meaning": meaning, "version": version, "text": text}
        for (meaning, version), text in sorted(tally.attestations.items())
    ]


def _manifest(scope: Scope, tally: Tally, created: datetime) -> dict:
    return {
        "format": FORMAT,
        "created_at": created.isoformat(),
        "page": scope.page,
        "since": scope.since.isoformat() if scope.since else None,
        "first": tally.first,
        "last": tally.last,
        "head": {"sequence": scope.head.sequence, "digest": scope.head.digest},
        "counts": tally.counts,
    }


def _explanations(scope: Scope, created: datetime) -> Iterator[tuple[str, str]]:
    """The program that checks the bundle, and the README that explains both and holds it too."""
    source = (_HERE / "verify_bundle.py").read_text()
    readme = Template((_HERE / "README.txt").read_text())
    words = {
        "created": f"{timezone.localtime(created):%Y-%m-%d %H:%M %Z}",
        "told": _told(scope),
        "head": f"{scope.head.sequence}:{scope.head.digest}",
        "source": source,
    }
    yield "verify_bundle.py", source
    yield "README.txt", readme.substitute(words)


def _told(scope: Scope) -> str:
    about = f"the article {scope.page['path']} (page {scope.page['id']})" if scope.page else "all articles"
    return f"{about}, from {scope.since.isoformat()} on" if scope.since else about


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _indented(value) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
