from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from reviews import ledger
from reviews.canonical import canonical_json
from reviews.errors import NotAllowed
from reviews.gate import refuse_unless_signed
from reviews.models import LedgerEntry, Publication, PublicPage
from reviews.signals import standing_changed
from reviews.signatures import Signatures
from reviews.statements import ReviewableContent

from .pages import locked_page, page_by_value


def publish(*, page_id: int, by, revision: Revision | None = None) -> Publication | None:
    """Make the newest version (or the scheduled revision) public, if every sign-off it needs is in force.

    Raises NotSignedOff otherwise. A version with a later go-live time is scheduled, and None is returned: at that time
    `publish_scheduled` comes here again, and the gate asks again.
    """
    with locked_page(page_id) as page:
        if page.workflow_in_progress:
            raise NotAllowed("in_review", "This article is still in review. It can be public when the review is done.")
        if revision and revision.object_id != str(page_id):
            raise NotAllowed("another_page", "This version belongs to another article.")
        revision = revision or page.get_latest_revision() or page.specific.save_revision()
        action = PublishPageRevisionAction(revision, user=by)
        draft = action.object
        content = draft.get_reviewable_content()
        signatures = refuse_unless_signed(draft, content)
        if draft.go_live_at and draft.go_live_at > timezone.now():
            # What is live now stays live, which Wagtail reads off the draft.
            draft.live_revision_id = page.live_revision_id
            action.execute(skip_permission_checks=True)
            return None
        publication = _same_publication(page_id, content, signatures) or _record(draft, content, signatures, by)
        PublicPage.objects.update_or_create(page_id=page_id, defaults={"publication": publication})
        # The row is kept in step as a second lock; the gate on its save compares it with what was just recorded.
        action.execute(skip_permission_checks=True)
        standing_changed.send(PublicPage, page_id=page_id)
        return publication


def _same_publication(page_id: int, content: ReviewableContent, signatures: Signatures) -> Publication | None:
    """What is public already, if it is these words resting on these sign-offs."""
    public = PublicPage.objects.filter(page_id=page_id).select_related("publication__entry").first()
    if public is None or public.publication.page_digest != content.page_digest:
        return None
    rests_on = public.publication.entry.data["sign_offs"]
    return public.publication if rests_on == _keys(signatures) else None


def _keys(signatures: Signatures) -> list[int]:
    return sorted({signatures.review.pk, *(sign_off.pk for sign_off in signatures.own_words.values())})


def _record(page: Page, content: ReviewableContent, signatures: Signatures, by) -> Publication:
    now = timezone.now()
    stored = {"fields": content.fields, "statements": [item.as_canonical() for item in content.statements]}
    entry = ledger.append(
        LedgerEntry.Kind.PUBLISHED,
        {
            "page": page_by_value(page),
            "page_digest": content.page_digest,
            "content": stored,
            "sign_offs": _keys(signatures),
            "published_at": now.isoformat(),
        },
        by=by,
        page_id=page.pk,
    )
    return Publication.objects.create(
        entry=entry,
        page_id=page.pk,
        page_digest=content.page_digest,
        content=canonical_json(stored),
        published_at=now,
    )
