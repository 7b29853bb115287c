from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request

from reviews.errors import ReviewError
from reviews.models import Clinician
from reviews.services import invite


@require_POST
def invite_view(request, clinician_id):
    """Send the invitation, for the first time or again."""
    clinician = get_object_or_404(Clinician.objects.select_related("user"), pk=clinician_id)
    invite_and_tell(request, clinician)
    return redirect(get_valid_next_url_from_request(request) or "wagtailsnippets_reviews_clinician:list")


def invite_and_tell(request, clinician: Clinician) -> None:
    """Invite, and say what came of it."""
    try:
        invited = invite(clinician=clinician, by=request.user)
    except ReviewError as error:
        messages.error(request, error.sentence)
        return
    if invited:
        messages.success(request, f"{clinician.addressed} is invited by mail to {clinician.user.email}.")
    else:
        messages.warning(
            request,
            f"{clinician.addressed} could not be invited: the account {clinician.user.get_username()} has no good "
            "e-mail address. Add one under Settings, Users, then send the invitation from the list of clinicians.",
        )
