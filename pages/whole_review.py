"""When somebody last read the whole page. A reviewer who signs a mended letter decides on that letter only, and the
statements she signed before are carried over. So the newest sign-off is not always the newest reading."""

from collections import defaultdict
from collections.abc import Collection

from reviews.models import SignedStatement, SignOff


def whole_review(review: SignOff) -> SignOff:
    """The newest sign-off, up to this one, for which its signer decided on every statement of the page."""
    return whole_reviews([review])[review.pk]


def whole_reviews(reviews: Collection[SignOff]) -> dict[int, SignOff]:
    """The same of many, by the id of each; in two queries however many there are."""
    series = _series(reviews)
    signed = _signed([item for sign_offs in series.values() if len(sign_offs) > 1 for item in sign_offs])
    return {pk: _newest_whole(sign_offs, signed) for pk, sign_offs in series.items()}


def _series(reviews: Collection[SignOff]) -> dict[int, list[SignOff]]:
    """What the same person signed of the same page up to each review, the oldest first."""
    same = SignOff.objects.filter(
        page_id__in={review.page_id for review in reviews},
        clinician_id__in={review.clinician_id for review in reviews},
        meaning__in={review.meaning for review in reviews},
    )
    found = defaultdict(list)
    for item in same.select_related("withdrawal").order_by("pk"):
        found[_about(item)].append(item)
    return {review.pk: [item for item in found[_about(review)] if item.pk <= review.pk] for review in reviews}


def _about(sign_off: SignOff) -> tuple:
    return sign_off.page_id, sign_off.clinician_id, sign_off.meaning


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
