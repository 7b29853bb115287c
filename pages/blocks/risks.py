from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructBlock, StructValue, TextBlock

from pages.reading import as_label
from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, line, paragraphs
from .references import references_field, references_of

# Most serious first: the order in which patients read them.
SERIOUSNESS = {"serious": "Serious", "lasting": "Can last", "passing": "Passes"}
NO_COUNT = "We found no reliable count"


def most_serious_first(risks) -> list:
    """The risks in the order in which they are printed; equally serious ones as the writer ordered them."""
    return sorted(risks, key=lambda risk: list(SERIOUSNESS).index(risk["seriousness"] or "serious"))


def frequency(risk) -> str:
    """How often, from a risk or its canonical form. What nobody counted gets no number."""
    return f"1 in {risk['one_in']:,}" if risk["one_in"] else risk["how_often"] or NO_COUNT


class RiskValue(StructValue):
    @property
    def frequency(self):
        return frequency(self)

    @property
    def is_counted(self):
        return self.frequency != NO_COUNT

    @property
    def seriousness_label(self):
        return SERIOUSNESS.get(self["seriousness"], "")


class RiskBlock(StructBlock):
    name = CharBlock(max_length=100)
    seriousness = ChoiceBlock(
        choices=[
            ("serious", "Serious: needs a doctor"),
            ("lasting", "Can last: may leave a mark for months or for good"),
            ("passing", "Passes: goes away without treatment"),
        ],
        help_text="The page prints the most serious first.",
    )
    one_in = IntegerBlock(required=False, min_value=2, label="1 in …", help_text="Only a number that a source gives.")
    how_often = CharBlock(
        required=False,
        max_length=40,
        label="Or in words",
        help_text=f"Most people … Leave both empty to print “{NO_COUNT}”.",
    )
    text = TextBlock(rows=3, label="In plain words")
    references = references_field()

    class Meta:
        icon = "warning"
        label = "Risk"
        value_class = RiskValue


class RisksValue(StructValue):
    @property
    def in_order(self):
        return most_serious_first(self["risks"])


class RisksBlock(StatementBlock):
    """Risks and side effects, most serious first. Each one is a claim with sources of its own."""

    risks = ListBlock(RiskBlock(), min_num=1, label="Risks")

    def get_statements(self, data, key):
        return [
            composed(
                Kind.CLAIM,
                f"{key}.{number}",
                line("Risk", risk["name"]),
                line("How often", frequency(risk)),
                line("How serious", SERIOUSNESS.get(risk["seriousness"], "")),
                paragraphs(risk["text"]),
                label="risk",
                references=references_of(risk),
            )
            for number, risk in enumerate(most_serious_first(data["risks"]), start=1)
        ]

    def read_out(self, data, reading):
        for risk in most_serious_first(data["risks"]):
            for words in (frequency(risk), SERIOUSNESS.get(risk["seriousness"], ""), risk["text"]):
                reading.below(as_label(risk["name"])).text(words)

    def get_desk_obstacles(self, value):
        for risk in value["risks"]:
            if risk["one_in"] and not any(reference["citation"] for reference in risk["references"]):
                yield Obstacle(
                    "number_without_source",
                    f"The risk “{risk['name']}” has a number and no source. Name the source or take the number out.",
                )
            if not risk["seriousness"]:
                yield Obstacle("risk_unsorted", f"Say how serious the risk “{risk['name']}” is.")

    class Meta:
        icon = "warning"
        label = "Risks and side effects"
        group = Group.RISK
        template = "pages/blocks/risks.html"
        description = "Each risk with how often it happens, “1 in 53”, and its source. Most serious first."
        value_class = RisksValue
        preview_value = {
            "risks": [
                {
                    "name": "New dark marks",
                    "seriousness": "lasting",
                    "one_in": 53,
                    "how_often": "",
                    "text": "They can take months to fade.",
                    "references": [{"citation": "Smith J. Peels on dark skin.", "year": "2018"}],
                },
                {
                    "name": "Swelling",
                    "seriousness": "passing",
                    "how_often": "Most people",
                    "text": "It eases each day.",
                },
                {"name": "A scar", "seriousness": "serious", "text": "Picking at crusts makes it more likely."},
            ]
        }
