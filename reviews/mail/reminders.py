from collections.abc import Iterable

from reviews.models import SignOff
from reviews.outbox import take_back
from reviews.requests import OpenRequest

from .post import day_in_words, due_in_words, edit_url, how_much, post, url


def digest(*, clinician, waiting: Iterable[OpenRequest], lapsing: Iterable[SignOff]) -> bool:
    """Everything that waits for her, and what of hers ends soon, in one mail."""
    waiting, lapsing = list(waiting), list(lapsing)
    take_back(clinician.user.email, "digest")
    count = len(waiting)
    subject = f"{count} page{'' if count == 1 else 's'} to read and sign" if count else "Your sign-off ends soon"
    return post(
        clinician.user.email,
        subject,
        "digest",
        waiting=[_waiting(item) for item in waiting],
        lapsing=[{"title": item.page_title, "day": day_in_words(item.valid_until)} for item in lapsing],
        inbox_url=url("reviews:inbox"),
        account_url=url("reviews:account"),
    )


def overdue(*, user, requests: Iterable) -> bool:
    """To whoever asked: who has not answered, since when, and what can be done."""
    requests = list(requests)
    titles = {request.entry.data["page"]["title"] for request in requests}
    subject = f"No answer yet: {titles.pop()}" if len(titles) == 1 else f"No answer yet: {len(titles)} pages"
    return post(user.email, subject, "overdue", requests=[_overdue(request) for request in requests])


def _waiting(item: OpenRequest) -> dict:
    return {
        "title": item.page_title,
        "how_much": how_much(item.statements),
        "due": due_in_words(item.due_on),
        "by": item.requested_by,
        "url": url("reviews:review", item.page_id),
    }


def _overdue(request) -> dict:
    clinician = request.clinician
    return {
        "title": request.entry.data["page"]["title"],
        "clinician": clinician.addressed,
        "meaning": request.meaning,
        "asked": day_in_words(request.entry.recorded_at),
        "due": due_in_words(request.due_on),
        "away_until": clinician.is_away() and day_in_words(clinician.away_until),
        "has_address": bool(clinician.user and clinician.user.email),
        "edit_url": edit_url(request.page_id),
    }
