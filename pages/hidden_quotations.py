"""Words that an article gives as a clinician's own outside a quotation block: nobody would ask her to sign them."""

from functools import lru_cache

from django.utils.html import escape

from reviews.canonical import fold

from .canonical import canonical_body, words_of
from .importing import parse_article


def quoted_in_copy(page) -> list[tuple[str, str]]:
    """Words and speaker of every quotation by a clinician that stands in copy instead of in a block of its own."""
    fields = [
        escape(getattr(page, name)) for name in ("title", "also_known_as", "seo_title", "search_description", "summary")
    ]
    texts = [*fields, *_texts(canonical_body(page.body))]
    return _found("\n".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts if text))


def position_of(words: str, page) -> int | None:
    """Which block holds these words, if one does."""
    for position, item in enumerate(canonical_body(page.body)):
        if any(fold(words) in words_of(text) for text in _texts([item])):
            return position
    return None


@lru_cache(maxsize=256)
def _found(html: str) -> list[tuple[str, str]]:
    article = parse_article(f"<h1>Title</h1>{html}", markup="html")
    return [
        (quotation.text, quotation.printed_attribution or quotation.speaker or "a clinician")
        for quotation in article.quotations
        if quotation.speaker_kind == "clinician"
    ]


def _texts(value):
    """Every text of canonical body data but the quotation blocks' own, in order."""
    if isinstance(value, dict):
        if value.get("type") == "quotation":
            return
        for key, item in value.items():
            if key not in ("type", "references", "category", "sha256", "file"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
