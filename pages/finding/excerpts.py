"""A passage of the signed words that has what was looked for. Taken from the record, never from the index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pages.plain import plain
from pages.reading import Passage
from reviews.models import SignOff
from reviews.reader import PublicArticle
from reviews.signatures import Signatures
from reviews.statements import Statement

from .passages import passages, printed_beside
from .sentences import begun

# What would be longer is not printed: to cut it otherwise than at the end of a sentence could turn its sense around.
LONGEST = 440
# A passage that is shorter says little by itself.
_SHORT = 40
_RUNS = re.compile(r"[^\W_]+|[\W_]+")
_TRAILING = re.compile(r"(?:ings?|ies|ed|es|s|e|y)$")
_ENDING = r"(?:ings?|ies|ed|es|s|e|y)?"
_ANY_ENDING = r"[^\W_]*"


@dataclass(frozen=True)
class Excerpt:
    """Words of one passage in order, in parts, each with whether it was looked for.

    What leads into a quotation stands apart from it: `lead` is not hers.
    """

    paragraphs: Sequence[Sequence[tuple[str, bool]]]
    lead: Sequence[tuple[str, bool]] = ()
    quotation: Statement | None = None
    signature: SignOff | None = None


def excerpt(article: PublicArticle, words: Sequence[str]) -> Excerpt | None:
    """The passage that has the most of the words, prose before quotations. None if no passage has one."""
    pattern = _pattern(words)
    found = [(passage, _worth(passage, pattern, article.signatures)) for passage in passages(article.content)]
    best, worth = max(found, key=lambda pair: pair[1], default=(None, (0,)))
    if not worth[0]:
        return None
    if best.quotation:
        return _quoted(best, pattern, article.signatures)
    return Excerpt(paragraphs=[_parts(printable(best), pattern)])


def printable(passage: Passage) -> str:
    """What may be printed of a passage: from what leads into it to the end of a sentence; a quotation whole or not."""
    if not _has_short_leads(passage):
        return ""
    if passage.quotation:
        return passage.text if len(passage.text) <= LONGEST else ""
    return begun(passage.text + " …" * passage.goes_on, LONGEST, after=len(passage.opening))


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it was looked for."""
    return _parts(text, _pattern(words))


def _has_short_leads(passage: Passage) -> bool:
    """An excerpt is the practice's words or a clinician's, never both in one."""
    length = 0
    for lead in passage.leads():
        length += len(lead.words)
        if lead.quotation or length > LONGEST:
            return False
    return True


def _quoted(passage: Passage, pattern: re.Pattern, signatures: Signatures) -> Excerpt:
    return Excerpt(
        paragraphs=[_parts(paragraph, pattern) for paragraph in passage.words.split("\n\n")],
        lead=_parts(passage.opening.strip(), pattern),
        quotation=passage.quotation,
        signature=signatures.for_quotation(passage.quotation),
    )


def _worth(passage: Passage, pattern: re.Pattern, signatures: Signatures) -> tuple:
    """More words before fewer, then prose before quotations, then what is long enough to say something."""
    text, beside = printable(passage), printed_beside(passage, signatures)
    if not text or (passage.quotation and not beside):
        return (0,)
    if not (hits := _hits(f"{text} {beside}", pattern)):
        return (0,)
    own = _hits(f"{text[len(passage.opening) :]} {beside}", pattern)
    return hits, not passage.quotation, len(text) >= _SHORT, own


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
