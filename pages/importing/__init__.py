"""Turns an article into title, copy and quotations; never guesses silently who said what."""

from .article import parse_article, read_article
from .files import MAX_BYTES, UnreadableArticle
from .model import (
    Article,
    BulletList,
    FoundQuotation,
    Heading,
    NamedClinician,
    Notice,
    Paragraph,
    QuotationPassage,
)

__all__ = [
    "MAX_BYTES",
    "Article",
    "BulletList",
    "FoundQuotation",
    "Heading",
    "NamedClinician",
    "Notice",
    "Paragraph",
    "QuotationPassage",
    "UnreadableArticle",
    "parse_article",
    "read_article",
]
