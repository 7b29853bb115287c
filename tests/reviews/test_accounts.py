"""An account that signs belongs to the person who signs."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from reviews.models import LedgerEntry
from tests import factories
from tests.mailbox import delivered


def user_form(user, **changes):
    return {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name or "A",
        "last_name": user.last_name or "B",
        "is_active": "on",
        **changes,
    }


def test_a_superuser_cannot_set_the_password_of_a_clinician(admin, hanson):
    data = user_form(hanson.user, password1="taken over 123", password2="taken over 123")
    admin.post(reverse("wagtailusers_users:edit", args=[hanson.user.pk]), data)
    user = get_user_model().objects.get(pk=hanson.user.pk)
    assert user.check_password(factories.PASSWORD)


def test_a_superuser_still_sets_the_password_of_others(admin, editor):
    data = user_form(editor, password1="given anew 123", password2="given anew 123")
    admin.post(reverse("wagtailusers_users:edit", args=[editor.pk]), data)
    assert get_user_model().objects.get(pk=editor.pk).check_password("given anew 123")


def test_a_superuser_cannot_change_the_address_of_a_clinician(admin, hanson):
    before = hanson.user.email
    data = user_form(hanson.user, email="thief@example.com")
    admin.post(reverse("wagtailusers_users:edit", args=[hanson.user.pk]), data)
    assert get_user_model().objects.get(pk=hanson.user.pk).email == before


@pytest.mark.parametrize(("password", "changed"), [(factories.PASSWORD, True), ("guess", False)])
def test_a_clinician_changes_her_own_address_with_her_password(password, changed, client, hanson):
    before = hanson.user.email
    client.force_login(hanson.user)
    client.post("/review/account/", {"form": "address", "email": "new@example.com", "password": password})
    assert get_user_model().objects.get(pk=hanson.user.pk).email == ("new@example.com" if changed else before)
    assert [message.to for message in delivered()] == ([[before]] if changed else [])


def clinician_form(clinician, user):
    return {
        "name": clinician.name,
        "honorific": "Dr.",
        "is_verified": "on",
        "user": user.pk,
        "credentials-TOTAL_FORMS": 0,
        "credentials-INITIAL_FORMS": 0,
        "credentials-MIN_NUM_FORMS": 0,
        "credentials-MAX_NUM_FORMS": 1000,
    }


def test_a_manager_cannot_make_herself_a_signer(db, client):
    manager = factories.make_user("priya")
    manager.groups.add(Group.objects.get(name="Practice managers"))
    clinician = factories.make_clinician("Laura Whitfield", account=False)
    client.force_login(manager)
    url = reverse("wagtailsnippets_reviews_clinician:edit", args=[clinician.pk])
    response = client.post(url, clinician_form(clinician, manager))
    assert "You cannot connect your own account." in response.content.decode()
    colleague = factories.make_user("laura")
    client.post(url, clinician_form(clinician, colleague))
    clinician.refresh_from_db()
    assert clinician.user == colleague
    entry = LedgerEntry.objects.get(kind="clinician_changed")
    assert (entry.data["by"]["username"], entry.data["facts"]["account"]["username"]) == ("priya", "laura")


def test_a_clinician_sets_a_new_password_by_mail(client, hanson):
    client.post("/review/password/", {"email": hanson.user.email})
    link = re.search(r"http://[^/]+(/review/password/\S+)", delivered()[0].body)[1]
    form = client.get(link, follow=True)
    url = form.redirect_chain[-1][0]
    client.post(url, {"new_password1": "a new long phrase", "new_password2": "a new long phrase"})
    assert get_user_model().objects.get(pk=hanson.user.pk).check_password("a new long phrase")


@pytest.mark.parametrize("path", ["/review/", "/review/5/", "/review/5/page/", "/review/5/signed/"])
def test_review_pages_ask_an_anonymous_person_to_sign_in(path, client, db):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url == f"/review/sign-in/?next={path}"


def test_review_pages_tell_marketing_that_they_are_for_clinicians(client, editor):
    client.force_login(editor)
    response = client.get("/review/")
    assert response.status_code == 403
    assert "These pages are for clinicians who sign." in response.content.decode()


def test_an_account_that_signed_cannot_be_deleted(admin, public_article, hanson):
    url = reverse("wagtailusers_users:delete", args=[hanson.user.pk])
    response = admin.post(url, follow=True)
    assert "Deactivate the account instead." in response.content.decode()
    url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    response = admin.post(f"{url}?id={hanson.user.pk}&next=/admin/", follow=True)
    assert "Deactivate the account instead." in response.content.decode()
    assert get_user_model().objects.filter(pk=hanson.user.pk).exists()


def test_the_events_of_the_record_stand_in_wagtails_history(admin, public_article):
    url = reverse("wagtailadmin_pages:history", args=[public_article.pk])
    history = admin.get(url).content.decode()
    for line in ("Review requested, record entry 3", "Signed off, record entry 5", "Published, record entry 6"):
        assert line in history
