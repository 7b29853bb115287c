"""The rows of the list of routes that the other tests lack, each as the most powerful person who could take it.

The number is the row's in the list that the project started from (docs/decisions/0004 says what the gate does).
"""

import json
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver, reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction, Site, Task, Workflow, WorkflowPage, WorkflowTask

from pages.models import ProcedureArticlePage
from reviews import services
from reviews.errors import NotAllowed
from reviews.gate import obstacles
from reviews.models import PublicPage
from tests import factories
from tests.editor import posted
from tests.surfaces import MARKER, assert_nothing_leaked


@pytest.fixture
def in_review(editor, hanson, reviewer):
    page = factories.make_article(factories.copy(MARKER), factories.quotation(hanson), title="Unsigned", by=editor)
    services.request_review(page_id=page.pk, by=editor)
    return page


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_row_2_a_superuser_publishes_while_the_workflow_runs(in_review, admin):
    admin.post(edit_url(in_review), posted(in_review) | {"action-publish": "1"})
    assert not Page.objects.get(pk=in_review.pk).live
    assert_nothing_leaked(admin)


def test_row_6_an_old_revision_is_reverted_to_and_published(edited, editor, admin):
    old = edited.revisions.order_by("created_at").last()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[edited.pk, old.pk])
    assert admin.get(url).status_code == 200
    admin.post(edit_url(edited), posted(edited) | {"action-publish": "1", "revision": old.pk}, follow=True)
    assert_nothing_leaked(admin)
    assert admin.get(edited.url).status_code == 200


def test_row_7_unpublished_then_published_again_with_a_newer_draft(edited, editor, admin):
    services.take_down(page_id=edited.pk, by=editor)
    response = admin.post(reverse("sign_off_desk:publish", args=[edited.pk]), follow=True)
    assert "A clinical reviewer has not signed this version" in response.content.decode()
    assert_nothing_leaked(admin)


@pytest.mark.parametrize("row", [12, 16])
def test_rows_12_and_16_a_workflow_action_with_an_edit_and_made_up_json(row, in_review, admin):
    data = posted(in_review, title="Edited in review")
    data |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    data |= {"workflow-action-extra-data": json.dumps({"update": False, "comment": "fine"})}
    admin.post(edit_url(in_review), data)
    assert factories.draft(in_review).title == "Unsigned"
    assert in_review.current_workflow_task_state.status == "in_progress"
    assert_nothing_leaked(admin)


def test_row_13_autosave_rewrites_the_revision_under_review(in_review, editor, hanson, reviewer, client):
    read = factories.content_of(in_review).page_digest
    client.force_login(editor)
    revision = in_review.get_latest_revision()
    data = posted(in_review, title="Rewritten") | {"overwrite_revision_id": revision.pk}
    response = client.post(edit_url(in_review), data, headers={"Accept": "application/json"})
    assert factories.content_of(in_review).page_digest == read, response.content
    assert_nothing_leaked(client)


def task_removed(page):
    WorkflowTask.objects.all().delete()


def workflow_unassigned(page):
    WorkflowPage.objects.all().delete()


def workflow_deactivated(page):
    Workflow.objects.get(name="Clinician sign-off").deactivate()


def task_deactivated(page):
    Task.objects.get(name="Clinician sign-off").specific.deactivate()


def task_switched_off_by_update(page):
    Task.objects.update(active=False)
    page.current_workflow_state.update()


@pytest.mark.parametrize(
    "change",
    [task_removed, workflow_unassigned, workflow_deactivated, task_deactivated, task_switched_off_by_update],
    ids=lambda change: change.__name__,
)
def test_rows_14_and_15_the_workflow_is_taken_apart_mid_review(change, in_review, hanson, reviewer, client):
    with suppress(PermissionDenied):
        change(in_review)
    assert_nothing_leaked(client)
    for clinician in (hanson, reviewer):
        with suppress(NotAllowed):
            factories.sign_all(in_review, clinician)
    assert not Page.objects.get(pk=in_review.pk).live or PublicPage.objects.filter(pk=in_review.pk).exists()


def test_row_15_workflows_are_switched_off_in_the_settings(in_review, hanson, settings, client):
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    with pytest.raises(NotAllowed, match="not in review"):
        services.sign_off(
            page_id=in_review.pk,
            by=hanson.user,
            proof=factories.proof_of(hanson.user),
            meanings=["own_words"],
            approved=[],
            page_digest="",
            line_digest="",
        )
    assert_nothing_leaked(client)


