"""No word belongs to two quotations, however the marks of a text are tangled."""

from bisect import bisect_left, insort
from collections import defaultdict


def without_overlaps(drafts):
    """The drafts without those that take words of an earlier one, and without cuts into quoted words."""
    taken, kept = defaultdict(list), []
    for draft in drafts:
        ranges = [(piece.block, piece.outer_start, piece.outer_end) for piece in draft.pieces]
        if any(_overlaps(taken[block], start, end) for block, start, end in ranges):
            continue
        for block, start, end in ranges:
            insort(taken[block], (start, end))
        kept.append(draft)
    return [_with_free_cuts(draft, taken) for draft in kept]


def _with_free_cuts(draft, taken):
    """Cuts that touch no quoted words and no cut that is made already."""
    free = []
    for block, start, end in draft.cuts:
        if not _overlaps(taken[block], start, end):
            insort(taken[block], (start, end))
            free.append((block, start, end))
    draft.cuts = free
    return draft


def _overlaps(taken, start, end):
    place = bisect_left(taken, (start, end))
    after = place < len(taken) and taken[place][0] < end
    return after or (place > 0 and taken[place - 1][1] > start)
