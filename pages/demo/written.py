"""Demo articles that were written here, block by block, as the editor would write them."""

import datetime
import json
import re
from pathlib import Path

from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from pages.models import ProcedureArticlePage, ProcedureIndexPage

FOLDER = Path(__file__).parent / "articles"
PICTURES = Path(__file__).parent / "pictures"
FIELDS = ("title", "slug", "also_known_as", "summary", "search_description")
_FROM_NOW = re.compile(r"in (\d+) days")


def write_article(name: str, clinicians: dict, by) -> ProcedureArticlePage:
    """A draft of one file. Sources go by a short name in it, people by their user name, pictures by their file."""
    data = json.loads((FOLDER / name).read_text())
    page = ProcedureArticlePage(**{field: data[field] for field in FIELDS}, live=False, owner=by)
    ProcedureIndexPage.objects.get().add_child(instance=page)
    raw = [_filled_in(block, data["sources"], clinicians) for block in data["body"] if block["type"] != "related"]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)
    page.tags.set(data["tags"])
    page.save_revision(user=by, log_action=True)
    return page


def link_related(page, name: str, by):
    """Related procedures are chosen last, when all of them exist."""
    draft = page.get_latest_revision_as_object()
    slugs = [slug for block in _body_of(name) if block["type"] == "related" for slug in block["value"]["pages"]]
    found = {item.slug: item.pk for item in ProcedureArticlePage.objects.filter(slug__in=slugs)}
    value = {"pages": [found[slug] for slug in slugs]}
    draft.body.append(("related", draft.body.stream_block.child_blocks["related"].bulk_to_python([value])[0]))
    draft.save_revision(user=by)


def _body_of(name: str) -> list:
    return json.loads((FOLDER / name).read_text())["body"]


def _filled_in(value, sources: dict, clinicians: dict):
    if isinstance(value, list):
        return [_filled_in(item, sources, clinicians) for item in value]
    if isinstance(value, str):
        return _made_of(value)
    if not isinstance(value, dict):
        return value
    filled = {key: _filled_in(item, sources, clinicians) for key, item in value.items()}
    if "references" in value:
        filled["references"] = [sources[short] for short in value["references"]]
    if "clinician" in value:
        clinician = clinicians[value["clinician"]]
        filled |= {"clinician": clinician.pk, "disclosure": clinician.disclosure}
    return filled


def _made_of(text: str):
    """What a text of the file stands for: a picture, a day reckoned from today, or itself."""
    if text.endswith(".webp"):
        return _picture(text)
    days = _FROM_NOW.fullmatch(text)
    return (timezone.localdate() + datetime.timedelta(days=int(days[1]))).isoformat() if days else text


def _picture(name: str) -> int:
    with (PICTURES / name).open("rb") as file:
        title = name.removesuffix(".webp").replace("-", " ").capitalize()
        return get_image_model().objects.create(title=title, file=ImageFile(file, name=name)).pk
