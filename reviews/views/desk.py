"""What marketing does from the readiness panel. Each view is one service, and a sentence for the person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.models import Page

from reviews.errors import ReviewError
from reviews.mixins import is_gated
from reviews.permissions import may_edit
from reviews.services import publish, request_review


@require_POST
def request_review_view(request, page_id):
    """Send the newest version to everybody whose signature is missing."""
    return _run(request, page_id, request_review, "“{title}” was sent for sign-off.")


@require_POST
def publish_view(request, page_id):
    """Release a version that is fully signed."""
    return _run(request, page_id, publish, "“{title}” is public, or will be at the time that is set for it.")


def _run(request, page_id, service, done):
    page = get_object_or_404(Page, pk=page_id)
    if not is_gated(page.specific_class):
        raise Http404("Only articles are signed.")
    if not may_edit(request.user, page):
        raise PermissionDenied
    try:
        service(page_id=page_id, by=request.user)
    except ReviewError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done.format(title=page.get_admin_display_title()))
    return redirect("wagtailadmin_pages:edit", page_id)
