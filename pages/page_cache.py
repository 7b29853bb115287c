"""Whole public pages in the memory of this process. What makes that safe: docs/decisions/0011."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import brotli
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

# In the order in which we prefer them. A page that is kept is compressed once, so more effort is well spent.
CODINGS = {
    "br": lambda body, kept: brotli.compress(body, quality=6 if kept else 3),
    "gzip": lambda body, kept: gzip.compress(body, compresslevel=6 if kept else 3, mtime=0),
}
# A shared cache asks after this many seconds, whatever happens.
SHARED_SECONDS = 30


@dataclass
class KeptPage:
    """One response as it was rendered, in the codings that were asked for so far; time alone ends it at a moment."""

    headers: dict
    body: bytes
    unchanged_until: datetime
    status: int = 200
    kept: bool = True
    coded: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self):
        self.etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    def answer(self, request) -> HttpResponse:
        """The response to this request: 304, or the page in the best coding that the reader accepts."""
        coding = accepted_coding(request.headers.get("Accept-Encoding", ""))
        body = self._in(coding) if coding else self.body
        headers = {"Content-Length": str(len(body)), "Cache-Control": cache_control(self.unchanged_until)}
        headers |= {"Content-Encoding": coding} if coding else {}
        response = HttpResponse(
            b"" if request.method == "HEAD" else body, status=self.status, headers=self.headers | headers
        )
        patch_vary_headers(response, ["Accept-Encoding"])
        if self.status != 200:
            return response
        response.headers["ETag"] = self.etag
        return get_conditional_response(request, etag=self.etag, response=response)

    def _in(self, coding: str) -> bytes:
        if coding not in self.coded:
            self.coded[coding] = CODINGS[coding](self.body, self.kept)
        return self.coded[coding]


class PageCache:
    """Pages by address, each with the version of the record it was rendered from. The least used go first."""

    def __init__(self, most_bytes: int):
        self.most_bytes, self._bytes = most_bytes, 0
        self._kept: OrderedDict[tuple, tuple[str, datetime, KeptPage]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple, version: str, now: datetime) -> KeptPage | None:
        """The page, if it was rendered from this version of the record and its time is not over."""
        with self._lock:
            of_version, until, page = self._kept.get(key, (None, None, None))
            if of_version != version or until <= now:
                return None
            self._kept.move_to_end(key)
            return page

    def put(self, key: tuple, version: str, until: datetime, page: KeptPage):
        with self._lock:
            self._drop(key)
            self._kept[key] = (version, until, page)
            self._bytes += _size(page)
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def clear(self):
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key):
        if key in self._kept:
            self._bytes -= _size(self._kept.pop(key)[2])


def cache_control(unchanged_until: datetime) -> str:
    """A browser asks each time, and is told 304. A shared cache keeps nothing beyond the moment, and nothing stale."""
    left = int((unchanged_until - timezone.now()).total_seconds())
    seconds = max(0, min(SHARED_SECONDS, left))
    return f"public, max-age=0, s-maxage={seconds}, must-revalidate, proxy-revalidate"


def accepted_coding(header: str) -> str | None:
    """The best coding that the header names without forbidding it. Whatever else it says is ignored."""
    offers = [offer.partition(";") for offer in header.lower().split(",")[:20]]
    named = {name.strip() for name, _, weight in offers if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.000")}
    return next((coding for coding in CODINGS if coding in named), None)


def _size(page: KeptPage) -> int:
    """Counted with room for both codings, which come later and are smaller than half of it together."""
    return 2 * len(page.body) + 1024
