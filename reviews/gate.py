"""The gate: nothing becomes public without the sign-offs it needs. One predicate, asked everywhere. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from .attestations import Meaning
from .canonical import shortened
from .editor import block_anchor
from .errors import NotSignedOff
from .models import Clinician, SignOff, Withdrawal
from .outbox import is_address
from .sentences import day_of
from .signatures import Signatures, signatures_to_publish, withdrawn_words
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
    # Of the element in the editor that it is about.
    anchor: str = ""


def obstacles(
    page: Page, content: ReviewableContent | None = None, signatures: Signatures | None = None
) -> list[Obstacle]:
    """What keeps this version of the page from being public; empty when it may be.

    Who has worked out its content or its signatures already passes them on.
    """
    content = content or page.get_reviewable_content()
    signatures = signatures or signatures_to_publish(content)
    desk = page.get_desk_obstacles()
    open_blocks = {obstacle.anchor for obstacle in desk if obstacle.anchor}
    # Whose words they are is for the desk to settle, once; only then is a signature missing.
    missing = [
        obstacle
        for obstacle in missing_signatures(content, signatures)
        if not (_has_no_speaker(obstacle) and obstacle.anchor in open_blocks)
    ]
    return [*desk, *missing]


def _has_no_speaker(obstacle: Obstacle) -> bool:
    return obstacle.statement is not None and obstacle.statement.clinician_id is None


def missing_signatures(content: ReviewableContent, signatures: Signatures) -> list[Obstacle]:
    """The sign-offs that this content needs and that are not in force; none if the signatures cover it."""
    unsigned = signatures.unsigned(content)
    clinicians = _clinicians(unsigned) if unsigned else {}
    withdrawn = withdrawn_words(unsigned, signatures) if unsigned else {}
    missing = []
    for statement in unsigned:
        ended = withdrawn.get((statement.clinician_id, statement.digest))
        sentence = _waiting_sentence(clinicians.get(statement.clinician_id), statement, ended)
        missing.append(Obstacle("quotation_not_signed", sentence, statement, block_anchor(statement.key)))
    if not signatures.review:
        missing.append(Obstacle("not_reviewed", _review_sentence(content, signatures.newest_review())))
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
    return waited_for(missing_signatures(content, signatures_to_publish(content)))


def waited_for(missing: list[Obstacle]) -> list[str]:
    """The same of what is known to be missing."""
    clinicians = _clinicians(obstacle.statement for obstacle in missing if obstacle.statement)
    names = sorted(clinician.addressed for clinician in clinicians.values())
    return [*names, *["a clinical reviewer"] * needs(Meaning.CLINICAL_REVIEW, missing)]


def _clinicians(statements) -> dict[int, Clinician]:
    ids = {statement.clinician_id for statement in statements}
    return {clinician.pk: clinician for clinician in Clinician.objects.filter(pk__in=ids).select_related("user")}


def _waiting_sentence(clinician: Clinician | None, statement: Statement, ended: Withdrawal | None) -> str:
    words = shortened(statement.text).rstrip(".")
    if clinician is None:
        return f"Nobody is named as the speaker of “{words}”."
    state = f"{clinician.addressed} has not signed “{words}”."
    if ended:
        state = f"{clinician.addressed} withdrew her sign-off of “{words}” {_when_and_why(ended)}"
    return " ".join([state, *_why_it_may_take_longer(clinician)])


def _review_sentence(content: ReviewableContent, review: SignOff | None) -> str:
    ended = getattr(review, "withdrawal", None)
    if ended and review.page_digest == content.page_digest:
        return (
            f"{review.name_line}, withdrew her sign-off of this version {_when_and_why(ended)} "
            "A clinical reviewer has to sign it."
        )
    return "A clinical reviewer has not signed this version of the article."


def _when_and_why(ended: Withdrawal) -> str:
    """The reason is for the desk, and never for patients."""
    return f"on {day_of(timezone.localdate(ended.withdrawn_at))}: “{shortened(ended.reason, 300).rstrip('.')}”."


def _why_it_may_take_longer(clinician: Clinician) -> Iterator[str]:
    if clinician.is_away():
        yield f"She is away until {day_of(clinician.away_until)}."
    if clinician.has_account and not is_address(clinician.user.email):
        yield "No mail reaches her, because her account has no e-mail address: call her."
