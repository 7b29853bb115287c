import re
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reviews.reader import next_lapse, record_version

from .page_cache import CACHE_CONTROL, KeptPage, PageCache

# The only query that has answers of its own to keep. Bounded, so that nobody fills the memory with addresses.
_QUERY = re.compile(r"(?:page=[1-9][0-9]{0,2})?", re.ASCII)
_PUBLIC_STATUSES = (200, 404, 410)

kept_pages = PageCache(settings.PUBLIC_CACHE["bytes"])


class PublicCacheMiddleware:
    """Answers readers from memory, as long as the record is the one that the page was rendered from.

    Stands before sessions: a reader has none. Staff who are signed in get every page rendered anew.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._lapse: tuple[str, datetime | None] = ("", None)

    def __call__(self, request):
        if not is_for_anybody(request):
            return self.get_response(request)
        if not is_keepable(request):
            return self._as_public(request, self.get_response(request))
        # Before rendering: a page that was begun before a withdrawal is never kept under what came after it.
        version, now = record_version(), timezone.now()
        key = (request.scheme, request.get_host(), request.get_full_path())
        if page := kept_pages.get(key, version, now):
            return page.answer(request)
        until = self._until(version, now)
        response = self.get_response(request)
        if response.status_code == 200 and is_same_for_all(response):
            kept_pages.put(key, version, until, page := _rendered(response))
            return page.answer(request)
        return self._as_public(request, response)

    def _as_public(self, request, response) -> HttpResponse:
        """Not kept, and all the same compressed and bounded in time for shared caches."""
        if response.status_code not in _PUBLIC_STATUSES or not is_same_for_all(response):
            return response
        return _rendered(response, kept=False).answer(request)

    def _until(self, version: str, now: datetime) -> datetime:
        """The end of what is kept now: some seconds on, when any sign-off lapses, or with the day."""
        of_version, lapse = self._lapse
        if of_version != version or (lapse and lapse <= now):
            lapse = next_lapse(now)
            self._lapse = (version, lapse)
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min))
        ends = [now + timedelta(seconds=settings.PUBLIC_CACHE["seconds"]), lapse, midnight]
        return min(end for end in ends if end)


def is_for_anybody(request: HttpRequest) -> bool:
    """A reader's request: nobody is signed in, nothing is changed, and it is not about the desk."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and not request.path_info.startswith(settings.PUBLIC_CACHE["not_below"])
    )


def is_keepable(request: HttpRequest) -> bool:
    return bool(_QUERY.fullmatch(request.META.get("QUERY_STRING", ""))) and settings.PUBLIC_CACHE["seconds"] > 0


def is_same_for_all(response: HttpResponse) -> bool:
    """Whole, without a cookie, not of one person, and not told otherwise by its view."""
    return not (
        response.streaming
        or response.cookies
        or response.has_header("Content-Encoding")
        or response.has_header("Cache-Control")
        or "cookie" in response.headers.get("Vary", "").lower()
    )


def _rendered(response: HttpResponse, kept: bool = True) -> KeptPage:
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
    return KeptPage(headers | {"Cache-Control": CACHE_CONTROL}, response.content, response.status_code, kept)
