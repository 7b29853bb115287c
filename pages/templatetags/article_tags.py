import re
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from pages.listing import cards
from pages.pictures import picture, shown_image
from pages.sources import number_of
from reviews.imprint import imprint_svg
from reviews.reader import public_pages
from reviews.statements import Kind

register = template.Library()

_OPENING = re.compile(r"^(\s*<[a-z][a-z0-9]*)")
_COUNT = re.compile(r"1 in \d[\d,]*")
_PREFIX = 12
_DOTS_IN_A_ROW = 10
_MOST_DOTS = 100


@register.simple_tag(takes_context=True)
def signature_for(context, value):
    """The signature under exactly these words, or None."""
    signatures = context.get("signatures")
    digests = getattr(value, "statement_digests", None)
    return signatures.for_digest(digests[0]) if signatures and digests else None


@register.simple_tag(takes_context=True)
def signature_to_come(context, value):
    """For who reads the page to sign it: the line that will stand under these words. For everybody else None."""
    digests = getattr(value, "statement_digests", None)
    return context["reviewing"].lines_to_come.get(digests[0]) if context.get("reviewing") and digests else None


@register.simple_tag(takes_context=True)
def imprint(context, digest):
    """The rosette of a digest, to recognize signed words by; drawn twice on one page, it has other ids."""
    svg, drawn = imprint_svg(digest), _next(context.get("reference_uses", {}), digest)
    return svg if drawn == 1 else mark_safe(svg.replace(f'{digest[:6]}"', f'{digest[:6]}-{drawn}"'))  # noqa: S308


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
    return signed_blocks(context, [block])


@register.simple_tag(takes_context=True)
def signed_blocks(context, blocks):
    """The same of many."""
    context = context.flatten()
    html = [(block, block.render_as_block(context)) for block in blocks]
    if not context.get("draft"):
        html = [(block, _marked(block, text)) for block, text in html]
    return SafeString("".join(text for _, text in html))


@register.simple_tag(takes_context=True)
def words_mark(context, label):
    """The same attribute for words that stand in no block: the title, the summary."""
    digests = [item.digest for item in context["content"].statements if item.kind == Kind.COPY and item.label == label]
    return "" if context.get("draft") or not digests else _words_mark((digests[0],))


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


@register.simple_tag(takes_context=True)
def article_image(context, value, field="image", alt="alt_text"):
    """A picture in its signed bytes, or nothing."""
    image = shown_image(context.get("pictures", {}), value, field)
    return picture(image, value[alt]) if image else ""


@register.simple_tag
def day(moment):
    """A date as people and machines read it."""
    if not isinstance(moment, datetime):
        return _day(moment.isoformat(), moment)
    moment = timezone.localtime(moment)
    return _day(moment.isoformat(), moment.date())


@register.simple_tag
def related_cards(value):
    """The procedures that were chosen, in that order: as their own record has them, and only while they are public."""
    chosen = getattr(value, "recorded", {}).get("pages", [])
    found = {card.article.content.page_id: card for card in cards(public_pages(chosen))}
    return [found[pk] for pk in dict.fromkeys(chosen) if pk in found]


@register.filter
def unbroken_counts(text):
    """The same words, with no line break inside “1 in 295”: half of it at the end of a line is another number."""
    return mark_safe(_COUNT.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))  # noqa: S308


@register.simple_tag
def one_in_dots(number):
    """One filled dot among as many as the number says; none where they could not be counted at a glance."""
    if not number or number > _MOST_DOTS:
        return ""
    rows, rest = divmod(number, _DOTS_IN_A_ROW)
    lengths = [_DOTS_IN_A_ROW] * rows + [rest] * bool(rest)
    path = "".join(f"M5 {5 + 9 * row}h{9 * (length - 1) + 0.1:.1f}" for row, length in enumerate(lengths))
    return format_html(
        '<svg viewBox="0 0 91 {}" aria-hidden="true"><path class="dots" stroke-dasharray="0 9" d="{}"/>'
        '<circle class="dot" cx="5" cy="5" r="3.4"/></svg>',
        1 + 9 * len(lengths),
        path,
    )


@lru_cache(maxsize=1024)
def _day(exactly: str, printed: date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', exactly, date_format(printed, "F j, Y"))


def _marked(block, html: str) -> str:
    return _OPENING.sub(rf"\1{_words_mark(tuple(block.value.statement_digests))}", html, count=1)


@lru_cache(maxsize=4096)
def _words_mark(digests: tuple[str, ...]) -> SafeString:
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
