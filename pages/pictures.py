from collections.abc import Iterable
from itertools import product

from django.utils.safestring import SafeString
from wagtail.images import get_image_model
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

# Best first; a browser takes the first that it knows.
FORMATS = ("avif", "webp", "jpeg")
WIDTHS = (480, 960, 1440)
# As wide as the text beside the contents, or as the screen.
SIZES = "(min-width: 62rem) 48rem, 94vw"
SPECS = [f"width-{width}|format-{form}" for form, width in product(FORMATS, WIDTHS)]


# For those who take one size only.
LARGE = f"width-{WIDTHS[-1]}|format-jpeg"


def recorded_images(body: Iterable) -> dict:
    """The pictures of recorded blocks by id, in one query; in none where there are none."""
    fields = [field for child in body for field in child.value.recorded.values() if isinstance(field, dict)]
    ids = {field["id"] for field in fields if "sha256" in field}
    return get_image_model().objects.in_bulk(ids) if ids else {}


def shown_image(pictures: dict, value, field="image"):
    """The picture of a block in its signed bytes, or None: if the file was replaced since, nothing is shown."""
    recorded = getattr(value, "recorded", {}).get(field)
    image = pictures.get(recorded["id"]) if recorded else value.get(field)
    return None if image is None or (recorded and image.file.name != recorded["file"]) else image


def renditions(image) -> dict:
    """A picture in every format and size, by its specification. Asked for once of each picture that was read."""
    if not hasattr(image, "in_every_size"):
        image.in_every_size = get_renditions_or_not_found(image, SPECS)
    return image.in_every_size


def picture(image, alt: str, *, above_the_fold: bool = False) -> SafeString:
    """A picture element in three formats and three widths, with its measures, so that nothing moves when it comes."""
    attributes = {"alt": alt, "sizes": SIZES, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if above_the_fold else {"loading": "lazy"}
    return Picture(renditions(image), attributes).__html__()
