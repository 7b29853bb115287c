"""Words as they are compared: no case, no accents. Both databases are given the same."""

import re
import unicodedata

from django.utils.text import slugify

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Lower case, and letters without their accents."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def words_of(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def slug_of(name: str) -> str:
    """A topic's name in an address."""
    return slugify(plain(name), allow_unicode=True)[:100]


def sort_key(title: str) -> str:
    """What decides the order of titles: words, without marks around them."""
    return " ".join(words_of(title))[:255]


def letter_of(title: str) -> str:
    """Where a title stands from A to Z; what begins with no Latin letter stands under the number sign."""
    first = sort_key(title)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
