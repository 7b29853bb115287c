"""What stands above and below a statement on the page, as a patient meets it, so that she can place it."""

import re
from collections.abc import Sequence
from html import unescape

from django.utils.html import strip_tags

from .canonical import fold, shortened
from .statements import Kind, Statement

_PASSAGE = re.compile(r"<(p|li)>(.*?)</\1>", re.DOTALL)
_LABEL = re.compile(r"^<b>[^<]*:</b>\s*")
_LENGTH = 140


def text_above(statements: Sequence[Statement], position: int) -> str:
    """Above a block of several fields its heading says more than any one of the fields."""
    if position == 0:
        return ""
    neighbor = statements[position - 1]
    if _is_composed(neighbor) and not _of_one_block(neighbor, statements[position]):
        headings = (item for item in reversed(statements[: position - 1]) if _is_heading(item))
        neighbor = next(headings, neighbor)
    return _opening(neighbor)


def text_below(statements: Sequence[Statement], position: int) -> str:
    return _opening(statements[position + 1]) if position + 1 < len(statements) else ""


def _opening(statement: Statement) -> str:
    """Its first words on the page: a title before the text, never a label that only the signed form has."""
    if statement.context.get("unseen"):
        return ""
    if title := statement.context.get("title"):
        return title
    return shortened(next(filter(None, _passages(statement)), ""), _LENGTH)


def _passages(statement: Statement):
    if not statement.markup:
        yield statement.text.split("\n\n")[0]
        return
    for _, inner in _PASSAGE.findall(statement.markup):
        yield _first_words(inner) if _is_composed(statement) else fold(unescape(strip_tags(inner)))
    yield statement.text


def _first_words(html: str) -> str:
    """Of a labelled field its words; of a label by itself the label, which the page prints as a heading."""
    words = fold(unescape(strip_tags(_LABEL.sub("", html))))
    return words or fold(unescape(strip_tags(html))).rstrip(":")


def _of_one_block(one: Statement, other: Statement) -> bool:
    block, found, _ = one.key.rpartition(".")
    return bool(found) and other.key.startswith(f"{block}.")


def _is_composed(statement: Statement) -> bool:
    return bool(statement.context.get("composed"))


def _is_heading(statement: Statement) -> bool:
    return statement.kind == Kind.COPY and statement.label == "Heading"
