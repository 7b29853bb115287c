"""When somebody is reminded: rarely enough that she reads it. Reads, and writes nothing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from .attestations import Meaning
from .models import Clinician, ReviewRequest, SentReminder, SignOff
from .policy import policy
from .reader import public_pages
from .requests import OpenRequest, open_requests
from .states import IN_FORCE, states_of

# An overdue request is named again every other day.
OVERDUE_EVERY = 2
# Days before a sign-off ends on which its signer reads about it, besides the policy's.
LAPSE_AT = (30, 7)


@dataclass
class Reminders:
    """What one clinician could be told today."""

    waiting: list[OpenRequest] = field(default_factory=list)
    lapsing: list[tuple[SignOff, str]] = field(default_factory=list)


def digest_for(clinician: Clinician, reminders: Reminders, today: date) -> Reminders | None:
    """What today's mail to her holds, or None if none is owed. It names everything that waits, not only what is due."""
    waiting = [item for item in (_without_reviews(clinician, item) for item in reminders.waiting) if item]
    told = set(SentReminder.objects.filter(person=clinician.user, kind=SentReminder.Kind.LAPSE).values_list("about"))
    lapsing = [
        (sign_off, about)
        for sign_off, about in reminders.lapsing
        if (about,) not in told and not (clinician.is_away() and sign_off.is_review)
    ]
    last = _last_digest(clinician)
    turns = [_last_turn(clinician, request, today) for item in waiting for request in item.requests]
    owed = lapsing or any(turn and (last is None or turn > last) for turn in turns)
    # What she was asked for today she has read today.
    waiting = [item for item in waiting if _asked_on(item.requests[-1]) < today]
    return Reminders(waiting, lapsing) if owed else None


def reminders_by_clinician() -> dict[int, Reminders]:
    """What waits for each clinician and what of hers ends soon, in a few queries for everybody."""
    found = defaultdict(Reminders)
    for item in open_requests():
        for clinician_id in {request.clinician_id for request in item.requests}:
            hers = [request for request in item.requests if request.clinician_id == clinician_id]
            found[clinician_id].waiting.append(OpenRequest(item.page_id, hers))
    for sign_off in _ends_soon():
        found[sign_off.clinician_id].lapsing.append((sign_off, _lapse(sign_off)))
    return found


def overdue_requests(today: date) -> list[ReviewRequest]:
    """Requests that have been overdue for longer than the policy says."""
    requests = [request for item in open_requests() for request in item.requests]
    return [request for request in requests if request.due_on + policy().escalate_after < today]


def _without_reviews(clinician: Clinician, item: OpenRequest) -> OpenRequest | None:
    """Who is away is not mailed about clinical reviews. Her own words wait for nobody else."""
    if not clinician.is_away():
        return item
    own = [request for request in item.requests if request.meaning == Meaning.OWN_WORDS]
    return OpenRequest(item.page_id, own) if own else None


def _last_turn(clinician: Clinician, request: ReviewRequest, today: date) -> date | None:
    """The newest day, today included, on which this request had to be named; None before the first."""
    asked, due_on = _asked_on(request), request.due_on
    turns = [due_on - policy().remind_before, due_on]
    if today > due_on:
        turns.append(today - timedelta(days=(today - due_on).days % OVERDUE_EVERY))
    if clinician.away_until and clinician.is_away(asked):
        turns.append(clinician.away_until + timedelta(days=1))
    return max((turn for turn in turns if asked < turn <= today), default=None)


def _asked_on(request: ReviewRequest) -> date:
    return timezone.localdate(request.entry.recorded_at)


def _last_digest(clinician: Clinician) -> date | None:
    digests = SentReminder.objects.filter(person=clinician.user, kind=SentReminder.Kind.DIGEST)
    day = digests.aggregate(day=Max("about"))["day"]
    return day and date.fromisoformat(day)


def _ends_soon() -> list[SignOff]:
    """Sign-offs that something public rests on, that end soon, and that nothing newer replaces."""
    until = timezone.now() + policy().lapses_soon + timedelta(days=1)
    public = public_pages().values("page_id")
    found = SignOff.objects.in_force().filter(valid_until__lt=until, page_id__in=public).order_by("valid_until")
    soon = [sign_off for sign_off in found if _days_left(sign_off) <= policy().lapses_soon.days]
    states = states_of(soon)
    return [sign_off for sign_off in soon if states[sign_off.pk] == IN_FORCE]


def _days_left(sign_off: SignOff) -> int:
    return (timezone.localdate(sign_off.valid_until) - timezone.localdate()).days


def _lapse(sign_off: SignOff) -> str:
    """Which of the days this is about, so that she reads once about each."""
    longest = policy().lapses_soon.days
    day = min(day for day in (longest, *LAPSE_AT) if _days_left(sign_off) <= day <= longest)
    return f"{sign_off.pk} at {day} days"
