"""The body in order: copy stays copy, and each quotation that is set apart stands at its place."""

import re
from collections import defaultdict

from .model import BulletList, Heading, Paragraph, QuotationPassage
from .rich import Rich

WORD = re.compile(r"\w")
LEFT_OVER = re.compile(r"^(?:[\s,.;:!?…)\]]|[—–-](?=\s))+(?=\s|\w|$)")


def body_passages(blocks, placed):
    """Passages of all blocks but the title; `placed` are pairs of a draft and its quotation."""
    cuts, passages, listed = _cuts(placed), [], None
    for number, block in enumerate(blocks):
        if block.kind == "title":
            continue
        for part in _parts(block, cuts[number]):
            key = (
                (block.group, block.ordered)
                if block.kind == "item" and not isinstance(part, QuotationPassage)
                else None
            )
            if key and key == listed:
                passages[-1] = BulletList((*passages[-1].items, part.html()), block.ordered)
            else:
                passages.append(_passage(block, part))
            listed = key
    return passages


def _cuts(placed):
    """What is cut out of each block: (start, end, the quotation that takes its place or None)."""
    cuts = defaultdict(list)
    for draft, quotation in placed:
        for number, piece in enumerate(draft.pieces):
            cuts[piece.block].append((piece.outer_start, piece.outer_end, quotation if number == 0 else None))
        for block, start, end in draft.cuts:
            cuts[block].append((start, end, None))
    return cuts


def _parts(block, cuts):
    """Copy and quotations of one block in order; what remains of a heading comes before its quotation."""
    parts = list(_in_order(block, cuts))
    if block.kind != "heading" or len(parts) < 2:
        return parts
    quotations = [part for part in parts if isinstance(part, QuotationPassage)]
    words = " ".join(part.text.strip(" :,—–-") for part in parts if isinstance(part, Rich))
    return [Rich(words), *quotations] if words else quotations


def _in_order(block, cuts):
    position = 0
    for start, end, quotation in sorted(cuts, key=lambda cut: cut[:2]):
        yield from _copy(block, position, max(start, position))
        position = max(position, end)
        if quotation:
            yield QuotationPassage(quotation)
    yield from _copy(block, position, len(block.text))


def _copy(block, start, end):
    text = block.text[start:end]
    if start and (match := LEFT_OVER.match(text)):
        start += match.end()
    if WORD.search(block.text[start:end]) or (start, end) == (0, len(block.text)):
        yield block.rich.cut(start, end)


def _passage(block, part):
    if isinstance(part, QuotationPassage):
        return part
    if block.kind == "heading":
        return Heading(part.text.strip(" :,—–-"), max(2, block.level))
    if block.kind == "item":
        return BulletList((part.html(),), block.ordered)
    return Paragraph(part.html())
