from wagtail.blocks import CharBlock
from wagtail.images.blocks import ImageChooserBlock

from reviews.statements import Kind, Statement

from .base import Group, StatementBlock


class ImageBlock(StatementBlock):
    """A picture. Its bytes are signed together with its words."""

    image = ImageChooserBlock()
    alt_text = CharBlock(
        max_length=250, help_text="What the picture shows, for people who cannot see it. Name the skin tone."
    )
    caption = CharBlock(required=False, max_length=250)

    def get_statements(self, data, key):
        image = data["image"] or {}
        return [
            Statement(
                kind=Kind.COPY,
                key=key,
                text=" ".join(filter(None, [f"Described as: {data['alt_text']}.", data["caption"]])),
                label="Picture",
                asset=image.get("sha256", ""),
                context={"image": image.get("id")},
            )
        ]

    def read_out(self, data, reading):
        reading.below().text(data["alt_text"])
        reading.below().text(data["caption"])

    class Meta:
        icon = "image"
        label = "Picture"
        group = Group.WORDS
        template = "pages/blocks/image.html"
        description = "A picture with a description and a caption."
        preview_value = {"alt_text": "A hand with brown skin, the day after", "caption": "The day after."}
