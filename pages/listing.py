"""Listings, from the record: titles and summaries are the signed ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page

from reviews.models import SignOff
from reviews.reader import PublicArticle, has_signed_address, public_articles, public_pages

from .marks import mark_template
from .signatures import PrintedSignature, printed_signatures
from .whole_review import whole_reviews


@dataclass(frozen=True)
class Card:
    """One article in a list."""

    title: str
    summary: str
    url: str
    whole_review: SignOff
    article: PublicArticle

    @property
    def reviewed_on(self) -> datetime:
        """When somebody last read the whole page: a mended letter does not move it."""
        return self.whole_review.signed_at

    @property
    def page_id(self) -> int:
        return self.article.publication.page_id

    @property
    def tags(self) -> list[str]:
        return self.article.content.fields.get("tags", [])

    @property
    def recovery(self) -> str:
        """How long it takes, from the facts at a glance."""
        body = self.article.content.fields.get("body", [])
        found = (item["value"]["recovery"]["value"] for item in body if item["type"] == "glance")
        return next(found, "")

    @property
    def mark(self) -> str:
        return mark_template(self.title, self.tags)


def cards(rows) -> list[Card]:
    """Cards of these `PublicPage` rows; a row whose signatures do not hold gives none."""
    articles = public_articles(rows)
    pages = Page.objects.in_bulk(articles)
    whole = whole_reviews([article.signatures for article in articles.values()])
    return [
        Card(
            title=article.content.title,
            summary=article.content.fields["summary"],
            url=pages[page_id].url,
            whole_review=whole[article.signatures.review.pk],
            article=article,
        )
        for page_id, article in articles.items()
        if has_signed_address(pages[page_id], article.content)
    ]


def cards_of(page_ids: Sequence[int]) -> list[Card]:
    """Cards of those of these pages that are public now, in the order of the ids."""
    rows = {row.page_id: row for row in public_pages(page_ids)}
    return cards([rows[page_id] for page_id in page_ids if page_id in rows])


def signers(listed: list[Card]) -> list[PrintedSignature]:
    """Everybody who stands behind the listed articles, by name."""
    found = {}
    for card in listed:
        printed = printed_signatures(card.article.content, card.article.signatures)
        for signature in [printed.review, *printed.quotations]:
            found[signature.clinician_id] = signature
    return sorted(found.values(), key=lambda signature: signature.printed_name)
