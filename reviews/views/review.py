from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.images import get_image_model
from wagtail.models import Page

from reviews import proofs
from reviews.asks import standing_requests
from reviews.endings import ending_of, signed_by_colleague
from reviews.errors import ChangedWhileReading, LockedOut, ReviewError
from reviews.models import Decision, SignOff
from reviews.reading import Review
from reviews.services import Choice, record_decision, request_changes, sign_off
from reviews.services.pages import draft_of, draft_to_read

from .access import clinician_required, not_waiting, refused
from .consent import consent_first


class OfWaitingPageMixin:
    """For views about an article that waits for the clinician who is signed in. Others get a plain explanation."""

    def dispatch(self, request, page_id):
        self.page = get_object_or_404(Page.objects.select_related("latest_revision", "locale"), pk=page_id)
        self.requests = standing_requests(request.clinician, self.page)
        return super().dispatch(request, page_id) if self.requests else self.not_waiting(request)

    def not_waiting(self, request):
        """What became of it, if she was asked; what she signed, if that is the newest she knows of it."""
        ending = ending_of(request.clinician, self.page)
        if ending is None and SignOff.objects.filter(page_id=self.page.pk, clinician_id=request.clinician.pk).exists():
            return redirect("reviews:receipt", page_id=self.page.pk)
        return not_waiting(request, ending)

    def review(self) -> Review:
        return Review.of(self.request.clinician, draft_to_read(self.page), self.requests)


@method_decorator([sensitive_post_parameters("password"), clinician_required], name="dispatch")
class ReviewView(OfWaitingPageMixin, View):
    """Read, decide for each statement, and sign or send back. Works without scripts."""

    def get(self, request, page_id):
        review = self.review()
        return self._show(review) if review.asks else self._nothing_to_sign(review)

    def post(self, request, page_id):
        try:
            self._save_decisions(request)
            return self._act(request)
        except ReviewError as error:
            return self._refuse(error)

    def _save_decisions(self, request):
        decisions = {
            digest: choice_in(request.POST, suffix=f"-{digest}")
            for digest in request.POST.getlist("shown")
            if request.POST.get(f"decision-{digest}")
        }
        if not decisions:
            return
        try:
            record_decision(page_id=self.page.pk, by=request.user, decisions=decisions)
        except ChangedWhileReading:
            # Some words changed. What she decided and wrote about the others is kept.
            fits = {digest: decisions[digest] for digest in decisions if digest in self.review().marks}
            record_decision(page_id=self.page.pk, by=request.user, decisions=fits)
            raise

    def _act(self, request):
        action = request.POST.get("action")
        if action == "sign":
            return consent_first(request) or self._sign(request)
        if action == "request_changes":
            return self._request_changes(request)
        return redirect("reviews:review", page_id=self.page.pk)

    def _sign(self, request):
        decisions = Decision.objects.filter(clinician=request.clinician, page_id=self.page.pk)
        sign_off(
            page_id=self.page.pk,
            by=request.user,
            proof=proofs.by_password(request, request.POST.get("password", "")),
            meanings=[name.removeprefix("attest-") for name in request.POST if name.startswith("attest-")],
            approved=set(decisions.filter(choice=Decision.Choice.APPROVE).values_list("digest", flat=True)),
            page_digest=request.POST.get("page_digest", ""),
            line_digest=request.POST.get("line_digest", ""),
        )
        return redirect("reviews:receipt", page_id=self.page.pk)

    def _request_changes(self, request):
        review = self.review()
        note = request.POST.get("general_note", "")
        request_changes(page_id=self.page.pk, by=request.user, note=note)
        notes = [card.returned for card in review.cards if card.is_returned]
        return render(request, "reviews/changes_requested.html", {"review": review, "notes": notes, "note": note})

    def _refuse(self, error: ReviewError):
        """The page again, as it is now, with the sentence. Nothing that she decided or wrote is lost."""
        review = self.review()
        if not review.asks:
            return self._nothing_to_sign(review)
        if isinstance(error, ChangedWhileReading):
            review.compare_with(self.request.POST.getlist("shown"), self.request.POST.get("page_digest", ""))
            return self._show(review, error, status=409)
        return self._show(review, error, status=429 if isinstance(error, LockedOut) else 422)

    def _nothing_to_sign(self, review: Review):
        """Her tab is older than what she, or a colleague, has signed since; or she may not sign any more."""
        if reason := review.reason_not_to_sign:
            return refused(self.request, "cannot_sign", reason)
        if review.is_signed_by_her:
            if self.request.method == "POST":
                messages.info(self.request, "You have signed this already, so nothing was recorded again.")
            return redirect("reviews:receipt", page_id=self.page.pk)
        return not_waiting(self.request, signed_by_colleague(review.page_title))

    def _show(self, review: Review, error: ReviewError | None = None, status: int = 200):
        context = {
            "review": review,
            "form": {"errors_list": [error.sentence] if error else []},
            # What she affirmed, she affirmed of the words that were shown.
            "affirmed": [] if status == 409 else [name for name in self.request.POST if name.startswith("attest-")],
            "general_note": self.request.POST.get("general_note", ""),
            "locked": isinstance(error, LockedOut),
            "decided": review.decided,
            "to_decide": len(review.cards),
        }
        return render(self.request, "reviews/review.html", context, status=status)


@require_POST
@clinician_required
def save_decision(request, page_id):
    """One tap: keep one choice. Answers in JSON, because a script asks."""
    decisions = {request.POST.get("digest", ""): choice_in(request.POST)}
    try:
        (saved,) = record_decision(page_id=page_id, by=request.user, decisions=decisions)
    except ReviewError as error:
        status = 409 if isinstance(error, ChangedWhileReading) else 422
        return JsonResponse({"code": error.code, "sentence": error.sentence}, status=status)
    return JsonResponse({"saved_at": date_format(timezone.localtime(saved.decided_at), "P")})


def choice_in(form, suffix: str = "") -> Choice:
    """What a form says about one statement."""
    return Choice(
        choice=form.get(f"decision{suffix}", form.get("choice", "")),
        note=form.get(f"note{suffix}", ""),
        reason=form.get(f"reason{suffix}", ""),
        wording=form.get(f"wording{suffix}", ""),
    )


@clinician_required
def picture(request, page_id, image_id):
    """A picture that she is asked to sign, in the bytes that the draft has now. Apart, so that no card waits for it."""
    page = get_object_or_404(Page.objects.select_related("latest_revision", "locale"), pk=page_id)
    shown = {item.context.get("image") for item in draft_to_read(page).get_reviewable_content().statements}
    if image_id not in shown or not standing_requests(request.clinician, page):
        return not_waiting(request, ending_of(request.clinician, page))
    return redirect(get_object_or_404(get_image_model(), pk=image_id).get_rendition("width-640|format-webp").url)


@clinician_required
@xframe_options_sameorigin
def page_as_patients_will_see_it(request, page_id):
    """The draft in the real template, with the statements marked, for those who were asked to sign it."""
    page = get_object_or_404(Page, pk=page_id)
    requests = standing_requests(request.clinician, page)
    if not requests:
        return not_waiting(request, ending_of(request.clinician, page))
    draft = draft_of(page)
    context = draft.get_context(request) | {"reviewing": Review.of(request.clinician, draft, requests)}
    return render(request, draft.get_template(request), context)
