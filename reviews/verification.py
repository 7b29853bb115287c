"""The record, checked against itself: the chain, every sign-off's statements, and every public page.

Reads in chunks, so memory stays flat however long the ledger is. Writes nothing: there is nothing to fix in a record.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from .canonical import FORMAT, canonical_again, digest_again, digest_of_text
from .ledger import GENESIS
from .mixins import is_gated
from .models import ElectronicConsent, LedgerEntry, Publication, PublicPage, SignedStatement, SignOff, Withdrawal
from .reader import is_newest, public_article
from .signatures import signatures_for

CHUNK = 500


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, and what it means. `sequence` names the entry, `page_id` the public page."""

    code: str
    sentence: str
    sequence: int | None = None
    page_id: int | None = None


class RowsOfEntries:
    """The typed rows that point at a run of entries, in a few queries. Statements as (digest, canonical text)."""

    def __init__(self, entries: list[LedgerEntry]):
        first, last = entries[0].sequence, entries[-1].sequence
        self.by_kind = {
            kind: {row.pk: row for row in model.objects.filter(entry__gte=first, entry__lte=last)}
            for kind, (model, *_) in _ROWS.items()
        }
        self.statements = defaultdict(list)
        signed = SignedStatement.objects.filter(sign_off__gte=first, sign_off__lte=last).order_by(
            "sign_off_id", "position"
        )
        for sign_off_id, recorded, canonical in signed.values_list("sign_off_id", "digest", "canonical"):
            self.statements[sign_off_id].append((recorded, canonical))


def verify_entries(progress=lambda count: None) -> Iterator[Finding]:
    """Findings in the ledger and the rows that point at it, oldest first. `progress` is told each number checked."""
    previous, expected = GENESIS, 1
    for entries in _in_chunks(LedgerEntry.objects.iterator(chunk_size=CHUNK)):
        rows = RowsOfEntries(entries)
        for entry in entries:
            if entry.sequence != expected:
                yield _finding(entry, "missing_entry", f"entries {expected} to {entry.sequence - 1} are missing.")
            if entry.previous_digest != previous:
                yield _finding(entry, "broken_chain", "it does not follow from the entry before: one was changed.")
            if entry.computed_digest() != entry.digest:
                yield _finding(entry, "changed_entry", "its content was changed after it was recorded.")
            yield from _verify_row(entry, rows)
            previous, expected = entry.digest, entry.sequence + 1
        progress(len(entries))


def verify_public_pages() -> Iterator[Finding]:
    """Findings in what patients can reach: public rows that do not stand, and live rows that are something else."""
    for public in PublicPage.objects.select_related("publication").iterator(chunk_size=CHUNK):
        yield from _verify_public_page(public)
    gated = [ContentType.objects.get_for_model(model) for model in apps.get_models() if is_gated(model)]
    live = Page.objects.live().filter(content_type__in=gated).exclude(pk__in=PublicPage.objects.values("pk"))
    for page in live.iterator(chunk_size=CHUNK):
        sentence = f"“{page.title}” is live, and nobody published it. Patients get 404 or 410 in its place."
        yield Finding("live_without_publication", sentence, page_id=page.pk)


def verify_checkpoint(checkpoint: str) -> Finding | None:
    """Whether the chain still holds the entry that somebody outside the database wrote down."""
    sequence, _, expected = checkpoint.strip().partition(":")
    entry = LedgerEntry.objects.filter(sequence=int(sequence)).first() if sequence.isdigit() else None
    if entry is None:
        return Finding(
            "checkpoint_missing", f"The checkpoint names entry {sequence or '?'}, which is not in the ledger."
        )
    if entry.digest != expected:
        return _finding(entry, "rewritten", "its digest is not the one in the checkpoint: the chain was rewritten.")
    return None


