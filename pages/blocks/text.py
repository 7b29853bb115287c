from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock

from pages.canonical import words_of
from reviews.statements import Kind, Statement

from .base import Group, StatementBlock
from .references import references_field, references_of

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(StatementBlock):
    text = CharBlock(max_length=160, label="Heading")

    def get_statements(self, data, key):
        return [Statement(kind=Kind.COPY, key=key, text=data["text"], label="Heading")]

    def read_out(self, data, reading):
        reading.heading(data["text"])

    class Meta:
        icon = "title"
        group = Group.WORDS
        template = "pages/blocks/heading.html"
        description = "Opens a section and appears under “On this page”."
        preview_value = {"text": "Recovery, day by day"}
        form_attrs = {"data-kind": "heading"}


class CopyBlock(StatementBlock):
    text = RichTextBlock(features=RICH_TEXT_FEATURES)
    references = references_field()

    def get_statements(self, data, key):
        return [
            Statement(
                kind=Kind.COPY,
                key=key,
                text=words_of(data["text"]),
                markup=data["text"],
                references=references_of(data),
            )
        ]

    def read_out(self, data, reading):
        reading.rich(data["text"])

    class Meta:
        icon = "pilcrow"
        group = Group.WORDS
        label = "Copy"
        template = "pages/blocks/copy.html"
        description = "Paragraphs and lists in the practice's own words."
        preview_value = {
            "text": "<p>Your skin is cleaned and numbed first. That takes about half an hour.</p>",
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }


class ClaimBlock(StatementBlock):
    category = ChoiceBlock(
        choices=[
            ("benefit", "Benefit"),
            ("risk", "Risk"),
            ("recovery", "Recovery time"),
            ("suitability", "Suitability"),
            ("price", "Price"),
        ]
    )
    text = RichTextBlock(features=RICH_TEXT_FEATURES)
    references = references_field()

    def get_statements(self, data, key):
        return [
            Statement(
                kind=Kind.CLAIM,
                key=key,
                text=words_of(data["text"]),
                markup=data["text"],
                label=data["category"],
                references=references_of(data),
            )
        ]

    def read_out(self, data, reading):
        reading.rich(data["text"])

    class Meta:
        icon = "clipboard-list"
        group = Group.WORDS
        template = "pages/blocks/claim.html"
        description = "A statement of fact that a patient may act on. It needs a source."
        preview_value = {
            "category": "recovery",
            "text": "<p>Most people go back to work the next day.</p>",
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }
