"""One paragraph seen for attribution: people, organizations and quoted passages masked, positions kept.

Masking lets the rules below speak about "a person says" without caring how long a name or a passage is.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from .blocks import Block
from .marks import Span, find_spans
from .names import UPPER
from .roles import ORGANIZATION
from .roster import Mention

PERSON, QUOTED, QUOTED_SENTENCE, QUOTED_COMMA, ORG = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
ANY_QUOTED = QUOTED + QUOTED_SENTENCE + QUOTED_COMMA
_PRIVATE = dict.fromkeys(range(0xE000, 0xE005), "x")
BOUNDARY = re.compile(
    rf"(?P<stop>[.!?…]['\"’”)\]]*|{QUOTED_SENTENCE})\s+(?=[{UPPER}{PERSON}{ORG}{ANY_QUOTED}“‘«„\"'(\d★]|$)|[.!?…]['\"’”)\]]*$"
)
ABBREVIATED = re.compile(r"(?:\b(?:St|vs|approx|No|Inc|Ltd|Jr|Sr|Mt|e\.g|i\.e|U\.S|U\.K|Dr|Prof|Mr|Mrs|Ms)|\s[A-Z])$")
WINDOW = 900


@dataclass
class View:
    """A block with its quoted passages and mentions."""

    number: int
    block: Block
    mentions: list[Mention]
    spans: list[Span] = field(default_factory=list)

    @property
    def text(self):
        return self.block.text

    @cached_property
    def masked(self):
        characters = list(self.text.translate(_PRIVATE))
        for match in ORGANIZATION.finditer(self.text):
            _fill(characters, match.start(), match.end(), ORG)
        for mention in self.mentions:
            _fill(characters, mention.start, mention.end, PERSON)
        for span in self.spans:
            _fill(characters, span.outer_start, span.outer_end, QUOTED)
            _mark_end(characters, self.text, span)
        return "".join(characters)

    def correct(self, corrected):
        """Give passages that lack a mark their likely extent, so that what is outside is narration."""
        self.spans = [corrected.get(span, span) for span in self.spans]
        self.__dict__.pop("masked", None)
        self.__dict__.pop("told", None)

    @cached_property
    def named(self):
        """The text with people masked, but with the quoted words readable."""
        characters = list(self.text.translate(_PRIVATE))
        for mention in self.mentions:
            _fill(characters, mention.start, mention.end, PERSON)
        return "".join(characters)

    @cached_property
    def starts(self):
        return [mention.start for mention in self.mentions]

    @cached_property
    def told(self):
        """Mentions in the narration, not within the quoted words."""
        return [m for m in self.mentions if self.masked[m.start] == PERSON]

    def mention_at(self, position):
        return self.mentions[bisect_left(self.starts, position)]

    def sentence_start(self, position):
        """Where the sentence begins in which a position lies."""
        low = max(0, position - WINDOW)
        start = low
        for match in BOUNDARY.finditer(self.masked[low : position + 1]):
            if match["stop"] and not ABBREVIATED.search(
                self.masked[max(0, low + match.start() - 12) : low + match.start()]
            ):
                start = low + match.end()
        return min(start, position)

    def sentence_end(self, position, limit):
        """Behind the full stop of the sentence that a position lies in, at most at the limit."""
        window = self.masked[position : min(limit, position + WINDOW) + 1]
        for match in BOUNDARY.finditer(window):
            stop = position + match.start() + len(match.group().rstrip())
            if not ABBREVIATED.search(self.masked[max(0, position + match.start() - 12) : position + match.start()]):
                return min(stop, limit)
        return min(position + WINDOW, limit)


def _fill(characters, start, end, mask):
    characters[start:end] = mask * (end - start)


def _mark_end(characters, text, span):
    last = text[span.start : span.end].rstrip("'’\" \n”)")[-1:]
    if span.outer_end > span.outer_start and last in tuple(".!?…,"):
        characters[span.outer_end - 1] = QUOTED_COMMA if last == "," else QUOTED_SENTENCE


def look_at(blocks, roster):
    """Views of all blocks."""
    views = []
    for number, block in enumerate(blocks):
        mentions = roster.mentions(block.text)
        views.append(View(number, block, mentions, find_spans(block.text)))
    return views