def test_row_17_a_task_state_is_approved_through_another_pages_address(in_review, public_article, admin):
    state = in_review.current_workflow_task_state
    for action in ("approve", "reject"):
        url = reverse("wagtailadmin_pages:workflow_action", args=[public_article.pk, action, state.pk])
        assert admin.post(url, {"comment": ""}).status_code in (302, 403, 404)
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert_nothing_leaked(admin)


def test_row_20_aliases_are_neither_made_nor_turned_into_live_pages(public_article, client):
    with pytest.raises(PermissionDenied):
        public_article.create_alias(update_slug="alias")
    with pytest.raises(Exception, match="must be an alias"):
        ConvertAliasPageAction(public_article).execute(skip_permission_checks=True)
    assert ProcedureArticlePage.objects.count() == 1
    assert_nothing_leaked(client)


def test_row_20_a_translation_is_a_draft_with_new_words_to_sign(public_article, client):
    french = Locale.objects.create(language_code="fr")
    for page in (Page.objects.get(depth=2).specific, factories.index_page()):
        page.copy_for_translation(french)
    copy = public_article.copy_for_translation(french)
    assert not copy.live
    codes = {obstacle.code for obstacle in obstacles(copy)}
    assert {"quotation_not_signed", "not_reviewed"} <= codes
    with pytest.raises(PermissionDenied):
        public_article.copy_for_translation(Locale.objects.create(language_code="de"), alias=True, copy_parents=True)
    assert_nothing_leaked(client)


def test_row_21_a_moved_article_keeps_its_words_and_its_signatures(public_article, client):
    index = factories.index_page()
    index.slug = "treatments"
    index.save()
    moved = ProcedureArticlePage.objects.get(pk=public_article.pk)
    assert moved.url == "/treatments/cryotherapy/"
    assert client.get(moved.url).status_code == 200


def test_row_22_private_and_live_is_no_way_to_show_unsigned_words(in_review, admin):
    permissions = in_review.permissions_for_user(factories.make_user("other", is_superuser=True))
    assert not permissions.can_set_view_restrictions()
    PageViewRestriction.objects.create(page=in_review, restriction_type="password", password="x")
    PageViewRestriction.objects.all().delete()
    assert_nothing_leaked(admin)


def test_row_23_the_site_is_switched_to_a_tree_with_an_unsigned_article(in_review, client):
    Site.objects.update(root_page=in_review)
    Site.clear_site_root_paths_cache()
    assert MARKER not in client.get("/").content.decode()
    Site.objects.update(root_page=Page.objects.get(depth=2))
    Site.clear_site_root_paths_cache()
    assert_nothing_leaked(client)


def test_row_26_a_renamed_tag_changes_nothing_that_patients_read(editor, hanson, reviewer, client):
    page = factories.make_article(factories.quotation(hanson), by=editor)
    draft = factories.draft(page)
    draft.tags.add("Warts")
    draft.save_revision(user=editor)
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    page.tags.first().__class__.objects.update(name=MARKER)
    assert "Warts" in client.get(page.url).content.decode()
    assert_nothing_leaked(client)


def test_row_31_bulk_update_changes_nothing_that_patients_read(public_article, client):
    public_article.summary = MARKER
    ProcedureArticlePage.objects.bulk_update([public_article], ["summary"])
    assert_nothing_leaked(client)
    assert client.get(public_article.url).status_code == 200


def views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_rows_35_and_36_no_public_api_is_mounted():
    modules = {view.__module__ for view in views(get_resolver().url_patterns)}
    assert "wagtail.views" in modules
    assert not {module for module in modules if module.startswith("wagtail.api")}


@pytest.mark.parametrize("action", ["publish", "copy"])
def test_a_json_caller_is_refused_with_a_sentence(action, public_article, edited, admin):
    url = f"/admin/api/main/pages/{edited.pk}/action/{action}/"
    response = admin.post(url, json.dumps({"keep_live": True, "slug": "copy"}), content_type="application/json")
    assert response.status_code in (400, 403)
    assert response.json()["detail"].endswith(".")
    assert_nothing_leaked(admin)


def test_a_clinician_who_leaves_mid_review_leaves_the_article_unpublished(in_review, hanson, reviewer, client):
    factories.sign_all(in_review, reviewer)
    hanson.user.is_active = False
    hanson.user.save()
    form = {"username": hanson.user.username, "password": factories.PASSWORD}
    assert client.post("/review/sign-in/", form).status_code == 200
    assert not Page.objects.get(pk=in_review.pk).live
    assert_nothing_leaked(client)
