"""When somebody last read the whole page. A reviewer who signs a mended letter decides on that letter only, and the
statements she signed before are carried over. So the newest sign-off is not always the newest reading."""

from collections import defaultdict

from reviews.models import SignedStatement, SignOff


def whole_review(review: SignOff) -> SignOff:
    """The newest sign-off, up to this one, for which its signer decided on every statement of the page."""
    same = SignOff.objects.filter(
        page_id=review.page_id, clinician_id=review.clinician_id, meaning=review.meaning, pk__lte=review.pk
    )
    sign_offs = list(same.select_related("withdrawal").order_by("pk"))
    if len(sign_offs) == 1:
        return review
    signed = defaultdict(set)
    for pk, digest in SignedStatement.objects.filter(sign_off__in=sign_offs).values_list("sign_off_id", "digest"):
        signed[pk].add(digest)
    return [item for number, item in enumerate(sign_offs) if not _carried(item, sign_offs[:number], signed)][-1]


def _carried(review: SignOff, earlier: list[SignOff], signed: dict[int, set]) -> set:
    """Statements that she was not asked again, because a sign-off of hers was in force for them."""
    in_force = [item for item in earlier if _in_force(item, review.signed_at)]
    return signed[review.pk].intersection(*[set().union(*(signed[item.pk] for item in in_force))])


def _in_force(sign_off: SignOff, at) -> bool:
    withdrawal = getattr(sign_off, "withdrawal", None)
    return sign_off.valid_until > at and (withdrawal is None or withdrawal.withdrawn_at > at)
