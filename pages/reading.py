"""A body as patients read it from top to bottom: passage by passage, each with what leads into it.

Words that are printed away from their page keep what leads into them: “use a tanning bed” alone could say the opposite
of what was signed. Labels that a signer reads decide nothing here; every block reads itself out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html.parser import HTMLParser

from reviews.canonical import fold
from reviews.statements import Statement

NEW_LINE = "\n"

_LISTS = ("ul", "ol")
_BREAKS = ("p", "li", *_LISTS)
_BOLD = ("b", "strong")
_ITEM, _PARAGRAPH, _TITLE, _LIST, _LIST_END = "item", "paragraph", "title", "list", "end of list"

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_SENTENCE_WITHIN = re.compile(r"[.!?…][\"'”’)\]]*\s")
# What cannot begin a text: it goes on from the words before.
_GOES_ON = re.compile(r"\W*(?:[a-z]|(?:Also|And|Or|Nor|But|Neither|As well|Plus)\b)")


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list item or a whole quotation. `lead` is what a patient has to read before it.

    Headings and labels govern all that stands below them; other words lead into what comes next. `breaks_off` says that
    something stands between them and that, `goes_on` that what follows belongs to the same list or sentence.
    """

    words: str
    lead: "Passage | None" = None
    quotation: Statement | None = None
    is_heading: bool = False
    is_label: bool = False
    breaks_off: bool = False
    goes_on: bool = False

    @cached_property
    def opening(self) -> str:
        """What leads into the words, and an ellipsis where something between is left out."""
        return "".join(f"{lead.words}{lead.gap}" for lead in reversed([*self.leads()]))

    @property
    def text(self) -> str:
        return f"{self.opening}{self.words}"

    @property
    def gap(self) -> str:
        """What stands between these words and those that they lead into."""
        reads_on = self.is_label or self.words.endswith(":")
        return f"{' …' if self.breaks_off else ''}{' ' if reads_on else NEW_LINE}"

    @property
    def governs(self) -> bool:
        return self.is_heading or self.is_label

    @property
    def leads_on(self) -> bool:
        """Whether a sentence is left open."""
        return not (self.governs or self.quotation or _SENTENCE_END.search(self.words))

    @property
    def apart(self) -> "Passage":
        return replace(self, breaks_off=True)

    def leads(self) -> Iterator["Passage"]:
        """All that leads into it, the nearest first."""
        lead = self.lead
        while lead:
            yield lead
            lead = lead.lead


