from wagtail.blocks import ListBlock, TextBlock

from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import bullets, composed
from .references import references_field, references_of

SUITS, ASK_FIRST, NOT_FOR = "It may suit you if you", "Talk with us first if you", "It is not for you if you"


def _reasons(label, **options):
    return ListBlock(TextBlock(rows=1, max_length=250), label=label, **options)


class SuitabilityBlock(StatementBlock):
    """Who it suits and who should not have it, side by side. A patient acts on these, so they are claims."""

    suits = _reasons(f"{SUITS} …")
    not_for = _reasons(f"{NOT_FOR} …")
    ask_first = _reasons(f"{ASK_FIRST} …", min_num=0, default=[])
    references = references_field()

    def get_statements(self, data, key):
        return [
            composed(Kind.CLAIM, f"{key}.suits", bullets(SUITS, data["suits"]), label="suitability"),
            composed(
                Kind.CLAIM,
                f"{key}.not",
                bullets(NOT_FOR, data["not_for"]),
                bullets(ASK_FIRST, data["ask_first"]),
                label="suitability",
                references=references_of(data),
            ),
        ]

    def read_out(self, data, reading):
        for label, reasons in ((SUITS, "suits"), (NOT_FOR, "not_for"), (ASK_FIRST, "ask_first")):
            reading.below(label).items(data[reasons])

    def get_desk_obstacles(self, value):
        if not any(value["not_for"]):
            yield Obstacle("nobody_excluded", "Say who should not have it: the list “It is not for you if” is empty.")

    class Meta:
        icon = "group"
        label = "Who it suits, and who not"
        group = Group.PROCEDURE
        template = "pages/blocks/suitability.html"
        description = "A pair of lists: who it may suit, and who should not have it."
        preview_value = {
            "suits": ["see small vessels on your cheeks or nose", "can keep out of strong sun for 4 weeks"],
            "not_for": ["have a tan or a sunburn", "have a dark spot there that no doctor has looked at"],
            "ask_first": ["are pregnant"],
            "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
        }
