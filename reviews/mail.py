"""Mail about reviews. Sent after the transaction; a mail server that is down is logged and blocks nobody."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from .policy import policy

logger = logging.getLogger(__name__)


def review_requested(*, page, asked, by):
    by_clinician = {}
    for clinician, ask in asked:
        by_clinician.setdefault(clinician, []).append(ask)
    for clinician, asks in by_clinician.items():
        statements = {statement.digest for ask in asks for statement in ask.to_decide}
        count = f"{len(statements)} statement{'' if len(statements) == 1 else 's'}"
        _send(
            to=clinician.user,
            subject=f"Please read and sign: {page.title}",
            lines=[
                f"{_name(by)} asks you to read {count} in “{page.title}”, about {minutes(len(statements))} minutes.",
                f"Read and sign here: {_url('reviews:review', page.pk)}",
                "Nothing becomes public under your name before you have signed it.",
            ],
        )


def signed(*, page, sign_offs, clinician):
    _send(
        to=clinician.user,
        subject=f"You signed: {page.title}",
        lines=[
            *(
                f"{item.get_meaning_display()}: {item.statements.count()} statements, "
                f"record entry {item.entry_id}, digest {item.entry.digest}."
                for item in sign_offs
            ),
            f"To see or withdraw what you signed: {_url('reviews:receipt', page.pk)}",
        ],
    )


def changes_requested(*, page, clinician, note, task_state):
    requester = task_state.workflow_state.requested_by
    for user in {requester, page.owner} - {None}:
        _send(
            to=user,
            subject=f"Changes requested: {page.title}",
            lines=[f"{clinician.addressed} sends “{page.title}” back:", note, _edit_url(page)],
        )


def schedule_refused(*, page, sentence):
    _send(
        to=page.owner,
        subject=f"Not public as scheduled: {page.title}",
        lines=[f"“{page.title}” was to become public now. {sentence}", _edit_url(page)],
    )


def withdrawn(*, sign_off, reason):
    from wagtail.models import Page

    page = Page.objects.filter(pk=sign_off.page_id).select_related("owner").first()
    if page and page.owner:
        _send(
            to=page.owner,
            subject=f"Sign-off withdrawn: {sign_off.page_title}",
            lines=[
                f"{sign_off.printed_name} withdrew a sign-off for “{sign_off.page_title}”:",
                reason,
                "If the article was public, it is not any more.",
                _edit_url(page),
            ],
        )


def checkpoint(*, entry, clinicians):
    """To people outside the database. Kept in a mailbox, it shows later whether the chain was rewritten."""
    addresses = {clinician.user.email for clinician in clinicians} | set(policy().compliance_addresses)
    for address in sorted(addresses):
        _send_to(
            address,
            f"Record of reviews, checkpoint {entry.sequence}",
            [
                f"{entry.sequence}:{entry.digest}",
                "Keep this mail. With it anybody can check later that nothing recorded before today was rewritten:",
                f"manage.py verify_record --against {entry.sequence}:{entry.digest}",
            ],
        )


def address_changed(*, user, before):
    """Told to the old address: whoever controls the new one can set a new password."""
    _send_to(
        before,
        "Your e-mail address was changed",
        [
            f"The address of your account {user.get_username()} was changed to {user.email}.",
            "You sign with this account. If you do not know about this change, call the practice at once.",
        ],
    )


def minutes(statements: int) -> int:
    """About how long a review takes: half a minute for each statement, and one to sign."""
    return 1 + (statements + 1) // 2


def _send(*, to, subject, lines):
    if to is not None:
        _send_to(to.email, subject, lines)


def _send_to(address, subject, lines):
    if address:
        transaction.on_commit(lambda: _deliver(address, subject, "\n\n".join(lines) + "\n"), robust=True)


def _deliver(address, subject, body):
    try:
        send_mail(" ".join(subject.split())[:200], body, None, [address])
    except OSError:
        logger.exception("Mail to %s could not be sent: %s", address, subject)


def _name(user):
    return (user.get_full_name() or user.get_username()) if user else "Somebody"


def _url(name, *args):
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)


def _edit_url(page):
    return "Edit it here: " + settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
