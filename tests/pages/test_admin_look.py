"""Whoever signs in at the desk sees whose desk it is, and each thing once."""

import pytest

from reviews import services


@pytest.mark.django_db
def test_the_sign_in_page_names_the_practice_and_not_wagtail(client, settings):
    page = client.get("/admin/login/").content.decode()
    assert "Sign in to Imprimatur" in page
    assert settings.PRACTICE["name"] in page
    assert 'href="/review/"' in page
    assert "Sign in to Wagtail" not in page
    assert "icon-wagtail" not in page


def test_the_admin_bears_the_name_and_the_mark_of_the_practice(client, editor, settings):
    client.force_login(editor)
    page = client.get("/admin/").content.decode()
    assert f"<title>Dashboard - {settings.PRACTICE['short_name']}, Imprimatur</title>" in " ".join(page.split())
    assert f'alt="{settings.PRACTICE["name"]}, Imprimatur: home"' in page


def test_what_is_in_review_stands_on_the_home_page_once(article, editor, hanson, reviewer, client):
    services.request_review(page_id=article.pk, by=editor)
    client.force_login(editor)
    page = client.get("/admin/").content.decode()
    assert "Waiting for signatures" in page
    assert "in a workflow" not in page
