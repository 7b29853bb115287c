from wagtail.blocks import CharBlock, RichTextBlock

from pages.reading import as_label
from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, line
from .references import references_field, references_of


class SafetyAlertBlock(StatementBlock):
    """A warning by an authority. One at most, above everything else."""

    issued = CharBlock(max_length=120, label="Who warns, and when", help_text="FDA safety alert, July 30, 2024")
    heading = CharBlock(max_length=120, help_text="What to do or not to do, in one line.")
    text = RichTextBlock(features=["bold", "link"])
    references = references_field()

    def get_statements(self, data, key):
        parts = (line("Alert", data["issued"]), line("Heading", data["heading"]), data["text"])
        return [composed(Kind.CLAIM, key, *parts, label="safety alert", references=references_of(data))]

    def read_out(self, data, reading):
        alert = reading.below(as_label(data["issued"]))
        alert.heading(data["heading"])
        alert.rich(data["text"])

    def get_desk_obstacles(self, value):
        if not any(reference["citation"] for reference in value["references"]):
            yield Obstacle("alert_without_source", "Name the source of the safety alert: where can a patient read it?")

    class Meta:
        icon = "warning"
        label = "Safety alert"
        group = Group.OPENING
        template = "pages/blocks/alert.html"
        description = "A warning by an authority such as the FDA. One at most, as the first block."
        preview_value = {
            "issued": "FDA safety alert, July 30, 2024",
            "heading": "Do not put strong peels on your skin at home",
            "text": "<p>Some peels that are sold online have caused burns.</p>",
            "references": [{"citation": "U.S. Food and Drug Administration.", "year": "2024"}],
        }
