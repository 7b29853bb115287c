"""The record, checked against itself: the chain, every sign-off's statements, and every public page.

Reads in chunks, so memory stays flat however long the ledger is. Writes nothing: there is nothing to fix in a record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from .canonical import FORMAT, digest_again, digest_of_text
from .gate import missing_signatures
from .ledger import GENESIS
from .mixins import is_gated
from .models import LedgerEntry, Publication, PublicPage, SignOff
from .reader import public_article
from .signatures import signatures_for

CHUNK = 500


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, and what it means. `sequence` names the entry, `page_id` the public page."""

    code: str
    sentence: str
    sequence: int | None = None
    page_id: int | None = None


def verify_entries(progress=lambda count: None) -> Iterator[Finding]:
    """Findings in the ledger and the rows that point at it, oldest first. `progress` is told each number checked."""
    previous, expected = GENESIS, 1
    entries = LedgerEntry.objects.select_related("sign_off", "withdrawal", "publication")
    for entry in entries.prefetch_related("sign_off__statements").iterator(chunk_size=CHUNK):
        if entry.sequence != expected:
            yield _finding(entry, "missing_entry", f"entries {expected} to {entry.sequence - 1} are missing.")
        if entry.previous_digest != previous:
            yield _finding(entry, "broken_chain", "it does not follow from the entry before: one of them was changed.")
        if entry.computed_digest() != entry.digest:
            yield _finding(entry, "changed_entry", "its content was changed after it was recorded.")
        yield from _verify_row(entry)
        previous, expected = entry.digest, entry.sequence + 1
        progress(1)


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


def _verify_row(entry: LedgerEntry) -> Iterator[Finding]:
    """The typed row of an entry says what the entry says, and no other row claims the entry."""
    for kind, (name, differs) in _ROWS.items():
        row, noun = getattr(entry, name, None), name.replace("_", "-")
        if row is not None and entry.kind != kind:
            yield _finding(entry, "forged_row", f"a {noun} row points at it, and it records something else.")
        elif row is None and entry.kind == kind:
            yield _finding(entry, "missing_row", f"its {noun} row was deleted.")
        elif row is not None and (difference := differs(row, entry.data)):
            yield _finding(entry, "changed_row", f"its {noun} row differs from what was recorded: {difference}.")


def _sign_off_differs(row: SignOff, payload: dict) -> str | None:
    fields = (
        "user_id",
        "clinician_id",
        "page_id",
        "page_digest",
        "meaning",
        "attestation",
        "printed_name",
        "credentials",
    )
    for field in fields:
        if getattr(row, field) != payload[field]:
            return field
    if row.signed_at.isoformat() != payload["signed_at"] or row.valid_until.isoformat() != payload["valid_until"]:
        return "its dates"
    if digest_again(payload["page_content"]) != payload["page_digest"]:
        return "the digest of the page"
    return _statements_differ(list(row.statements.all()), payload["statements"])


def _statements_differ(rows, recorded) -> str | None:
    if [row.digest for row in rows] != [item["digest"] for item in recorded]:
        return "its statements"
    if any(digest_of_text(row.canonical) != row.digest for row in rows):
        return "its statements"
    if any(digest_again(item["canonical"]) != item["digest"] for item in recorded):
        return "the digest of a statement"
    return None


def _withdrawal_differs(row, payload: dict) -> str | None:
    return None if (row.sign_off_id, row.reason) == (payload["sign_off"], payload["reason"]) else "what was withdrawn"


def _publication_differs(row: Publication, payload: dict) -> str | None:
    content = payload["content"]
    if json.loads(row.content) != content:
        return "its words"
    statements = [digest_again(statement) for statement in content["statements"]]
    page_digest = digest_again({"format": FORMAT, "fields": content["fields"], "statements": statements})
    return None if row.page_digest == payload["page_digest"] == page_digest else "its digest"


_ROWS = {
    LedgerEntry.Kind.SIGNED_OFF: ("sign_off", _sign_off_differs),
    LedgerEntry.Kind.WITHDRAWN: ("withdrawal", _withdrawal_differs),
    LedgerEntry.Kind.PUBLISHED: ("publication", _publication_differs),
}


def _verify_public_page(public: PublicPage) -> Iterator[Finding]:
    publication = public.publication
    if public_article(public.pk) is None and not _merely_lapsed(publication):
        yield _public(
            publication, "not_signed", "is not covered by sign-offs in force, so patients get 410 in its place"
        )
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
    return not missing_signatures(content, signatures_for(content, at=publication.published_at))


def _finding(entry: LedgerEntry, code: str, sentence: str) -> Finding:
    return Finding(
        code, f"Entry {entry.sequence} ({entry.get_kind_display()}) does not fit: {sentence}", entry.sequence
    )


def _public(publication: Publication, code: str, sentence: str) -> Finding:
    return Finding(code, f"“{publication.title}” {sentence}.", publication.entry_id, publication.page_id)
