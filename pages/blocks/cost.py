from wagtail.blocks import CharBlock, DateBlock, IntegerBlock, StructValue, TextBlock

from pages.reading import as_label
from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, dollars, line, prose

INCLUDED, EXCLUDED, INSURANCE = "This includes", "This does not include", "Insurance"


class CostValue(StructValue):
    @property
    def price(self):
        return dollars(self["price_from"])


class CostBlock(StatementBlock):
    """What it costs, what that pays for, and when the price was checked."""

    price_from = IntegerBlock(min_value=1, label="Price from, in whole dollars")
    each = CharBlock(max_length=60, label="For what", help_text="for each visit, for the whole face …")
    included = TextBlock(rows=2, label=INCLUDED)
    excluded = TextBlock(required=False, rows=2, label=EXCLUDED)
    insurance = TextBlock(required=False, rows=2, label=INSURANCE)
    checked_on = DateBlock(label="Price checked on")

    def get_statements(self, data, key):
        price = dollars(data["price_from"])
        return [
            composed(
                Kind.CLAIM,
                key,
                line("From", " ".join(filter(None, [price, data["each"]]))),
                prose(INCLUDED, data["included"]),
                prose(EXCLUDED, data["excluded"]),
                prose(INSURANCE, data["insurance"]),
                line("Price checked on", data["checked_on"]),
                label="price",
            )
        ]

    def read_out(self, data, reading):
        reading.below().text(" ".join(filter(None, ["From", dollars(data["price_from"]), data["each"]])))
        for label, text in ((INCLUDED, "included"), (EXCLUDED, "excluded"), (INSURANCE, "insurance")):
            reading.below(as_label(label)).text(data[text])

    def get_desk_obstacles(self, value):
        if not value["price_from"]:
            yield Obstacle("no_price", "Write the price from, or remove the block about cost.")
        if not value["checked_on"]:
            yield Obstacle("price_not_checked", "Say on which day the price was checked.")

    class Meta:
        icon = "tag"
        label = "Cost"
        group = Group.DECIDING
        template = "pages/blocks/cost.html"
        description = "The price from, what it includes, and the day when it was checked."
        value_class = CostValue
        preview_value = {
            "price_from": 325,
            "each": "for each visit",
            "included": "The skin check, a test spot and a call a week later.",
            "excluded": "Creams or pills.",
            "insurance": "Rarely pays for this.",
            "checked_on": "2026-11-02",
        }
