"""Finds the quotations of an article in reading order and gives each its verdict."""

from .continuing import continued_passages
from .interviews import Interview
from .narrative import Narrator
from .quoted_blocks import QuotedBlocks


def find_drafts(views, roster):
    """All quotations, and the quoted strings that were left alone."""
    narrator = Narrator(views, roster)
    interview = Interview(views, roster)
    quoted_blocks = QuotedBlocks(views, narrator)
    chains = continued_passages(views)
    for view in views:
        if interview.reads(view, narrator) or quoted_blocks.reads(view) or view.number in chains.inner:
            continue
        narrator.read(view, chains.starting.get(view.number))
    return narrator.drafts, narrator.left_alone
