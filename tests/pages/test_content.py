"""What an article says, in canonical form, and back."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image as Picture
from wagtail.blocks import FloatBlock
from wagtail.images import get_image_model

from pages.blocks import ArticleBody
from pages.canonical import canonical_value, normalised_html, words_of
from pages.content import shown_with
from pages.models import ProcedureArticlePage
from reviews.reader import public_article
from tests import factories

SOURCE = {
    "citation": "Smith J. Cold.",
    "year": "2019",
    "link": "10.1000/x",
    "locator": "Table 1",
    "passage": "It hurts.",
}


def picture(color="red"):
    file = BytesIO()
    Picture.new("RGB", (20, 20), color).save(file, "PNG")
    return ImageFile(BytesIO(file.getvalue()), name=f"{color}.png"), hashlib.sha256(file.getvalue()).hexdigest()


@pytest.fixture
def image(db):
    file, _ = picture()
    return get_image_model().objects.create(title="Any", file=file)


def image_block(image, **fields):
    return "image", {"image": image.pk, "alt_text": "A hand", "caption": "", **fields}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p data-block-key="a1">Cold.</p>', "<p>Cold.</p>"),
        ("<p>Very\n  cold.</p>\n<p>So.</p>", "<p>Very cold.</p><p>So.</p>"),
        ('<ul>\n<li data-block-key="x">One</li>\n<li>Two</li></ul>', "<ul><li>One</li><li>Two</li></ul>"),
        ('<p>A <a id="3" linktype="page">link</a> here</p>', '<p>A <a id="3" linktype="page">link</a> here</p>'),
        ('<p>A <a linktype="page" id="3">link</a> here</p>', '<p>A <a id="3" linktype="page">link</a> here</p>'),
        ("<p>Cafe\u0301</p>", "<p>Café</p>"),
    ],
)
def test_what_an_editor_cannot_see_is_not_content(before, after):
    assert normalised_html(before) == after


def test_the_words_of_a_list_do_not_run_together():
    assert words_of("<p>Bring:</p><ul><li>a hat</li><li>water</li></ul>") == "Bring: a hat water"


def test_a_block_type_without_canonical_form_is_refused():
    with pytest.raises(TypeError, match="FloatBlock has no canonical form"):
        canonical_value(FloatBlock(), 1.5)


def test_every_block_says_which_statements_it_holds(editor, hanson, image):
    page = factories.make_article(
        ("heading", {"text": "What it is"}),
        factories.copy("A cold spray.", references=[SOURCE]),
        factories.quotation(hanson),
        ("claim", {"category": "risk", "text": "<p>A blister is common.</p>", "references": []}),
        ("steps", {"steps": [{"title": "Before", "when": "1 day", "text": "<p>Eat.</p>"}]}),
        image_block(image),
        by=editor,
        summary="Freezing spots.",
    )
    rows = [(item.kind, item.label, item.text) for item in factories.content_of(page).statements]
    assert rows == [
        ("copy", "Title", "Cryotherapy"),
        ("copy", "Summary", "Freezing spots."),
        ("copy", "Heading", "What it is"),
        ("copy", "", "A cold spray."),
        ("quotation", "", "It stings for a minute."),
        ("claim", "risk", "A blister is common."),
        ("copy", "Step 1, Before, 1 day", "Eat."),
        ("copy", "Picture", "Described as: A hand."),
        ("copy", "Page details", "Address: cryotherapy/."),
    ]


PUBLIC_CHANGES = {
    "title": {"title": "Cryo"},
    "summary": {"summary": "New."},
    "slug": {"slug": "cryo"},
    "seo title": {"seo_title": "Cryo"},
    "search description": {"search_description": "Cold."},
}


@pytest.mark.parametrize("change", PUBLIC_CHANGES.values(), ids=PUBLIC_CHANGES)
def test_every_public_field_is_in_the_page_digest(change, article):
    before = factories.content_of(article).page_digest
    factories.edit(article, **change)
    assert factories.content_of(article).page_digest != before


def test_tags_are_content_by_name(article):
    before = factories.content_of(article).page_digest
    draft = factories.draft(article)
    draft.tags.add("Warts")
    draft.save_revision()
    content = factories.content_of(article)
    assert content.page_digest != before
    assert content.fields["tags"] == ["Warts"]


def test_what_only_the_desk_sees_does_not_void_a_signature(article, hanson):
    before = factories.content_of(article).page_digest
    noted = factories.quotation(hanson, obtained="by phone", speaker_basis="confirmed", source_passage="She said …")
    factories.edit(article, factories.copy(), noted)
    assert factories.content_of(article).page_digest == before


def test_block_ids_are_not_content(article):
    before = factories.content_of(article).page_digest
    draft = factories.draft(article)
    for child in draft.body:
        child.id = f"other-{child.id}"
    draft.save_revision()
    assert factories.content_of(article).page_digest == before


def test_a_picture_is_signed_by_its_bytes(article, image):
    factories.edit(article, image_block(image))
    before = factories.content_of(article).page_digest
    file, digest = picture("blue")
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(file.read())
    after = factories.content_of(article)
    assert after.page_digest != before
    assert next(item for item in after.statements if item.label == "Picture").asset == digest


@pytest.fixture
def public_picture(editor, reviewer, image):
    page = factories.make_article(image_block(image), by=editor)
    return factories.publish_signed(page, by=editor, signers=[reviewer])


def test_a_picture_in_a_public_article_is_neither_replaced_nor_deleted(public_picture, image, client, superuser):
    client.force_login(superuser)
    url = reverse("wagtailimages:edit", args=[image.pk])
    file, _ = picture("green")
    response = client.post(url, {"title": "Any", "file": file, "description": "", "tags": ""}, follow=True)
    assert "“Cryotherapy” shows this picture, so it cannot be replaced." in response.content.decode()
    response = client.post(reverse("wagtailimages:delete", args=[image.pk]), follow=True)
    assert "so it cannot be deleted." in response.content.decode()
    assert get_image_model().objects.get(pk=image.pk).file.name == image.file.name
    client.logout()
    assert "<img" in client.get(public_picture.url).content.decode()


def test_a_picture_replaced_behind_our_back_is_not_shown(public_picture, image, client):
    get_image_model().objects.filter(pk=image.pk).update(file="original_images/other.png")
    html = client.get(public_picture.url).content.decode()
    assert "<img" not in html
    assert "<picture" not in html


def test_recorded_content_is_shown_without_looking_at_any_live_row(article, hanson, django_assert_num_queries):
    content = factories.content_of(article)
    hanson.delete()
    with django_assert_num_queries(0):
        shown = shown_with(article, content)
        assert shown.body[1].value["words"] == "It stings for a minute."
        assert shown.body[1].value.statement_digests


def test_every_block_has_a_picture_in_the_chooser():
    for block in ArticleBody().child_blocks.values():
        assert block.is_previewable
        assert block.meta.description
        assert block.meta.icon


def test_bytes_changed_on_disk_are_found_by_verify_record(public_picture, image):
    file, _ = picture("blue")
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(file.read())
    with pytest.raises(CommandError, match="“Cryotherapy” has a live row that was changed"):
        call_command("verify_record")


def test_the_preview_of_every_block_renders(editor, client):
    client.force_login(editor)
    for block in ProcedureArticlePage._meta.get_field("body").stream_block.child_blocks.values():
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200
        assert b"site/site" in response.content


def test_a_recorded_link_leads_where_its_page_is_now_and_other_text_is_made_ready_once(editor, reviewer, client):
    index = factories.index_page()
    link = f'<a id="{index.pk}" linktype="page">all of them</a>'
    page = factories.make_article(factories.copy("Read on."), factories.copy(link), by=editor)
    page = factories.publish_signed(page, by=editor, signers=[reviewer])
    plain, linked = (child.value["text"] for child in shown_with(page, public_article(page.pk).content).body)
    assert plain.__html__() is plain.__html__()
    assert '<a href="/procedures/">all of them</a>' in linked.__html__()
    index.slug = "guides"
    index.save()
    assert '<a href="/guides/">all of them</a>' in linked.__html__()
