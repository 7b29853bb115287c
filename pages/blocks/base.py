from collections.abc import Iterator
from datetime import date

from wagtail.blocks import StructBlock

from pages.reading import Reading
from pages.samples import sample_context, with_defaults
from reviews.gate import Obstacle
from reviews.statements import Statement


class Group:
    """Where a block stands in the chooser."""

    WORDS = "Words and pictures"
    OPENING = "Top of the page"
    PROCEDURE = "The procedure"
    RISK = "Risk and help"
    DECIDING = "Deciding"


class StatementBlock(StructBlock):
    """A block that knows what in it has to be signed. `Meta.desk_only` names fields that no patient sees."""

    def get_statements(self, data: dict, key: str) -> list[Statement]:
        """The statements of one block, from its canonical data, in the order in which a patient reads them."""
        raise NotImplementedError

    def read_out(self, data: dict, reading: Reading) -> None:
        """Say the words of one block as patients read them on the page. A block that says none is not found by any."""

    def get_desk_context(self, value) -> dict:
        """What a signer should know about this block and no patient sees."""
        return {}

    def get_desk_obstacles(self, value) -> Iterator[Obstacle]:
        """What the writer has to mend in this block before anybody is asked to sign."""
        return iter(())

    def shown_until(self, data: dict) -> date:
        """The last day on which patients see the block; what has no end of its own lasts as long as its sign-off."""
        return date.max

    def get_preview_value(self):
        return with_defaults(self, self.meta.preview_value)

    def get_preview_context(self, value, parent_context=None):
        return {**super().get_preview_context(value, parent_context), **sample_context(self, value)}
