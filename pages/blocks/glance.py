from collections.abc import Iterator

from wagtail.blocks import CharBlock, IntegerBlock, StructBlock, StructValue

from pages.reading import as_label
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, dollars, line


class FactBlock(StructBlock):
    value = CharBlock(required=False, max_length=40, label="In a few words")
    note = CharBlock(required=False, max_length=80, help_text="A second, smaller line.")


class PriceFromBlock(StructBlock):
    amount = IntegerBlock(required=False, min_value=1, label="Price from, in whole dollars")
    note = CharBlock(required=False, max_length=80, help_text="for each visit")


def facts_of(block, data) -> Iterator[tuple[str, str, str]]:
    """Label, value and note of every fact that is filled in; `data` is a value or its canonical form."""
    for name, child in block.child_blocks.items():
        item = data[name]
        price = dollars(item.get("amount"))
        if value := item.get("value") or (f"From {price}" if price else ""):
            yield child.label, value, item["note"]


class GlanceValue(StructValue):
    @property
    def facts(self):
        return list(facts_of(self.block, self))


class GlanceBlock(StatementBlock):
    """The six facts that people compare. Fixed fields, so that every page answers the same questions."""

    time = FactBlock(label="Time in the room")
    discomfort = FactBlock(label="Discomfort")
    recovery = FactBlock(label="Recovery")
    sessions = FactBlock(label="Sessions")
    lasts = FactBlock(label="How long it lasts")
    price = PriceFromBlock(label="Price")

    def get_statements(self, data, key):
        lines = [
            line(label, " ".join(filter(None, [value, note and f"({note})"])))
            for label, value, note in facts_of(self, data)
        ]
        return [composed(Kind.CLAIM, key, *lines, label="at a glance")]

    def read_out(self, data, reading):
        for label, value, note in facts_of(self, data):
            reading.below(as_label(label)).text(" ".join(filter(None, [value, note and f"({note})"])))

    class Meta:
        icon = "time"
        label = "At a glance"
        group = Group.OPENING
        template = "pages/blocks/glance.html"
        description = "Time, discomfort, recovery, sessions, how long it lasts, and the price from."
        value_class = GlanceValue
        preview_value = {
            "time": {"value": "About 30 minutes", "note": "with the test spot"},
            "discomfort": {"value": "Quick, hot stings", "note": "for a few minutes"},
            "recovery": {"value": "1 to 7 days", "note": "most people work the next day"},
            "sessions": {"value": "Often 2 to 4", "note": "a month apart"},
            "lasts": {"value": "Months to years", "note": "new vessels can form"},
            "price": {"amount": 325, "note": "for each visit"},
        }
