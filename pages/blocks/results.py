from wagtail.blocks import CharBlock, RichTextBlock, TextBlock

from pages.reading import as_label
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, line, prose
from .references import references_field, references_of
from .text import RICH_TEXT_FEATURES

LASTS, LIMITS = "How long it lasts", "What it cannot do"


class ResultsBlock(StatementBlock):
    """What to expect, for how long, and what not to expect."""

    text = RichTextBlock(features=RICH_TEXT_FEATURES, label="What most people see")
    lasts = CharBlock(required=False, max_length=160, label=LASTS)
    limits = TextBlock(rows=2, label=LIMITS, help_text="What it does not change, and what nobody can promise.")
    references = references_field()

    def get_statements(self, data, key):
        parts = (data["text"], line(LASTS, data["lasts"]), prose(LIMITS, data["limits"]))
        return [composed(Kind.CLAIM, key, *parts, label="benefit", references=references_of(data))]

    def read_out(self, data, reading):
        reading.rich(data["text"])
        reading.below(as_label(LASTS)).text(data["lasts"])
        reading.below(as_label(LIMITS)).text(data["limits"])

    class Meta:
        icon = "success"
        label = "Results"
        group = Group.PROCEDURE
        template = "pages/blocks/results.html"
        description = "What most people see, how long it lasts, and what it cannot do."
        preview_value = {
            "text": "<p>Many people see fewer vessels after 3 visits. Some see little change.</p>",
            "lasts": "Often some years. New vessels can form.",
            "limits": "It does not cure rosacea.",
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }
