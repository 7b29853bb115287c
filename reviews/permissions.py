"""Who may do what. One predicate for each rule, asked by screens and services alike."""

from datetime import UTC, datetime

from django.db.models import Exists, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page, PageLogEntry

from .models import Clinician, Credential, ElectronicConsent, Publication
from .policy import policy
from .sentences import day_of
from .statements import ReviewableContent

# Log actions of people who wrote something into a page.
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy")


def clinician_of(user) -> Clinician | None:
    """The clinician who signs with this account, if the account is active."""
    if not (user and user.is_authenticated and user.is_active):
        return None
    found = Clinician.objects.filter(user=user).select_related("user__electronic_consent")
    return found.prefetch_related("credentials").first()


def reason_not_to_sign(clinician: Clinician) -> str | None:
    """Why this clinician can sign nothing at the moment, or None."""
    if not clinician.has_account:
        return f"{clinician.addressed} has no account to sign with. Give her one under Clinicians."
    if clinician.user.is_superuser:
        return f"The account of {clinician.addressed} can administer the site, so it cannot sign."
    if not clinician.is_verified:
        return f"Nobody has verified {clinician.addressed} yet. Do that under Clinicians."
    if not any(credential.kind == Credential.Kind.LICENSE for credential in clinician.current_credentials()):
        return f"{clinician.addressed} has no current license on record. Add one under Clinicians."
    return None


def reason_not_to_review(
    clinician: Clinician, page: Page, content: ReviewableContent, authors: set[int] | None = None
) -> str | None:
    """Why this clinician cannot give the clinical review of this article, or None.

    Who asks for many works out the authors once.
    """
    reason = reason_against_reviewer(clinician, page, content, authors)
    return reason or reason_not_to_sign(clinician)


def reason_against_reviewer(
    clinician: Clinician, page: Page, content: ReviewableContent, authors: set[int] | None = None
) -> str | None:
    """The same, as far as it lies in the article and not in whether she may sign at all."""
    if not clinician.is_reviewer:
        return f"{clinician.addressed} is not a clinical reviewer."
    if clinician.user_id in (authors_of(page) if authors is None else authors):
        return f"{clinician.addressed} wrote or edited this version, so somebody else has to review it."
    quoted = {statement.clinician_id for statement in content.quotations}
    if clinician.pk in quoted and not policy().quoted_clinicians_may_review:
        return f"{clinician.addressed} is quoted in this article, so somebody else has to review it."
    return None


def has_consented(user) -> bool:
    """Whether this person has agreed to sign electronically. Without it she reads, and signs nothing."""
    return ElectronicConsent.objects.filter(user_id=user.pk).exists()


def may_manage_clinicians(user) -> bool:
    return user.is_active and user.has_perm("reviews.change_clinician")


def may_see_mail(user) -> bool:
    return user.is_active and user.has_perm("post_office.view_email")


def eligible_reviewers(page: Page, content: ReviewableContent) -> list[Clinician]:
    """Everybody who may review this article and is here. Who is away is asked only by name."""
    return [clinician for clinician in possible_reviewers(page, content) if not clinician.is_away()]


def possible_reviewers(page: Page, content: ReviewableContent) -> list[Clinician]:
    """Everybody who may review this article, here or away."""
    reviewers = Clinician.objects.reviewers().select_related("user").prefetch_related("credentials")
    authors = authors_of(page)
    return [clinician for clinician in reviewers if reason_not_to_review(clinician, page, content, authors) is None]


def reason_without_reviewer(page: Page, content: ReviewableContent) -> str:
    """Why nobody can be asked for the clinical review of this article, in a sentence for the requester."""
    if eligible_reviewers(page, content):
        return "None of the reviewers you chose may review this article. Choose others."
    if away := possible_reviewers(page, content):
        back = min(away, key=lambda clinician: clinician.away_until)
        return (
            f"Everybody who may review this article is away. {back.addressed} is the first to be back, after "
            f"{day_of(back.away_until)}. Ask then, or choose a reviewer by name."
        )
    return (
        "Nobody may review this article: it takes a verified clinical reviewer with an account and a current "
        "credential who did not write it. Add one under Clinicians."
    )


def authors_of(page: Page) -> set[int]:
    """Accounts that wrote what is new since the last publication (the four-eyes rule).

    Revisions can be purged, so Wagtail's log of edits is asked too.
    """
    newest = Publication.objects.filter(page_id=page.pk).order_by("-published_at").values("published_at")[:1]
    since = Coalesce(Subquery(newest), datetime(1970, 1, 1, tzinfo=UTC))
    revisions = page.revisions.filter(created_at__gt=since)
    edits = PageLogEntry.objects.filter(page_id=page.pk, action__in=WRITING, timestamp__gt=since).order_by()
    never_public = Page.objects.filter(~Exists(Publication.objects.filter(page_id=page.pk)), pk=page.pk)
    owners = never_public.values_list("owner_id").order_by()
    authors = revisions.order_by().values_list("user_id").union(edits.values_list("user_id"), owners)
    return {user_id for (user_id,) in authors} - {None}


def may_edit(user, page: Page) -> bool:
    return user is not None and page.permissions_for_user(user).can_edit()
