"""The demo: a fictional practice, its articles written in blocks or imported, and signed through the services."""

import datetime
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from pages.importing import read_article
from pages.imports import import_article
from pages.models import ProcedureIndexPage, TagFamily
from reviews import proofs, services
from reviews.asks import asks_for
from reviews.canonical import digest
from reviews.models import Clinician, Credential
from reviews.services.pages import draft_of

from .written import link_related, write_article

PASSWORD = "juniper-creek-demo"  # noqa: S105
FOLDER = Path(__file__).parent
# File names of articles written in blocks, and who signs them; those nobody is missing from become public.
SIGNED_BY = {
    "light-therapy-for-rosacea.json": ("elena", "samuel", "ruth"),
    "mole-removal.json": ("elena", "samuel", "ruth"),
    "chemical-peel.json": ("elena", "samuel", "ruth"),
    "laser-hair-removal.json": ("nadia", "samuel", "ruth"),
    "microneedling-what-to-expect.json": ("ruth",),
}
GROUPS = {"writer": "Marketing", "manager": "Practice managers"}


class DemoRefused(Exception):
    """The demo has known passwords, so it is loaded into nothing but a fresh local database under DEBUG."""


@dataclass(frozen=True)
class Person:
    """Somebody of the demo, as people.json describes them."""

    data: dict

    @property
    def is_clinician(self):
        return bool(self.data["credentials"])

    def create_account(self, hashed_password):
        first, last = self.data["printed_name"].split(" ", 1)
        user = get_user_model().objects.create(
            username=self.data["username"],
            email=self.data["email"],
            password=hashed_password,
            first_name=first,
            last_name=last,
        )
        if group := GROUPS.get(self.data["role"]):
            user.groups.add(Group.objects.get(name=group))
        return user

    def create_clinician(self, user, by):
        clinician = Clinician.objects.create(
            user=user,
            name=self.data["printed_name"],
            honorific=self.data["honorific"],
            postnominals=self.data["postnominals"],
            capacity=self.data["capacity"],
            disclosure=self.data["material_connection"],
            is_verified=True,
            is_reviewer=self.data["role"] == "clinical_reviewer",
        )
        for item in self.data["credentials"]:
            Credential.objects.create(
                clinician=clinician,
                kind=item["kind"],
                title=_title(item),
                issuer=item["issuer"],
                number=item["number"],
                checked_on=timezone.localdate(),
                valid_until=_days_from_now(item.get("ends_in_days")),
            )
        services.record_clinician(clinician=clinician, by=by)
        services.consent(by=user)
        return clinician


def refuse_unless_safe():
    """Say why the demo must not be loaded here, if so."""
    if not settings.DEBUG:
        raise DemoRefused("The demo is not loaded without DEBUG: its passwords are known to everybody.")
    if connection.vendor != "sqlite":
        raise DemoRefused("The demo is loaded into a local SQLite database only, because its passwords are known.")
    if get_user_model().objects.exists():
        raise DemoRefused("This database has accounts already, so the demo is not loaded into it.")


def load_demo():
    """Everything or nothing, and nobody is mailed."""
    refuse_unless_safe()
    with _no_mail(), transaction.atomic():
        users, clinicians = _people()
        writer = users["jordan"]
        pages = {name: write_article(name, clinicians, writer) for name in SIGNED_BY}
        TagFamily.objects.create(topic="Unwanted hair", family=TagFamily.Family.CONCERN)
        _import("freezing-spots-cryotherapy.md", writer, tags=["Sun damage"])
        for name, signers in SIGNED_BY.items():
            link_related(pages[name], name, writer)
            services.request_review(page_id=pages[name].pk, by=writer)
            for username in signers:
                _sign(pages[name], clinicians[username])


@contextmanager
def _no_mail():
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


def _people():
    people = [Person(item) for item in json.loads((FOLDER / "people.json").read_text())["people"]]
    hashed = make_password(PASSWORD)  # Once: everybody has the same, and hashing is half of the work here.
    users = {person.data["username"]: person.create_account(hashed) for person in people}
    get_user_model().objects.create(
        username="admin",
        email="admin@example.com",
        password=hashed,
        first_name="Site",
        last_name="Admin",
        is_staff=True,
        is_superuser=True,
    )
    clinicians = {
        person.data["username"]: person.create_clinician(users[person.data["username"]], by=users["priya"])
        for person in people
        if person.is_clinician
    }
    return users, clinicians


def _import(name: str, by, tags):
    article = read_article(FOLDER / "articles" / name)
    page = import_article(article, parent=ProcedureIndexPage.objects.get(), source_name=name, by=by).page
    draft = draft_of(page)
    draft.tags.set(tags)
    draft.search_description = f"{draft.title}: what happens, recovery and risks."
    draft.save_revision(user=by)
    return page


def _sign(page, clinician):
    draft = draft_of(Page.objects.get(pk=page.pk))
    content = draft.get_reviewable_content()
    services.sign_off(
        page_id=page.pk,
        by=clinician.user,
        meanings=[ask.meaning for ask in asks_for(clinician, draft, content)],
        approved=content.digests,
        page_digest=content.page_digest,
        line_digest=digest(clinician.signature_line()),
        proof=_proof(clinician.user),
    )


def _proof(user) -> proofs.Proof:
    """As at the screen: the password given again."""
    request = HttpRequest()
    request.user = user
    return proofs.by_password(request, PASSWORD)


def _days_from_now(days: int | None) -> datetime.date | None:
    return days and timezone.localdate() + datetime.timedelta(days=days)


def _title(credential: dict) -> str:
    if credential["kind"] == "board_certification":
        return f"Board certified by the {credential['issuer']}"
    return f"Licensed by the {credential['issuer']}"
