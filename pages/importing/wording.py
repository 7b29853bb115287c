"""The words of a quotation: as found, and as a display quotation that stands alone."""

import re

STOPS = (".", "?", "!", "…", "—", "–")
CLOSERS = "'’\"”»)›"


def found_text(pieces):
    """The words inside the marks, parts joined by one space."""
    return " ".join(piece for piece in (re.sub(r"\s+", " ", piece).strip() for piece in pieces) if piece)


def display_words(pieces, joins, *, set_off, closed_outside):
    """Words for display: a comma that only led to the attribution becomes a full stop; no letter changes."""
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in pieces]
    parts = [
        _stopped(piece) if ends_sentence else piece
        for piece, ends_sentence in zip(pieces, [*joins, False], strict=True)
    ]
    last = parts[-1]
    if last.endswith(",") or ((set_off or closed_outside) and len(parts) + len(last.split()) > 1):
        parts[-1] = _stopped(last) if _is_sentence(parts[0]) or last.endswith(",") else last
    return " ".join(part for part in parts if part)


def _stopped(words):
    if words.endswith(","):
        return words[:-1] + "."
    bare = words.rstrip(CLOSERS)
    if bare.endswith(STOPS) or not bare:
        return words
    if bare.endswith(",") and len(bare) < len(words):
        return bare[:-1] + "." + words[len(bare) :]
    return words + "."


def _is_sentence(words):
    return words.lstrip("'\"‘“«„[(…. ")[:1].isupper()
