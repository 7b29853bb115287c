from django import template
from django.utils.html import format_html_join
from wagtail.images.shortcuts import get_rendition_or_not_found

from pages.sources import number_of
from reviews.imprint import imprint_svg

register = template.Library()


@register.simple_tag(takes_context=True)
def signature_for(context, value):
    """The signature under exactly these words, or None."""
    signatures = context.get("signatures")
    digests = getattr(value, "statement_digests", None)
    return signatures.for_digest(digests[0]) if signatures and digests else None


@register.simple_tag
def imprint(digest):
    """The rosette of a digest, to recognize signed words by."""
    return imprint_svg(digest)


@register.simple_tag(takes_context=True)
def reference_marks(context, value):
    """Superscript numbers that lead to the sources of a block."""
    sources = context.get("sources") or []
    used = context.get("reference_uses", {})
    numbers = [number_of(reference, sources) for reference in value.get("references") or ()]
    return format_html_join(
        "",
        '<sup><a href="#source-{0}" id="ref-{0}-{1}" aria-label="Source {0}">{0}</a></sup>',
        [(number, _next(used, number)) for number in numbers if number],
    )


@register.simple_tag
def article_image(value):
    """A picture in its signed bytes: if the file was replaced since, nothing is shown."""
    image, recorded = value.get("image"), getattr(value, "recorded_image", None)
    if image is None or (recorded and image.file.name != recorded["file"]):
        return ""
    return get_rendition_or_not_found(image, "width-960|format-webp").img_tag(
        {"alt": value["alt_text"], "loading": "lazy", "decoding": "async"}
    )


def _next(used, number):
    used[number] = used.get(number, 0) + 1
    return used[number]
