from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from pages.canonical import words_of
from pages.reading import as_label
from reviews.statements import Kind, Statement

from .base import Group, StatementBlock
from .text import RICH_TEXT_FEATURES


class StepBlock(StructBlock):
    title = CharBlock(max_length=80)
    when = CharBlock(required=False, max_length=80, help_text="2 to 4 weeks, the first night …")
    text = RichTextBlock(features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "arrow-right"


class StepsBlock(StatementBlock):
    """What happens in time order. Each step is a statement of its own."""

    steps = ListBlock(StepBlock(), min_num=1)

    def get_statements(self, data, key):
        return [
            Statement(
                kind=Kind.COPY,
                key=f"{key}.{number}",
                text=words_of(step["text"]) or step["title"],
                markup=step["text"],
                label=", ".join(filter(None, [f"Step {number}", step["title"], step["when"]])),
                context={"title": step["title"]},
            )
            for number, step in enumerate(data["steps"], start=1)
        ]

    def read_out(self, data, reading):
        for step in data["steps"]:
            reading.below(as_label(", ".join(filter(None, [step["title"], step["when"]])))).rich(step["text"])

    class Meta:
        icon = "list-ol"
        label = "Before, during, after"
        group = Group.PROCEDURE
        template = "pages/blocks/steps.html"
        description = "Before, during and after, in order."
        preview_value = {
            "steps": [
                {"title": "Before", "when": "2 weeks", "text": "<p>Wear sunscreen every day.</p>"},
                {"title": "During", "when": "30 minutes", "text": "<p>We cool your skin after each flash.</p>"},
            ],
        }
