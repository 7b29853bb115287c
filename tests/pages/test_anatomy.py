"""Every block of an article: what a patient reads of it is signed, and what only the desk sees is not."""

import copy
import dataclasses
import json
import re
from collections import Counter
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.template import Context
from django.utils.html import escape, strip_tags
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks import ArticleBody
from pages.canonical import canonical_value, raw_value
from pages.content import shown_with
from pages.printed import printed_words, words_of
from pages.samples import sample_context, with_defaults
from reviews.canonical import canonical_json
from tests import factories

from .test_content import picture

BLOCKS = ArticleBody().child_blocks
PICTURE = {"id": 1, "file": "a.png", "sha256": "a" * 64}
OTHER_PICTURE = {**PICTURE, "sha256": "b" * 64}
# Not printed: a number takes the place of the words.
UNSEEN = {("risks", "risks", 0, "how_often")}


def sample(name) -> dict:
    """The canonical data of a block with every chooser filled in."""
    data = canonical_value(BLOCKS[name], with_defaults(BLOCKS[name], BLOCKS[name].meta.preview_value))
    choosers = {"clinician": 7, "image": PICTURE, "before": PICTURE, "after": PICTURE, "pages": [11, 12]}
    return {key: choosers.get(key, value) for key, value in data.items()}


def leaves(block, data, path=()):
    """The path and the block of everything that can be filled in."""
    if isinstance(block, blocks.StructBlock):
        for name in data:
            yield from leaves(block.child_blocks[name], data[name], (*path, name))
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(data):
            yield from leaves(block.child_block, item, (*path, number))
    else:
        yield path, block


def another(block, value):
    if isinstance(block, ImageChooserBlock):
        return OTHER_PICTURE
    if isinstance(block, blocks.ChooserBlock | blocks.IntegerBlock):
        return (value or 7) + 1
    if isinstance(block, blocks.DateBlock):
        return "2098-01-02"
    if isinstance(block, blocks.ChoiceBlock):
        choices = [key for key, _ in block.field.choices if key]
        return next(key for key in choices if key != value)
    return f"{value} Other."


def changed(data, path, block):
    data = copy.deepcopy(data)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = another(block, place[path[-1]])
    return data


def digests(name, data):
    return [statement.digest for statement in BLOCKS[name].get_statements(data, key="a")]


FIELDS = {
    f"{name} {' '.join(map(str, path))}": (name, path, block)
    for name in BLOCKS
    for path, block in leaves(BLOCKS[name], sample(name))
    if (name, *path) not in UNSEEN
}
LISTS = [(name, key) for name in BLOCKS for key, value in sample(name).items() if isinstance(value, list) and value]


@pytest.mark.parametrize(("name", "path", "block"), FIELDS.values(), ids=FIELDS)
def test_a_change_of_any_field_is_another_statement(name, path, block):
    before = sample(name)
    assert digests(name, changed(before, path, block)) != digests(name, before)


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_an_item_that_is_left_out_is_another_statement(name, key):
    before = sample(name)
    assert digests(name, {**before, key: before[key][:-1]}) != digests(name, before)


def test_words_moved_from_one_field_to_another_are_another_statement():
    before = sample("cost")
    moved = {**before, "included": before["excluded"], "excluded": before["included"]}
    assert digests("cost", moved) != digests("cost", before)


DESK_ONLY = [(name, field) for name, block in BLOCKS.items() for field in getattr(block.meta, "desk_only", ())]


@pytest.mark.parametrize(("name", "field"), DESK_ONLY)
def test_what_only_the_desk_sees_is_not_content(name, field):
    value = with_defaults(BLOCKS[name], BLOCKS[name].meta.preview_value)
    before = canonical_value(BLOCKS[name], value)
    value[field] = "Something else"
    assert canonical_value(BLOCKS[name], value) == before
    assert field not in before


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_shown_in_the_chooser_with_its_group(name):
    block = BLOCKS[name]
    assert block.is_previewable
    assert block.meta.preview_value
    assert all([block.meta.description, block.meta.icon, block.meta.group, block.meta.template])


def make_everything(editor, hanson, reviewer):
    """A public article with every block that there is, twice where that is allowed."""
    file, _ = picture()
    image = get_image_model().objects.create(title="Any", file=file)
    other = factories.publish_signed(factories.make_article(title="Peel", by=editor), by=editor, signers=[reviewer])
    choosers = {"image": image.pk, "before": image.pk, "after": image.pk, "pages": [other.pk], "clinician": hanson.pk}
    raw = []
    for name in ("alert", "glance", *(set(BLOCKS) - {"alert", "glance"})):
        value = raw_value(BLOCKS[name], sample(name))
        value = {**value, **{key: choosers[key] for key in value if key in choosers}}
        value |= {"consent_record": "Folder 7"} if name == "before_after" else {}
        raw += [(name, value)] * (1 if name in ("alert", "glance", "related") else 2)
    page = factories.make_article(*raw, by=editor, title="Everything", also_known_as="All of it")
    return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


