"""Things that the tests speak of, in the words of the domain."""

import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page

from pages.models import ProcedureArticlePage, ProcedureIndexPage
from reviews import proofs, services
from reviews.asks import asks_for
from reviews.canonical import digest
from reviews.models import Clinician, Credential
from reviews.services.pages import draft_of

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


def make_user(username=None, **kwargs):
    username = username or f"user{next(_numbers)}"
    return get_user_model().objects.create_user(
        username,
        email=f"{username}@example.com",
        password=PASSWORD,
        first_name=username.capitalize(),
        **kwargs,
    )


def make_editor(username="jordan"):
    """A marketing writer: may add and edit below the index, and publish nothing."""
    user = make_user(username)
    user.groups.add(Group.objects.get(name="Marketing"))
    return user


def make_clinician(name="Miriam Hanson", *, reviewer=False, account=True, credential=True, valid_until=None):
    user = make_user(name.split()[0].lower()) if account else None
    clinician = Clinician.objects.create(
        name=name, postnominals="MD, FAAD", user=user, is_verified=account, is_reviewer=reviewer
    )
    if credential:
        Credential.objects.create(
            clinician=clinician,
            kind="license",
            title="Licensed by the Texas Medical Board",
            issuer="Texas Medical Board",
            checked_on=timezone.localdate(),
            valid_until=valid_until,
        )
    if account:
        services.consent(by=user)
    return clinician


def index_page():
    return ProcedureIndexPage.objects.get()


def quotation(clinician, words="It stings for a minute.", **fields):
    return "quotation", {
        "clinician": clinician.pk if clinician else None,
        "words": words,
        "form": "verbatim",
        "speaker_basis": "stated",
        "printed_attribution": f"Dr. {clinician.name}" if clinician else "",
        **fields,
    }


def copy(text="A cold spray freezes the spot.", references=()):
    return "copy", {"text": f"<p>{text}</p>", "references": list(references)}


def make_article(*blocks, title="Cryotherapy", by=None, **fields):
    """A draft below the index, with one revision."""
    page = ProcedureArticlePage(title=title, live=False, owner=by, **fields)
    index_page().add_child(instance=page)
    edit(page, *(blocks or (copy(),)), by=by)
    return ProcedureArticlePage.objects.get(pk=page.pk)


def edit(page, *blocks, by=None, **fields):
    """Save a new revision with these blocks and fields, as the editor does."""
    draft = draft_of(Page.objects.get(pk=page.pk))
    if blocks:
        raw = [{"type": kind, "value": value, "id": f"block-{n}"} for n, (kind, value) in enumerate(blocks)]
        draft.body = StreamValue(draft.body.stream_block, raw, is_lazy=True)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=by)


def draft(page):
    return draft_of(Page.objects.get(pk=page.pk))


def content_of(page):
    return draft(page).get_reviewable_content()


def sign_all(page, clinician, *, password=PASSWORD, by=None):
    """Approve and sign everything that this clinician is asked for."""
    content = content_of(page)
    asks = asks_for(clinician, draft(page), content)
    by = by or clinician.user
    return services.sign_off(
        page_id=page.pk,
        by=by,
        proof=proof_of(by, password),
        meanings=[ask.meaning for ask in asks],
        approved=content.digests,
        page_digest=content.page_digest,
        line_digest=digest(clinician.signature_line()),
    )


def proof_of(user, password=PASSWORD):
    """Of the person who is signed in with this account, by the password given again."""
    request = RequestFactory().post("/")
    request.user = user
    return proofs.by_password(request, password)


def publish_signed(page, *, by, signers):
    """Request the review and let everybody sign; the last signature publishes."""
    services.request_review(page_id=page.pk, by=by)
    for clinician in signers:
        sign_all(page, clinician)
    return ProcedureArticlePage.objects.get(pk=page.pk)
