from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from reviews import ledger, mail
from reviews.errors import NotAllowed
from reviews.models import LedgerEntry, PublicPage, SignOff, Withdrawal
from reviews.notes import kept
from reviews.permissions import clinician_of
from reviews.signals import standing_changed
from reviews.signatures import signatures_for

from .take_down import end_publication


def withdraw(*, sign_off_id: int, by, reason: str) -> Withdrawal:
    """End one's own sign-off. The public page ends with it at the next request, unless its words are signed again."""
    with transaction.atomic():
        sign_off = SignOff.objects.filter(pk=sign_off_id).first()
        if sign_off is None:
            raise NotAllowed("no_such_sign_off", "There is no such sign-off.")
        Page.objects.select_for_update().filter(pk=sign_off.page_id).first()
        _refuse_unless_own_and_in_force(sign_off, by)
        reason = kept(reason)
        if not reason:
            raise NotAllowed("no_reason", "Say why you withdraw, so that the writer can mend it.")
        now = timezone.now()
        entry = ledger.append(
            LedgerEntry.Kind.WITHDRAWN,
            {
                "sign_off": sign_off.pk,
                "clinician": sign_off.clinician_id,
                "reason": reason,
                "withdrawn_at": now.isoformat(),
            },
            by=by,
            page_id=sign_off.page_id,
        )
        withdrawal = Withdrawal.objects.create(entry=entry, sign_off=sign_off, reason=reason, withdrawn_at=now)
        _end_what_rested_on(sign_off, by)
        standing_changed.send(SignOff, page_id=sign_off.page_id)
        mail.withdrawn(sign_off=sign_off, reason=withdrawal.reason)
        return withdrawal


def _refuse_unless_own_and_in_force(sign_off: SignOff, by):
    clinician = clinician_of(by)
    if clinician is None or clinician.pk != sign_off.clinician_id:
        raise NotAllowed("not_your_sign_off", "Only the person who signed can withdraw the sign-off.")
    if hasattr(sign_off, "withdrawal"):
        raise NotAllowed("already_withdrawn", "This sign-off was withdrawn before. Nothing more is needed.")


def _end_what_rested_on(sign_off: SignOff, by):
    public = PublicPage.objects.filter(page_id=sign_off.page_id).select_related("publication").first()
    if public is None:
        return
    content = public.publication.reviewable_content
    if not signatures_for(content).cover(content):
        end_publication(page_id=sign_off.page_id, by=by, reason="withdrawn")
