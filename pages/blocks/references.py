from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from reviews.statements import Reference


class ReferenceBlock(StructBlock):
    """A source, the place in it, and the passage that is relied on."""

    citation = CharBlock(help_text="Authors. Title. Journal or publisher.")
    year = CharBlock(required=False, max_length=40, help_text="The year, or the date it was read.")
    link = CharBlock(
        required=False,
        label="DOI, PMID or web address",
        help_text="10.1000/xyz123, PMID 12345678 or https://…",
    )
    locator = CharBlock(required=False, help_text="Page, table or section: Results, table 2")
    passage = TextBlock(required=False, help_text="The sentences of the source that support these words.")

    class Meta:
        icon = "link"
        label = "Source"


def references_field():
    return ListBlock(ReferenceBlock(), default=[], label="Sources", collapsed=True)


def references_of(data: dict) -> tuple[Reference, ...]:
    return tuple(Reference(**item) for item in data["references"] if item["citation"])
