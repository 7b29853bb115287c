"""Where a text may be cut."""

import re

# A question may not be cut from its answer. What looks like the beginning of a sentence has to follow.
_END = re.compile(r"[.!][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Drs?|Mrs?|Ms|Prof|Jr|Sr|St|vs|approx|nos?|vit|fig|al|etc|min|max|incl|cf|ca|hrs?|oz|lbs?|tsp|tbsp|pp?|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Co|Ltd)|\b(?:[a-z]\.)+[a-z]|\bph\.d|\b[a-z])\.$",
    re.IGNORECASE,
)


def begun(text: str, longest: int, after: int = 0) -> str:
    """The whole text if it is short enough; else as many whole sentences as fit, or nothing if none ends in time."""
    if len(text) <= longest:
        return text
    ends = [match for match in _END.finditer(text, after, longest) if not _is_abbreviation(text, match.start() + 1)]
    return f"{text[: ends[-1].end()]} …" if ends else ""


def _is_abbreviation(text: str, end: int) -> bool:
    return _ABBREVIATION.search(text, max(0, end - 12), end) is not None
