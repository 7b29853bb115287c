"""One article as reviewable content, and recorded content as an article again."""

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from django.apps import apps
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from taggit.models import Tag
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from reviews.canonical import fold
from reviews.statements import Kind, ReviewableContent, Statement

from .anchors import Anchors
from .blocks.base import StatementBlock
from .canonical import canonical_body, raw_value


def reviewable_content(page) -> ReviewableContent:
    """Every public field of an article in canonical form, and the statements in reading order."""
    fields = {
        "type": page._meta.label,
        "locale": page.locale.language_code,
        "title": fold(page.title),
        "also_known_as": fold(page.also_known_as),
        "slug": page.slug or "",
        "summary": fold(page.summary),
        "seo_title": fold(page.seo_title),
        "search_description": fold(page.search_description),
        "tags": sorted(map(fold, _tag_names(page))),
        "body": canonical_body(page.body),
    }
    return ReviewableContent(
        page_id=page.pk,
        fields=fields,
        statements=tuple(statement for statement in _statements(page, fields) if _has_content(statement)),
    )


def _tag_names(page) -> Iterable[str]:
    """In one query. The manager of tags asks for each tag of a draft by itself."""
    chosen = [item.tag_id for item in page.tagged_items.all()]
    return Tag.objects.filter(pk__in=chosen).values_list("name", flat=True)


def shown_with(page, content: ReviewableContent):
    """The page with recorded content in place of its own, in memory only. Its place in the tree stays its own."""
    shown = copy.copy(page)
    for name in ("title", "also_known_as", "summary", "seo_title", "search_description"):
        setattr(shown, name, content.fields[name])
    shown.body = _read_body(content, timezone.localdate())
    return shown


@lru_cache(maxsize=64)
def _read_body(content: ReviewableContent, day: date) -> StreamValue:
    """Recorded words never change, so each process reads them once a day."""
    return shown_body(_stream_block(content), content.fields["body"], day)


def shown_body(stream_block, body: list[dict], day: date) -> StreamValue:
    """Recorded blocks as a stream, without those whose time is over on this day. Looks nothing up."""
    items = _shown_on(day, stream_block, body)
    raw = [{**item, "value": raw_value(stream_block.child_blocks[item["type"]], item["value"])} for item in items]
    stream = StreamValue(stream_block, raw, is_lazy=True)
    anchors = Anchors()
    for child, item in zip(stream, items, strict=True):
        # So that templates find the signatures and the anchors, and show a picture only in its signed bytes.
        statements = child.block.get_statements(item["value"], key="")
        child.value.statement_digests = [statement.digest for statement in statements]
        child.value.recorded = item["value"]
        _prepare(child.value)
        child.value.anchor = _anchor(child, anchors)
    return stream


class PreparedText(RichText):
    """Rich text without a link is printed alike everywhere, so it is made ready once."""

    @cached_property
    def printed(self) -> SafeString:
        return SafeString(super().__html__())

    def __html__(self):
        return super().__html__() if "<a" in self.source else self.printed


def _prepare(value: StructValue):
    for name, field in value.items():
        if isinstance(field, RichText):
            value[name] = PreparedText(field.source)
        elif isinstance(field, ListValue):
            for item in field:
                if isinstance(item, StructValue):
                    _prepare(item)


def shown_blocks(content: ReviewableContent, day: date) -> list[tuple[StatementBlock, dict]]:
    """The blocks of a recorded body that patients see on this day, each with what was recorded of it."""
    if not (body := content.fields.get("body")):
        return []
    stream_block = _stream_block(content)
    shown = _shown_on(day, stream_block, body)
    return [(stream_block.child_blocks[item["type"]], item["value"]) for item in shown]


def unchanged_until(stream_block, body: list[dict]) -> date:
    """The last day on which recorded blocks look as they do today: a copy that somebody keeps must end then."""
    ends = [_shown_until(stream_block, item) for item in body]
    return min((end for end in ends if end >= timezone.localdate()), default=date.max)


def opening_and_rest(body: StreamValue) -> dict:
    """An alert and the facts at a glance stand above an article that begins with them, related ones below all else."""
    rest = list(body)
    related = rest.pop() if rest and rest[-1].block_type == "related" else None
    opening = {name: rest.pop(0) if rest and rest[0].block_type == name else None for name in ("alert", "glance")}
    return {**opening, "rest": rest, "related": related}


def block_key(child, position: int) -> str:
    """How a statement is found again in the editor: by the id of its block."""
    return (child.id or f"body-{position}")[:90]


def _statements(page, fields: dict) -> Iterator[Statement]:
    yield Statement(kind=Kind.COPY, key="title", text=fields["title"], label="Title")
    yield Statement(kind=Kind.COPY, key="also_known_as", text=fields["also_known_as"], label="Also called")
    yield Statement(kind=Kind.COPY, key="summary", text=fields["summary"], label="Summary")
    for position, (child, item) in enumerate(zip(page.body, fields["body"], strict=True)):
        context = child.block.get_desk_context(child.value)
        for statement in child.block.get_statements(item["value"], block_key(child, position)):
            statement.context.update(context)
            yield statement
    details = {"unseen": True}
    yield Statement(kind=Kind.COPY, key="details", text=_details(fields), label="Page details", context=details)


def _details(fields: dict) -> str:
    """What search engines and link previews show, as words that a reviewer can read."""
    parts = {
        "Address": f"{fields['slug']}/",
        "Title in search results": fields["seo_title"],
        "Description in search results": fields["search_description"],
        "Topics": ", ".join(fields["tags"]),
    }
    return " ".join(f"{label}: {value.rstrip('.')}." for label, value in parts.items() if value)


def _stream_block(content: ReviewableContent):
    return apps.get_model(content.fields["type"])._meta.get_field("body").stream_block


def _shown_on(day: date, stream_block, body: list[dict]) -> list[dict]:
    return [item for item in body if _shown_until(stream_block, item) >= day]


def _shown_until(stream_block, item: dict) -> date:
    return stream_block.child_blocks[item["type"]].shown_until(item["value"])


def _has_content(statement: Statement) -> bool:
    return bool(statement.text or statement.asset or statement.references)


def _anchor(child, anchors: Anchors) -> str:
    if child.block_type == "heading":
        return anchors.for_heading(child.value["text"])
    return anchors.for_statement(child.value.statement_digests[0]) if child.block_type == "quotation" else ""
