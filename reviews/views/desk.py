"""What marketing does from the readiness panel. Each view is one service, and a sentence for the person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from reviews.attestations import Meaning
from reviews.desk_forms import RequestForm
from reviews.errors import ReviewError
from reviews.gate import missing_signatures, needs, waited_for
from reviews.mixins import is_gated
from reviews.models import ReviewPlan, Suggestion
from reviews.permissions import may_edit, possible_reviewers
from reviews.services import Wishes, apply_suggestion, decline_suggestion, publish, request_review
from reviews.services.pages import draft_of
from reviews.signatures import signatures_to_publish


class RequestReviewView(WagtailAdminTemplateMixin, FormView):
    """Send the newest version to everybody whose signature is missing; choose who reviews it, and until when."""

    template_name = "reviews/admin/request_review.html"
    page_title = "Send for sign-off"
    header_icon = "mail"
    form_class = RequestForm

    def dispatch(self, request, page_id):
        self.page = gated_page(request.user, page_id)
        self.draft = draft_of(self.page)
        self.content = self.draft.get_reviewable_content()
        self.missing = missing_signatures(self.content, signatures_to_publish(self.content))
        return super().dispatch(request, page_id)

    def get_page_subtitle(self):
        return self.draft.title

    def get_initial(self):
        plan = ReviewPlan.objects.filter(pk=self.page.pk).first()
        if plan is None:
            return {}
        due_on = plan.due_on if plan.due_on and plan.due_on >= timezone.localdate() else None
        return {"reviewers": plan.reviewers.all(), "group": plan.group, "due_on": due_on}

    def get_form_kwargs(self):
        needs_review = needs(Meaning.CLINICAL_REVIEW, self.missing)
        reviewers = possible_reviewers(self.draft, self.content) if needs_review else None
        return {**super().get_form_kwargs(), "reviewers": reviewers}

    def form_valid(self, form):
        # Whom the form did not ask about, because no review is missing, stays as it was chosen.
        wishes = Wishes(**self.get_initial() | form.cleaned_data)
        try:
            request_review(page_id=self.page.pk, by=self.request.user, wishes=wishes)
        except ReviewError as error:
            form.add_error(None, error.sentence)
            return self.form_invalid(form)
        messages.success(self.request, f"“{self.draft.title}” was sent for sign-off.")
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            waits_for=waited_for(self.missing),
            action_url=self.request.path,
            submit_button_label="Send for sign-off",
            back_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )
        return {**context, "media": context["form"].media}


@require_POST
def publish_view(request, page_id):
    """Release a version that is fully signed."""
    page = gated_page(request.user, page_id)
    title = page.get_admin_display_title()
    return _run(
        request,
        page_id,
        f"“{title}” is public, or will be at the time that is set for it.",
        lambda: publish(page_id=page_id, by=request.user),
    )


@require_POST
def apply_suggestion_view(request, suggestion_id):
    """Use the words that a clinician suggests."""
    return _settle(request, suggestion_id, apply_suggestion, "The suggested words are in the draft now.")


@require_POST
def decline_suggestion_view(request, suggestion_id):
    """Keep the words as they are."""
    done = "The words stay as they were, and still need their signature."
    return _settle(request, suggestion_id, decline_suggestion, done)


def gated_page(user, page_id: int) -> Page:
    """The article, for somebody who may edit it."""
    page = get_object_or_404(Page, pk=page_id)
    if not is_gated(page.specific_class):
        raise Http404("Only articles are signed.")
    if not may_edit(user, page):
        raise PermissionDenied
    return page


def _settle(request, suggestion_id, service, done):
    suggestion = get_object_or_404(Suggestion, pk=suggestion_id)
    gated_page(request.user, suggestion.page_id)
    return _run(request, suggestion.page_id, done, lambda: service(suggestion_id=suggestion_id, by=request.user))


def _run(request, page_id, done, service):
    try:
        service()
    except ReviewError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return redirect("wagtailadmin_pages:edit", page_id)
