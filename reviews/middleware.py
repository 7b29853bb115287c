from contextvars import ContextVar
from typing import NoReturn

from django.contrib import messages

from .errors import ReviewError

_noted: ContextVar[list | None] = ContextVar("refusals", default=None)


def note_refusal(error: ReviewError) -> None:
    """Remember a refusal for the person at the screen: Wagtail's admin turns every denial into the same sentence."""
    noted = _noted.get()
    if noted is not None:
        noted.append(error)


def refuse(error: ReviewError) -> NoReturn:
    """Raise a refusal from where no view can catch it, and have the person told."""
    note_refusal(error)
    raise error


class RefusalMiddleware:
    """Tells a person why the gate refused, wherever in the admin the refusal happened."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _noted.set([])
        try:
            response = self.get_response(request)
            if response.status_code == 302:
                for error in {item.sentence: item for item in _noted.get()}.values():
                    messages.error(request, error.sentence)
            return response
        finally:
            _noted.reset(token)
