import re
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from reviews.reader import next_lapse, record_version

from .page_cache import KeptPage, PageCache

# The only query that has answers of its own to keep, where the view reads it. A list has a page for each at most.
_QUERY = re.compile(r"(?:page=[1-9][0-9]{0,2})?", re.ASCII)
_PUBLIC_STATUSES = (200, 404, 410)
_USUAL_PORTS = {"http": "80", "https": "443"}

kept_pages = PageCache(settings.PUBLIC_CACHE["bytes"])


class PublicCacheMiddleware:
    """Answers readers from memory, as long as the record is the one that the page was rendered from.

    Stands before sessions: a reader has none. Staff who are signed in get every page rendered anew.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._lapse: tuple[str, datetime | None] = ("", None)

    def __call__(self, request):
        if not is_public(request):
            return self.get_response(request)
        if not is_for_anybody(request):
            return _as_private(self.get_response(request))
        # Before rendering: a page that was begun before a withdrawal is never kept under what came after it.
        version, now = record_version(), timezone.now()
        keepable = is_keepable(request)
        if keepable and (page := kept_pages.get(_key(request), version, now)):
            return page.answer(request)
        unchanged_until = self._unchanged_until(version, now)
        response = self.get_response(request)
        if response.status_code not in _PUBLIC_STATUSES or not is_same_for_all(response):
            return response
        kept = keepable and response.status_code == 200 and _is_one_of_its_own(request)
        page = _rendered(response, unchanged_until, kept)
        if kept:
            seconds = timedelta(seconds=settings.PUBLIC_CACHE["seconds"])
            kept_pages.put(_key(request), version, min(unchanged_until, now + seconds), page)
        return page.answer(request)

    def _unchanged_until(self, version: str, now: datetime) -> datetime:
        """When time alone may change what is public: any sign-off lapses, or the day ends."""
        of_version, lapse = self._lapse
        if of_version != version or (lapse and lapse <= now):
            lapse = next_lapse(now)
            self._lapse = (version, lapse)
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min))
        return min(lapse, midnight) if lapse else midnight


def is_public(request: HttpRequest) -> bool:
    return not request.path_info.startswith(settings.PUBLIC_CACHE["not_below"])


def is_for_anybody(request: HttpRequest) -> bool:
    """A reader's request: nobody is signed in, nothing is changed, and it is not about the desk."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and is_public(request)
    )


def is_keepable(request: HttpRequest) -> bool:
    """Asked at one of the few addresses that a page has: whoever asks makes up queries and ports."""
    port = split_domain_port(request.get_host())[1]
    ours = ("", _USUAL_PORTS.get(request.scheme), str(urlsplit(settings.WAGTAILADMIN_BASE_URL).port))
    query = request.META.get("QUERY_STRING", "")
    return port in ours and bool(_QUERY.fullmatch(query)) and settings.PUBLIC_CACHE["seconds"] > 0


def is_same_for_all(response: HttpResponse) -> bool:
    """Whole, without a cookie, not of one person, and not told otherwise by its view."""
    return not (
        response.streaming
        or response.cookies
        or response.has_header("Content-Encoding")
        or response.has_header("Cache-Control")
        or "cookie" in response.headers.get("Vary", "").lower()
    )


def _key(request: HttpRequest) -> tuple:
    """What Wagtail tells its sites apart by, the name of the host and the port that was reached, and the address."""
    name = split_domain_port(request.get_host())[0]
    return request.scheme, name, request.get_port(), request.get_full_path()


def _is_one_of_its_own(request: HttpRequest) -> bool:
    """The bare address, or a page of a list: `page_or_404` says that it read the number."""
    return not request.META.get("QUERY_STRING") or getattr(request, "is_page_of_list", False)


def _as_private(response: HttpResponse) -> HttpResponse:
    """Somebody may be signed in, so no cache keeps it. Without a word, shared caches would guess for how long."""
    response.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(response, ["Cookie"])
    return response


def _rendered(response: HttpResponse, unchanged_until: datetime, kept: bool) -> KeptPage:
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
    return KeptPage(headers, response.content, unchanged_until, response.status_code, kept)
