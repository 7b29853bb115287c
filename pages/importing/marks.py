"""Pairs quotation marks to the outermost quoted passages of one paragraph."""

import re
from typing import NamedTuple

from .glyphs import find_marks
from .verbs import SPEECH_NEXT

FARTHEST = 2000
WORD = re.compile(r"\w")


class Span(NamedTuple):
    """One quoted passage: the words lie in start:end, the marks around them in outer_start:outer_end."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    opened: bool = True
    closed: bool = True


def find_spans(text):
    """Outermost quoted passages in order; one without its other mark is reported, never dropped."""
    marks, spans, place = find_marks(text), [], 0
    while place < len(marks):
        mark = marks[place]
        end = _closing(text, marks, place) if mark.opens else None
        if end is not None:
            if WORD.search(text, mark.end, marks[end].start) and _is_free(spans, mark):
                spans.append(Span(mark.start, mark.end, marks[end].start, marks[end].end))
            place = end + 1
            continue
        if not mark.weak and not _is_measure(marks, place) and _is_free(spans, mark):
            spans += _lonely(text, marks, place, spans)
        place += 1
    return spans


def _is_free(spans, mark):
    """Not within a passage whose closing mark is missing."""
    return not spans or spans[-1].outer_end <= mark.start


def _lonely(text, marks, place, spans):
    """A passage with one mark only: up to the next passage, or back to the passage before."""
    mark = marks[place]
    if mark.opens:
        following = _next_opening(marks, place, len(text))
        return [Span(mark.start, mark.end, following, following, closed=False)]
    if mark.family == "single":
        return []
    return [Span(mark.start, mark.start, mark.start, mark.end, opened=False)]


def _next_opening(marks, place, default):
    for number in range(place + 1, len(marks)):
        if marks[number].opens and not marks[number].weak:
            return marks[number].start
    return default


def _is_measure(marks, place):
    """An inch or foot sign, when no passage is open."""
    return marks[place].after_digit and not marks[place].opens


def _closing(text, marks, place):
    """Where the mark that closes marks[place] is, or None."""
    find = _closing_single if marks[place].family == "single" else _closing_other
    return find(text, marks, place)


def _closing_other(text, marks, place):
    family, number = marks[place].family, place + 1
    while number < min(len(marks), place + FARTHEST):
        mark = marks[number]
        if mark.family != family:
            number += 1
        elif mark.closes:
            if not _measure_inside(marks, number):
                return number
            number += 1
        elif _nested(marks, number):
            number += 2
            while marks[number - 1].family != family:
                number += 1
        else:
            return None
    return None


def _measure_inside(marks, number):
    """After a digit it is an inch sign if a later mark can still close the passage first."""
    if not marks[number].after_digit:
        return False
    later = next((m for m in marks[number + 1 : number + 40] if m.family == marks[number].family), None)
    return bool(later and later.closes)


def _nested(marks, number):
    """Marks of the same shape inside a passage: both passages must be closed before another opens."""
    same = [mark for mark in marks[number + 1 : number + 40] if mark.family == marks[number].family]
    return len(same) > 1 and same[0].closes and same[1].closes and not same[1].opens


def _closing_single(text, marks, place):
    number, fallback = place + 1, None
    while number < min(len(marks), place + FARTHEST):
        mark = marks[number]
        if mark.family != "single":
            inner = _closing_other(text, marks, number) if mark.opens else None
            number = (inner if inner is not None else number) + 1
            continue
        if mark.opens:
            return fallback
        if mark.certain and not (mark.after_digit and number + 1 < len(marks)):
            return number if not _speech_follows(text, marks, fallback) else fallback
        fallback = number if fallback is None else fallback
        number += 1
    return fallback


def _speech_follows(text, marks, number):
    """The first possible end is the end when somebody is said to have spoken right after it."""
    if number is None:
        return False
    return bool(SPEECH_NEXT.match(text, marks[number].end))