class Reading:
    """Collects the passages of a body, or of one place in it below labels."""

    def __init__(self, passages: list[Passage] | None = None, label: Passage | None = None):
        self.passages = [] if passages is None else passages
        self._label = self._top = self._standing = self._before = label
        self._enumerates = self._is_after_list = False
        self._lists: list[_OpenList] = []

    def heading(self, words: str) -> None:
        if words:
            self._top = self._standing = Passage(words, self._label, is_heading=True)
            self._add(self._top)

    def text(self, plain: str) -> None:
        """Paragraphs without markup."""
        self._begin()
        for words in filter(None, plain.split("\n\n")):
            self._paragraph(words, _PARAGRAPH)

    def rich(self, html: str) -> None:
        """What a writer marked up: nothing in it is put in another order."""
        self._begin()
        for kind, words in _pieces(html):
            if kind == _LIST:
                self._open_list()
            elif kind == _LIST_END:
                self._close_list()
            elif kind == _ITEM:
                self._item(words)
            else:
                self._paragraph(words, kind)

    def items(self, items: Iterable[str]) -> None:
        """A list below a label, of which every item is true by itself."""
        self._open_list()
        for words in filter(None, items):
            self._add(Passage(words, self._lists[-1].next_lead()))
        self._close_list()

    def quotation(self, statement: Statement) -> None:
        self._begin()
        lead = self._before if self._before and self._before.leads_on else self._under(self._standing)
        self._add(Passage(statement.text, lead, quotation=statement))

    def below(self, *labels: str) -> "Reading":
        """A place of its own on the page: it neither goes on from what stands before nor leads into what follows."""
        lead = self._under(self._top)
        for label in filter(None, labels):
            lead = Passage(label, lead, is_label=True)
        self._before = self._before and self._before.apart
        return Reading(self.passages, lead)

    def _begin(self) -> None:
        """A line that stands like a heading in one text governs the next text if that follows directly."""
        self._standing = self._before if self._before and self._before.is_heading else self._top

    def _paragraph(self, words: str, kind: str) -> None:
        before, hangs = self._before, self._hangs(words, kind)
        if hangs:
            passage = self._led_by(before, words)
        elif kind == _TITLE or _is_like_a_title(words):
            passage = self._standing = Passage(words, self._under(self._top), is_heading=True)
        else:
            passage = Passage(words, self._under(self._standing))
        # Nobody can tell where an enumeration without a list ends, so its paragraphs keep all that is before them.
        enumerates = hangs and (self._enumerates or before.words.endswith(":"))
        self._add(passage)
        self._enumerates = enumerates

    def _hangs(self, words: str, kind: str) -> bool:
        """Whether a paragraph goes on from what is before it."""
        before = self._before
        if not before or before.governs:
            return False
        if _GOES_ON.match(words):
            return True
        return not self._is_after_list and (before.leads_on or (self._enumerates and kind != _TITLE))

    def _item(self, words: str) -> None:
        opened = self._lists[-1]
        lead = opened.next_lead()
        if opened.last and (opened.enumerates or opened.last.words.endswith(":")):
            lead, opened.enumerates = opened.last, True
        if opened.is_begun:
            self.passages[-1] = replace(self.passages[-1], goes_on=True)
        passage = self._led_by(lead, words)
        self._add(passage)
        opened.last, opened.is_begun = passage, True

    def _open_list(self) -> None:
        if self._lists:
            # What the item leads into is this list, not the next item.
            self._lists[-1].last = None
        self._lists.append(_OpenList(self._before))

    def _close_list(self) -> None:
        lead = self._lists.pop().lead
        self._before, self._enumerates, self._is_after_list = lead and lead.apart, False, True

    def _under(self, governing: Passage | None) -> Passage | None:
        return governing if governing is self._before or not governing else governing.apart

    def _led_by(self, lead: Passage | None, words: str) -> Passage:
        if lead and lead.leads_on and lead is self.passages[-1]:
            self.passages[-1] = replace(lead, goes_on=True)
        return Passage(words, lead)

    def _add(self, passage: Passage) -> None:
        self.passages.append(passage)
        self._before, self._enumerates, self._is_after_list = passage, False, False


@dataclass
class _OpenList:
    """A list that is being read, and what leads into it."""

    lead: Passage | None
    last: Passage | None = None
    is_begun: bool = False
    is_led: bool = False
    enumerates: bool = False

    def next_lead(self) -> Passage | None:
        lead = self.lead and self.lead.apart if self.is_led else self.lead
        self.is_led = True
        return lead


def as_label(words: str) -> str:
    """Words that stand above others on the page, as they stand before them in a line."""
    return words if not words or words.endswith((":", "?", "!", ".")) else f"{words}:"


def _is_like_a_title(words: str) -> bool:
    return words[-1:].isalnum() and not _SENTENCE_WITHIN.search(words)


@lru_cache(maxsize=4096)
def _pieces(html: str) -> tuple[tuple[str, str], ...]:
    """Paragraphs, list items, and where lists begin and end. A line of a paragraph stays a line."""
    reader = _Pieces()
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.pieces)


class _Pieces(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._lists = self._bold = 0
        self._words: list[str] = []
        self._is_bold = True

    def handle_starttag(self, tag, attrs):
        if tag in _BREAKS:
            self.flush()
        if tag in _LISTS:
            self._lists += 1
            self.pieces.append((_LIST, ""))
        elif tag == "br":
            self._words.append("\n")
        elif tag in _BOLD:
            self._bold += 1

    def handle_endtag(self, tag):
        if tag in _BREAKS:
            self.flush()
        if tag in _LISTS:
            self._lists -= 1
            self.pieces.append((_LIST_END, ""))
        elif tag in _BOLD:
            self._bold -= 1

    def handle_data(self, data):
        self._words.append(data)
        self._is_bold &= self._bold > 0 or data.isspace()

    def flush(self):
        if words := "\n".join(filter(None, map(fold, "".join(self._words).split("\n")))):
            self.pieces.append((_ITEM if self._lists else _TITLE if self._is_bold else _PARAGRAPH, words))
        self._words, self._is_bold = [], True