@pytest.fixture
def everything(editor, hanson, reviewer):
    return make_everything(editor, hanson, reviewer)


@pytest.fixture
def html(everything, client):
    return client.get(everything.url).content.decode()


def strings(value):
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in ("type", "file", "sha256") for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) and value else []


NOT_PRINTED = {"recovery", "verbatim", "2099-12-31", "Dr. Ana Example, dermatologist"}


def test_a_patient_reads_every_word_that_was_signed(everything, html):
    by_label = {"serious", "lasting", "passing", "emergency", "urgent", "routine", "brown", "40"}
    words = set(strings(factories.content_of(everything).fields["body"])) - NOT_PRINTED - by_label
    assert [text for text in words if not (text in html or escape(text) in html)] == []


def test_ids_are_unique_and_every_link_within_the_page_leads_somewhere(html):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_every_mark_has_a_way_back_from_its_source(html):
    marks = re.findall(r'id="(ref-\d+-\d+)"', html)
    assert len(marks) > 10
    assert sorted(marks) == sorted(re.findall(r'href="#(ref-\d+-\d+)"', html))


def test_the_record_is_rendered_like_the_draft(everything, rf):
    content = factories.content_of(everything)
    recorded = dataclasses.replace(content, fields=json.loads(canonical_json(content.fields)))
    assert rendered(shown_with(everything, recorded)) == rendered(shown_with(everything, content))
    for child, item in zip(shown_with(everything, recorded).body, content.fields["body"], strict=True):
        looked_up_nowhere = {"clinician": None, "pages": [None], "image": None, "before": None, "after": None}
        wanted = {key: looked_up_nowhere.get(key, value) for key, value in item["value"].items()}
        assert canonical_value(child.block, child.value) == wanted


def rendered(page):
    return [child.render(Context({"reference_uses": {}}).flatten()) for child in page.body]


# What the templates print in every article. None of it says anything about a procedure.
LABELS = set(
    re.findall(
        r"\S+",
        """
Approved word for word on as a fair summary Disclosure Ana Example MD Licensed by board does not exist Dermatologist at
practice that Back Emergency Urgent Not urgent Call if us today this week 911 512-555-0148 Before After Results vary
Source Sources Another procedure Its summary its own record has it Related procedures Other choices and no treatment
""".lower(),
    )
)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_prints_no_word_that_is_not_signed(name, settings):
    block = BLOCKS[name]
    value = with_defaults(block, block.meta.preview_value)
    context = {**sample_context(block, value), "practice": settings.PRACTICE}
    printed = re.sub(r"<time.*?</time>", "", block.render(value, context))
    statements = block.get_statements(canonical_value(block, value), key="a")
    signed = " ".join(f"{item.text} {item.label} {item.disclosure}" for item in statements).lower()
    words = re.findall(r"[\w$'-]{2,}", strip_tags(printed.replace("<", " <")))
    about_the_practice = settings.PRACTICE["after_hours"].lower()
    known = LABELS | set(re.findall(r"\w+", about_the_practice))
    assert [word for word in words if word.lower() not in signed and word.lower() not in known] == []


@pytest.mark.parametrize("name", BLOCKS)
def test_a_reviewer_finds_every_statement_of_a_block_marked_in_the_page(name, settings):
    block = BLOCKS[name]
    value = with_defaults(block, block.meta.preview_value)
    context = {**sample_context(block, value), "practice": settings.PRACTICE}
    asked = [item.digest for item in block.get_statements(canonical_value(block, value), "a") if item.text]
    html = block.render(value, {**context, "reviewing": SimpleNamespace(marks=dict.fromkeys(asked, "open"))})
    assert list(dict.fromkeys(re.findall(r'data-statement="(\w+)"', html))) == asked
    assert re.findall(r'id="mark-(\w+)"', html) == [digest[:8] for digest in asked]


def test_patients_get_no_marks_of_reviewers(html):
    assert [mark for mark in ("data-statement", "data-mark", "Needs your decision") if mark in html] == []


def test_every_statement_is_marked_once_and_every_word_stands_in_one_passage(everything, html):
    printed = printed_words(html)
    marks = [mark for passage in printed["passages"] for mark in passage["statements"]]
    digests = [statement.digest[:12] for statement in factories.content_of(everything).statements]
    # The last statement is for search engines only.
    assert sorted(marks) == sorted(digests[:-1])
    main = BeautifulSoup(html, "html.parser").main
    main.select_one("[data-check]").decompose()
    parts = [passage["words"] for passage in printed["passages"]] + [printed["around"]]
    assert Counter(" ".join(parts).split()) == Counter(words_of([main]).split())
