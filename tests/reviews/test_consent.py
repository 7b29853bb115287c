"""Nobody signs electronically who has not agreed to, and nobody agrees for somebody else."""

import pytest
from django.core.management import call_command

from reviews import services
from reviews.agreements import CONSENT
from reviews.errors import NotAllowed
from reviews.models import Clinician, ElectronicConsent, LedgerEntry
from reviews.permissions import has_consented
from tests import factories


@pytest.fixture
def newcomer(db):
    """A clinician with an account who has agreed to nothing yet."""
    user = factories.make_user("laura")
    return Clinician.objects.create(name="Laura Whitfield", user=user, is_verified=True)


@pytest.fixture
def screen(client, newcomer):
    client.force_login(newcomer.user)
    return client


def agree(screen, **changes):
    return screen.post("/review/consent/", {"agree": "on", "password": factories.PASSWORD, **changes})


def test_a_consent_says_what_who_and_when(newcomer):
    given = services.consent(by=newcomer.user)
    assert given.entry.kind == LedgerEntry.Kind.CONSENTED
    assert given.entry.data == {
        "clinician": newcomer.pk,
        "name": "Laura Whitfield",
        "address": "laura@example.com",
        "version": CONSENT.version,
        "text": CONSENT.text,
        "consented_at": given.consented_at.isoformat(),
        "by": {"id": newcomer.user.pk, "username": "laura", "name": "Laura"},
    }
    call_command("verify_record")


def test_a_second_consent_is_the_first(newcomer):
    first = services.consent(by=newcomer.user)
    assert services.consent(by=newcomer.user) == first
    assert LedgerEntry.objects.count() == ElectronicConsent.objects.count() == 1


def test_whoever_does_not_sign_cannot_consent(editor, superuser):
    for user in (editor, superuser):
        with pytest.raises(NotAllowed, match="Only a clinician who signs"):
            services.consent(by=user)
    assert not ElectronicConsent.objects.exists()


def test_a_deactivated_account_cannot_consent(newcomer):
    type(newcomer.user).objects.filter(pk=newcomer.user.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        services.consent(by=newcomer.user)
    assert not ElectronicConsent.objects.exists()


def test_a_consent_needs_an_address_for_the_receipts(newcomer):
    newcomer.user.email = ""
    newcomer.user.save()
    with pytest.raises(NotAllowed, match="Receipts go to your e-mail address"):
        services.consent(by=newcomer.user)
    assert not LedgerEntry.objects.exists()


def test_she_reads_the_whole_agreement_and_agrees_with_her_password(screen, newcomer):
    page = screen.get("/review/consent/?next=/review/account/")
    for point in CONSENT.points:
        assert point in page.content.decode()
    assert agree(screen, next="/review/account/").url == "/review/account/"
    assert has_consented(newcomer.user)


@pytest.mark.parametrize("changes", [{"password": "guess"}, {"password": ""}, {"agree": ""}])
def test_without_the_tick_or_the_password_nothing_is_recorded(changes, screen, newcomer):
    response = agree(screen, **changes)
    assert response.status_code == 422
    assert factories.PASSWORD not in response.content.decode()
    assert not LedgerEntry.objects.exists()


def test_looking_at_the_page_agrees_to_nothing(screen, newcomer):
    screen.get("/review/consent/")
    assert not has_consented(newcomer.user)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(target, screen):
    assert agree(screen, next=target).url == "/review/"


def test_who_has_agreed_is_not_asked_again(client, hanson):
    client.force_login(hanson.user)
    assert client.get("/review/consent/?next=/review/account/").url == "/review/account/"
    assert "You agreed on" in client.get("/review/account/").content.decode()


def test_another_account_meets_no_agreement(client, editor):
    client.force_login(editor)
    assert client.get("/review/consent/").status_code == 403


def test_asking_whether_she_has_agreed_takes_one_query(newcomer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not has_consented(newcomer.user)


def test_her_account_page_shows_the_text_that_she_agreed_to(client, hanson):
    client.force_login(hanson.user)
    page = client.get("/review/account/").content.decode()
    given = ElectronicConsent.objects.get(user=hanson.user).entry.data["text"]
    assert all(line in page for line in given.splitlines())