def _in_chunks(entries: Iterator[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    while chunk := list(islice(entries, CHUNK)):
        yield chunk


def _verify_row(entry: LedgerEntry, rows: RowsOfEntries) -> Iterator[Finding]:
    """The typed row of an entry says what the entry says, and no other row claims the entry."""
    for kind, (model, differs) in _ROWS.items():
        row, noun = rows.by_kind[kind].get(entry.pk), model._meta.verbose_name
        if row is not None and entry.kind != kind:
            yield _finding(entry, "forged_row", f"a {noun} row points at it, and it records something else.")
        elif row is None and entry.kind == kind:
            yield _finding(entry, "missing_row", f"its {noun} row was deleted.")
        elif row is not None and (difference := differs(row, entry.data, rows)):
            yield _finding(entry, "changed_row", f"its {noun} row differs from what was recorded: {difference}.")


def _sign_off_differs(row: SignOff, payload: dict, rows: RowsOfEntries) -> str | None:
    if changed := _changed_column(row, payload):
        return changed
    if digest_again(payload["page_content"]) != payload["page_digest"]:
        return "the digest of the page"
    recorded = [(item["digest"], canonical_again(item["canonical"])) for item in payload["statements"]]
    if rows.statements[row.pk] != recorded:
        return "its statements"
    if any(digest_of_text(canonical) != digest for digest, canonical in recorded):
        return "the digest of a statement"
    return None


def _withdrawal_differs(row: Withdrawal, payload: dict, rows: RowsOfEntries) -> str | None:
    return _changed_column(row, {**payload, "sign_off_id": payload["sign_off"]})


def _publication_differs(row: Publication, payload: dict, rows: RowsOfEntries) -> str | None:
    content = payload["content"]
    if changed := _changed_column(row, {**payload, "page_id": payload["page"]["id"], "content": row.content}):
        return changed
    if row.content != canonical_again(content):
        return "its words"
    statements = [digest_again(statement) for statement in content["statements"]]
    page_digest = digest_again({"format": FORMAT, "fields": content["fields"], "statements": statements})
    return None if row.page_digest == page_digest else "its digest"


def _consent_differs(row: ElectronicConsent, payload: dict, rows: RowsOfEntries) -> str | None:
    return _changed_column(row, {**payload, "user_id": payload["by"]["id"]})


def _changed_column(row, recorded: dict) -> str | None:
    """The first column that is not as recorded. All are compared, because all that is printed comes from one."""
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        value, told = getattr(row, field.attname), recorded[field.attname]
        if value != (datetime.fromisoformat(told) if isinstance(value, datetime) else told):
            return str(field.verbose_name)
    return None


_ROWS = {
    LedgerEntry.Kind.CONSENTED: (ElectronicConsent, _consent_differs),
    LedgerEntry.Kind.SIGNED_OFF: (SignOff, _sign_off_differs),
    LedgerEntry.Kind.WITHDRAWN: (Withdrawal, _withdrawal_differs),
    LedgerEntry.Kind.PUBLISHED: (Publication, _publication_differs),
}


def _verify_public_page(public: PublicPage) -> Iterator[Finding]:
    publication = public.publication
    if public_article(public.pk) is None and not _merely_lapsed(publication):
        yield _public(
            publication, "not_signed", "is not covered by sign-offs in force, so patients get 410 in its place"
        )
    if not is_newest(publication):
        yield _public(publication, "not_newest", "was ended or replaced since; somebody put its old words back")
    page = Page.objects.filter(pk=public.pk).first()
    if page is None or not page.live:
        yield _public(publication, "not_live", "is recorded as public, but its page is not live")
    elif page.specific.get_reviewable_content().page_digest != publication.page_digest:
        yield _public(
            publication, "changed_page", "has a live row that was changed; patients still read the signed words"
        )


def _merely_lapsed(publication: Publication) -> bool:
    """Its time is over, which is how it should be: on the day of publication everybody had signed."""
    content = publication.reviewable_content
    return signatures_for(content, at=publication.published_at).cover(content)


def _finding(entry: LedgerEntry, code: str, sentence: str) -> Finding:
    return Finding(
        code, f"Entry {entry.sequence} ({entry.get_kind_display()}) does not fit: {sentence}", entry.sequence
    )


def _public(publication: Publication, code: str, sentence: str) -> Finding:
    return Finding(code, f"“{publication.title}” {sentence}.", publication.entry_id, publication.page_id)
