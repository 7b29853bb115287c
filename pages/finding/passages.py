"""The words of a statement as a patient meets them, passage by passage.

A statement of several fields is signed with a label before each. On the page some labels stand there too, and others
are told by the place: nobody reads “Risk: Infection”. To run two passages together could say what nobody signed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from django.utils.html import strip_tags

from reviews.canonical import fold
from reviews.statements import Statement

_BLOCK_END = re.compile(r"</(?:li|p|h[2-6]|td|th)>|<br/?>")
_LABEL = re.compile(r"(?:\s|</?[uo]l>)*<p><b>([^<]+):</b>\s*")
_LIST_END = re.compile(r"\s*</[uo]l>")
# By the label of a statement, which of its lines names what the next lines are about: “Infection: 1 in 266”.
_NAMED_BY = {
    "risk": "Risk",
    "alternatives": "Choice",
    "recovery": "When",
    "Question and answer": "Question",
    "safety alert": "Heading",
}
# What the place on the page says instead.
_TOLD_BY_THE_PLACE = frozenset(
    [
        *("Alert", "How often", "How serious", "What to expect", "Aim", "Treatment"),
        *("How skin may look and feel", "What you can do"),
    ]
)
# What no patient reads, or reads in other words.
_NOT_READ = frozenset(["Shown until the consent ends on", "Price checked on"])
# What reads on without a colon.
_READS_ON = re.compile(r".* if(?: you)?|From|Second picture taken")
_PICTURE = "Described as: "


def passages(statement: Statement) -> tuple[str, ...]:
    """Paragraphs and list items, each with the label that a patient sees before it."""
    if not statement.markup:
        return tuple(statement.text.removeprefix(_PICTURE).split("\n\n"))
    return _of_markup(statement.markup, statement.label) or (statement.text,)


@lru_cache(maxsize=4096)
def _of_markup(markup: str, kind: str) -> tuple[str, ...]:
    found, name = [], ""
    for label, words in _labelled_parts(markup):
        if label == _NAMED_BY.get(kind):
            name = words
        # Paragraphs that a writer wrote have no label of ours.
        elif not kind:
            found.append(_joined(label, words))
        elif label not in _NOT_READ:
            found.append(_joined(name, _joined("" if label in _TOLD_BY_THE_PLACE else label, words)))
    return tuple(found)


def _labelled_parts(markup: str) -> Iterator[tuple[str, str]]:
    """Paragraphs and list items, each with its label. A label that stands alone is that of all up to the next."""
    standing = ""
    for part in _BLOCK_END.split(markup):
        match = _LABEL.match(part)
        words = fold(unescape(strip_tags(part[match.end() :] if match else part)))
        if match and not words:
            standing = fold(unescape(match[1]))
        elif words:
            standing = "" if match or _LIST_END.match(part) else standing
            yield fold(unescape(match[1])) if match else standing, words


def _joined(label: str, words: str) -> str:
    if not label:
        return words
    return f"{label} {words}" if _READS_ON.fullmatch(label) or label.endswith(("?", "!", ".")) else f"{label}: {words}"
