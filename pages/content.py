"""One article as reviewable content, and recorded content as an article again."""

import copy
from collections.abc import Iterator

from wagtail.blocks import StreamValue

from reviews.canonical import fold
from reviews.statements import Kind, ReviewableContent, Statement

from .canonical import canonical_body


def reviewable_content(page) -> ReviewableContent:
    """Every public field of an article in canonical form, and the statements in reading order."""
    fields = {
        "type": page._meta.label,
        "locale": page.locale.language_code,
        "title": fold(page.title),
        "slug": page.slug or "",
        "summary": fold(page.summary),
        "seo_title": fold(page.seo_title),
        "search_description": fold(page.search_description),
        "tags": sorted(fold(tag.name) for tag in page.tags.all()),
        "body": canonical_body(page.body),
    }
    return ReviewableContent(
        page_id=page.pk,
        title=fields["title"],
        fields=fields,
        statements=tuple(statement for statement in _statements(page, fields) if statement.text or statement.asset),
    )


def shown_with(page, fields: dict):
    """The page with recorded fields in place of its own, in memory only. Its place in the tree stays its own."""
    shown = copy.copy(page)
    for name in ("title", "summary", "seo_title", "search_description"):
        setattr(shown, name, fields[name])
    stream_block = page.body.stream_block
    shown.body = StreamValue(stream_block, [_raw(item) for item in fields["body"]], is_lazy=True)
    for child, item in zip(shown.body, fields["body"], strict=True):
        # So that templates find the signatures, and show a picture only in its signed bytes.
        statements = child.block.get_statements(item["value"], key="")
        child.value.statement_digests = [statement.digest for statement in statements]
        child.value.recorded_image = item["value"].get("image")
    return shown


def block_key(child, position: int) -> str:
    """How a statement is found again in the editor: by the id of its block."""
    return (child.id or f"body-{position}")[:90]


def _statements(page, fields: dict) -> Iterator[Statement]:
    yield Statement(kind=Kind.COPY, key="title", text=fields["title"], label="Title")
    yield Statement(kind=Kind.COPY, key="summary", text=fields["summary"], label="Summary")
    for position, (child, item) in enumerate(zip(page.body, fields["body"], strict=True)):
        context = child.block.get_desk_context(child.value)
        for statement in child.block.get_statements(item["value"], block_key(child, position)):
            statement.context.update(context)
            yield statement
    yield Statement(kind=Kind.COPY, key="details", text=_details(fields), label="Page details")


def _details(fields: dict) -> str:
    """What search engines and link previews show, as words that a reviewer can read."""
    parts = {
        "Address": f"{fields['slug']}/",
        "Title in search results": fields["seo_title"],
        "Description in search results": fields["search_description"],
        "Topics": ", ".join(fields["tags"]),
    }
    return " ".join(f"{label}: {value.rstrip('.')}." for label, value in parts.items() if value)


def _raw(item: dict) -> dict:
    """Recorded block data as a stream takes it. No snippet is looked up: names come from the sign-offs."""
    value = dict(item["value"])
    if "clinician" in value:
        value["clinician"] = None
    if image := value.get("image"):
        value["image"] = image["id"]
    return {"type": item["type"], "value": value}
