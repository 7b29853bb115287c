"""Stand-ins for what only a signed page has: so staff see how a block will look. No page is ever shown with them."""

from types import SimpleNamespace

from django.utils import timezone

from reviews.canonical import digest_of_text

from .canonical import canonical_value
from .sources import numbered_sources


class SampleSignatures:
    """Signs whatever is asked for, in an invented name."""

    quotations = ()

    def for_digest(self, digest: str):
        return SimpleNamespace(
            pk=digest,
            digest=digest,
            number=1,
            printed_name="Ana Example",
            postnominals="MD",
            name_line="Ana Example, MD",
            capacity="Dermatologist at a practice that does not exist",
            credentials=["Licensed by a board that does not exist"],
            signed_at=timezone.now(),
        )

    @property
    def review(self):
        return self.for_digest(digest_of_text("sample"))


def with_defaults(block, value: dict):
    """A sample as a block's value, with everything filled in that it leaves out."""
    return block.bulk_to_python([value])[0]


def sample_context(block, value) -> dict:
    """What the article's template would pass to this one block."""
    statements = block.get_statements(canonical_value(block, value), key="sample")
    value.statement_digests = [statement.digest for statement in statements]
    sources = numbered_sources(statements)
    return {"sample": True, "signatures": SampleSignatures(), "sources": sources, "reference_uses": {}}
