import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pages.pictures import picture
from pages.sources import number_of
from reviews.imprint import imprint_svg
from reviews.statements import Kind

register = template.Library()

_OPENING = re.compile(r"^(\s*<[a-z][a-z0-9]*)")
_PREFIX = 12


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


@register.simple_tag(takes_context=True)
def signed_block(context, block):
    """A block, marked with the digests of its statements, so that a reader's browser can find what to check."""
    html = block.render_as_block(context.flatten())
    if context.get("draft"):
        return html
    return SafeString(_OPENING.sub(rf"\1{_words_mark(block.value.statement_digests)}", html, count=1))


@register.simple_tag(takes_context=True)
def words_mark(context, label):
    """The same attribute for words that stand in no block: the title, the summary."""
    digests = [item.digest for item in context["content"].statements if item.kind == Kind.COPY and item.label == label]
    return "" if context.get("draft") or not digests else _words_mark(digests[:1])


@register.simple_tag(takes_context=True)
def statement_mark(context, value, number=0):
    """Attributes that mark a statement for the clinician who reads the page to sign it; for patients nothing at all.

    `value` is a block's value, and `number` that of the statement in it; or the key of a field that is no block.
    """
    digest, state = _under_review(context, value, number)
    return format_html(' data-statement="{}" data-mark="{}"', digest, state) if state else ""


@register.simple_tag(takes_context=True)
def statement_mark_words(context, value, number=0):
    """The same for somebody who does not see the mark, and a place for links to lead to."""
    digest, state = _under_review(context, value, number)
    if not state:
        return ""
    words = "Needs your decision. " if state == "open" else "Decided. "
    return format_html('<span class="vh" id="mark-{}" data-mark-words>{}</span>', digest[:8], words)


@register.simple_tag
def article_image(value):
    """A picture in its signed bytes: if the file was replaced since, nothing is shown."""
    image, recorded = value.get("image"), getattr(value, "recorded_image", None)
    if image is None or (recorded and image.file.name != recorded["file"]):
        return ""
    return picture(image, value["alt_text"])


def _words_mark(digests) -> SafeString:
    """A prefix is enough to find a statement in the receipt of its page; the receipt has them in full."""
    return format_html(' data-words="{}"', " ".join(digest[:_PREFIX] for digest in digests))


def _under_review(context, value, number) -> tuple[str, str]:
    """The digest of the statement, and "open" or "done" if the clinician is asked about it."""
    reviewing = context.get("reviewing")
    if not reviewing:
        return "", ""
    if isinstance(value, str):
        digests = [item.digest for item in reviewing.content.statements if item.key == value]
    else:
        digests = value.statement_digests
    digest = "".join(digests[number : number + 1])
    return digest, reviewing.marks.get(digest, "")


def _next(used, number):
    used[number] = used.get(number, 0) + 1
    return used[number]
