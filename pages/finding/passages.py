"""The words of an article below title and summary: what search finds and what it prints come from here."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils import timezone

from pages.content import shown_blocks
from pages.reading import Passage, Reading
from reviews.reader import PublicArticle
from reviews.signatures import Signatures
from reviews.statements import ReviewableContent


def passages(content: ReviewableContent) -> tuple[Passage, ...]:
    """What patients read today, in the order in which they read it."""
    return _read(content, timezone.localdate())


def words_read(article: PublicArticle) -> str:
    """All of it once, with what is printed beside quotations."""
    read = passages(article.content)
    beside = (printed_beside(passage, article.signatures) for passage in read)
    return " ".join(dict.fromkeys([*_words_and_leads(read), *filter(None, beside)]))


def _words_and_leads(read: tuple[Passage, ...]) -> Iterator[str]:
    """Labels lead into passages and are none themselves. What many passages share is walked through once."""
    walked = set()
    for passage in read:
        yield passage.words
        for lead in passage.leads():
            if id(lead) in walked:
                break
            walked.add(id(lead))
            yield lead.words


def printed_beside(passage: Passage, signatures: Signatures) -> str:
    """Who says it, as she signed, and what ties her to it."""
    sign_off = passage.quotation and signatures.for_quotation(passage.quotation)
    return f"{sign_off.name_line} {passage.quotation.disclosure}" if sign_off else ""


@lru_cache(maxsize=256)
def _read(content: ReviewableContent, day: date) -> tuple[Passage, ...]:
    """Recorded words never change, so each process reads them once a day."""
    reading = Reading()
    for block, data in shown_blocks(content, day):
        block.read_out(data, reading)
    return tuple(reading.passages)
