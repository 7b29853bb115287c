"""The outbox: mail is a row of the transaction that caused it, and is delivered later, outside the request.

So mail and record stand or fall together, and a mail server that is down delays mail and nothing else.
django-post-office keeps the rows and the retries. Delivery is at least once: a mail is marked as sent right after the
server took it, one at a time, so a crash between the two repeats one mail. It carries the same Message-ID then, by
which mailboxes tell.
"""

import copy
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.backends import EmailBackend
from post_office.mail import get_queued, send_queued
from post_office.models import STATUS, Email, Log

logger = logging.getLogger(__name__)

WAITING = (STATUS.queued, STATUS.requeued)
# Mail leaves within a minute or two. What waits longer than this waits for somebody.
PATIENCE = timedelta(minutes=30)
# The header that says which mail it is: digest, invitation, signed and so on.
KIND = "X-Imprimatur"


class OutboxBackend(EmailBackend):
    """For EMAIL_BACKEND: whatever the site mails, Wagtail's and Django's mail included, becomes a row to deliver."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        taken = [_as_written(message) for message in email_messages if _can_be_addressed(message)]
        super().send_messages(taken)
        return len(taken)


def deliver() -> int:
    """Send what is due, oldest first; how many were sent. What fails is tried again later, unless its address is wrong.

    Bodies are kept until they are delivered and no longer: some hold a link that sets a password.
    """
    sent, began_at = 0, timezone.now()
    while get_queued().exists():
        sent += send_queued()[0]
    _give_up_on_rejected(since=began_at)
    delivered = Email.objects.filter(status=STATUS.sent).exclude(message="", html_message="")
    delivered.update(message="", html_message="")
    return sent


def _give_up_on_rejected(since: datetime) -> None:
    """A server that knows nobody of this name says 5xx (RFC 5321, 4.2.1). To ask it 300 times more changes nothing."""
    rejected = Log.objects.filter(date__gte=since, exception_type=SMTPRecipientsRefused.__name__)
    for_good = rejected.filter(message__regex=r"\(5\d\d, ")
    Email.objects.filter(status=STATUS.requeued, logs__in=for_good).update(status=STATUS.failed)


def try_again() -> int:
    """Queue what was given up on, for when the reason is mended."""
    return Email.objects.filter(status=STATUS.failed).update(
        status=STATUS.queued, scheduled_time=None, number_of_retries=None
    )


def stuck() -> QuerySet[Email]:
    """Mail that was given up on, or that has waited too long, oldest first."""
    waits = Q(status__in=WAITING, created__lt=timezone.now() - PATIENCE, expires_at=None)
    return Email.objects.filter(waits | Q(status=STATUS.failed)).order_by("created")


def take_back(address: str, kind: str) -> None:
    """Mail of this kind to this address that nobody has sent yet: a newer one takes its place."""
    waiting = Email.objects.filter(to=address, status__in=WAITING, expires_at=None, **{f"headers__{KIND}": kind})
    waiting.update(expires_at=timezone.now())


def is_address(text: str) -> bool:
    """One address that every server reads in one way: a quoted local part with a comma is two to some."""
    if '"' in text or "," in text:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _can_be_addressed(message: EmailMessage) -> bool:
    """A row that no server could ever take would stop the transaction that it belongs to."""
    addressed = bool(message.to) and all(is_address(_bare(address)) for address in message.recipients())
    if not addressed:
        logger.warning("Not mailed, for want of an address: %s", message.subject)
    return addressed


def _bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip(">") if address.endswith(">") else address


def _as_written(message: EmailMessage) -> EmailMessage:
    """A copy that django-post-office queues word for word: it renders what it is given as a template."""
    message = copy.copy(message)
    message.subject = _verbatim(" ".join(str(message.subject).split())[:200])
    message.body = _verbatim(str(message.body))
    if alternatives := getattr(message, "alternatives", None):
        message.alternatives = [(_verbatim(content), mimetype) for content, mimetype in alternatives]
    return message


def _verbatim(text: str) -> str:
    return text.replace("{", "{% templatetag openbrace %}")
