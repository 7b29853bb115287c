"""Where links into an article lead. Every anchor is unique, however often a heading or a quotation is repeated."""

import re
from itertools import count

from django.utils.text import slugify

# What the templates themselves use.
_TAKEN = re.compile(r"main|sources|checked|.*-heading|source-\d+|ref-\d+-\d+|s-[0-9a-f]{8}(-\d+)?|plate-.*|strata")


class Anchors:
    """Gives each block of one article the anchor it asks for, or the next free one like it."""

    def __init__(self):
        self._given = set()

    def for_heading(self, text: str) -> str:
        wanted = slugify(text)[:60].strip("-") or "section"
        return self._unique(f"section-{wanted}" if _TAKEN.fullmatch(wanted) else wanted)

    def for_statement(self, digest: str) -> str:
        return self._unique(f"s-{digest[:8]}")

    def _unique(self, wanted: str) -> str:
        numbered = (f"{wanted}-{number}" for number in count(2))
        anchor = wanted if wanted not in self._given else next(name for name in numbered if name not in self._given)
        self._given.add(anchor)
        return anchor
