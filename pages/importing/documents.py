"""From a source in one of three formats to blocks, the first heading being the title."""

from dataclasses import replace

from .blocks import Block
from .marked import markdown_blocks
from .plain import text_blocks
from .rich import Rich
from .webpage import head_title, html_blocks


def read_blocks(source, markup):
    """All blocks in reading order; exactly one is the title, unless there is no text at all."""
    source = source.removeprefix("\ufeff").replace("\0", "")
    if markup == "text":
        return text_blocks(source)
    if markup == "markdown":
        return _with_title(markdown_blocks(source))
    blocks = html_blocks(source)
    if not any(block.kind == "heading" for block in blocks) and (title := head_title(source)):
        later = [replace(block, paragraph=block.paragraph + 1) for block in blocks]
        return [Block("title", 0, Rich(title)), *later]
    return _with_title(blocks)


def _with_title(blocks):
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    main = [place for place in headings if blocks[place].level == 1]
    place = (main or headings or [0])[0]
    return [replace(block, kind="title") if number == place else block for number, block in enumerate(blocks)]
