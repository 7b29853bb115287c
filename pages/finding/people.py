"""Clinicians whose signature stands under something public. From their sign-offs only, never from a live row."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from pages.listing import Card, cards_of
from pages.signatures import PrintedSignature, printed_signatures
from reviews.models import SignOff
from reviews.reader import PublicArticle, public_articles, public_pages
from reviews.statements import Form, Statement

from .models import PublishedSigner, PublishedText
from .paging import page_or_404

PER_PAGE = 20
# The newest pages of each person. If none of them is public although the index says so, she is not listed.
LOOKED_AT = 3


@dataclass(frozen=True)
class Person:
    """A clinician as her newest sign-off under a public page prints her."""

    sign_off: SignOff

    @property
    def url(self):
        return person_url(self.sign_off)

    @property
    def credentials(self) -> list[dict]:
        """With the number to ask the issuer about, and the day on which the practice did."""
        return [
            {
                "title": item["title"],
                "number": item.get("number", ""),
                "checked_on": parse_date(item.get("checked_on") or ""),
            }
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
    """By name; the number of queries is always the same."""
    found = _newest_signatures(_standing()).values()
    return sorted(map(Person, found), key=lambda person: (person.sign_off.printed_name, person.sign_off.pk))


def person(clinician_id: int) -> Person:
    """Not found, if nothing that she signed is public now."""
    found = _newest_signatures(_standing().filter(clinician_id=clinician_id))
    if clinician_id not in found:
        raise Http404("Nobody with this address has signed a page that is public now.")
    return Person(found[clinician_id])


def _newest_signatures(signers) -> dict[int, SignOff]:
    """By clinician. The index says on which pages to look; what is found there is read from the record."""
    found = {}
    for article in public_articles(public_pages(_newest_pages(signers))).values():
        for signature in _signatures(article):
            newest = found.setdefault(signature.clinician_id, signature.sign_off)
            found[signature.clinician_id] = max(newest, signature.sign_off, key=lambda sign_off: sign_off.pk)
    return found


def _newest_pages(signers) -> list[int]:
    """The pages that each of them signed last."""
    place = Window(RowNumber(), partition_by=F("clinician_id"), order_by=[F("newest").desc(), F("text_id").desc()])
    pages = signers.values("clinician_id", "text_id").annotate(newest=Max("sign_off_id")).annotate(place=place)
    return list({row["text_id"] for row in pages.filter(place__lte=LOOKED_AT)})


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
    return any(signature.clinician_id == clinician_id for signature in _signatures(card.article))


def _signatures(article: PublicArticle) -> list[PrintedSignature]:
    """All that stand under a public article."""
    printed = printed_signatures(article.content, article.signatures)
    return [printed.review, *printed.quotations]


def _standing():
    return PublishedSigner.objects.filter(text__stands_until__gt=timezone.now())


@lru_cache(maxsize=1024)
def _url_of(name: str, clinician_id: int) -> str:
    return reverse("pages:person", args=[f"{slugify(name) or 'clinician'}-{clinician_id}"])
