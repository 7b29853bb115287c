from collections import defaultdict

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from reviews import mail
from reviews.models import Clinician, ReviewRequest, SentReminder
from reviews.outbox import is_address
from reviews.reminders import Reminders, digest_for, overdue_requests, reminders_by_clinician


def send_reminders() -> dict[str, int]:
    """Write the day's reminders. At most one to each clinician, however often and in how many processes it runs."""
    reminders = reminders_by_clinician()
    clinicians = Clinician.objects.with_account().filter(pk__in=reminders).select_related("user")
    digests = sum(_send_digest(clinician, reminders[clinician.pk]) for clinician in clinicians)
    return {"digests": digests, "escalations": _escalate()}


def _send_digest(clinician: Clinician, reminders: Reminders) -> bool:
    today = timezone.localdate()
    digest = digest_for(clinician, reminders, today)
    if digest is None or not is_address(clinician.user.email):
        return False
    with transaction.atomic():
        if not _first(clinician.user, SentReminder.Kind.DIGEST, today.isoformat()):
            return False
        for _, about in digest.lapsing:
            _first(clinician.user, SentReminder.Kind.LAPSE, about)
        sign_offs = [sign_off for sign_off, _ in digest.lapsing]
        return mail.digest(clinician=clinician, waiting=digest.waiting, lapsing=sign_offs)


def _escalate() -> int:
    """Tell whoever asked, once for each request that has waited for too long, in one mail to each of them."""
    by_requester = defaultdict(list)
    for request in overdue_requests(timezone.localdate()):
        by_requester[_requester(request)].append(request)
    return sum(_tell(user, requests) for user, requests in by_requester.items() if user)


def _tell(user, requests: list[ReviewRequest]) -> bool:
    if not is_address(user.email):
        return False
    with transaction.atomic():
        new = [request for request in requests if _first(user, SentReminder.Kind.OVERDUE, str(request.pk))]
        return bool(new) and mail.overdue(user=user, requests=new)


def _requester(request: ReviewRequest):
    """Who asked for it in the first place; the owner of the page if she has left."""
    while request.replaces_id:
        request = request.replaces
    by = request.entry.data["by"] or {}
    asked = get_user_model().objects.filter(pk=by.get("id"), is_active=True).first()
    page = Page.objects.filter(pk=request.page_id, owner__is_active=True).select_related("owner").first()
    return asked or (page and page.owner)


def _first(user, kind: str, about: str) -> bool:
    """Whether this is the first time. The constraint decides between two processes, in the caller's transaction."""
    _, created = SentReminder.objects.get_or_create(
        person=user, kind=kind, about=about, defaults={"sent_at": timezone.now()}
    )
    return created
