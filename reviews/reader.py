"""What is public now. Every public surface asks here; none asks the page row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page

from .attestations import Meaning
from .models import LedgerEntry, Publication, PublicPage, SignOff
from .signatures import Signatures, signatures_for, signatures_for_many
from .statements import ReviewableContent


@dataclass(frozen=True)
class PublicArticle:
    """A publication whose every signature is in force at this moment."""

    publication: Publication
    content: ReviewableContent
    signatures: Signatures
    first_published_at: datetime


@dataclass(frozen=True)
class EndedPublication:
    """Why a page that used to be public is not. `reason` is withdrawn, taken_down or lapsed.

    Not even the title is told: nobody stands for it any more.
    """

    public_from: datetime
    ended_at: datetime | None
    reason: str


def public_article(page_id: int) -> PublicArticle | None:
    """The article as patients may read it now, or None."""
    return public_articles(PublicPage.objects.filter(page_id=page_id).select_related("publication")).get(page_id)


def public_articles(rows) -> dict[int, PublicArticle]:
    """Articles by page id, in the order of the `PublicPage` rows; three more queries however many there are."""
    histories = _histories([row.publication.page_id for row in rows])
    newest = {history.newest for history in histories.values()}
    publications = [row.publication for row in rows if row.publication_id in newest]
    contents = {item.page_id: _content_of(item.page_id, item.content) for item in publications}
    signatures = signatures_for_many(contents.values())
    articles = [
        PublicArticle(item, contents[item.page_id], signatures[item.page_id], histories[item.page_id].began_at)
        for item in publications
        if _stands(item, contents[item.page_id], signatures[item.page_id])
    ]
    return {article.publication.page_id: article for article in articles}


def public_pages(among: Collection[int] | QuerySet | None = None):
    """Rows of what is public: the page is live too, and its clinical review is in force.

    `among` leaves out every other page id. It is said of the sign-offs too: from the outer rows alone PostgreSQL
    guesses that to read every review there is comes cheaper.
    """
    reviews, rows = SignOff.objects.in_force(), PublicPage.objects.all()
    if among is not None:
        reviews, rows = reviews.filter(page_id__in=among), rows.filter(page_id__in=among)
    review = reviews.filter(
        page_id=OuterRef("page_id"),
        page_digest=OuterRef("publication__page_digest"),
        meaning=Meaning.CLINICAL_REVIEW,
    )
    live = Page.objects.live().filter(pk=OuterRef("page_id"))
    newer = _says_what_is_public(page_id=OuterRef("page_id"), sequence__gt=OuterRef("publication_id"))
    return rows.filter(~Exists(newer), Exists(review), Exists(live)).select_related("publication")


def has_signed_address(page: Page, content: ReviewableContent) -> bool:
    """Whether the page's own part of its address is the one that was signed: it is made of words too."""
    return page.slug == content.fields["slug"] == page.url_path.rstrip("/").rpartition("/")[2]


def is_newest(publication: Publication) -> bool:
    """Whether nothing was said since of what is public of its page: neither another publication nor an end."""
    return not _says_what_is_public(page_id=publication.page_id, sequence__gt=publication.pk).exists()


def record_version() -> str:
    """Another text after every entry: what is public cannot change while it stays the same.

    The digest and not the number: after a restore, numbers come again with other content. Plain SQL, because every
    request of every reader asks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM reviews_ledgerentry ORDER BY sequence DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def next_lapse(now: datetime) -> datetime | None:
    """When the next sign-off of all ends by itself, which is no entry. One that was withdrawn counts: that is early."""
    return SignOff.objects.filter(valid_until__gt=now).aggregate(first=Min("valid_until"))["first"]


@lru_cache(maxsize=128)
def _content_of(page_id: int, recorded: str) -> ReviewableContent:
    """The signed content with its digests. It depends on nothing but this very text, so a changed row is read anew."""
    return Publication(page_id=page_id, content=recorded).reviewable_content


@dataclass
class _History:
    """Since when a page was public, in whatever words, and its newest publication, or None once it was taken down: to
    show an older one would be a decision that nobody made."""

    began_at: datetime
    newest: int | None = None


def _histories(page_ids: Collection[int]) -> dict[int, _History]:
    histories = {}
    entries = _says_what_is_public(page_id__in=page_ids).order_by("sequence")
    for page_id, number, kind, recorded_at in entries.values_list("page_id", "sequence", "kind", "recorded_at"):
        histories.setdefault(page_id, _History(recorded_at)).newest = (
            number if kind == LedgerEntry.Kind.PUBLISHED else None
        )
    return histories


def _says_what_is_public(**about) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(kind__in=(LedgerEntry.Kind.PUBLISHED, LedgerEntry.Kind.TAKEN_DOWN), **about)


def stands_until(article: PublicArticle) -> datetime:
    """Until when patients read these words, if nobody signs or withdraws. An older sign-off may outlast a newer one."""
    content, signatures, at = article.content, article.signatures, timezone.now()
    while signatures.cover(content):
        at = min(sign_off.valid_until for sign_off in signatures.needed_by(content))
        signatures = signatures_for(content, at)
    return at


def ended_publication(page_id: int) -> EndedPublication | None:
    """What to tell a reader of a page that used to be public, or None if it never was."""
    recorded = Publication.objects.filter(page_id=page_id, entry__kind=LedgerEntry.Kind.PUBLISHED)
    publication = recorded.select_related("entry").order_by("-entry_id").first()
    if publication is None:
        return None
    ended = LedgerEntry.objects.filter(
        page_id=page_id, kind=LedgerEntry.Kind.TAKEN_DOWN, sequence__gt=publication.entry_id
    ).last()
    if ended:
        return EndedPublication(publication.published_at, ended.recorded_at, ended.data["reason"])
    lapsed_at = _lapsed_at(publication)
    if lapsed_at > timezone.now():
        return EndedPublication(publication.published_at, None, "taken_down")
    return EndedPublication(publication.published_at, lapsed_at, "lapsed")


def _stands(publication, content, signatures) -> bool:
    """The words are the ones that were published, and everybody who has to stands by them."""
    return content.page_digest == publication.page_digest and signatures.cover(content)


def _lapsed_at(publication) -> datetime:
    """A publication lapses with the earliest of the sign-offs it rested on."""
    rested_on = SignOff.objects.filter(pk__in=publication.entry.data["sign_offs"])
    return min(rested_on.values_list("valid_until", flat=True), default=publication.published_at)
