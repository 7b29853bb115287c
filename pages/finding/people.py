"""Clinicians whose signature stands under something public. From their sign-offs only, never from a live row."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Count, Max
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from pages.listing import Card, cards_of
from pages.signatures import PrintedSignature, printed_signatures
from reviews.models import SignOff
from reviews.reader import public_pages
from reviews.statements import Form, Statement

from .models import PublishedSigner, PublishedText
from .paging import page_or_404

PER_PAGE = 20


@dataclass(frozen=True)
class Person:
    """A clinician as her newest sign-off under a public page prints her."""

    sign_off: SignOff
    pages: int

    @property
    def url(self):
        return person_url(self.sign_off)

    @property
    def credentials(self) -> list[dict]:
        """With the day on which the practice checked each of them."""
        return [
            {"title": item["title"], "checked_on": parse_date(item.get("checked_on") or "")}
            for item in self.sign_off.credentials
        ]


@dataclass(frozen=True)
class Quoted:
    """Her signed words, and the page that they stand on."""

    statement: Statement
    signature: PrintedSignature
    card: Card

    @property
    def value(self) -> dict:
        """As the templates of a quotation take it."""
        return {"words": self.statement.text, "form": self.statement.form, "disclosure": self.statement.disclosure}


@dataclass(frozen=True)
class SignedPages:
    """What one person signed, of one page of the list of what she signed."""

    clinician_id: int
    cards: list[Card] = field(default_factory=list)

    @cached_property
    def quotations(self) -> list[Quoted]:
        return [quoted for card in self.cards for quoted in self._quotations(card)]

    @property
    def reviewed(self) -> list[Card]:
        return [card for card in self.cards if card.article.signatures.review.clinician_id == self.clinician_id]

    def _quotations(self, card: Card):
        printed = printed_signatures(card.article.content, card.article.signatures)
        for statement in card.article.content.quotations:
            signature = printed.for_digest(statement.digest)
            if signature.clinician_id == self.clinician_id:
                yield Quoted(statement, signature, card)


def newest_quotation(cards: list[Card]) -> Quoted | None:
    """The first exact words on the newest of these pages that has any."""
    for card in cards:
        printed = printed_signatures(card.article.content, card.article.signatures)
        for statement in card.article.content.quotations:
            if statement.form == Form.VERBATIM:
                return Quoted(statement, printed.for_digest(statement.digest), card)
    return None


def person_url(sign_off: SignOff) -> str:
    """The address of whoever signed. The number in it is what counts; the name is for people."""
    return _url_of(sign_off.printed_name, sign_off.clinician_id)


def everybody() -> list[Person]:
    """By name; in three queries."""
    rows = _standing().values("clinician_id").annotate(newest=Max("sign_off_id"), pages=Count("text_id", distinct=True))
    pages = {row["newest"]: row["pages"] for row in rows}
    signed = SignOff.objects.in_force().filter(pk__in=pages).order_by("printed_name", "pk")
    public = set(public_pages([one.page_id for one in signed]).values_list("page_id", flat=True))
    return [Person(sign_off, pages[sign_off.pk]) for sign_off in signed if sign_off.page_id in public]


def person(clinician_id: int) -> Person:
    """Not found, if nothing that she signed is public now."""
    signers = _standing().filter(clinician_id=clinician_id)
    newest = SignOff.objects.in_force().filter(pk__in=signers.values("sign_off_id")).newest_first().first()
    if newest is None:
        raise Http404("Nobody with this address has signed a page that is public now.")
    return Person(newest, signers.values("text_id").distinct().count())


def signed_pages(request, clinician_id: int):
    """One page of what she signed, the newest first, with the page of the list that it is."""
    signers = _standing().filter(clinician_id=clinician_id)
    texts = PublishedText.objects.filter(pk__in=signers.values("text_id")).newest_first()
    page = page_or_404(request, texts.values_list("page_id", flat=True), PER_PAGE)
    found = SignedPages(
        clinician_id, [card for card in cards_of(list(page.object_list)) if _signed(card, clinician_id)]
    )
    if not found.cards:
        raise Http404("Nobody with this address has signed a page that is public now.")
    return found, page


def _signed(card: Card, clinician_id: int) -> bool:
    printed = printed_signatures(card.article.content, card.article.signatures)
    return any(signature.clinician_id == clinician_id for signature in [printed.review, *printed.quotations])


def _standing():
    return PublishedSigner.objects.filter(text__stands_until__gt=timezone.now())


@lru_cache(maxsize=1024)
def _url_of(name: str, clinician_id: int) -> str:
    return reverse("pages:person", args=[f"{slugify(name) or 'clinician'}-{clinician_id}"])
