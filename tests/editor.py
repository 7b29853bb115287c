"""What Wagtail's editor posts. Its stream fields are built by scripts, so the tests write down what those send."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests import factories


def posted(page, change_block=lambda number, kind, value: None, **fields):
    """The form of this article's newest version as a browser would send it, with changes made by the person."""
    draft = factories.draft(page)
    blocks = []
    for number, child in enumerate(draft.body):
        value = _fields(child)
        change_block(number, child.block_type, value)
        blocks.append({"type": child.block_type, "value": _as_posted(child, value), "id": child.id})
    data = nested_form_data(
        {
            "title": draft.title,
            "slug": draft.slug,
            "also_known_as": draft.also_known_as,
            "summary": draft.summary,
            "tags": ", ".join(tag.name for tag in draft.tags.all()),
            "seo_title": draft.seo_title,
            "search_description": draft.search_description,
            "body": streamfield([(block["type"], block["value"]) for block in blocks]),
            "import_questions": inline_formset(
                [
                    {"id": item.pk, "is_settled": "on" if item.is_settled else ""}
                    for item in draft.import_questions.all()
                ],
                initial=draft.import_questions.count(),
            ),
            "comments": inline_formset([]),
            **fields,
        }
    )
    return data | {f"body-{number}-id": block["id"] for number, block in enumerate(blocks) if block["id"]}


def settle_all(page) -> dict:
    """The fields that tick every question from the import."""
    count = factories.draft(page).import_questions.count()
    return {f"import_questions-{number}-is_settled": "on" for number in range(count)}


def _fields(child) -> dict:
    value = {name: child.value[name] for name in child.value}
    if child.block_type == "copy":
        value["text"] = value["text"].source
    if child.block_type == "quotation":
        value["clinician"] = value["clinician"].pk if value["clinician"] else ""
    return value


def _as_posted(child, value) -> dict:
    if child.block_type == "copy":
        return {"text": _draftail(value["text"]), "references": streamfield([])}
    return {name: "" if item is None else item for name, item in value.items()}


def _draftail(html: str) -> str:
    return rich_text(html, features=["bold", "italic", "ol", "ul", "link"])
