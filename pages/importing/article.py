"""Puts the parts together: source in, article out."""

from collections import defaultdict

from .documents import read_blocks
from .files import read_text
from .finding import find_drafts
from .model import Article, FoundQuotation
from .notices import edits_in, lonely_marks, notice, quotation_notices
from .overlaps import without_overlaps
from .passages import body_passages
from .people import people_in
from .roster import Roster
from .statements import word_count
from .stray_files import stray_file_names
from .views import look_at
from .wording import display_words, found_text

SOURCE_LIMIT = 1000


def parse_article(source, *, markup):
    """An article from text, Markdown or HTML; nothing in it is guessed silently."""
    blocks = read_blocks(source, markup)
    roster = Roster(people_in(blocks))
    views = look_at(blocks, roster)
    drafts, left_alone = find_drafts(views, roster)
    drafts = without_overlaps(sorted(drafts, key=lambda draft: (draft.first.block, draft.first.start)))
    placed = [(draft, _quotation(draft, views)) for draft in drafts]
    set_apart = [(d, q) for d, q in placed if q.is_set_apart and views[d.first.block].block.kind != "title"]
    return Article(
        next((block.text for block in blocks if block.kind == "title"), ""),
        roster.clinicians,
        tuple(quotation for _, quotation in placed),
        tuple(body_passages(blocks, set_apart)),
        tuple(sorted((*_notices(views, placed), *_left(left_alone)), key=lambda found: found.paragraph)),
        tuple(words for _, words in left_alone),
    )


def read_article(path):
    """An article from a file; raises UnreadableArticle with a sentence that says what to do."""
    text, markup = read_text(path)
    return parse_article(text, markup=markup)


def _quotation(draft, views):
    printed = [views[piece.block].text[piece.start : piece.end] for piece in draft.pieces]
    text = found_text(printed)
    view, verdict = views[draft.first.block], draft.verdict
    words = display_words(printed, draft.joins, set_off=draft.set_off, closed_outside=_is_closed_outside(draft, views))
    notes = draft.notes | edits_in(text) | ({"closing_punctuation_set"} if words != text else set())
    return FoundQuotation(
        text=text,
        words=words,
        paragraph=view.block.paragraph,
        speaker=verdict.speaker,
        attribution=verdict.attribution,
        speaker_kind=verdict.kind,
        printed_attribution=verdict.printed,
        candidates=verdict.candidates,
        source=_source(view.text, draft.first),
        notes=tuple(sorted(notes)),
        removed=tuple(views[block].text[start:end] for block, start, end in draft.cuts),
    )


def _left(left_alone):
    """Long strings in marks might be somebody's words after all."""
    return (notice("left_in_copy", place, words) for place, words in left_alone if word_count(words) > 3)


def _is_closed_outside(draft, views):
    """British style prints the full stop behind the mark."""
    last = draft.last
    return views[last.block].text[last.end : last.outer_end + 1].endswith(".")


def _source(text, piece):
    if len(text) <= SOURCE_LIMIT:
        return text
    start = max(0, min(piece.start - SOURCE_LIMIT // 4, len(text) - SOURCE_LIMIT))
    return text[start : start + SOURCE_LIMIT]


def _notices(views, placed):
    by_block = defaultdict(list)
    for draft, quotation in placed:
        by_block[draft.first.block].append((draft, quotation))
    of_block = defaultdict(list)
    for draft, _ in placed:
        for number in {piece.block for piece in draft.pieces}:
            of_block[number].append(draft)
    for view in views:
        for name in stray_file_names(view.text):
            yield notice("stray_file_name", view.block.paragraph, name)
        for _, quotation in by_block[view.number]:
            yield from quotation_notices(quotation, view.block.kind == "title")
        yield from lonely_marks(view, of_block[view.number])
