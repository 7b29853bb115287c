"""HTML: each innermost block element of the body that holds text is one paragraph."""

import re

from bs4 import BeautifulSoup, CData, NavigableString, Tag

from .blocks import Block, split_lines
from .rich import TAGS, RichBuilder

INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
UNSEEN = {"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "select", "textarea"}


class _Page:
    """Walks the page with a stack of its own, since pages may be nested deeper than Python may recurse."""

    def __init__(self):
        self.blocks, self.paragraph, self.groups = [], 0, 0
        self.builder, self.settings = RichBuilder(), [("text", 0, 0, False)]

    def walk(self, root):
        stack = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, NavigableString):
                self.text(node)
            elif leaving:
                self.leave(node)
            elif isinstance(node, Tag) and node.name not in UNSEEN:
                self.enter(node)
                stack.append((node, True))
                stack += [(child, False) for child in reversed(node.contents)]
        self.flush()

    def text(self, node):
        if type(node) in (NavigableString, CData):
            self.builder.add(re.sub(r"\s+", " ", node.replace("\xa0", " ")))

    def enter(self, tag):
        if tag.name in INLINE:
            self.enter_inline(tag)
            return
        self.flush()
        self.settings.append(self.setting(tag))

    def enter_inline(self, tag):
        if tag.name == "br":
            self.builder.add("\n")
        if tag.name == "cite" and self.settings[-1][0] == "quote":
            self.builder.add("\n" if re.match(r"\s*[—–-]", tag.get_text()) else "\n— ")
        if tag.name == "q":
            self.builder.add("“")
        if tag.name in TAGS:
            self.builder.open(tag.name, tag.get("href", ""))

    def leave(self, tag):
        if tag.name in INLINE:
            if tag.name == "q":
                self.builder.add("”")
            if tag.name in TAGS:
                self.builder.close()
            return
        self.flush()
        self.settings.pop()

    def setting(self, tag):
        kind, level, group, ordered = self.settings[-1]
        if re.fullmatch("h[1-6]", tag.name):
            return "heading", int(tag.name[1]), group, ordered
        if tag.name in ("ul", "ol"):
            self.groups += 1
            return kind, level, self.groups, tag.name == "ol"
        if tag.name == "blockquote":
            self.groups += 1
            return "quote", level, self.groups, ordered
        if tag.name == "figcaption":
            return "caption", level, group, ordered
        if tag.name == "li":
            return "item", level, group, ordered
        return kind, level, group, ordered

    def flush(self):
        rich, open_runs = self.builder.rich(), self.builder.open_runs
        self.builder = RichBuilder()
        for run in open_runs:
            self.builder.open(run[1] if run else "", run[2] if run else "")
        if not rich.text:
            return
        kind, level, group, ordered = self.settings[-1]
        parts = split_lines(rich)
        self.blocks += [Block(kind, self.paragraph, part, level, group, ordered) for part in parts]
        self.paragraph += 1


def html_blocks(source):
    """Blocks of a page, in reading order; none of them is the title yet."""
    soup = BeautifulSoup(source, "html.parser")
    page = _Page()
    page.walk(soup.body or soup)
    return page.blocks


def head_title(source):
    """The text of the title element, for a page without a heading."""
    title = BeautifulSoup(source, "html.parser").title
    return re.sub(r"\s+", " ", title.get_text()).strip() if title else ""
