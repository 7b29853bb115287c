"""Block quotations, which need no marks, and the line below a quotation that says whose it is."""

import re
from dataclasses import replace

from .clauses import DESCRIPTION, MODIFIERS, PEOPLE
from .drafts import Draft, Piece
from .speakers import judge_subject
from .verbs import VERB
from .views import ORG, PERSON

DASH = r"(?:—|–|―|~|--?)\s*"
SIGNATURE = re.compile(
    rf"^\s*(?P<dash>{DASH})?{MODIFIERS}(?P<subject>{PEOPLE}|{DESCRIPTION}|{ORG}++)(?P<rest>(?:,?\s[^!?:]{{0,200}})?)\.?$"
)
INLINE_SIGNATURE = re.compile(rf"\s(?:—|–|―|~|--)\s?(?P<subject>{PERSON}++)(?P<rest>(?:,\s[^!?:]{{0,200}})?)\.?$")
CALLOUT = re.compile(
    r"\W*(?:note|tip|important|warning|remember|please note|disclaimer|info|caution|update|editor)\b.{0,20}?[:!]", re.I
)


class QuotedBlocks:
    """Deals with block quotations as wholes, and attaches signature lines to the quotation above them."""

    def __init__(self, views, narrator):
        self.views, self.narrator = views, narrator
        self.done, self.mixed = set(), set()

    def reads(self, view):
        """True if the block needs no further reading."""
        if view.number in self.done:
            return True
        if view.block.kind == "quote" and view.number not in self.mixed:
            return self._read_group(view)
        return self._is_signature_below(view)

    def _read_group(self, view):
        group = self._group(view)
        signature = self._signature_of(group)
        content = group[:-1] if signature and signature[0] in group else group
        if not content or CALLOUT.match(content[0].text) or any(not _is_plain(v) for v in content):
            self.mixed |= {v.number for v in group}
            return False
        self.done |= {v.number for v in group}
        draft = Draft([_whole(v) for v in content], joins=[False] * (len(content) - 1), set_off=bool(signature))
        draft.notes |= {"unbalanced_quotation_mark"} if _is_unbalanced(content) else set()
        self._decide(draft, content, signature)
        self.narrator.add(draft)
        return True

    def _group(self, view):
        number = view.number
        while number + 1 < len(self.views) and self._same_group(view, self.views[number + 1]):
            number += 1
        return self.views[view.number : number + 1]

    def _same_group(self, view, other):
        return other.block.kind == "quote" and other.block.group == view.block.group

    def _signature_of(self, group):
        """The view and the match of a signature: the last line, or behind a dash at the end of the words."""
        last = group[-1]
        match = SIGNATURE.match(last.masked) if len(group) > 1 else None
        if match and (match["dash"] or not re.search(rf"{PERSON}\s{VERB}", last.masked)) and len(last.text) < 240:
            return last, match
        return self._below(last) or self._inline(last)

    def _below(self, last):
        """A line under the block quotation, outside of it."""
        if last.number + 1 >= len(self.views):
            return None
        below = self.views[last.number + 1]
        match = SIGNATURE.match(below.masked) if below.block.kind != "quote" else None
        if (
            match
            and (match["dash"] or below.block.kind == "caption" or self._is_item_signature(below))
            and len(below.text) < 240
        ):
            self.done.add(below.number)
            return below, match
        return None

    def _inline(self, last):
        match = INLINE_SIGNATURE.search(last.masked)
        return (last, match) if match else None

    def _decide(self, draft, content, signature):
        first = content[0]
        if not signature:
            span = (draft.first.start, draft.first.end)
            draft.verdict = self.narrator.inference.verdict(first, _Whole(*span))
            return
        view, match = signature
        self._sign(draft, view, match)
        if view is content[-1]:
            last = draft.last
            end = match.start()
            inner = _whole(view, end)
            draft.pieces[-1] = replace(last, start=inner.start, end=inner.end, outer_end=end)

    def _sign(self, draft, view, match):
        subject, end = match.span("subject"), len(view.text)
        scene = self.narrator.inference.scene(view, 0)
        verdict = judge_subject(view, subject, scene)
        verdict = replace(verdict, printed=view.text[subject[0] : end].strip(" ."))
        draft.verdict = self.narrator.maybe_patient(self.views[draft.first.block], draft.first, verdict)
        draft.cuts.append((view.number, match.start(), end))

    def _is_signature_below(self, view):
        """A line like "— Dr. X" under a paragraph that is all quotation."""
        match = SIGNATURE.match(view.masked)
        drafts = self.narrator.drafts
        if not match or not drafts or len(view.text) > 240:
            return False
        draft = drafts[-1]
        if draft.last.block != view.number - 1 or not self._ends_its_paragraph(draft):
            return False
        if not (match["dash"] or self._is_item_signature(view)):
            return False
        self._sign(draft, view, match)
        draft.set_off = True
        return True

    def _ends_its_paragraph(self, draft):
        view = self.views[draft.last.block]
        unsigned = draft.verdict.attribution != "explicit"
        return unsigned and not re.search(r"\w", view.text[draft.last.outer_end :])

    def _is_item_signature(self, view):
        """ "- Dr. X" below a paragraph is a list of one item to Markdown."""
        block = view.block
        near = self.views[max(0, view.number - 1) : view.number + 2]
        alone = sum(v.block.kind == "item" and v.block.group == block.group for v in near) == 1
        return block.kind == "item" and alone and not re.search(rf"{PERSON}\s{VERB}", view.masked)


class _Whole:
    """A block quotation in the place of a quoted passage."""

    def __init__(self, start, end):
        self.outer_start = self.start = start
        self.outer_end = self.end = end


def _is_plain(view):
    """No marks, or marks around everything: not a paragraph that quotes and narrates."""
    if not view.spans:
        return True
    first, last = view.spans[0], view.spans[-1]
    inline = INLINE_SIGNATURE.search(view.masked)
    end = inline.start() if inline else len(view.text)
    starts, ends = not view.text[: first.outer_start].strip(" *"), last.outer_end >= end - 1
    if len(view.spans) == 1 and starts and ends:
        return True
    said = re.search(rf"{PERSON}\s{VERB}|{VERB}\s{PERSON}|\b(?:he|she)\s{VERB}", view.masked)
    return not said and not (starts and len(view.spans) == 1)


def _is_unbalanced(content):
    spans = [span for view in content for span in view.spans]
    return bool(spans) and not spans[-1].closed


def _whole(view, end=None):
    """All words of a block, without marks around them."""
    end = len(view.text) if end is None else end
    for span in view.spans:
        if not view.text[: span.outer_start].strip() and not view.text[span.outer_end : end].strip(" ."):
            return Piece(view.number, span.start, span.end, 0, end)
    return Piece(view.number, 0, end, 0, end)
