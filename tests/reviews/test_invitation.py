"""Only the person who signs knows the password she signs with."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from reviews import services
from reviews.errors import NotAllowed
from reviews.models import Clinician, ElectronicConsent
from reviews.permissions import has_consented
from tests import factories
from tests.mailbox import delivered, delivered_to
from tests.reviews.test_accounts import clinician_form, user_form

NEW = "a new long phrase"


@pytest.fixture
def manager(db):
    user = factories.make_user("priya")
    user.groups.add(Group.objects.get(name="Practice managers"))
    return user


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def account(db):
    """An account that somebody made with a password that she knows."""
    return factories.make_user("laura")


@pytest.fixture
def clinician(db):
    return Clinician.objects.create(name="Laura Whitfield", is_verified=True)


@pytest.fixture
def invited(clinician, account, manager):
    clinician.user = account
    clinician.save()
    services.invite(clinician=clinician, by=manager)
    return clinician


def connect(desk, clinician, account):
    url = reverse("wagtailsnippets_reviews_clinician:edit", args=[clinician.pk])
    return desk.post(url, clinician_form(clinician, account), follow=True)


def link_in(message):
    return re.search(r"http://[^/]+(/review/password/\S+/\S+/)", message.body)[1]


def open_link(client, link):
    return client.get(link, follow=True)


def choose(client, page, **changes):
    url = page.redirect_chain[-1][0]
    return client.post(url, {"new_password1": NEW, "new_password2": NEW, "agree": "on", **changes})


def password_of(user):
    return get_user_model().objects.get(pk=user.pk)


def test_connecting_an_account_takes_its_password_away_and_invites(desk, clinician, account):
    response = connect(desk, clinician, account)
    assert "Laura Whitfield is invited by mail to laura@example.com." in response.content.decode()
    assert not password_of(account).has_usable_password()
    [message] = delivered_to("laura@example.com")
    assert "Your user name is laura." in message.body
    assert "The link works once, until" in message.body
    assert link_in(message)


def test_saving_a_clinician_again_invites_nobody_again(desk, clinician, account):
    connect(desk, clinician, account)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        connect(desk, clinician, account)
    assert len(delivered()) == 1


def test_whoever_knew_the_password_is_signed_out(desk, clinician, account, django_user_model):
    from django.test import Client

    other = Client()
    other.force_login(account)
    connect(desk, clinician, account)
    assert other.get("/review/").status_code == 302


def test_the_first_password_comes_with_the_consent(client, invited, account):
    [message] = delivered()
    page = open_link(client, link_in(message))
    assert "Do you agree to sign electronically?" in page.content.decode()
    assert choose(client, page).url == "/review/sign-in/"
    assert password_of(account).check_password(NEW)
    assert has_consented(account)


def test_without_the_tick_there_is_neither_password_nor_consent(client, invited, account):
    [message] = delivered()
    response = choose(client, open_link(client, link_in(message)), agree="")
    assert "Tick the box if you agree." in response.content.decode()
    assert not password_of(account).has_usable_password()
    assert not ElectronicConsent.objects.exists()


def test_a_used_link_does_not_work_again(client, invited, account):
    link = link_in(delivered()[0])
    choose(client, open_link(client, link))
    page = open_link(client, link)
    assert "This link does not work any more" in page.content.decode()
    assert "Send me a new link" in page.content.decode()
    assert password_of(account).check_password(NEW)


def test_an_old_link_does_not_work(client, invited, account):
    link = link_in(delivered()[0])
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert "This link does not work any more" in open_link(client, link).content.decode()


def test_a_newer_invitation_ends_the_older_link(client, invited, manager):
    older = link_in(delivered()[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        services.invite(clinician=invited, by=manager)
        assert "This link does not work any more" in open_link(client, older).content.decode()
        assert "Choose your password" in open_link(client, link_in(delivered()[1])).content.decode()


def test_an_invited_clinician_sends_herself_a_new_link(client, invited, account):
    delivered().clear()
    client.post("/review/password/", {"email": "LAURA@example.com"})
    [message] = delivered()
    choose(client, open_link(client, link_in(message)))
    assert password_of(account).check_password(NEW)
    assert has_consented(account)


def test_a_password_link_is_sent_at_most_once_a_minute(client, hanson):
    for _ in range(3):
        assert client.post("/review/password/", {"email": hanson.user.email}).status_code == 302
    assert len(delivered()) == 1


@pytest.mark.parametrize("email", ["nobody@example.com", "jordan@example.com"])
def test_an_account_that_is_closed_or_unknown_gets_no_link(email, client, editor):
    get_user_model().objects.filter(pk=editor.pk).update(is_active=False)
    response = client.post("/review/password/", {"email": email})
    assert response.url == "/review/password/sent/"
    assert delivered() == []


def test_the_host_that_a_browser_claims_is_not_in_the_link(client, hanson):
    client.post("/review/password/", {"email": hanson.user.email}, headers={"host": "evil.example"})
    assert "evil.example" not in delivered()[0].body


def test_an_invitation_goes_out_at_most_once_a_minute(invited, manager):
    with pytest.raises(NotAllowed, match="less than a minute ago"):
        services.invite(clinician=invited, by=manager)
    assert len(delivered()) == 1


def test_who_has_agreed_keeps_her_password(hanson, manager):
    with pytest.raises(NotAllowed, match="has a password already"):
        services.invite(clinician=hanson, by=manager)
    assert password_of(hanson.user).check_password(factories.PASSWORD)


def test_only_a_manager_invites_and_nobody_herself(clinician, account, editor, manager):
    clinician.user = account
    clinician.save()
    own = Clinician.objects.create(name="Priya Natarajan", user=manager, is_verified=True)
    for subject, by in ((clinician, editor), (clinician, account), (own, manager)):
        with pytest.raises(NotAllowed, match="Only a practice manager"):
            services.invite(clinician=subject, by=by)
    assert password_of(account).check_password(factories.PASSWORD)


def test_a_manager_sends_it_again_from_the_list(desk, invited):
    url = reverse("sign_off_desk:invite", args=[invited.pk])
    listing = desk.get(reverse("wagtailsnippets_reviews_clinician:list")).content.decode()
    assert url in listing
    assert desk.get(url).status_code == 405
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert "is invited by mail" in desk.post(url, follow=True).content.decode()
    assert len(delivered()) == 2


def test_a_writer_cannot_send_invitations(client, editor, invited):
    client.force_login(editor)
    response = client.post(reverse("sign_off_desk:invite", args=[invited.pk]), follow=True)
    assert "Only a practice manager can invite" in response.content.decode()
    assert len(delivered()) == 1


def test_a_clinician_without_an_address_is_not_forgotten(desk, clinician, account):
    get_user_model().objects.filter(pk=account.pk).update(email="")
    response = connect(desk, clinician, account)
    assert "has no good e-mail address" in response.content.decode()
    assert not password_of(account).has_usable_password()
    get_user_model().objects.filter(pk=account.pk).update(email="laura@example.com")
    connect(desk, clinician, account)
    assert len(delivered()) == 1


def test_an_administrator_mends_an_address_until_she_has_agreed(admin, clinician, account):
    clinician.user = account
    clinician.save()
    url = reverse("wagtailusers_users:edit", args=[account.pk])
    admin.post(url, user_form(account, email="laura.w@example.com"))
    assert password_of(account).email == "laura.w@example.com"
    services.consent(by=password_of(account))
    admin.post(url, user_form(account, email="thief@example.com"))
    assert password_of(account).email == "laura.w@example.com"


def test_a_name_in_an_invitation_cannot_add_a_header(invited, manager):
    Clinician.objects.filter(pk=invited.pk).update(name="Laura\r\nBcc: thief@example.com {% now 'Y' %}")
    manager.first_name = "Priya\nBcc: thief@example.com"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        services.invite(clinician=Clinician.objects.get(pk=invited.pk), by=manager)
        message = delivered()[-1]
    assert message.recipients() == ["laura@example.com"]
    assert "Bcc" not in message.message()
    assert "{% now 'Y' %}" in message.body
