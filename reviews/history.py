"""The record's events in Wagtail's own history and reports, where marketing looks first. The ledger is the evidence."""

from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page

from .models import LedgerEntry

PREFIX = "reviews"


class EntryFormatter(LogFormatter):
    """One kind of ledger entry as a line of the page's history."""

    def __init__(self, kind: LedgerEntry.Kind):
        self.label = kind.label

    def format_message(self, log_entry):
        return f"{self.label}, record entry {log_entry.data.get('entry')}"

    def format_comment(self, log_entry):
        return log_entry.data.get("note", "")


def register(actions) -> None:
    """For Wagtail's `register_log_actions` hook."""
    for kind in LedgerEntry.Kind:
        actions.register_action(f"{PREFIX}.{kind.value}")(_formatter(kind))


def note(entry: LedgerEntry, by) -> None:
    """Add a ledger entry to the history of its page, if it has one that still exists."""
    page = Page.objects.filter(pk=entry.page_id).first() if entry.page_id else None
    if page:
        # What one colleague writes to another is for the two of them.
        is_private = entry.kind == LedgerEntry.Kind.HANDED_OVER
        told = "" if is_private else entry.data.get("note") or entry.data.get("reason") or ""
        log(page.specific_deferred, f"{PREFIX}.{entry.kind}", user=by, data={"entry": entry.sequence, "note": told})


def _formatter(kind):
    return type("Formatter", (EntryFormatter,), {"__init__": lambda self: EntryFormatter.__init__(self, kind)})
