import datetime

from django.utils import timezone
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, DateBlock, StructValue
from wagtail.images.blocks import ImageChooserBlock

from reviews.gate import Obstacle
from reviews.statements import Kind, Statement

from .base import Group, StatementBlock
from .composed import composed, line

SKIN_TONES = {
    "light": "light skin",
    "medium": "medium or olive skin",
    "brown": "brown skin",
    "black": "Black skin",
}
AGES = {"18": "18 or 19"} | {str(decade): f"{decade}s" for decade in range(20, 90, 10)}
_ALT_HELP = "What the picture shows, for people who cannot see it. Name the skin tone."


class PairValue(StructValue):
    @property
    def facts(self):
        return facts_of(self)


def facts_of(data) -> list[tuple[str, str]]:
    """The caption as labels and words, from a value or its canonical form."""
    facts = [
        ("Aim", data["aim"]),
        ("Treatment", data["treatment"]),
        ("Second picture taken", data["interval"]),
        ("Skin", SKIN_TONES.get(data["skin_tone"], "")),
        ("Age", AGES.get(data["age"], "")),
    ]
    return [(label, words) for label, words in facts if words]


class BeforeAfterBlock(StatementBlock):
    """One patient before and after, in the same light. Shown only while her consent lasts."""

    before = ImageChooserBlock(required=False, label="Before")
    before_alt = CharBlock(max_length=250, label="The first picture in words", help_text=_ALT_HELP)
    after = ImageChooserBlock(required=False, label="After", help_text="Same light, same angle, nothing retouched.")
    after_alt = CharBlock(max_length=250, label="The second picture in words", help_text=_ALT_HELP)
    aim = CharBlock(max_length=120, help_text="What the patient wanted to change.")
    treatment = CharBlock(max_length=120, help_text="3 visits of light therapy")
    interval = CharBlock(max_length=80, label="Time between", help_text="5 months after the last visit")
    skin_tone = ChoiceBlock(choices=list(SKIN_TONES.items()))
    age = ChoiceBlock(choices=list(AGES.items()), label="Decade of age")
    consent_until = DateBlock(
        required=False, label="Consent ends on", help_text="After this day nobody is shown the pictures."
    )
    consent_record = CharBlock(
        required=False,
        max_length=200,
        help_text="Where the signed consent is kept. No patient's name here.",
    )

    def get_statements(self, data, key):
        caption = [line(label, words) for label, words in facts_of(data)]
        return [
            self._picture(data, key, "before", "First picture"),
            self._picture(data, key, "after", "Second picture"),
            composed(
                Kind.CLAIM,
                f"{key}.caption",
                *caption,
                "<p>Results vary.</p>",
                line("Shown until the consent ends on", data["consent_until"]),
                label="benefit, before and after",
            ),
        ]

    def read_out(self, data, reading):
        reading.below().text(data["before_alt"])
        reading.below().text(data["after_alt"])
        # Nobody reads what it did for one patient without that results vary.
        reading.below().text("\n".join([*(f"{label}: {words}" for label, words in facts_of(data)), "Results vary."]))

    def _picture(self, data, key, name, label):
        image = data[name] or {}
        return Statement(
            kind=Kind.COPY,
            key=f"{key}.{name}",
            text=f"Described as: {data[f'{name}_alt']}.",
            label=label,
            asset=image.get("sha256", ""),
            context={"image": image.get("id")},
        )

    def get_desk_obstacles(self, value):
        about = f"the before and after pictures ({value['aim'] or 'no aim given'})"
        if not value["before"] or not value["after"]:
            yield Obstacle("picture_missing", f"Choose both pictures for {about}.")
        if not value["consent_until"] or not value["consent_record"]:
            yield Obstacle(
                "consent_missing",
                f"Record the consent for {about} in the settings of the block: where it is kept and when it ends.",
            )
        elif value["consent_until"] < timezone.localdate():
            yield Obstacle("consent_expired", f"The consent for {about} has ended. Take them out or ask the patient.")

    def shown_until(self, data):
        """Without a date nobody consented to anything."""
        return datetime.date.fromisoformat(data["consent_until"]) if data["consent_until"] else datetime.date.min

    class Meta:
        icon = "image"
        label = "Before and after"
        group = Group.PROCEDURE
        template = "pages/blocks/before_after.html"
        description = "Two pictures of one patient, with the time between. Needs her consent."
        value_class = PairValue
        desk_only = ("consent_record",)
        form_layout = BlockGroup(
            children=[
                *("before", "before_alt", "after", "after_alt"),
                *("aim", "treatment", "interval", "skin_tone", "age"),
            ],
            settings=["consent_until", "consent_record"],
        )
        preview_value = {
            "before_alt": "A cheek with brown skin and thin, branching vessels",
            "after_alt": "The same cheek with fewer vessels",
            "aim": "Fewer vessels on the cheeks",
            "treatment": "3 visits of light therapy",
            "interval": "5 months after the last visit",
            "skin_tone": "brown",
            "age": "40",
            "consent_until": "2099-12-31",
        }
