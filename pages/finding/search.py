"""Search over what is public, and nothing else."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from pages.listing import Card, cards_of
from pages.plain import words_of
from reviews.reader import public_pages

from . import fulltext
from .asking import Question, read_question
from .excerpts import Excerpt, excerpt, marked
from .keeping import keep_outdated
from .models import PublishedText

# More than these nobody reads; a better question finds more.
MOST = 50
_CANDIDATES = 300
_CLOSEST = 5
_ALIKE = 0.7
_SHORTEST_PREFIX = 3


@dataclass(frozen=True)
class Result:
    """A page that was found, in its signed words."""

    card: Card
    words: Sequence[str]

    @property
    def title(self):
        return marked(self.card.title, self.words)

    @property
    def summary(self):
        return marked(self.card.summary, self.words)

    @property
    def also_known_as(self):
        """Other names, if one of them was looked for."""
        parts = marked(self.card.article.content.fields.get("also_known_as", ""), self.words)
        return parts if any(is_hit for _, is_hit in parts) else ()

    @cached_property
    def excerpt(self) -> Excerpt | None:
        return excerpt(self.card.article, self.words)


@dataclass(frozen=True)
class Search:
    """Answers one question. `page_ids` are the best pages first; `loosely` says that none has all of the words."""

    question: Question
    page_ids: list[int]
    loosely: bool = False

    @property
    def is_capped(self) -> bool:
        return len(self.page_ids) >= MOST

    def results(self, page_ids: Sequence[int]) -> list[Result]:
        return [Result(card, self.question.words) for card in cards_of(page_ids)]


def search(typed: str) -> Search:
    """The best pages for what was typed: with all of the words; else with words that begin so; else with some."""
    question = read_question(typed)
    if not question.words:
        return Search(question, [])
    keep_outdated()
    for prefix, any_of in ((False, False), (True, False), (False, True)):
        if found := _public(_found(question.words, prefix, any_of)):
            return Search(question, found, loosely=any_of)
    return Search(question, [])


def closest(question: Question) -> list[Card]:
    """Pages with a title that looks like a word of the question, for when nothing was found."""
    longest = max(question.words, key=len, default="")
    if len(longest) < 3:
        return []
    begins_alike = Q(sort_key__startswith=longest[:2]) | Q(sort_key__contains=f" {longest[:2]}")
    texts = PublishedText.objects.standing().filter(begins_alike).newest_first()
    keys = texts.values_list("page_id", "sort_key")[:_CANDIDATES]
    words = {page_id: set(words_of(sort_key)) for page_id, sort_key in keys}
    alike = difflib.get_close_matches(longest, set().union(*words.values()), _CLOSEST, _ALIKE)
    near = dict.fromkeys(page_id for word in alike for page_id, of in words.items() if word in of)
    return cards_of(list(near)[:_CLOSEST])


def _found(words: Sequence[str], prefix: bool, any_of: bool) -> list[int]:
    if prefix and min(map(len, words)) < _SHORTEST_PREFIX:
        return []
    return fulltext.best_pages(words, limit=MOST, prefix=prefix, any_of=any_of)


def _public(page_ids: list[int]) -> list[int]:
    """Those that are public at this moment, in words that patients see: what was indexed is only a hint."""
    indexed = PublishedText.objects.standing().in_step().filter(page_id__in=page_ids)
    public = set(public_pages(indexed.values("page_id")).values_list("page_id", flat=True))
    return [page_id for page_id in page_ids if page_id in public]
