from urllib.parse import unquote

from django import template

from pages.finding import people
from pages.finding.asking import LONGEST
from pages.finding.plain import slug_of, words_of

register = template.Library()


@register.simple_tag
def person_url(signature):
    """Where the person behind a sign-off has a page, as long as something that she signed is public."""
    return people.person_url(signature)


@register.filter
def topic_slug(name):
    """A topic in the address of its list; empty for a name that no address can hold."""
    return slug_of(name)


@register.filter
def words_of_path(path):
    """What somebody may have been looking for at an address that does not exist."""
    last = unquote(path or "").rstrip("/").rpartition("/")[2]
    return " ".join(words_of(last))[:LONGEST]
