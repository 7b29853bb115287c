"""The story of one article, told from its ledger entries alone: the pages that it was about may be gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from reviews.attestations import ATTESTATIONS, Meaning
from reviews.cards import kind_label
from reviews.errors import ReviewError
from reviews.models import LedgerEntry
from reviews.statements import Statement

_SHOWN_ELEMENTS = frozenset(("p", "ul", "ol", "li", "b", "strong", "i", "em", "sup", "sub", "br"))
_TIMES = ("signed_at", "valid_until", "published_at", "withdrawn_at")


@dataclass
class Words:
    """One statement as it was signed or published, and the sign-offs under it."""

    statement: Statement
    signed_by: list["Event"] = field(default_factory=list)

    @property
    def digest(self):
        return self.statement.digest

    @property
    def kind(self):
        return kind_label(self.statement)

    @property
    def html(self):
        return printable(self.statement.markup) if self.statement.markup else self.statement.text


@dataclass
class Event:
    """One ledger entry as the record of review tells it: `data` is its payload with times as times."""

    entry: LedgerEntry
    data: dict
    words: list[Words] = field(default_factory=list)
    rests_on: list["Event"] = field(default_factory=list)
    ended: "Event | None" = None
    published_in: "Event | None" = None

    @property
    def number(self):
        return self.entry.sequence

    @property
    def kind(self):
        return self.entry.kind

    @property
    def name_line(self):
        return ", ".join(filter(None, [self.data["printed_name"], self.data["postnominals"]]))

    @property
    def meaning(self):
        known = ATTESTATIONS.get(self.data["meaning"])
        return known.label if known else self.data["meaning"]

    @property
    def older(self):
        """Sign-offs that a publication rests on and that are not told here."""
        told = {sign_off.number for sign_off in self.rests_on}
        return [number for number in self.data["sign_offs"] if number not in told]

    @property
    def until(self) -> datetime | None:
        """A publication lapses with the earliest sign-off it rests on."""
        ends = [sign_off.data["valid_until"] for sign_off in self.rests_on]
        return None if self.older else min(ends, default=None)


def record_of_review(entries: list[LedgerEntry], created: datetime) -> tuple[str, str]:
    """File name and self-contained HTML of one article's record: what was asked, signed, published and ended."""
    events = events_of(entries)
    page = page_of(events)
    slug = slugify(page["path"].strip("/").rpartition("/")[2])
    name = "-".join(filter(None, [str(page["id"]), slug]))
    context = {"events": events, "page": page, "created": created}
    return f"record-of-review/{name}.html", render_to_string("reviews/record/record_of_review.html", context)


def events_of(entries: Iterable[LedgerEntry]) -> list[Event]:
    """The entries in order, each with what it leads to and what it rests on."""
    events = {}
    for entry in entries:
        try:
            events[entry.sequence] = event = Event(entry, _data(entry))
            _TELL.get(entry.kind, _tell_nothing)(event, events)
        except (KeyError, TypeError, ValueError) as error:
            raise ReviewError(
                "unreadable_entry",
                f"Entry {entry.sequence} cannot be read, so nothing was exported. Check the record with verify_record.",
            ) from error
    return list(events.values())


def printable(markup: str) -> SafeString:
    """Recorded HTML for paper: structure and emphasis stay, a link becomes its words and its address in plain sight."""
    soup = BeautifulSoup(markup, "html.parser")
    for element in soup.find_all(True):
        if element.name == "a":
            element.append(f" ({element.get('href') or 'page ' + element.get('id', '?')})")
        element.attrs = {}
        if element.name not in _SHOWN_ELEMENTS:
            element.unwrap()
    return SafeString(soup)


def _data(entry: LedgerEntry) -> dict:
    data = entry.data
    return data | {name: datetime.fromisoformat(data[name]) for name in _TIMES if name in data}


def _credential(recorded: dict) -> dict:
    days = {name: date.fromisoformat(recorded[name]) for name in ("checked_on", "valid_until") if recorded[name]}
    return recorded | days


def _tell_signed_off(event: Event, events: dict):
    event.data["credentials"] = [_credential(item) for item in event.data["credentials"]]
    event.words = [Words(Statement.from_canonical(item["canonical"])) for item in event.data["statements"]]


def _tell_published(event: Event, events: dict):
    for earlier in events.values():
        if earlier.kind == event.kind and earlier is not event and earlier.ended is None:
            earlier.ended = event
    event.rests_on = [events[number] for number in event.data["sign_offs"] if number in events]
    for canonical in event.data["content"]["statements"]:
        words = Words(Statement.from_canonical(canonical))
        words.signed_by = [item for item in event.rests_on if words.digest in {signed.digest for signed in item.words}]
        event.words.append(words)
    for sign_off in event.rests_on:
        if sign_off.data["meaning"] == Meaning.CLINICAL_REVIEW:
            sign_off.published_in = event


def _tell_ending(event: Event, events: dict):
    ended = events.get(event.data.get("sign_off") or event.data.get("publication"))
    if ended:
        ended.ended = event


def _tell_nothing(event: Event, events: dict):
    """Its payload says it all."""


_TELL = {
    LedgerEntry.Kind.SIGNED_OFF: _tell_signed_off,
    LedgerEntry.Kind.PUBLISHED: _tell_published,
    LedgerEntry.Kind.WITHDRAWN: _tell_ending,
    LedgerEntry.Kind.TAKEN_DOWN: _tell_ending,
}


def page_of(events: list[Event]) -> dict:
    """The article as it was last named. Entries that end something name no page, so its number may be all there is."""
    named = [event.data["page"] for event in events if "page" in event.data]
    titles = [event.data["title"] for event in events if "title" in event.data]
    page_id = events[-1].entry.page_id
    return named[-1] if named else {"id": page_id, "title": [*titles, f"Page {page_id}"][0], "path": "", "locale": ""}
