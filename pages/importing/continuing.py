"""Quotations that run over several paragraphs: an opening mark on each, a closing mark on the last."""

import re
from dataclasses import dataclass, field

from .clauses import PEOPLE
from .clauses_behind import clause_after
from .clauses_in_front import clause_before
from .verbs import VERB
from .views import PERSON

SPOKEN_INSIDE = re.compile(
    rf"[,?!]\s+(?:{VERB}\s(?:[\w’'-]+\s){{0,5}}{PEOPLE}|{PEOPLE}\s{VERB}|(?:he|she)\s{VERB}[,.])"
)


@dataclass
class Chains:
    """`starting` maps a block to the blocks that continue its last passage; `inner` are those in between."""

    starting: dict[int, list[int]] = field(default_factory=dict)
    inner: set[int] = field(default_factory=set)


def continued_passages(views):
    """Chains of paragraphs in which one quotation runs on."""
    chains, number = Chains(), 0
    while number < len(views):
        following = _following(views, number)
        if following:
            chains.starting[number] = following
            chains.inner |= {place for place in following if _is_whole(views[place])}
        number = following[-1] if following else number + 1
    return chains


def _following(views, number):
    if not views[number].spans or not _runs_on(views[number]):
        return []
    following, place = [], number + 1
    while place < len(views) and _opens(views[place]) and _same_place(views[number], views[place]):
        following.append(place)
        if not _is_only_open(views[place]):
            return following if views[place].spans[0].closed and not _two_names(views, number, place) else []
        place += 1
    return []


def _same_place(view, other):
    return (view.block.kind, view.block.group) == (other.block.kind, other.block.group)


def _two_names(views, first, last):
    """Named in front and named again behind: two quotations, the first of which lacks its closing mark."""
    begin, end = views[first], views[last]
    before = clause_before(begin, begin.spans[-1])
    limit = end.spans[1].outer_start if len(end.spans) > 1 else len(end.text)
    after = clause_after(end, end.spans[0], limit)
    return all(c and PERSON in v.masked[slice(*c.subject)] for c, v in ((before, begin), (after, end)))


def _runs_on(view):
    last = view.spans[-1]
    return not last.closed and last.end == len(view.text) and not said_inside(view, last)


def _opens(view):
    first = view.spans[0] if view.spans else None
    return (
        view.block.kind not in ("heading", "title")
        and bool(first)
        and first.opened
        and not view.text[: first.outer_start].strip()
    )


def _is_only_open(view):
    return len(view.spans) == 1 and _runs_on(view)


def _is_whole(view):
    """Nothing but the continued passage stands in the paragraph."""
    return len(view.spans) == 1 and not view.text[view.spans[0].outer_end :].strip()


def said_inside(view, span):
    """Where an attribution stands inside a passage without a closing mark; that is where the words end."""
    match = SPOKEN_INSIDE.search(view.named, span.start, span.end)
    return match.start() + 1 if match else None
