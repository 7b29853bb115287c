from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from .attestations import Meaning
from .models import SignedStatement, SignOff
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
    signatures = signatures_for(content)
    reviews = SignOff.objects.filter(page_id=content.page_id, meaning=Meaning.CLINICAL_REVIEW)
    if signatures.review and signatures.review.pk != reviews.aggregate(newest=Max("entry_id"))["newest"]:
        signatures.review = None
    return signatures


def signatures_for_many(contents: Iterable[ReviewableContent], at=None) -> dict[int, Signatures]:
    """Signatures by page id, in two queries however many pages there are. A sign-off counts for its own page only."""
    contents = {content.page_id: content for content in contents}
    found, own_words = defaultdict(Signatures), {}
    for sign_off in SignOff.objects.in_force(at).filter(page_id__in=contents).order_by("entry_id"):
        if sign_off.meaning == Meaning.OWN_WORDS:
            own_words[sign_off.pk] = sign_off
        elif sign_off.page_digest == contents[sign_off.page_id].page_digest:
            found[sign_off.page_id].review = sign_off
    for sign_off_id, digest in _signed_quotations(contents, own_words):
        sign_off = own_words[sign_off_id]
        found[sign_off.page_id].own_words[digest] = sign_off
    return found


def _signed_quotations(contents, own_words):
    """Which sign-off stands under which quotation, oldest first, so that the newest counts."""
    digests = {statement.digest for content in contents.values() for statement in content.quotations}
    if not (digests and own_words):
        return ()
    signed = SignedStatement.objects.filter(sign_off_id__in=own_words, digest__in=digests)
    return signed.order_by("sign_off_id").values_list("sign_off_id", "digest")
