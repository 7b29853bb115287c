"""Other words for one statement, put where the old ones stand: into the one field that holds exactly them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StreamValue

from reviews.canonical import fold, fold_paragraphs
from reviews.statements import Statement

from .canonical import normalised_html, words_of
from .content import block_key
from .rich_words import with_words

FIELDS = ("title", "also_known_as", "summary")


@dataclass
class Leaf:
    """One text of a block: where its raw value is kept, and its path as Wagtail's comments name it."""

    block: blocks.Block
    holder: dict
    name: str
    path: str

    @property
    def is_rich(self) -> bool:
        return isinstance(self.block, blocks.RichTextBlock)

    @property
    def words(self) -> str:
        raw = self.holder[self.name] or ""
        return words_of(normalised_html(raw)) if self.is_rich else fold_paragraphs(raw)

    def put(self, words: str):
        """Raises ValidationError if the field does not take them."""
        raw = with_words(self.holder[self.name], fold(words)) if self.is_rich else words
        self.block.clean(self.block.to_python(raw))
        self.holder[self.name] = raw


def path_of_words(page, statement: Statement) -> str:
    """Where a comment about these words belongs in the editor: at their field, their block, or the page's title."""
    if statement.key in FIELDS:
        return statement.key
    block = _raw_block(page, _raw_body(page), statement)
    leaf = _leaf(page, block, statement) if block else None
    if leaf:
        return leaf.path
    return f"body.{block['id']}" if block else "title"


def replace_words(page, statement: Statement, words: str) -> bool:
    """Put other words in place of a statement's, in memory. False if no single field holds and takes them."""
    try:
        return _put(page, statement, words)
    except ValidationError:
        return False


def _put(page, statement: Statement, words: str) -> bool:
    if statement.key in FIELDS:
        setattr(page, statement.key, page._meta.get_field(statement.key).clean(fold(words), page))
        return True
    body = _raw_body(page)
    block = _raw_block(page, body, statement)
    leaf = _leaf(page, block, statement) if block else None
    if leaf is None:
        return False
    leaf.put(words)
    page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
    return True


def _raw_body(page) -> list[dict]:
    return list(page.body.get_prep_value())


def _raw_block(page, body: list[dict], statement: Statement) -> dict | None:
    keys = {block_key(child, position): raw for position, (child, raw) in enumerate(zip(page.body, body, strict=True))}
    return keys.get(statement.key) or keys.get(statement.key.rpartition(".")[0])


def _leaf(page, block: dict, statement: Statement) -> Leaf | None:
    definition = page.body.stream_block.child_blocks[block["type"]]
    found = [leaf for leaf in leaves(definition, block, "value", f"body.{block['id']}") if leaf.words == statement.text]
    return found[0] if len(found) == 1 else None


@singledispatch
def leaves(block, holder: dict, name: str, path: str) -> Iterator[Leaf]:
    """The texts of a raw block value that a reader sees. Numbers, choices and pictures are none."""
    return iter(())


@leaves.register
def _(block: blocks.StructBlock, holder, name, path):
    for field, child in block.child_blocks.items():
        if field in holder[name] and field not in getattr(block.meta, "desk_only", ()):
            yield from leaves(child, holder[name], field, f"{path}.{field}")


@leaves.register
def _(block: blocks.ListBlock, holder, name, path):
    for item in holder[name]:
        yield from leaves(block.child_block, item, "value", f"{path}.{item['id']}")


@leaves.register(blocks.CharBlock)
@leaves.register(blocks.TextBlock)
def _(block, holder, name, path):
    yield Leaf(block, holder, name, path)


@leaves.register
def _(block: blocks.RichTextBlock, holder, name, path):
    yield Leaf(block, holder, name, path)
