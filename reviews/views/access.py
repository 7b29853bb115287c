from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from reviews.endings import Ending
from reviews.permissions import clinician_of

NOT_ASKED = Ending(
    "Not waiting for you",
    "Nobody has asked you to sign this article, so you cannot read its draft. What waits for you is on your list.",
)


def clinician_required(view):
    """Sign in first; then the view gets the clinician as `request.clinician`, or the person a plain explanation."""

    @cache_control(private=True, no_store=True)
    @login_required
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        request.clinician = clinician_of(request.user)
        if request.clinician is None:
            sentence = (
                "These pages are for clinicians who sign. Your account belongs to nobody who can be quoted or review. "
                "If that is wrong, ask the practice to connect it under Clinicians."
            )
            return refused(request, "not_a_clinician", sentence)
        return view(request, *args, **kwargs)

    return wrapped


def form_too_old(request, reason=""):
    """The form's token does not fit: signed out meanwhile, or the page was open in another browser."""
    sentence = "This form is too old, so nothing was recorded. Go back, reload the page, and try again."
    return refused(request, "form_too_old", sentence)


def refused(request, code: str, sentence: str, status: int = 403):
    return render(request, "reviews/refused.html", {"code": code, "sentence": sentence}, status=status)


def not_waiting(request, ending: Ending | None):
    """In plain words why there is nothing here for her to read and sign."""
    context = {"ending": ending or NOT_ASKED, "is_form": request.method == "POST"}
    return render(request, "reviews/not_waiting.html", context, status=403)
