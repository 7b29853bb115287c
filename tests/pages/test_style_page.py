"""Staff see the look; nobody else sees the samples."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from pages.blocks import ArticleBody


@pytest.fixture
def html(client, editor):
    client.force_login(editor)
    return client.get(reverse("style")).content.decode()


@pytest.mark.parametrize("name", ArticleBody().child_blocks)
def test_the_style_page_shows_every_block(name, html):
    block = ArticleBody().child_blocks[name]
    assert f">{block.label}</h2>" in html
    assert escape(block.meta.description) in html


@pytest.mark.parametrize(
    "state",
    [
        "Approved word for word on",
        "Approved as a fair summary on",
        "Not signed yet",
        "Call 911 if:",
        "Call us today if:",
    ],
)
def test_the_style_page_shows_every_state(state, html):
    assert state in html


def test_the_style_page_is_for_staff(client):
    response = client.get(reverse("style"))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response.url


def test_the_help_menu_leads_to_the_style_page(client, editor):
    client.force_login(editor)
    assert reverse("style") in client.get(reverse("wagtailadmin_home")).content.decode()
