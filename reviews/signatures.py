from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from .attestations import Meaning
from .models import Clinician, LedgerEntry, SignedStatement, SignOff, Withdrawal
from .statements import ReviewableContent, Statement


@dataclass
class Signatures:
    """The sign-offs in force that fit one page's content, digest for digest.

    `given` are all sign-offs of the page, the oldest first: those that ended, and those of other words too.
    """

    review: SignOff | None = None
    own_words: dict[str, SignOff] = field(default_factory=dict)
    given: list[SignOff] = field(default_factory=list)

    def for_quotation(self, statement: Statement) -> SignOff | None:
        """The quoted clinician's own signature under exactly these words."""
        sign_off = self.own_words.get(statement.digest)
        return sign_off if sign_off and sign_off.clinician_id == statement.clinician_id else None

    def unsigned(self, content: ReviewableContent) -> list[Statement]:
        """The quotations that nobody signed who may."""
        return [statement for statement in content.quotations if not self.for_quotation(statement)]

    def cover(self, content: ReviewableContent) -> bool:
        """Whether everybody who has to stands by these words."""
        return self.review is not None and not self.unsigned(content)

    def needed_by(self, content: ReviewableContent) -> list[SignOff]:
        """What a content that is covered rests on."""
        return [self.review, *map(self.for_quotation, content.quotations)]

    def newest_review(self) -> SignOff | None:
        """The last clinical review of the page, of whatever words, in force or not."""
        return next((sign_off for sign_off in reversed(self.given) if sign_off.is_review), None)


def signatures_for(content: ReviewableContent, at=None) -> Signatures:
    """What stands for these words. For a publication: a review that a newer one superseded still covers it."""
    return signatures_for_many([content], at)[content.page_id]


def signatures_to_publish(content: ReviewableContent) -> Signatures:
    """What stands for a version that would become public: only the newest clinical review of the page counts.

    Going back to an older version is a decision that somebody makes, not one that an old review made.
    """
    found = signatures_for(content)
    entries = LedgerEntry.objects.in_bulk([sign_off.pk for sign_off in found.own_words.values()])
    own_words = {
        digest: sign_off for digest, sign_off in found.own_words.items() if _records(entries[sign_off.pk], digest)
    }
    return replace(found, review=_if_it_covers(content, found.newest_review()), own_words=own_words)


def withdrawn_words(statements: Collection[Statement], signatures: Signatures) -> dict[tuple[int, str], Withdrawal]:
    """By clinician and digest: which of these words, last signed as her own, she has taken back; one query at most."""
    given = {item.pk: item for item in signatures.given if item.meaning == Meaning.OWN_WORDS}
    if not any(hasattr(item, "withdrawal") for item in given.values()):
        return {}
    signed = SignedStatement.objects.filter(sign_off__in=given, digest__in={item.digest for item in statements})
    rows = signed.order_by("sign_off_id").values_list("sign_off_id", "digest")
    last = {(given[pk].clinician_id, digest): given[pk] for pk, digest in rows}
    return {words: item.withdrawal for words, item in last.items() if hasattr(item, "withdrawal")}


def _records(entry: LedgerEntry, digest: str) -> bool:
    """Whether the ledger has these words too: a row of `SignedStatement` by itself is cheaper to forge."""
    return any(statement["digest"] == digest for statement in entry.data["statements"])


@dataclass
class Standing:
    """What stands on one page, and what one clinician signed there before, by digest and by key; the newest wins.

    `withdrawn` has the words, by digest, that she signed last in a sign-off which she withdrew.
    """

    signatures: Signatures
    reviewed: set[str]
    last: dict[str, SignedStatement]
    withdrawn: dict[str, Withdrawal]


def standing_of(clinician: Clinician, content: ReviewableContent) -> Standing:
    """All signatures that matter when this clinician reads this page, in two queries."""
    on_page = (
        SignOff.objects.filter(page_id=content.page_id).with_standing().select_related("withdrawal").order_by("pk")
    )
    sign_offs = {item.pk: item for item in on_page}
    signed = list(_signed(sign_offs, clinician, content))
    for item in signed:
        item.sign_off = sign_offs[item.sign_off_id]
    own_words = {item.digest: item.sign_off for item in signed if item.sign_off.stands and not item.sign_off.is_review}
    hers = [item for item in signed if item.sign_off.clinician_id == clinician.pk]
    signatures = Signatures(own_words=own_words, given=list(sign_offs.values()))
    return Standing(
        signatures=replace(signatures, review=_if_it_covers(content, signatures.newest_review())),
        reviewed={item.digest for item in hers if item.sign_off.stands and item.sign_off.is_review},
        last={name: item for item in hers for name in (item.key, item.digest)},
        withdrawn=_withdrawn(hers),
    )


def _withdrawn(hers: list[SignedStatement]) -> dict[str, Withdrawal]:
    """Each meaning counts by itself: who signed again as the speaker may still have withdrawn her review."""
    newest = {(item.digest, item.sign_off.meaning): item for item in hers}
    ended = [item for item in newest.values() if hasattr(item.sign_off, "withdrawal")]
    return {item.digest: item.sign_off.withdrawal for item in sorted(ended, key=lambda item: item.sign_off_id)}


def _signed(sign_offs: dict[int, SignOff], clinician: Clinician, content: ReviewableContent):
    """Everything that she signed, and what others signed of these quotations; oldest first."""
    hers = [item.pk for item in sign_offs.values() if item.clinician_id == clinician.pk]
    others = [item.pk for item in sign_offs.values() if item.stands and not item.is_review]
    quotations = {statement.digest for statement in content.quotations}
    signed = SignedStatement.objects.filter(Q(sign_off__in=hers) | Q(sign_off__in=others, digest__in=quotations))
    return signed.order_by("sign_off_id", "position")


def _if_it_covers(content: ReviewableContent, review: SignOff | None) -> SignOff | None:
    return review if review and review.stands and review.page_digest == content.page_digest else None


def signatures_for_many(contents: Iterable[ReviewableContent], at=None) -> dict[int, Signatures]:
    """Signatures by page id, in two queries however many pages there are. A sign-off counts for its own page only."""
    contents = {content.page_id: content for content in contents}
    found, own_words = defaultdict(Signatures), {}
    given = SignOff.objects.filter(page_id__in=contents).with_standing(at).select_related("withdrawal")
    for sign_off in given.order_by("entry_id"):
        found[sign_off.page_id].given.append(sign_off)
        if sign_off.stands and sign_off.meaning == Meaning.OWN_WORDS:
            own_words[sign_off.pk] = sign_off
        elif sign_off.stands and sign_off.page_digest == contents[sign_off.page_id].page_digest:
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
