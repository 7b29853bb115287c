"""Plain text: paragraphs between blank lines, and lists of lines with a bullet."""

import re

from .blocks import Block, split_lines
from .rich import Rich, RichBuilder

BULLET = re.compile(r"\s*(?:[-*•‣▪·]|(?P<number>\d{1,3}[.)]))\s+")
QUOTED = re.compile(r"\s*>+ ?")


def text_blocks(source):
    """Blocks of a plain text; its first line is the title."""
    blocks, number = [], -1
    for number, chunk in enumerate(re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", _lines(source).strip("\n \t"))):
        lines = chunk.split("\n")
        if number == 0:
            blocks.append(Block("title", 0, _rich([lines.pop(0)])))
        blocks += _chunk_blocks(lines, number)
    return [block for block in blocks if block.text]


def _lines(source):
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")


def _rich(lines):
    builder = RichBuilder()
    builder.add("\n".join(lines))
    return builder.rich()


def _chunk_blocks(lines, number):
    if lines and all(QUOTED.match(line) for line in lines):
        rich = _rich([QUOTED.sub("", line, count=1) for line in lines])
        return [Block("quote", number, part, group=number) for part in split_lines(rich)]
    first = _first_bullet(lines)
    if first is None:
        return [Block("text", number, part) for part in split_lines(_rich(lines))]
    before = [Block("text", number, part) for part in split_lines(_rich(lines[:first]))]
    return before + _items(lines[first:], number)


def _first_bullet(lines):
    """Where a list begins: at the first of at least two lines with a bullet."""
    bullets = [place for place, line in enumerate(lines) if BULLET.match(line)]
    return bullets[0] if len(bullets) > 1 else None


def _items(lines, number):
    items = []
    ordered = bool(BULLET.match(lines[0])["number"])
    for line in lines:
        if BULLET.match(line):
            items.append([BULLET.sub("", line, count=1)])
        else:
            items[-1].append(line)
    rich = [_rich(item) for item in items]
    return [Block("item", number, Rich(r.text, r.runs).on_one_line(), 0, number, ordered) for r in rich]
