"""A passage of the signed words around what was looked for. Taken from the record, never from the index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pages.plain import plain
from reviews.statements import Form, ReviewableContent

from .keeping import body_statements
from .passages import passages

WIDTH = 220
# A passage that is shorter says little by itself.
_SHORT = 40
_RUNS = re.compile(r"[^\W_]+|[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_TRAILING = re.compile(r"(?:ings?|ies|ed|es|s|e|y)$")
_ENDING = r"(?:ings?|ies|ed|es|s|e|y)?"
_ANY_ENDING = r"[^\W_]*"


@dataclass(frozen=True)
class Excerpt:
    """`parts` are words of one statement in order, each with whether it was looked for."""

    parts: tuple[tuple[str, bool], ...]
    said_by: str = ""
    verbatim: bool = False


def excerpt(content: ReviewableContent, words: Sequence[str]) -> Excerpt | None:
    """The passage that has the most of the words, prose before quotations. None if no passage has one."""
    pattern = _pattern(words)
    hit = [statement for statement in body_statements(content) if _hits(statement.text, pattern)]
    found = [(statement, passage) for statement in hit for passage in passages(statement)]
    best, passage = max(found, key=lambda pair: _worth(*pair, pattern), default=(None, ""))
    if not _hits(passage, pattern):
        return None
    return Excerpt(
        parts=_parts(_beginning_at_hit(passage, pattern), pattern),
        said_by=best.attribution if best.is_quotation else "",
        verbatim=best.form == Form.VERBATIM,
    )


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it was looked for."""
    return _parts(text, _pattern(words))


def _worth(statement, passage: str, pattern: re.Pattern) -> tuple:
    """More words before fewer, then prose before quotations, then what is long enough to say something."""
    return _hits(passage, pattern), not statement.is_quotation, len(passage) >= _SHORT


def _beginning_at_hit(passage: str, pattern: re.Pattern) -> str:
    """Whole sentences where they fit, so that nobody is quoted by half; else whole words around the first hit."""
    sentences = _SENTENCE_END.split(passage)
    start = max(range(len(sentences)), key=lambda number: _hits(sentences[number], pattern))
    text, end = sentences[start], start + 1
    while end < len(sentences) and len(text) + len(sentences[end]) < WIDTH:
        text, end = f"{text} {sentences[end]}", end + 1
    if len(text) > 2 * WIDTH:
        return _around_first_hit(text, pattern, start > 0, end < len(sentences))
    return f"{'… ' * (start > 0)}{text}{' …' * (end < len(sentences))}"


def _around_first_hit(text: str, pattern: re.Pattern, more_before: bool, more_after: bool) -> str:
    words = text.split()
    first = next((number for number, word in enumerate(words) if _hits(word, pattern)), 0)
    start, taken, length = max(0, first - 8), [], 0
    for word in words[start:]:
        length += len(word) + 1
        if length > WIDTH and taken:
            break
        taken.append(word)
    before = "… " if start or more_before else ""
    after = " …" if start + len(taken) < len(words) or more_after else ""
    return f"{before}{' '.join(taken)[: 2 * WIDTH]}{after}"


def _parts(text: str, pattern: re.Pattern) -> tuple[tuple[str, bool], ...]:
    runs = groupby(_RUNS.findall(text), key=lambda run: pattern.fullmatch(plain(run)) is not None)
    return tuple(("".join(same), is_hit) for is_hit, same in runs)


def _hits(text: str, pattern: re.Pattern) -> int:
    """How many of the words a text has."""
    return len({found.lastindex for found in pattern.finditer(plain(text))})


def _pattern(words: Sequence[str]) -> re.Pattern:
    """Every word in its other forms, roughly as both databases know them. Only marks hang on it, not what is found."""
    forms = [f"({re.escape(_stem(word))}{_ANY_ENDING if len(_stem(word)) > 3 else _ENDING})" for word in words]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms) or '(?!)'})(?![^\W_])")


def _stem(word: str) -> str:
    return _TRAILING.sub("", word) if len(word) > 4 else word
