from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from pages.reading import as_label
from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed, line, paragraphs, prose
from .references import references_field, references_of

LIGHT, DARK = "On light skin", "On brown or Black skin"
CAN_DO = "What you can do"


class RecoveryDayBlock(StructBlock):
    when = CharBlock(max_length=40, help_text="Day 1, Days 2 to 3, Week 2 …")
    feels = TextBlock(
        rows=2, label="How skin feels", help_text="Heat, swelling, texture: what does not depend on color."
    )
    light_skin = TextBlock(required=False, rows=2, label=LIGHT)
    dark_skin = TextBlock(required=False, rows=2, label=DARK)
    can_do = TextBlock(rows=2, label=CAN_DO)

    class Meta:
        icon = "date"
        label = "Row"


class RecoveryBlock(StatementBlock):
    """Recovery, day by day, on every color of skin."""

    intro = CharBlock(required=False, max_length=200, help_text="Above the table: “Your own timing may differ.”")
    days = ListBlock(RecoveryDayBlock(), min_num=1, label="Rows")
    references = references_field()

    def get_statements(self, data, key):
        rows = [part for day in data["days"] for part in self._row(day)]
        references = references_of(data)
        return [
            composed(Kind.CLAIM, key, paragraphs(data["intro"]), *rows, label="recovery", references=references),
        ]

    def read_out(self, data, reading):
        reading.below().text(data["intro"])
        for day in data["days"]:
            when = as_label(day["when"])
            reading.below(when).text(day["feels"])
            reading.below(when, as_label(LIGHT)).text(day["light_skin"])
            reading.below(when, as_label(DARK)).text(day["dark_skin"])
            reading.below(when, as_label(CAN_DO)).text(day["can_do"])

    def _row(self, day):
        return (
            line("When", day["when"]),
            prose("How skin may look and feel", day["feels"]),
            prose(LIGHT, day["light_skin"]),
            prose(DARK, day["dark_skin"]),
            prose(CAN_DO, day["can_do"]),
        )

    def get_desk_obstacles(self, value):
        for day in value["days"]:
            if bool(day["light_skin"]) != bool(day["dark_skin"]):
                missing = DARK if day["light_skin"] else LIGHT
                yield Obstacle(
                    "skin_missing",
                    f"The recovery row “{day['when']}” does not say how it looks {missing[0].lower()}{missing[1:]}.",
                )

    class Meta:
        icon = "table"
        label = "Recovery, day by day"
        group = Group.PROCEDURE
        template = "pages/blocks/recovery.html"
        description = "A table: when, how light and dark skin look and feel, and what you can do."
        preview_value = {
            "intro": "Your own timing may differ.",
            "days": [
                {
                    "when": "Day 1",
                    "feels": "Hot and tight.",
                    "light_skin": "Pink or red.",
                    "dark_skin": "Darker, purple or gray, or no change in color.",
                    "can_do": "Work and walk.",
                },
                {
                    "when": "Days 2 to 3",
                    "feels": "Less swollen.",
                    "light_skin": "Purple bruises.",
                    "dark_skin": "Bruises that are near black.",
                    "can_do": "Wear makeup again.",
                },
            ],
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }
