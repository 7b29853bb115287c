"""Thousands of public articles at once: rows of the record as the services write them, in words as common as words are.

Only what lists and search read: the pages have no row of their own type, so nobody can open one.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from pages.blocks import CopyBlock
from pages.finding import keeping
from pages.models import ProcedureArticlePage, ProcedureIndexPage
from reviews.canonical import canonical_json
from reviews.ledger import GENESIS, head
from reviews.models import LedgerEntry, Publication, PublicPage, SignOff
from reviews.statements import Kind, ReviewableContent, Statement

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu tra ple sto gra kin".split()  # noqa: SIM905
COMMONEST = "skin"
FIRST_ID = 1_000_000


def grow_to(size: int, clinician) -> None:
    """Public articles until there are this many, all reviewed by this clinician."""
    there = Publication.objects.filter(page_id__gte=FIRST_ID).count()
    for start in range(there, size, 500):
        with transaction.atomic():
            numbers = range(start, min(start + 500, size))
            _record([_content(number) for number in numbers], clinician)
            for number in numbers:
                keeping.keep(FIRST_ID + number)


def words() -> list[str]:
    """The vocabulary, the most frequent word first."""
    source = random.Random(8)
    made = {"".join(source.choices(SYLLABLES, k=source.choice((2, 3, 3, 4)))) for _ in range(6_000)}
    return [COMMONEST, *sorted(made, key=lambda word: source.random())]


VOCABULARY = words()
_WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(len(VOCABULARY))))


def _content(number: int) -> ReviewableContent:
    source = random.Random(number)

    def some(count):
        return " ".join(source.choices(VOCABULARY, cum_weights=_WEIGHTS, k=count)).capitalize()

    texts = [f"<p>{some(40)}. On {COMMONEST}.</p>" for _ in range(15)]
    body = [{"type": "copy", "value": {"text": text, "references": []}} for text in texts]
    copies = [statement for item in body for statement in CopyBlock().get_statements(item["value"], key="")]
    title, summary = f"{some(3)} {number}", some(20)
    opening = [
        Statement(kind=Kind.COPY, key="", text=title, label="Title"),
        Statement(kind=Kind.COPY, key="", text=summary, label="Summary"),
    ]
    tags = sorted({f"Topic {source.randrange(60)}", f"Topic {source.randrange(60)}"})
    fields = {"title": title, "summary": summary, "slug": f"many-{number}", "tags": tags}
    fields |= {"type": ProcedureArticlePage._meta.label, "body": body}
    return ReviewableContent(FIRST_ID + number, fields, (*opening, *copies))


def _record(contents: list[ReviewableContent], clinician) -> None:
    entries = iter(_entries(2 * len(contents), [content.page_id for content in contents for _ in range(2)]))
    sign_offs, publications = [], []
    for content in contents:
        sign_offs.append(_sign_off(next(entries), content, clinician))
        publications.append(_publication(next(entries), content))
    LedgerEntry.objects.bulk_create(item.entry for pair in zip(sign_offs, publications, strict=True) for item in pair)
    SignOff.objects.bulk_create(sign_offs)
    Publication.objects.bulk_create(publications)
    PublicPage.objects.bulk_create(PublicPage(page_id=item.page_id, publication=item) for item in publications)
    Page.objects.bulk_create(_pages(contents))


def _entries(count: int, page_ids: list[int]) -> Iterator[LedgerEntry]:
    newest = head()
    sequence, previous = (newest.sequence, newest.digest) if newest else (0, GENESIS)
    for number in range(count):
        kind = LedgerEntry.Kind.PUBLISHED if number % 2 else LedgerEntry.Kind.SIGNED_OFF
        entry = LedgerEntry(
            sequence=(sequence := sequence + 1),
            kind=kind,
            page_id=page_ids[number],
            payload="{}",
            previous_digest=previous,
            recorded_at=timezone.now(),
        )
        entry.digest = previous = entry.computed_digest()
        yield entry


def _sign_off(entry, content, clinician) -> SignOff:
    return SignOff(
        entry=entry,
        user=clinician.user,
        clinician_id=clinician.pk,
        page_id=content.page_id,
        page_title=content.title,
        page_digest=content.page_digest,
        meaning="clinical_review",
        signed_at=timezone.now(),
        valid_until=timezone.now() + timedelta(days=365),
        **clinician.signature_line(),
    )


def _publication(entry, content) -> Publication:
    stored = {"fields": content.fields, "statements": [item.as_canonical() for item in content.statements]}
    return Publication(
        entry=entry,
        page_id=content.page_id,
        page_digest=content.page_digest,
        content=canonical_json(stored),
        published_at=timezone.now(),
    )


def _pages(contents: list[ReviewableContent]) -> Iterator[Page]:
    index = ProcedureIndexPage.objects.get()
    content_type = ContentType.objects.get_for_model(ProcedureArticlePage)
    locale = Locale.objects.first()
    for content in contents:
        step = Page._int2str(content.page_id).rjust(Page.steplen, "0")[-Page.steplen :]
        yield Page(
            pk=content.page_id,
            path=index.path + step,
            depth=index.depth + 1,
            title=content.title,
            draft_title=content.title,
            slug=content.fields["slug"],
            url_path=f"{index.url_path}{content.fields['slug']}/",
            content_type=content_type,
            locale=locale,
            live=True,
        )
