"""The paragraphs of an article, whatever format they came in."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .rich import Rich

LABEL_LINE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.’' -]{0,50}(?:,\s[A-Z][\w.-]{1,8}){0,3}):\s")
SIGNATURE_LINE = re.compile(r"(?:—|–|~|--?|―)\s*[^\W\d_]")


@dataclass(frozen=True)
class Block:
    """One paragraph: title, heading, text, item (of a list) or quote (of a block quotation)."""

    kind: str
    paragraph: int
    rich: Rich
    level: int = 0
    group: int = 0
    ordered: bool = False

    @property
    def text(self):
        return self.rich.text


def split_lines(rich):
    """Parts of one paragraph that stand on lines of their own: turns of an interview, a signature line."""
    starts = [0, *(match.end() for match in re.finditer("\n", rich.text))]
    lines = [rich.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    labels = [bool(LABEL_LINE.match(line)) for line in lines]
    cuts = [
        start
        for number, start in enumerate(starts)
        if number and ((labels[number] and sum(labels) > 1) or SIGNATURE_LINE.match(lines[number]))
    ]
    edges = [0, *cuts, len(rich.text)]
    parts = [rich.cut(start, end).on_one_line() for start, end in pairwise(edges)]
    return [part for part in parts if part.text]
