from urllib.parse import unquote

from django import template
from django.utils.html import format_html

from pages.finding import people
from pages.finding.asking import LONGEST
from pages.plain import slug_of, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def person(context, signature, set_apart=False):
    """Who signed, with the letters behind her name; where something of hers is public, a link to her page."""
    name = signature.name_line
    if set_apart and signature.postnominals:
        name = format_html("{}, <span>{}</span>", signature.printed_name, signature.postnominals)
    if context.get("draft") or context.get("sample"):
        return name
    return format_html('<a href="{}">{}</a>', people.person_url(signature), name)


@register.filter
def topic_slug(name):
    """A topic in the address of its list; empty for a name that no address can hold."""
    return slug_of(name)


@register.filter
def words_of_path(path):
    """What somebody may have been looking for at an address that does not exist."""
    last = unquote(path or "").rstrip("/").rpartition("/")[2]
    return " ".join(words_of(last))[:LONGEST]
