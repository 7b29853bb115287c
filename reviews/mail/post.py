"""How a mail is written; what it says is in templates/reviews/mail/."""

import re
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from reviews.outbox import KIND, is_address

# So that no holiday responder answers, and everybody can sort it.
HEADERS = {"Auto-Submitted": "auto-generated"}


def post(address: str, subject: str, template: str, /, **context) -> bool:
    """Put one mail into the outbox. False if nothing can be mailed to this address."""
    if not is_address(address):
        return False
    context |= {"practice": getattr(settings, "PRACTICE", {})}
    body = re.sub(r"\n{3,}", "\n\n", render_to_string(f"reviews/mail/{template}.txt", context)).strip() + "\n"
    EmailMessage(" ".join(subject.split())[:200], body, None, [address], headers={**HEADERS, KIND: template}).send()
    return True


def post_to_all(users, subject: str, template: str, **context) -> None:
    """The same to several people, once to each address; not to whoever has left."""
    for address in sorted({user.email for user in users if user is not None and user.is_active}):
        post(address, subject, template, **context)


def url(name: str, *args) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)


def edit_url(page_id: int) -> str:
    return url("wagtailadmin_pages:edit", page_id)


def name_of(user) -> str:
    """As a sentence begins: Jordan Lee, Dr. Ruth Alvarado, or somebody who has left."""
    if user is None:
        return "Somebody"
    if hasattr(user, "clinician"):
        return user.clinician.addressed
    return user.get_full_name() or user.get_username()


def minutes(statements: int) -> int:
    """About how long a review takes: half a minute for each statement, and half a one to sign."""
    return 1 + statements // 2


def how_much(statements: int) -> str:
    """3 statements, about 2 minutes. None at all means that only their order is new."""
    time = f"about {minutes(statements)} minute{'' if minutes(statements) == 1 else 's'}"
    if not statements:
        return f"the new order of the page, {time}"
    return f"{statements} statement{'' if statements == 1 else 's'}, {time}"


def day_in_words(day: date | datetime) -> str:
    """Thursday, December 3; with the year if it is another one."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    year = "" if day.year == timezone.localdate().year else f", {day.year}"
    return f"{day:%A}, {day:%B} {day.day}{year}"


def due_in_words(due_on: date) -> str:
    """Due tomorrow, Friday, December 4."""
    days = (due_on - timezone.localdate()).days
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} overdue, was due {day_in_words(due_on)}"
    when = {0: "due today", 1: "due tomorrow"}.get(days, "due")
    return f"{when}{',' if days < 2 else ''} {day_in_words(due_on)}"
