from wagtail.blocks import StructBlock

from reviews.statements import Statement


class StatementBlock(StructBlock):
    """A block that knows what in it has to be signed. `Meta.desk_only` names fields that no patient sees."""

    def get_statements(self, data: dict, key: str) -> list[Statement]:
        """The statements of one block, from its canonical data."""
        raise NotImplementedError

    def get_desk_context(self, value) -> dict:
        """What a signer should know about this block and no patient sees."""
        return {}
