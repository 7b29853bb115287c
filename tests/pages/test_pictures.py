"""Pictures in the formats that browsers know, and only in the bytes that were signed."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images import get_image_model

from tests import factories


def image_file(name="hand.png", color="#ad7350", size=(1600, 900)):
    stream = BytesIO()
    Pillow.new("RGB", size, color).save(stream, "PNG")
    return ImageFile(stream, name=name)


@pytest.fixture
def article(editor, hanson, reviewer):
    image = get_image_model().objects.create(title="Hand", file=image_file())
    block = ("image", {"image": image.pk, "alt_text": "A hand with brown skin", "caption": "The day after."})
    page = factories.make_article(block, factories.quotation(hanson), by=editor)
    return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


def test_a_picture_comes_in_three_formats_and_widths(article, client):
    html = client.get(article.url).content.decode()
    [element] = re.findall(r"<picture>.*?</picture>", html, re.DOTALL)
    assert re.findall(r'type="(image/\w+)"', element) == ["image/avif", "image/webp"]
    assert len(re.findall(r" \d+w", element)) == 9
    for attribute in ('sizes="', 'width="', 'height="', 'loading="lazy"', 'alt="A hand with brown skin"'):
        assert attribute in element


def test_pictures_cost_one_query_however_many_sizes_they_have(article, client, django_assert_max_num_queries):
    from pages.middleware import kept_pages

    client.get(article.url)
    kept_pages.clear()
    with django_assert_max_num_queries(14):
        client.get(article.url)


def test_a_picture_whose_file_was_replaced_is_not_shown(article, client):
    image = get_image_model().objects.get()
    other = image.file.storage.save("original_images/other.png", image_file("other.png", "#000"))
    get_image_model().objects.update(file=other)
    html = client.get(article.url).content.decode()
    assert "<picture>" not in html
    assert "A hand with brown skin" not in html
