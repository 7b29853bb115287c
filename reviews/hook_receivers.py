from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .gate import obstacles, summary
from .home_panels import StuckMailPanel, TakenOffPanel, WaitingForSignaturesPanel
from .invitations import invitation_to
from .mixins import is_gated
from .models import Clinician
from .permissions import may_see_mail
from .services import record_clinician
from .services.invite import awaits_invitation
from .views.invitations import invite_and_tell


def record_clinician_change(request, instance):
    """Who she is and what she holds goes into the record; an account that was connected now is handed to her."""
    if isinstance(instance, Clinician):
        record_clinician(clinician=instance, by=request.user)
        if awaits_invitation(instance):
            invite_and_tell(request, instance)


def invitation_button(snippet, user, next_url=None):
    """In the list: invite her, and again until she has set her password."""
    if isinstance(snippet, Clinician) and (invitation := invitation_to(snippet, user, next_url)):
        yield Button(**invitation)


def explain_why_not_published(request, page):
    """Somebody pressed Publish. Wagtail has saved the draft; say why it is not public."""
    if request.method == "POST" and request.POST.get("action-publish") and is_gated(page.specific_class):
        found = obstacles(page)
        messages.warning(
            request,
            summary(found) if found else "Saved. This version is signed: publish it from “Ready to publish?”.",
        )


def keep_accounts_that_sign(request, user):
    """The database protects them; this says so before it comes to that."""
    if hasattr(user, "clinician") or user.sign_offs.exists():
        messages.error(request, f"{user.get_username()} signs or has signed. Deactivate the account instead.")
        return redirect("wagtailusers_users:edit", user.pk)
    return None


def keep_accounts_that_sign_in_bulk(request, action_type, objects, action):
    """The same for many at once."""
    if action_type == "delete" and issubclass(action.model, Clinician):
        return keep_clinicians_of_the_record(request, objects)
    if action_type == "delete" and issubclass(action.model, get_user_model()):
        return next(filter(None, (keep_accounts_that_sign(request, user) for user in objects)), None)
    return None


def keep_clinicians_of_the_record(request, instances):
    """An account is deactivated, and a role taken away; nobody who may sign is deleted and made anew."""
    if any(isinstance(item, Clinician) and (item.user_id or item.review_requests.exists()) for item in instances):
        messages.error(
            request, "This clinician signs or has signed. Take the reviewer role away, or deactivate the account."
        )
        return redirect("wagtailsnippets_reviews_clinician:list")
    return None


def explain_bulk_publish(request, action_type, objects, action):
    """Bulk publishing passes gated pages by; say why they stay as they are."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return
    chosen = Page.objects.filter(pk__in=[pk for pk in request.GET.getlist("id") if pk.isdigit()])
    with_descendants = "include_descendants" in request.POST
    pages = [item for page in chosen for item in (page.get_descendants(inclusive=True) if with_descendants else [page])]
    if any(is_gated(page.specific_class) for page in pages):
        messages.warning(
            request, "Articles become public when everybody who has to has signed them, so they stayed as they were."
        )


def record_button(page, user, view_name, next_url=None):
    """The record of review, one click from the article."""
    if is_gated(page.specific_class):
        url = reverse("sign_off_desk:record", args=[page.pk])
        yield Button("Record of review", url, icon_name="doc-full", priority=65)


def name_the_recall(menu_items, request, context):
    """What Wagtail calls cancelling a workflow is, for us, recalling an article from review."""
    for item in menu_items:
        if item.name == "action-cancel-workflow":
            item.label = "Recall from review"


def add_home_panels(request, panels):
    """Ours, in place of Wagtail's “Your pages in a workflow”, which says less of the same articles."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UserObjectsInWorkflowModerationPanel)]
    panels += [TakenOffPanel(), WaitingForSignaturesPanel()]
    if may_see_mail(request.user):
        panels.append(StuckMailPanel())
