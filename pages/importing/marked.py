"""Markdown, through markdown-it: its tokens become blocks, counted as the paragraphs of the source."""

import re

from markdown_it import MarkdownIt

from .blocks import Block, split_lines
from .rich import RichBuilder
from .webpage import html_blocks

# Nobody nests deeper; the parser would drop what lies beyond its limit, and words must not be lost.
TOO_DEEP = re.compile(r"^((?:[ \t]{0,3}>){6})(?:[ \t]*>)+", re.MULTILINE)
TOO_MANY_BULLETS = re.compile(r"^([ \t]*(?:[-*+][ \t]+){4})(?:[-*+][ \t]+)+(?=\S)", re.MULTILINE)
OPENERS = {"strong_open": "b", "em_open": "i", "link_open": "a"}
CLOSERS = {"strong_close", "em_close", "link_close"}


class _Reader:
    """Keeps where the tokens stand: in a list, in a block quotation, in a heading."""

    def __init__(self, source):
        self.numbers = _paragraph_numbers(source)
        self.blocks, self.quotes, self.lists, self.groups = [], [], [], 0
        self.heading = 0

    def read(self, tokens):
        for token in tokens:
            action = getattr(self, f"on_{token.type}", None)
            if action:
                action(token)

    def on_heading_open(self, token):
        self.heading = int(token.tag[1])

    def on_heading_close(self, token):
        self.heading = 0

    def on_blockquote_open(self, token):
        self.groups += 1
        self.quotes.append(self.quotes[-1] if self.quotes else self.groups)

    def on_blockquote_close(self, token):
        self.quotes.pop()

    def on_bullet_list_open(self, token):
        self.groups += 1
        self.lists.append((self.groups, token.type == "ordered_list_open"))

    on_ordered_list_open = on_bullet_list_open

    def on_bullet_list_close(self, token):
        self.lists.pop()

    on_ordered_list_close = on_bullet_list_close

    def on_inline(self, token):
        self.add(_inline(token), token)

    def on_code_block(self, token):
        builder = RichBuilder()
        builder.add(token.content)
        self.add(builder.rich(), token)

    on_fence = on_code_block

    def on_html_block(self, token):
        for block in html_blocks(token.content):
            self.add(block.rich, token, block.level if block.kind == "heading" else 0)

    def add(self, rich, token, level=0):
        kind, group, ordered = self.place()
        level = level or self.heading
        paragraph = self.numbers[min(token.map[0], len(self.numbers) - 1)]
        kind = "heading" if level else kind
        self.blocks += [Block(kind, paragraph, part, level, group, ordered) for part in split_lines(rich)]

    def place(self):
        if self.quotes:
            return "quote", self.quotes[-1], False
        if self.lists:
            return "item", *self.lists[-1]
        return "text", 0, False


def _paragraph_numbers(source):
    numbers, number, blank = [], -1, True
    for line in source.split("\n"):
        if line.strip():
            number += blank
        blank = not line.strip()
        numbers.append(max(number, 0))
    return numbers


def _inline(token):
    builder = RichBuilder()
    for child in token.children or ():
        if child.type in OPENERS:
            builder.open(OPENERS[child.type], str(child.attrGet("href") or ""))
        elif child.type in CLOSERS:
            builder.close()
        elif child.type in ("softbreak", "hardbreak") or child.content.startswith("<br"):
            builder.add("\n")
        elif child.type in ("text", "code_inline"):
            builder.add(child.content)
    return builder.rich()


def markdown_blocks(source):
    """Blocks of a Markdown text, in reading order; none of them is the title yet."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    source = TOO_MANY_BULLETS.sub(r"\1", TOO_DEEP.sub(r"\1", source))
    reader = _Reader(source)
    reader.read(MarkdownIt("commonmark").parse(source))
    return reader.blocks
