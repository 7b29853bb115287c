"""What shows that the person at the screen is the one who signs. Asked for again at every signature."""

import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from .errors import LockedOut, NotAllowed

# Long enough for one request, too short to be kept for another signature.
LASTS = timedelta(minutes=1)


@dataclass(frozen=True)
class Proof:
    """That one person showed who she is, how, and when."""

    user_id: int
    method: str
    given_at: datetime

    def holds_for(self, user) -> bool:
        return user.pk == self.user_id and timedelta() <= timezone.now() - self.given_at <= LASTS

    def as_recorded(self) -> dict:
        return {"method": self.method, "given_again_at": self.given_at.isoformat()}


def by_password(request: HttpRequest, password: str) -> Proof:
    """Take the password of the person who is signed in once more.

    Raises NotAllowed if it is wrong, LockedOut after too many that were; guesses at sign-in and here count together.
    """
    user, attempt = request.user, _attempt(request)
    found = authenticate(attempt, username=user.get_username(), password=password)
    if getattr(attempt, "axes_locked_out", False):
        raise LockedOut
    if found is None or found.pk != user.pk:
        raise NotAllowed("wrong_password", "That is not your password. Nothing was signed. Please try again.")
    AxesProxyHandler.reset_attempts(username=user.get_username(), ip_address=attempt.axes_ip_address)
    return Proof(user_id=user.pk, method="password", given_at=timezone.now())


def address_behind_proxy(request: HttpRequest) -> str:
    """The address that our own proxy saw: the last hop it wrote. Earlier ones are whatever a browser sent."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return hops[-1].strip() or request.META.get("REMOTE_ADDR", "")


def locked_out(request, response=None, credentials=None):
    """What somebody at a sign-in form reads after too many wrong passwords. For AXES_LOCKOUT_CALLABLE."""
    from .views.access import refused

    return refused(request, LockedOut().code, LockedOut().sentence, status=settings.AXES_HTTP_RESPONSE_CODE)


def _attempt(request: HttpRequest) -> HttpRequest:
    """The request without its form: what is counted must not keep her notes."""
    attempt = copy.copy(request)
    attempt.POST = QueryDict()
    return attempt
