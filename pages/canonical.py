"""Blocks to canonical form and back: a typed allow-list. A block type that is not listed fails, and so cannot leak."""

import datetime
import hashlib
from functools import lru_cache, singledispatch

import nh3
from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.fields import StreamValue
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from reviews.canonical import fold, fold_paragraphs

TAGS = {"p", "b", "i", "strong", "em", "a", "ul", "ol", "li", "br"}
LINK_ATTRIBUTES = {"href", "id", "linktype"}
LINK_SCHEMES = {"http", "https", "mailto", "tel"}
_CONTAINERS = ("ul", "ol")
_BLOCK_ELEMENTS = ("p", "li", "h2", "h3", "h4", "br", "hr")


def canonical_body(body: StreamValue) -> list[dict]:
    """A stream as data: types and values in order. No block ids, and nothing that only the desk sees."""
    return [{"type": child.block_type, "value": canonical_value(child.block, child.value)} for child in body]


@singledispatch
def canonical_value(block, value):
    raise TypeError(f"{type(block).__name__} has no canonical form: teach pages.canonical about it.")


@canonical_value.register
def _(block: blocks.StructBlock, value):
    desk_only = getattr(block.meta, "desk_only", ())
    return {
        name: canonical_value(child, value.get(name))
        for name, child in block.child_blocks.items()
        if name not in desk_only
    }


@canonical_value.register
def _(block: blocks.ListBlock, value):
    return [canonical_value(block.child_block, item) for item in value]


@canonical_value.register
def _(block: blocks.CharBlock, value):
    return fold(value or "")


@canonical_value.register
def _(block: blocks.TextBlock, value):
    return fold_paragraphs(value or "")


@canonical_value.register
def _(block: blocks.URLBlock, value):
    return (value or "").strip()


@canonical_value.register
def _(block: blocks.ChoiceBlock, value):
    return value or ""


@canonical_value.register
def _(block: blocks.BooleanBlock, value):
    return bool(value)


@canonical_value.register
def _(block: blocks.DateBlock, value):
    return value.isoformat() if isinstance(value, datetime.date) else ""


@canonical_value.register
def _(block: blocks.RichTextBlock, value):
    return normalised_html(value.source if value else "")


@canonical_value.register
def _(block: blocks.IntegerBlock, value):
    return value


@canonical_value.register
@canonical_value.register(blocks.PageChooserBlock)
def _(block: SnippetChooserBlock, value):
    return value.pk if value else None


@canonical_value.register
def _(block: ImageChooserBlock, value):
    """By the bytes, because a title or a stored hash can stay while the picture changes."""
    if value is None:
        return None
    return {"id": value.pk, "file": value.file.name, "sha256": _sha256_of(value.file)}


@singledispatch
def raw_value(block, recorded):
    """Recorded data as a stream takes it."""
    return recorded


@raw_value.register
def _(block: blocks.StructBlock, recorded):
    return {name: raw_value(child, recorded.get(name)) for name, child in block.child_blocks.items()}


@raw_value.register
def _(block: blocks.ListBlock, recorded):
    return [raw_value(block.child_block, item) for item in recorded or ()]


@raw_value.register
@raw_value.register(ImageChooserBlock)
@raw_value.register(blocks.PageChooserBlock)
def _(block: SnippetChooserBlock, recorded):
    """Nothing is looked up: names come from the sign-offs, titles of other pages from their own record, and pictures
    are compared with what was signed whenever they are printed."""
    return


def _sha256_of(stored) -> str:
    """Of a file that is lost: a text that no signed digest can equal."""
    try:
        with stored.storage.open(stored.name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "missing"


@lru_cache(maxsize=4096)
def normalised_html(source: str) -> str:
    """Rich text as the editor can make it: an allow-list of markup, without what a reader cannot see.

    Block keys go, and white space between words, and the order of attributes. Publications are made of this form, so
    what the list lacks is never public.
    """
    cleaned = nh3.clean(source, tags=TAGS, attributes={"a": LINK_ATTRIBUTES}, url_schemes=LINK_SCHEMES, link_rel=None)
    soup = BeautifulSoup(cleaned, "html.parser")
    for element in soup.find_all(True):
        element.attrs = {name: element.attrs[name] for name in sorted(element.attrs)}
    for text in soup.find_all(string=True):
        text.replace_with(_folded_node(text))
    return str(soup).strip()


def _folded_node(text) -> str:
    """A text node with its white space folded, and none at all where no words can stand."""
    words = fold(text)
    if not words:
        return "" if text.parent.name in (*_CONTAINERS, "[document]") else " "
    lead, tail = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{lead}{words}{tail}"


@lru_cache(maxsize=4096)
def words_of(html: str) -> str:
    """The words that a reader sees of normalised HTML."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(_BLOCK_ELEMENTS):
        element.append("\n")
    return fold(soup.get_text())
