"""Listings, from the record: titles and summaries are the signed ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page

from reviews.reader import PublicArticle, public_articles, public_pages

from .signatures import PrintedSignature, printed_signatures


@dataclass(frozen=True)
class Card:
    """One article in a list."""

    title: str
    summary: str
    url: str
    reviewed_on: datetime
    article: PublicArticle

    @property
    def page_id(self) -> int:
        return self.article.publication.page_id

    @property
    def tags(self) -> list[str]:
        return self.article.content.fields.get("tags", [])


def cards(rows) -> list[Card]:
    """Cards of these `PublicPage` rows; a row whose signatures do not hold gives none."""
    articles = public_articles(rows)
    pages = Page.objects.in_bulk(articles)
    return [
        Card(
            title=article.content.title,
            summary=article.content.fields["summary"],
            url=pages[page_id].url,
            reviewed_on=article.signatures.review.signed_at,
            article=article,
        )
        for page_id, article in articles.items()
    ]


def cards_of(page_ids: Sequence[int]) -> list[Card]:
    """Cards of those of these pages that are public now, in the order of the ids."""
    rows = {row.page_id: row for row in public_pages().filter(page_id__in=page_ids)}
    return cards([rows[page_id] for page_id in page_ids if page_id in rows])


def signers(listed: list[Card]) -> list[PrintedSignature]:
    """Everybody who stands behind the listed articles, by name."""
    found = {}
    for card in listed:
        printed = printed_signatures(card.article.content, card.article.signatures)
        for signature in [printed.review, *printed.quotations]:
            found[signature.clinician_id] = signature
    return sorted(found.values(), key=lambda signature: signature.printed_name)
