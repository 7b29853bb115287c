"""Canonical form: the one way to write down content, so that equal words have equal bytes everywhere."""

import hashlib
import json
import re
import textwrap
import unicodedata

FORMAT = 1

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*\n\s*")


def fold(text: str) -> str:
    """NFC with white space folded to single spaces; what a reader sees stays the same.

    What no reader can see and no database can hold (NUL, half a surrogate pair) is left out.
    """
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold_paragraphs(text: str) -> str:
    """Like `fold`, but a blank line stays a paragraph break, because a reader sees it."""
    return "\n\n".join(filter(None, map(fold, _PARAGRAPH_BREAK.split(text.replace("\r\n", "\n")))))


def reads_the_same(one: str, other: str) -> bool:
    """Whether nobody could see a difference: nothing, or only characters that have no width."""
    visible = [_INVISIBLE.sub("", fold(text)) for text in (one, other)]
    return visible[0] in ("", visible[1])


def shortened(text: str, width: int = 70) -> str:
    """The beginning of a text, for a sentence about it. Whole words, and an ellipsis where something is left out."""
    return textwrap.shorten(text, width, placeholder=" …") if len(text) > width else text


def canonical_json(value) -> str:
    """RFC 8785 JSON of str, int, bool, None, lists and dicts with ASCII keys. Anything else raises TypeError.

    For these types the standard library writes what RFC 8785 asks, so a checker needs nothing else.
    """
    _refuse_other_types(value)
    return canonical_again(value)


def digest(value) -> str:
    """SHA-256 of the canonical JSON, as 64 hex digits."""
    return digest_of_text(canonical_json(value))


def digest_again(recorded) -> str:
    """The digest of a value that came out of the record: it was canonical when it went in."""
    return digest_of_text(canonical_again(recorded))


def digest_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_again(value) -> str:
    """Canonical JSON of a value that came out of the record."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _refuse_other_types(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise TypeError(f"A canonical key must be ASCII text, not {key!r}.")
            _refuse_other_types(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_other_types(item)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"{type(value).__name__} has no canonical form.")
