"""One article's whole story, for compliance: on screen, on paper, as a bundle, and as of any day."""

import tempfile
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page

from reviews.bundle.export import write_bundle
from reviews.bundle.story import Event, events_of, page_of
from reviews.models import LedgerEntry
from reviews.permissions import may_edit


def record_of_review(request, page_id):
    """What was asked, signed, published and ended; for a given day, what patients read then and who stood for it."""
    events = events_of(_entries(request, page_id))
    asked_for = request.GET.get("on", "")
    day = _day(asked_for)
    context = {
        "events": events,
        "page": page_of(events),
        "created": timezone.now(),
        "asked_for": asked_for,
        "day": day,
        "that_day": day and publication_on(events, _end_of(day)),
    }
    return render(request, "reviews/record/screen.html", context)


def export_record_of_review(request, page_id):
    """The same as a bundle that checks itself."""
    entries = _entries(request, page_id)
    # The response closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_bundle(file, page={"id": page_id, "path": page_of(events_of(entries))["path"]})
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"record-of-review-{page_id}.zip")


def publication_on(events: list[Event], moment: datetime) -> Event | None:
    """What was public at this moment, or None: published before, neither ended nor lapsed by then."""
    published = [event for event in events if event.kind == LedgerEntry.Kind.PUBLISHED]
    for event in reversed([event for event in published if event.entry.recorded_at <= moment]):
        ended = event.ended and event.ended.entry.recorded_at <= moment
        lapsed = event.until and event.until <= moment
        return None if ended or lapsed else event
    return None


def _entries(request, page_id) -> list[LedgerEntry]:
    """The entries of this page, for those who may see them. The page itself may be gone."""
    page = Page.objects.filter(pk=page_id).first()
    if not (request.user.has_perm("reviews.view_ledgerentry") or (page and may_edit(request.user, page))):
        raise PermissionDenied
    entries = list(LedgerEntry.objects.filter(page_id=page_id))
    if not entries:
        raise Http404("The record knows nothing of this page.")
    return entries


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
