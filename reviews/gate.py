"""The gate: nothing becomes public without the sign-offs it needs. One predicate, asked everywhere. Writes nothing."""

from dataclasses import dataclass

from wagtail.models import Page

from .attestations import Meaning
from .canonical import shortened
from .errors import NotSignedOff
from .models import Clinician
from .signatures import Signatures, signatures_to_publish
from .statements import ReviewableContent, Statement

# Obstacles that only clinicians can remove; all others are for the desk.
CODES = {Meaning.OWN_WORDS: "quotation_not_signed", Meaning.CLINICAL_REVIEW: "not_reviewed"}
SIGNATURE_CODES = frozenset(CODES.values())


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands between an article and its readers. The sentence says who has to do what."""

    code: str
    sentence: str
    statement: Statement | None = None


def obstacles(
    page: Page, content: ReviewableContent | None = None, signatures: Signatures | None = None
) -> list[Obstacle]:
    """What keeps this version of the page from being public; empty when it may be.

    Who has worked out its content or its signatures already passes them on.
    """
    content = content or page.get_reviewable_content()
    signatures = signatures or signatures_to_publish(content)
    return [*page.get_desk_obstacles(), *missing_signatures(content, signatures)]


def missing_signatures(content: ReviewableContent, signatures: Signatures) -> list[Obstacle]:
    """The sign-offs that this content needs and that are not in force."""
    unsigned = [statement for statement in content.quotations if not signatures.for_quotation(statement)]
    names = _names(unsigned)
    missing = [
        Obstacle("quotation_not_signed", _waiting_sentence(names.get(statement.clinician_id), statement), statement)
        for statement in unsigned
    ]
    if not signatures.review:
        missing.append(Obstacle("not_reviewed", "A clinical reviewer has not signed this version of the article."))
    return missing


def refuse_unless_signed(page: Page, content: ReviewableContent) -> Signatures:
    """The signatures it may be public with. Raises NotSignedOff with the first obstacle and how many more there are."""
    signatures = signatures_to_publish(content)
    if found := obstacles(page, content, signatures):
        raise NotSignedOff(found[0].code, summary(found))
    return signatures


def summary(found: list[Obstacle]) -> str:
    more = len(found) - 1
    rest = f" {more} more {'thing is' if more == 1 else 'things are'} missing too." if more else ""
    return f"This article cannot be public yet. {found[0].sentence}{rest}"


def needs(meaning: str, found: list[Obstacle]) -> bool:
    """Whether a sign-off with this meaning is among what is missing."""
    return any(obstacle.code == CODES[meaning] for obstacle in found)


def waiting_names(page: Page) -> list[str]:
    """Whom this version waits for, as people are addressed; the reviewer is nobody in particular until she signs."""
    content = page.get_reviewable_content()
    missing = missing_signatures(content, signatures_to_publish(content))
    names = _names(obstacle.statement for obstacle in missing if obstacle.statement)
    return [*sorted(names.values()), *["a clinical reviewer"] * needs(Meaning.CLINICAL_REVIEW, missing)]


def _names(statements) -> dict[int, str]:
    ids = {statement.clinician_id for statement in statements}
    return {clinician.pk: clinician.addressed for clinician in Clinician.objects.filter(pk__in=ids)}


def _waiting_sentence(name: str | None, statement: Statement) -> str:
    words = shortened(statement.text).rstrip(".")
    if name is None:
        return f"Nobody is named as the speaker of “{words}”."
    return f"{name} has not signed “{words}”."
