from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from reviews import ledger
from reviews.errors import NotAllowed
from reviews.models import LedgerEntry, PublicPage, SignOff
from reviews.permissions import clinician_of, may_edit
from reviews.signals import standing_changed

from .pages import locked_page


def take_down(*, page_id: int, by, note: str = "") -> LedgerEntry:
    """Take an article off the site, at once. Open to everybody who may edit it and to everybody who signed it."""
    with locked_page(page_id) as page:
        if not (may_edit(by, page) or _signed_it(by, page_id)):
            raise NotAllowed(
                "may_not_take_down", "Only an editor or a clinician who signed can take this article down."
            )
        entry = end_publication(page_id=page_id, by=by, reason="taken_down", note=note)
        if entry is None:
            raise NotAllowed("not_public", "This article is not public, so there is nothing to take down.")
        return entry


def end_publication(*, page_id: int, by, reason: str, note: str = "") -> LedgerEntry | None:
    """End what is public of this page, in the caller's transaction. None if nothing was."""
    public = PublicPage.objects.filter(page_id=page_id).select_related("publication").first()
    if public is None:
        return None
    entry = ledger.append(
        LedgerEntry.Kind.TAKEN_DOWN,
        {
            "publication": public.publication_id,
            "page_digest": public.publication.page_digest,
            "title": public.publication.title,
            "reason": reason,
            "note": note,
        },
        by=by,
        page_id=page_id,
    )
    public.delete()
    standing_changed.send(PublicPage, page_id=page_id)
    if page := Page.objects.live().filter(pk=page_id).first():
        UnpublishPageAction(page.specific, user=by).execute(skip_permission_checks=True)
    return entry


def _signed_it(by, page_id: int) -> bool:
    clinician = clinician_of(by)
    return clinician is not None and SignOff.objects.filter(page_id=page_id, clinician_id=clinician.pk).exists()
