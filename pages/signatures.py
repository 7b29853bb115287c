"""What the page prints about who signed. Built from sign-offs only; no name comes from a live row."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from reviews.models import SignOff
from reviews.signatures import Signatures
from reviews.statements import ReviewableContent


@dataclass(frozen=True)
class PrintedSignature:
    """A sign-off as it is printed beside the words with this digest; `number` is that of the line on the receipt."""

    sign_off: SignOff
    digest: str
    number: int = 0

    def __getattr__(self, name):
        return getattr(self.sign_off, name)

    @property
    def credentials(self) -> list[str]:
        return [credential["title"] for credential in self.sign_off.credentials]


@dataclass(frozen=True)
class PrintedSignatures:
    """All signatures of one article, in reading order."""

    review: PrintedSignature | None
    quotations: list[PrintedSignature]

    def for_digest(self, digest: str) -> PrintedSignature | None:
        return next((signature for signature in self.quotations if signature.digest == digest), None)

    @property
    def quoted(self) -> list[PrintedSignature]:
        """The first for each person and day, in reading order."""
        found = {}
        for item in self.quotations:
            found.setdefault((item.name_line, localdate(item.signed_at)), item)
        return list(found.values())

    @property
    def next_review(self):
        """When the first of them lapses."""
        return self._first.valid_until

    @property
    def ends_with(self) -> str:
        """The kind of credential that ends then and takes the first of them with it, or nothing."""
        return self._first.ends_with

    @property
    def _first(self) -> PrintedSignature:
        return min([self.review, *self.quotations], key=lambda signature: signature.valid_until)


def printed_signatures(content: ReviewableContent, signatures: Signatures) -> PrintedSignatures:
    quotations = [
        PrintedSignature(sign_off, statement.digest, number)
        for number, statement in enumerate(content.statements, start=1)
        if statement.is_quotation and (sign_off := signatures.for_quotation(statement))
    ]
    review = signatures.review and PrintedSignature(signatures.review, content.page_digest)
    return PrintedSignatures(review, quotations)
