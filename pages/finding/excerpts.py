"""A passage of the signed words around what was looked for. Taken from the record, never from the index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from reviews.canonical import fold
from reviews.statements import Form, ReviewableContent, Statement

from .keeping import body_statements
from .plain import plain

WIDTH = 220
_BLOCK_END = re.compile(r"</(?:li|p|h[2-6]|td|th)>|<br/?>")
_RUNS = re.compile(r"[^\W_]+|[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e", "y")


@dataclass(frozen=True)
class Excerpt:
    """`parts` are words of one statement in order, each with whether it was looked for."""

    parts: tuple[tuple[str, bool], ...]
    said_by: str = ""
    verbatim: bool = False


def excerpt(content: ReviewableContent, words: Sequence[str]) -> Excerpt | None:
    """The statement that has the most of the words, prose before quotations. None if no statement has one."""
    stems = [_stem(word) for word in words]
    statements = sorted(body_statements(content), key=lambda statement: statement.is_quotation)
    best = max(statements, key=lambda statement: len(_hits(statement.text, stems)), default=None)
    if best is None or not _hits(best.text, stems):
        return None
    return _excerpt_of(best, stems)


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it was looked for."""
    return _parts(text, [_stem(word) for word in words])


def _excerpt_of(statement: Statement, stems: list[str]) -> Excerpt:
    passage = max(_passages(statement), key=lambda passage: len(_hits(passage, stems)))
    return Excerpt(
        parts=_parts(_beginning_at_hit(passage, stems), stems),
        said_by=statement.attribution if statement.is_quotation else "",
        verbatim=statement.form == Form.VERBATIM,
    )


def _passages(statement: Statement) -> list[str]:
    """Its paragraphs and list items: to run two of them together could say what nobody signed."""
    if not statement.markup:
        return statement.text.split("\n\n")
    parts = _BLOCK_END.split(statement.markup)
    return [fold(unescape(strip_tags(part))) for part in parts if strip_tags(part).strip()] or [statement.text]


def _beginning_at_hit(passage: str, stems: list[str]) -> str:
    """Whole sentences where they fit, so that nobody is quoted by half; else whole words around the first hit."""
    sentences = _SENTENCE_END.split(passage)
    start = max(range(len(sentences)), key=lambda number: len(_hits(sentences[number], stems)))
    text, end = sentences[start], start + 1
    while end < len(sentences) and len(text) + len(sentences[end]) < WIDTH:
        text, end = f"{text} {sentences[end]}", end + 1
    if len(text) > WIDTH:
        return _around_first_hit(text, stems, start > 0, end < len(sentences))
    return f"{'… ' * (start > 0)}{text}{' …' * (end < len(sentences))}"


def _around_first_hit(text: str, stems: list[str], more_before: bool, more_after: bool) -> str:
    words = text.split()
    first = next((number for number, word in enumerate(words) if _hits(word, stems)), 0)
    start, taken, length = max(0, first - 8), [], 0
    for word in words[start:]:
        length += len(word) + 1
        if length > WIDTH and taken:
            break
        taken.append(word)
    before = "… " if start or more_before else ""
    after = " …" if start + len(taken) < len(words) or more_after else ""
    return f"{before}{' '.join(taken)[: 2 * WIDTH]}{after}"


def _parts(text: str, stems: list[str]) -> tuple[tuple[str, bool], ...]:
    parts = []
    for run in _RUNS.findall(text):
        hit = _is_hit(run, stems)
        if parts and parts[-1][1] == hit:
            parts[-1] = (parts[-1][0] + run, hit)
        else:
            parts.append((run, hit))
    return tuple(parts)


def _hits(text: str, stems: list[str]) -> set[str]:
    text = plain(text)
    possible = [stem for stem in stems if stem in text]
    runs = {_stem(run) for run in _RUNS.findall(text)} if possible else ()
    return {stem for stem in possible if any(_begins(run, stem) for run in runs)}


def _is_hit(run: str, stems: list[str]) -> bool:
    word = _stem(plain(run))
    return any(_begins(word, stem) for stem in stems)


def _begins(word: str, stem: str) -> bool:
    return word == stem or (len(stem) > 3 and word.startswith(stem))


def _stem(word: str) -> str:
    """Roughly what both databases make of an English word. Only marks hang on it, not what is found."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending)
    return word
