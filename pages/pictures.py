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


def recorded_images(body: Iterable) -> dict:
    """The pictures of recorded blocks by id, in one query; in none where there are none."""
    fields = [field for child in body for field in child.value.recorded.values() if isinstance(field, dict)]
    ids = {field["id"] for field in fields if "sha256" in field}
    return get_image_model().objects.in_bulk(ids) if ids else {}


def picture(image, alt: str, *, above_the_fold: bool = False) -> SafeString:
    """A picture element in three formats and three widths, with its measures, so that nothing moves when it comes."""
    attributes = {"alt": alt, "sizes": SIZES, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if above_the_fold else {"loading": "lazy"}
    return Picture(get_renditions_or_not_found(image, SPECS), attributes).__html__()
