"""Which characters may open or close a quotation, and which only look as if: apostrophes, inches, decades."""

import re
from typing import NamedTuple

GLYPH = re.compile(r"``|''|,,(?=\w)|[\"“”„‟«»‹›‘’‚‛'`″〝〞＂′]")
DOUBLE_OPENING, DOUBLE_CLOSING = {"“", "„", "‟", "``", ",,", "〝"}, {"”", "〞"}
STRAIGHT = {'"', "″", "''", "＂"}
SINGLE_OPENING, SINGLE_WEAK = {"‘", "‚", "‛"}, {"'", "’", "`", "′"}
ELISION = re.compile(r"(?:\d\d0?s\b|em\b|til\b|tis\b|twas\b|cause\b|round\b|bout\b|n\b|cos\b|tude\b)", re.IGNORECASE)
YEAR = re.compile(r"\d\d\b(?!-)")
OPENING_NEIGHBORS = set(" \n([{—–-/“‘„«‹\"'…‚‛`")


class Mark(NamedTuple):
    """One quotation mark in a paragraph; a weak one may as well be an apostrophe."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    weak: bool = False
    after_digit: bool = False
    certain: bool = False


def find_marks(text):
    """All characters of a paragraph that may be quotation marks, in order."""
    marks = (_mark(text, match) for match in GLYPH.finditer(text))
    return [mark for mark in marks if mark and (mark.opens or mark.closes)]


def _mark(text, match):
    glyph, start, end = match.group(), match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if glyph in "«»‹›":
        return _angle(glyph, start, end, before, after)
    if glyph in SINGLE_OPENING | SINGLE_WEAK:
        return _single(text, glyph, start, end)
    return _double(glyph, start, end, before, after)


def _double(glyph, start, end, before, after):
    free_left = not before or before in OPENING_NEIGHBORS
    free_right = not after or not after.isalnum()
    glued_right = bool(after) and not after.isspace()
    if glyph in STRAIGHT:
        opens, closes = free_left and glued_right, bool(before) and not before.isspace() and free_right
        opens, closes = (opens, closes) if opens or closes else (glued_right, not glued_right)
    elif glyph in DOUBLE_OPENING:
        closes = bool(before) and not before.isspace() and free_right and not free_left
        closes = closes and glyph in "“‟"
        opens = not closes
    else:
        opens = (not before or before.isspace()) and after.isalnum()
        closes = not opens
    return Mark(start, end, "double", opens, closes, after_digit=before.isdigit() and glyph in "\"″”''")


def _angle(glyph, start, end, before, after):
    spaced_left, spaced_right = not before or before.isspace(), not after or not after.isalnum()
    if glyph in "«‹":
        closes = not spaced_left and spaced_right and before not in OPENING_NEIGHBORS
        return Mark(start, end, "angle", not closes, closes)
    opens = (spaced_left or before in OPENING_NEIGHBORS) and not spaced_right
    return Mark(start, end, "angle", opens, not opens)


def _single(text, glyph, start, end):
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return None
    weak = glyph in SINGLE_WEAK
    if (not before or before in OPENING_NEIGHBORS) and after and not after.isspace():
        if _is_elided(text, start, end, weak) or not (after.isalnum() or after in '“"«„[…'):
            return Mark(start, end, "single", False, True, weak) if not after.isalnum() and before else None
        return Mark(start, end, "single", True, False, weak)
    if glyph in ("‛", "‚", "`") or not before or before.isspace():
        return None
    inch = before.isdigit() and glyph in "'′"
    return (
        None
        if inch and after.isdigit()
        else Mark(start, end, "single", False, True, weak, inch, _certain(text, start, end))
    )


def _is_elided(text, start, end, weak):
    """An apostrophe for what is left out: ’em, the ’90s, in '95; but not at the beginning of a sentence."""
    if ELISION.match(text, end):
        return True
    begins = not re.search(r"\w[,;]?\s$", text[max(0, start - 3) : start])
    return weak and not begins and bool(YEAR.match(text, end))


def _certain(text, start, end):
    """False where the mark may be the apostrophe of a plural possessive (the patients' brows)."""
    before, after = text[start - 1], text[end : end + 1]
    return before not in "sSzx" or not after or not after.isspace()
