"""What went off the site lately and why, from the record: a few queries, however many articles there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from .canonical import shortened
from .models import LedgerEntry, PublicPage, SignOff, Withdrawal
from .reader import public_articles

TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class TakenOff:
    """One article that patients could read and no longer can; `why` says by whom."""

    page_id: int
    title: str
    at: datetime
    why: str


def taken_off() -> list[TakenOff]:
    """What ended within the last 30 days and is not public again, the newest first."""
    since = timezone.now() - TOLD_FOR
    return sorted([*_ended(since), *_lapsed(since)], key=lambda item: item.at, reverse=True)


def _ended(since: datetime) -> list[TakenOff]:
    """By somebody who withdrew a sign-off or took the article down."""
    public = PublicPage.objects.filter(page_id=OuterRef("page_id"))
    ends = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.TAKEN_DOWN, recorded_at__gt=since)
    ends = ends.filter(~Exists(public), _is_there()).order_by("sequence")
    newest = {entry.page_id: entry for entry in ends}
    withdrawals = _withdrawals(newest, since)
    return [
        TakenOff(page_id, entry.data["title"], entry.recorded_at, _why_ended(entry, withdrawals))
        for page_id, entry in newest.items()
    ]


def _is_there():
    return Exists(Page.objects.filter(pk=OuterRef("page_id")))


def _withdrawals(page_ids: Collection[int], since: datetime) -> list[Withdrawal]:
    if not page_ids:
        return []
    found = Withdrawal.objects.filter(sign_off__page_id__in=page_ids, withdrawn_at__gt=since)
    return list(found.select_related("sign_off").order_by("pk"))


def _why_ended(entry: LedgerEntry, withdrawals: list[Withdrawal]) -> str:
    data = entry.data
    before = [item for item in withdrawals if item.sign_off.page_id == entry.page_id and item.pk < entry.pk]
    if data["reason"] == "withdrawn" and before:
        return f"{before[-1].sign_off.name_line}, withdrew her sign-off{_because(before[-1].reason)}"
    by = data["by"] or {}
    name = by.get("name") or by.get("username") or "Somebody"
    return f"{name} took it down{_because(data['note'])}"


def _because(reason: str) -> str:
    return f": “{shortened(reason, 300).rstrip('.')}”." if reason else "."


def _lapsed(since: datetime) -> list[TakenOff]:
    """By itself, when a sign-off ended. That is no entry of the record."""
    now = timezone.now()
    ended = SignOff.objects.filter(valid_until__gt=since, valid_until__lte=now, withdrawal=None)
    rows = PublicPage.objects.filter(_is_there(), page_id__in=ended.values("page_id"))
    rows = rows.select_related("publication__entry")
    standing = public_articles(rows) if rows else {}
    publications = [row.publication for row in rows if row.page_id not in standing]
    first = _first_to_end(publications)
    return [
        TakenOff(item.page_id, item.title, sign_off.valid_until, _why_lapsed(sign_off))
        for item in publications
        if (sign_off := first.get(item.pk)) and since < sign_off.valid_until <= now
    ]


def _first_to_end(publications) -> dict[int, SignOff]:
    """By publication: the sign-off, of those it rested on, that ended first."""
    rested_on = {item.pk: item.entry.data["sign_offs"] for item in publications}
    sign_offs = SignOff.objects.in_bulk({pk for pks in rested_on.values() for pk in pks})
    found = {key: [sign_offs[pk] for pk in pks if pk in sign_offs] for key, pks in rested_on.items()}
    return {key: min(items, key=lambda item: item.valid_until) for key, items in found.items() if items}


def _why_lapsed(sign_off: SignOff) -> str:
    with_what = f" with a {sign_off.ends_with}" if sign_off.ends_with else ""
    return f"The sign-off of {sign_off.name_line}, ended{with_what}."
