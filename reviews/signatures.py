from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from .attestations import Meaning
from .models import Clinician, SignedStatement, SignOff
from .statements import ReviewableContent, Statement


@dataclass
class Signatures:
    """The sign-offs in force that fit one page's content, digest for digest."""

    review: SignOff | None = None
    own_words: dict[str, SignOff] = field(default_factory=dict)

    def for_quotation(self, statement: Statement) -> SignOff | None:
        """The quoted clinician's own signature under exactly these words."""
        sign_off = self.own_words.get(statement.digest)
        return sign_off if sign_off and sign_off.clinician_id == statement.clinician_id else None


def signatures_for(content: ReviewableContent, at=None) -> Signatures:
    """What stands for these words. For a publication: a review that a newer one superseded still covers it."""
    return signatures_for_many([content], at)[content.page_id]


def signatures_to_publish(content: ReviewableContent) -> Signatures:
    """What stands for a version that would become public: only the newest clinical review of the page counts.

    Going back to an older version is a decision that somebody makes, not one that an old review made.
    """
    own_words = {signed.digest: signed.sign_off for signed in _signed_quotations({content.page_id: content}, None)}
    return Signatures(newest_review(content), own_words)


def newest_review(content: ReviewableContent) -> SignOff | None:
    """The newest clinical review of the page, if it is in force and covers exactly this content."""
    reviews = SignOff.objects.filter(page_id=content.page_id, meaning=Meaning.CLINICAL_REVIEW)
    newest = reviews.annotate(stands=_is_in_force("pk")).newest_first().first()
    return newest if newest and newest.stands and newest.page_digest == content.page_digest else None


def standing_of(clinician: Clinician, content: ReviewableContent) -> "Standing":
    """All signatures that matter when this clinician reads this page, in two queries."""
    quotations = {statement.digest for statement in content.quotations}
    hers = Q(sign_off__clinician_id=clinician.pk)
    signed = (
        SignedStatement.objects.filter(
            hers | Q(sign_off__meaning=Meaning.OWN_WORDS, digest__in=quotations), sign_off__page_id=content.page_id
        )
        .annotate(stands=_is_in_force("sign_off_id"))
        .select_related("sign_off")
        .order_by("sign_off_id", "position")
    )
    return Standing.made_of(list(signed), clinician, newest_review(content))


@dataclass
class Standing:
    """What stands on one page, and what one clinician signed there before, by digest and by key; the newest wins."""

    signatures: Signatures
    reviewed: set[str]
    last: dict[str, SignedStatement]

    @classmethod
    def made_of(cls, signed: list[SignedStatement], clinician: Clinician, review: SignOff | None) -> "Standing":
        in_force = [item for item in signed if item.stands]
        hers = [item for item in signed if item.sign_off.clinician_id == clinician.pk]
        return cls(
            signatures=Signatures(
                review, {item.digest: item.sign_off for item in in_force if not item.sign_off.is_review}
            ),
            reviewed={item.digest for item in hers if item.stands and item.sign_off.is_review},
            last={name: item for item in hers for name in (item.key, item.digest)},
        )


def _is_in_force(key: str) -> Exists:
    return Exists(SignOff.objects.in_force().filter(pk=OuterRef(key)))


def signatures_for_many(contents: Iterable[ReviewableContent], at=None) -> dict[int, Signatures]:
    """Signatures by page id, in two queries however many pages there are. A sign-off counts for its own page only."""
    contents = {content.page_id: content for content in contents}
    found = defaultdict(Signatures)
    reviews = SignOff.objects.in_force(at).filter(page_id__in=contents, meaning=Meaning.CLINICAL_REVIEW)
    for sign_off in reviews.order_by("entry_id"):
        if sign_off.page_digest == contents[sign_off.page_id].page_digest:
            found[sign_off.page_id].review = sign_off
    for signed in _signed_quotations(contents, at):
        found[signed.sign_off.page_id].own_words[signed.digest] = signed.sign_off
    return found


def _signed_quotations(contents, at):
    digests = {statement.digest for content in contents.values() for statement in content.quotations}
    own_words = SignOff.objects.in_force(at).filter(page_id__in=contents, meaning=Meaning.OWN_WORDS)
    return (
        SignedStatement.objects.filter(sign_off__in=own_words, digest__in=digests)
        .select_related("sign_off")
        .order_by("sign_off_id")
    )
