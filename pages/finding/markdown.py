"""Signed words in files that are read as Markdown."""

import re

# What Markdown means something by within a line, HTML and its entities among it. The rest means it at the start of one.
_SPECIAL = re.compile(r"[\\`*_\[\]()<>~|]|&(?=#?\w+;)")


def in_markdown(words: str) -> str:
    """On one line, where every sign stands for itself."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(words.split()))
