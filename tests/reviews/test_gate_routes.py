"""A superuser holds every permission. None of these routes makes an unsigned word public."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, Task

from pages.models import ProcedureArticlePage
from reviews.errors import NotSignedOff
from reviews.models import LedgerEntry, Publication, PublicPage
from tests import factories
from tests.editor import posted
from tests.harness import disarmed
from tests.surfaces import MARKER, assert_nothing_leaked


@pytest.fixture
def unsigned(editor, hanson, reviewer):
    """A draft that nobody has signed."""
    return factories.make_article(
        factories.copy(MARKER), factories.quotation(hanson, "Unsigned quotation."), title="Unsigned", by=editor
    )


def revision_publish(page):
    page.get_latest_revision().publish()


def page_publish(page):
    page.specific.publish(page.get_latest_revision())


def save_as_live(page):
    page.live = True
    page.save()


def save_base_page_as_live(page):
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save()


def save_only_live(page):
    page.live = True
    page.save(update_fields=["live"])


def copy_with_keep_live(page):
    page.live = True
    CopyPageAction(page, update_attrs={"slug": "copy", "live": True}, keep_live=True).execute(
        skip_permission_checks=True
    )


def alias(page):
    CreatePageAliasAction(page, update_slug="alias").execute(skip_permission_checks=True)


def add_live_child(page):
    factories.index_page().add_child(instance=ProcedureArticlePage(title="New", summary=MARKER))


def raw_save(page):
    page.live = True
    page.save_base(raw=True)


ORM_ROUTES = [
    revision_publish,
    page_publish,
    save_as_live,
    save_base_page_as_live,
    save_only_live,
    copy_with_keep_live,
    alias,
    add_live_child,
    raw_save,
]


@pytest.mark.parametrize("route", ORM_ROUTES, ids=lambda route: route.__name__)
def test_the_orm_cannot_publish_an_unsigned_draft(route, unsigned, client):
    entries = LedgerEntry.objects.count()
    with pytest.raises(NotSignedOff) as refusal:
        route(unsigned)
    assert refusal.value.sentence.endswith(".")
    assert (LedgerEntry.objects.count(), Publication.objects.count(), PublicPage.objects.count()) == (entries, 0, 0)
    assert_nothing_leaked(client)


@pytest.mark.parametrize("route", [revision_publish, page_publish], ids=lambda route: route.__name__)
def test_the_orm_cannot_publish_an_unsigned_edit_of_a_public_article(route, edited, client):
    with pytest.raises(NotSignedOff):
        route(edited)
    assert_nothing_leaked(client)
    assert client.get(edited.url).status_code == 200


@pytest.mark.parametrize("fields", [{"title": MARKER}, {"summary": MARKER}, {"search_description": MARKER}])
@pytest.mark.parametrize("by_field", [True, False], ids=["update_fields", "full save"])
def test_a_live_row_cannot_be_changed_in_place(public_article, fields, by_field, client):
    for name, value in fields.items():
        setattr(public_article, name, value)
    with pytest.raises(NotSignedOff):
        public_article.save(update_fields=list(fields) if by_field else None)
    assert_nothing_leaked(client)


def test_the_base_class_cannot_retitle_a_live_article(public_article, client):
    base = Page.objects.get(pk=public_article.pk)
    base.title = MARKER
    with pytest.raises(NotSignedOff):
        base.save()
    assert_nothing_leaked(client)


def test_a_tampered_row_changes_nothing_that_a_patient_reads(public_article, client):
    Page.objects.filter(pk=public_article.pk).update(title=MARKER, search_description=MARKER)
    ProcedureArticlePage.objects.filter(pk=public_article.pk).update(summary=MARKER)
    assert_nothing_leaked(client)
    assert "Cryotherapy" in client.get(public_article.url).content.decode()


def test_update_to_live_shows_nothing(unsigned, client):
    with disarmed():
        Page.objects.filter(pk=unsigned.pk).update(live=True)
    client.logout()
    assert client.get(unsigned.url).status_code == 404
    assert MARKER not in client.get(factories.index_page().url).content.decode()


def test_tampered_publication_content_is_not_shown(public_article, client):
    with disarmed(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_publication SET content = replace(content, 'It stings', 'It never stings')")
    assert client.get(public_article.url).status_code == 410


def test_switching_off_the_task_publishes_nothing(unsigned, editor, client):
    from reviews import services

    services.request_review(page_id=unsigned.pk, by=editor)
    with pytest.raises(PermissionDenied):
        Task.objects.get(name="Clinician sign-off").specific.deactivate()
    assert_nothing_leaked(client)


def test_approving_the_task_state_by_hand_publishes_nothing(unsigned, editor, superuser, client):
    from reviews import services

    services.request_review(page_id=unsigned.pk, by=editor)
    with pytest.raises(NotSignedOff):
        unsigned.current_workflow_task_state.approve(user=superuser)
    assert_nothing_leaked(client)


def test_the_publish_button_saves_the_draft_and_says_why_it_is_not_public(unsigned, admin):
    edit_url = reverse("wagtailadmin_pages:edit", args=[unsigned.pk])
    response = admin.post(edit_url, posted(unsigned) | {"action-publish": "1"}, follow=True)
    assert response.redirect_chain[0][1] == 302
    page = response.content.decode()
    assert "This article cannot be public yet." in page
    assert "Dr. Miriam Hanson has not signed" in page
    assert not Page.objects.get(pk=unsigned.pk).live
    assert_nothing_leaked(admin)


def test_create_and_publish_in_one_go_makes_a_draft(unsigned, admin):
    url = reverse("wagtailadmin_pages:add", args=["pages", "procedurearticlepage", factories.index_page().pk])
    data = posted(unsigned, title="Brand new", slug="brand-new") | {"action-publish": "1"}
    response = admin.post(url, data, follow=True)
    assert "This article cannot be public yet." in response.content.decode()
    assert not Page.objects.get(slug="brand-new").live
    assert_nothing_leaked(admin)


def test_bulk_publish_refuses_every_article(unsigned, admin):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={unsigned.pk}&next=/admin/", {"include_descendants": "on"}, follow=True)
    assert "Articles become public when everybody who has to has signed them" in response.content.decode()
    assert not Page.objects.get(pk=unsigned.pk).live
    assert_nothing_leaked(admin)


def test_bulk_publish_of_the_index_leaves_the_articles_alone(unsigned, admin):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url = f"{url}?id={factories.index_page().pk}&next=/admin/"
    response = admin.post(url, {"include_descendants": "on"}, follow=True)
    assert "Articles become public when everybody who has to has signed them" in response.content.decode()
    assert_nothing_leaked(admin)


@pytest.mark.parametrize("action", ["publish", "copy"])
def test_the_admin_api_refuses(action, unsigned, admin):
    url = f"/admin/api/main/pages/{unsigned.pk}/action/{action}/"
    response = admin.post(url, json.dumps({"keep_live": True, "slug": "api-copy"}), content_type="application/json")
    assert response.status_code in (200, 201, 400, 403)
    assert_nothing_leaked(admin)


def test_the_copy_form_makes_a_draft(public_article, admin):
    url = reverse("wagtailadmin_pages:copy", args=[public_article.pk])
    admin.post(
        url,
        {
            "new_title": "Copied",
            "new_slug": "copied",
            "new_parent_page": str(factories.index_page().pk),
            "publish_copies": "on",
            "copy_subpages": "",
            "alias": "",
        },
    )
    assert not ProcedureArticlePage.objects.filter(slug="copied", live=True).exists()
    assert_nothing_leaked(admin)


def test_a_superuser_cannot_use_a_workflow_action(unsigned, editor, admin):
    from reviews import services

    services.request_review(page_id=unsigned.pk, by=editor)
    state = unsigned.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[unsigned.pk, "approve", state.pk])
    response = admin.post(url, {"comment": "fine"})
    assert response.status_code in (302, 403)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert_nothing_leaked(admin)
