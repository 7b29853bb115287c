from urllib.parse import urlsplit

from wagtail.models import Page, Site

from reviews.canonical import canonical_json
from reviews.errors import ReviewError
from reviews.models import LedgerEntry


def find_page(asked_for: str) -> dict:
    """The article as a bundle names it ({"id", "path"}), by its page id, its address, or an address it used to have."""
    ids = _by_id(asked_for) if asked_for.isascii() and asked_for.isdigit() else _by_address(asked_for)
    if not ids:
        raise ReviewError(
            "unknown_page",
            f"There is no article {asked_for}, and the record knows of none. "
            "Give its address, such as /procedures/peel/, or its page id.",
        )
    if len(ids) > 1:
        numbers = ", ".join(map(str, sorted(ids)))
        raise ReviewError(
            "ambiguous_page", f"Several articles had the address {asked_for}. Choose one by its page id: {numbers}."
        )
    [page_id] = ids
    return {"id": page_id, "path": _recorded_path(page_id)}


def _by_id(asked_for: str) -> set[int]:
    page_id = int(asked_for[:18])
    is_known = Page.objects.filter(pk=page_id).exists() or LedgerEntry.objects.filter(page_id=page_id).exists()
    return {page_id} if is_known else set()


def _by_address(asked_for: str) -> set[int]:
    """Pages that are there today come first; the record remembers the addresses of all others."""
    place = f"{urlsplit(asked_for).path.strip('/')}/"
    roots = Site.objects.values_list("root_page__url_path", flat=True)
    paths = {f"/{place}", *(f"{root}{place}" for root in roots)}
    return set(Page.objects.filter(url_path__in=paths).values_list("pk", flat=True)) or _by_recorded_address(paths)


def _by_recorded_address(paths: set[str]) -> set[int]:
    found = set()
    for path in paths:
        entries = LedgerEntry.objects.filter(payload__contains=f'"path":{canonical_json(path)}')
        found |= set(entries.order_by().values_list("page_id", flat=True).distinct())
    return found - {None}


def _recorded_path(page_id: int) -> str:
    """The address under which the record knew the page last. Entries that end something name no address."""
    payloads = (entry.data for entry in LedgerEntry.objects.filter(page_id=page_id).order_by("-sequence").iterator())
    return next((payload["page"]["path"] for payload in payloads if "page" in payload), "")
