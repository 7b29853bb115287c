from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue, TextBlock

from pages.reading import as_label
from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, line, prose
from .references import references_field, references_of

NO_TREATMENT = "No treatment"
EXPECT, RECOVERY = "What to expect", "Recovery"


class OutlookBlock(StructBlock):
    expect = TextBlock(rows=2, label=EXPECT)
    recovery = CharBlock(max_length=80, label=RECOVERY)


class ChoiceRowBlock(OutlookBlock):
    name = CharBlock(max_length=80, label="Choice")

    class Meta:
        icon = "arrow-right"
        label = "Choice"
        form_layout = ["name", "expect", "recovery"]


def rows_of(data) -> list[tuple[str, str, str]]:
    """Doing nothing comes first. From a value or its canonical form."""
    nothing = data["no_treatment"]
    others = [(row["name"], row["expect"], row["recovery"]) for row in data["others"]]
    return [(NO_TREATMENT, nothing["expect"], nothing["recovery"]), *others]


class AlternativesValue(StructValue):
    @property
    def rows(self):
        return rows_of(self)


class AlternativesBlock(StatementBlock):
    """Other choices. Doing nothing is one of them on every page: its row is a field, so it cannot be left out."""

    no_treatment = OutlookBlock(label=NO_TREATMENT)
    others = ListBlock(ChoiceRowBlock(), label="Other choices")
    references = references_field()

    def get_statements(self, data, key):
        rows = [
            part
            for name, expect, recovery in rows_of(data)
            for part in (line("Choice", name), prose(EXPECT, expect), line(RECOVERY, recovery))
        ]
        return [composed(Kind.CLAIM, key, *rows, label="alternatives", references=references_of(data))]

    def read_out(self, data, reading):
        for name, expect, recovery in rows_of(data):
            reading.below(as_label(name)).text(expect)
            reading.below(as_label(name), as_label(RECOVERY)).text(recovery)

    def get_desk_obstacles(self, value):
        if not value["no_treatment"]["expect"]:
            yield Obstacle(
                "no_treatment_missing",
                "Say under “Other choices” what to expect without treatment: it is a choice too.",
            )

    class Meta:
        icon = "list-ul"
        label = "Other choices"
        group = Group.DECIDING
        template = "pages/blocks/alternatives.html"
        description = "A table of other choices. “No treatment” is always its first row."
        value_class = AlternativesValue
        preview_value = {
            "no_treatment": {"expect": "It may stay as it is, come and go, or get worse.", "recovery": "None"},
            "others": [{"name": "Sunscreen and a cream", "expect": "Slow, over months.", "recovery": "A few dry days"}],
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }
