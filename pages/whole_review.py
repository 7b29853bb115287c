"""When somebody last read the whole page. A reviewer who signs a mended letter decides on that letter only, and the
statements she signed before are carried over. So the newest sign-off is not always the newest reading."""

from collections import defaultdict
from collections.abc import Collection

from reviews.models import SignedStatement, SignOff
from reviews.signatures import Signatures


def whole_review(signatures: Signatures) -> SignOff:
    """The newest sign-off, up to the review in force, for which its signer decided on every statement of the page."""
    return whole_reviews([signatures])[signatures.review.pk]


def whole_reviews(found: Collection[Signatures]) -> dict[int, SignOff]:
    """The same of many, by the id of each review; in one query at most, however many there are."""
    series = {signatures.review.pk: _series(signatures) for signatures in found}
    signed = _signed([item for sign_offs in series.values() if len(sign_offs) > 1 for item in sign_offs])
    return {pk: _newest_whole(sign_offs, signed) for pk, sign_offs in series.items()}


def _series(signatures: Signatures) -> list[SignOff]:
    """What the same person signed of the same page up to the review, the oldest first."""
    review = signatures.review
    return [item for item in signatures.given if item.pk <= review.pk and _about(item) == _about(review)]


def _about(sign_off: SignOff) -> tuple:
    return sign_off.clinician_id, sign_off.meaning


def _signed(sign_offs: list[SignOff]) -> dict[int, set]:
    signed = defaultdict(set)
    if sign_offs:
        rows = SignedStatement.objects.filter(sign_off__in=sign_offs)
        for pk, digest in rows.values_list("sign_off_id", "digest"):
            signed[pk].add(digest)
    return signed


def _newest_whole(sign_offs: list[SignOff], signed: dict[int, set]) -> SignOff:
    return next(
        item
        for number, item in reversed(list(enumerate(sign_offs)))
        if number == 0 or not _carried(item, sign_offs[:number], signed)
    )


def _carried(review: SignOff, earlier: list[SignOff], signed: dict[int, set]) -> set:
    """Statements that she was not asked again, because a sign-off of hers was in force for them."""
    in_force = [item for item in earlier if _in_force(item, review.signed_at)]
    return signed[review.pk].intersection(*[set().union(*(signed[item.pk] for item in in_force))])


def _in_force(sign_off: SignOff, at) -> bool:
    withdrawal = getattr(sign_off, "withdrawal", None)
    return sign_off.valid_until > at and (withdrawal is None or withdrawal.withdrawn_at > at)
