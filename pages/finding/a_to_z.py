"""The lists of what is public: from A to Z, with one topic, and the newest."""

from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from django.db.models import Count
from django.http import Http404

from pages.listing import Card, cards_of
from pages.plain import letter_of, slug_of

from .models import PublishedText
from .paging import page_or_404

PER_PAGE = 40
LETTERS = frozenset("#" + ascii_uppercase)


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, and the address of its first page: the list may go over many."""

    name: str
    href: str


@dataclass(frozen=True)
class Section:
    """The pages under one letter."""

    name: str
    articles: list[Card]

    @property
    def anchor(self):
        return anchor(self.name)


def anchor(letter: str) -> str:
    return "letter-other" if letter == "#" else f"letter-{letter.lower()}"


def everything(request) -> dict:
    """One page of the whole list, and where each letter begins."""
    texts = PublishedText.objects.standing()
    counts = list(texts.values_list("letter").annotate(Count("pk")).order_by("letter"))
    page = page_or_404(request, texts.a_to_z().values_list("page_id", flat=True), PER_PAGE)
    return {"letters": _letters(counts, page.number), "page_of_list": page, "sections": _sections(page)}


def tagged(request, slug: str) -> dict:
    """One page of the list of a topic, under the topic's signed name."""
    texts = PublishedText.objects.standing().filter(tags__slug=slug)
    page = page_or_404(request, texts.a_to_z().values_list("page_id", flat=True), PER_PAGE)
    sections = _sections(page)
    names = [name for section in sections for card in section.articles for name in card.tags if slug_of(name) == slug]
    if not names:
        raise Http404("No page has this topic.")
    return {"topic": names[0], "topic_slug": slug, "page_of_list": page, "sections": sections}


def newest_reviewed(number: int) -> list[Card]:
    """The pages that somebody reviewed last."""
    newest = PublishedText.objects.standing().newest_first().values_list("page_id", flat=True)
    return cards_of(list(newest[:number]))


def _letters(counts: list[tuple[str, int]], current: int) -> list[Letter]:
    letters, before = [], 0
    for letter, count in counts:
        number = before // PER_PAGE + 1
        if letter in LETTERS:
            letters.append(Letter(letter, f"{'' if number == current else f'?page={number}'}#{anchor(letter)}"))
        before += count
    return letters


def _sections(page) -> list[Section]:
    """What is public at this moment of one page of the list, a section for each letter that a signed title has."""
    listed = sorted(cards_of(list(page.object_list)), key=_letter)
    return [Section(letter, list(articles)) for letter, articles in groupby(listed, _letter)]


def _letter(card: Card) -> str:
    return letter_of(card.title)
