"""Statements of blocks that have several fields, as a signer reads them: labelled lines and lists.

The labels are part of the signed form, and the markup keeps the fields apart, so that words moved from one field to
another never make the same statement.
"""

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from pages.canonical import normalised_html, words_of
from reviews.statements import Statement


def composed(kind: str, key: str, *parts: str, **more) -> Statement:
    """One statement of several parts of HTML, empty ones left out."""
    markup = normalised_html("".join(parts))
    return Statement(kind=kind, key=key, text=words_of(markup), markup=markup, context={"composed": True}, **more)


def line(label: str, value) -> SafeString:
    return format_html("<p><b>{}:</b> {}</p>", label, value) if value else SafeString("")


def prose(label: str, text: str) -> SafeString:
    """Plain paragraphs below a label."""
    return format_html("<p><b>{}:</b></p>{}", label, paragraphs(text)) if text else SafeString("")


def paragraphs(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True)) if text else SafeString("")  # noqa: S308


def bullets(label: str, items) -> SafeString:
    listed = format_html_join("", "<li>{}</li>", ((item,) for item in items if item))
    return format_html("<p><b>{}:</b></p><ul>{}</ul>", label, listed) if listed else SafeString("")


def dollars(amount: int | None) -> str:
    return f"${amount:,}" if amount else ""
