"""Keeps the index in step with the record. Right whenever it is called, and however often."""

import logging
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from pages.content import unchanged_until
from pages.plain import letter_of, plain, slug_of, sort_key
from pages.signatures import printed_signatures
from pages.whole_review import whole_review
from reviews.models import PublicPage
from reviews.reader import PublicArticle, public_article, stands_until
from reviews.statements import ReviewableContent

from . import fulltext
from .models import PublishedSigner, PublishedTag, PublishedText
from .passages import words_read

logger = logging.getLogger(__name__)


def keep(page_id: int) -> None:
    """Make the index say of this page what the record says now."""
    with transaction.atomic():
        article = public_article(page_id)
        if article:
            _put(article)
        else:
            drop(page_id)


def drop(page_id: int) -> None:
    PublishedText.objects.filter(page_id=page_id).delete()
    fulltext.erase(page_id)


def keep_outdated() -> None:
    """Keep what no entry of the record ended: consent to pictures ends with a day. A failure costs no reader a page."""
    for page_id in PublishedText.objects.outdated().values_list("page_id", flat=True):
        try:
            keep(page_id)
        except DatabaseError:
            logger.exception("The index of page %s could not be kept", page_id)


def rebuild() -> int:
    """The whole index again, from the record. Returns how many pages are in it."""
    public = set(PublicPage.objects.values_list("page_id", flat=True))
    for page_id in public | set(PublishedText.objects.values_list("page_id", flat=True)):
        keep(page_id)
    return PublishedText.objects.count()


def _put(article: PublicArticle) -> None:
    content, page_id = article.content, article.publication.page_id
    text, _ = PublishedText.objects.update_or_create(
        page_id=page_id,
        defaults={
            "publication": article.publication,
            "letter": letter_of(content.title),
            "sort_key": sort_key(content.title),
            "reviewed_at": whole_review(article.signatures).signed_at,
            "stands_until": stands_until(article),
            "words_until": _words_until(content),
        },
    )
    _put_tags(text, content.fields.get("tags", []))
    _put_signers(text, article)
    fulltext.write(page_id, **_words(article))


def _words_until(content: ReviewableContent) -> datetime | None:
    """The first moment at which patients no longer see all of the words that they see today."""
    if not (body := content.fields.get("body")):
        return None
    stream_block = apps.get_model(content.fields["type"])._meta.get_field("body").stream_block
    if (last_day := unchanged_until(stream_block, body)) == date.max:
        return None
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))


def _words(article: PublicArticle) -> dict:
    fields = article.content.fields
    head = [fields.get("also_known_as", ""), fields.get("summary", ""), *fields.get("tags", [])]
    return {"title": plain(article.content.title), "head": plain(" ".join(head)), "body": plain(words_read(article))}


def _put_tags(text: PublishedText, names: list[str]) -> None:
    text.tags.all().delete()
    slugs = dict.fromkeys(filter(None, map(slug_of, names)))
    PublishedTag.objects.bulk_create(PublishedTag(text=text, slug=slug) for slug in slugs)


def _put_signers(text: PublishedText, article: PublicArticle) -> None:
    printed = printed_signatures(article.content, article.signatures)
    signed = {signature.sign_off.pk: signature.sign_off for signature in [printed.review, *printed.quotations]}
    text.signers.all().delete()
    PublishedSigner.objects.bulk_create(
        PublishedSigner(text=text, clinician_id=sign_off.clinician_id, sign_off=sign_off)
        for sign_off in signed.values()
    )
