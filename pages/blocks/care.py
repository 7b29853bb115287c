from wagtail.blocks import ChoiceBlock, ListBlock, StructBlock, StructValue, TextBlock

from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import bullets, composed

# Most urgent first: the order in which patients read them.
LEVELS = {
    "emergency": "Emergency. Call if",
    "urgent": "Urgent. Call us today if",
    "routine": "Not urgent. Call us this week if",
}


def most_urgent_first(cards) -> list:
    return sorted(cards, key=lambda card: list(LEVELS).index(card["level"] or "emergency"))


class CareCardBlock(StructBlock):
    level = ChoiceBlock(
        choices=[
            ("emergency", "Emergency: call the emergency number"),
            ("urgent", "Urgent: call us today"),
            ("routine", "Not urgent: call us this week"),
        ]
    )
    signs = ListBlock(TextBlock(rows=1, max_length=200), label="Call … if:")

    class Meta:
        icon = "help"
        label = "Care card"


class CareValue(StructValue):
    @property
    def in_order(self):
        return most_urgent_first(self["cards"])


class CareBlock(StatementBlock):
    """When to get help, on three levels. There is no field that could hold anything else."""

    cards = ListBlock(CareCardBlock(), min_num=1, label="Cards")

    def get_statements(self, data, key):
        return [
            composed(
                Kind.CLAIM,
                f"{key}.{number}",
                bullets(LEVELS.get(card["level"], "Call if"), card["signs"]),
                label="when to get help",
            )
            for number, card in enumerate(most_urgent_first(data["cards"]), start=1)
        ]

    def read_out(self, data, reading):
        for card in most_urgent_first(data["cards"]):
            reading.below(LEVELS.get(card["level"], "Call if")).items(card["signs"])

    def get_desk_obstacles(self, value):
        for card in value["cards"]:
            if not any(card["signs"]) or not card["level"]:
                yield Obstacle("empty_care_card", "A care card does not say whom to call and when. Fill it in.")

    class Meta:
        icon = "help"
        label = "When to get help"
        group = Group.RISK
        template = "pages/blocks/care.html"
        description = "Cards on three levels: emergency, today, this week. Headed “Call … if:”."
        value_class = CareValue
        preview_value = {
            "cards": [
                {"level": "emergency", "signs": ["your tongue swells, or you struggle to breathe"]},
                {"level": "urgent", "signs": ["you see a blister or pus", "pain grows after day 1"]},
                {"level": "routine", "signs": ["swelling lasts past day 7"]},
            ]
        }
