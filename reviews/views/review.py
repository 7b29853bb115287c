from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.models import Page

from reviews.asks import Ask, asks_for, open_task_state
from reviews.canonical import digest
from reviews.cards import Card, cards_for
from reviews.errors import ChangedWhileReading, ReviewError
from reviews.mail import minutes
from reviews.models import Decision, ReviewRequest, SignOff
from reviews.services import record_decision, request_changes, sign_off
from reviews.services.pages import draft_of

from .access import clinician_required, refused


@dataclass
class Review:
    """One article as one clinician is asked to sign it."""

    clinician: object
    page: Page
    asks: list[Ask]
    cards: list[Card]
    carried: list[Card]
    page_digest: str
    statement_total: int
    request: dict | None

    @classmethod
    def of(cls, clinician, page: Page, task_state) -> "Review":
        draft = draft_of(page)
        content = draft.get_reviewable_content()
        asks = asks_for(clinician, draft, content)
        cards, carried = cards_for(clinician, draft, content, asks)
        asked = ReviewRequest.objects.filter(task_state_id=task_state.pk).select_related("entry").first()
        return cls(
            clinician,
            draft,
            asks,
            cards,
            carried,
            content.page_digest,
            len(content.statements),
            asked and asked.entry,
        )

    @property
    def page_title(self):
        return self.page.title

    @property
    def clinician_line(self):
        return self.clinician.addressed

    @property
    def line(self):
        """Her signature line as it will be printed."""
        return self.clinician.signature_line()

    @property
    def line_digest(self):
        return digest(self.line)

    @property
    def requested_by(self):
        by = (self.request and self.request.data["by"]) or {}
        return by.get("name") or by.get("username") or "the practice"

    @property
    def requested_on(self):
        return self.request and self.request.recorded_at

    @property
    def minutes(self):
        return minutes(len(self.cards))

    @property
    def meanings(self):
        return [
            {"code": ask.meaning, "label": ask.attestation.label, "attestation": ask.attestation.text}
            for ask in self.asks
        ]

    @property
    def order_changed(self):
        """She is asked for the whole although every statement is known to her: the order or the arrangement changed."""
        return bool(self.asks) and not self.cards

    @property
    def page_url(self):
        return reverse("reviews:page", args=[self.page.pk])

    page_html_url = page_url


@method_decorator([sensitive_post_parameters("password"), clinician_required], name="dispatch")
class ReviewView(View):
    """Read, decide for each statement, and sign or send back. Works without scripts."""

    def dispatch(self, request, page_id):
        self.page = get_object_or_404(Page, pk=page_id)
        self.task_state = open_task_state(self.page)
        if not is_asked(request.clinician, self.task_state):
            return self._not_waiting(request)
        return super().dispatch(request, page_id)

    def get(self, request, page_id):
        review = Review.of(request.clinician, self.page, self.task_state)
        return self._show(review) if review.asks else redirect("reviews:receipt", page_id=page_id)

    def post(self, request, page_id):
        try:
            shown = set(request.POST.getlist("shown"))
            self._save_decisions(request, shown)
            return self._act(request)
        except ReviewError as error:
            review = Review.of(request.clinician, self.page, self.task_state)
            if isinstance(error, ChangedWhileReading):
                for card in review.cards:
                    card.conflict = card.digest not in shown
            return self._show(review, error, 409 if isinstance(error, ChangedWhileReading) else 422)

    def _save_decisions(self, request, shown):
        decisions = {
            digest: (choice, request.POST.get(f"note-{digest}", ""))
            for digest in shown
            if (choice := request.POST.get(f"decision-{digest}"))
        }
        if decisions:
            record_decision(page_id=self.page.pk, by=request.user, decisions=decisions)

    def _act(self, request):
        action = request.POST.get("action")
        if action == "sign":
            return self._sign(request)
        if action == "request_changes":
            return self._request_changes(request)
        return redirect("reviews:review", page_id=self.page.pk)

    def _sign(self, request):
        decisions = Decision.objects.filter(clinician=request.clinician, page_id=self.page.pk)
        sign_off(
            page_id=self.page.pk,
            by=request.user,
            meanings=[name.removeprefix("attest-") for name in request.POST if name.startswith("attest-")],
            approved=set(decisions.filter(choice=Decision.Choice.APPROVE).values_list("digest", flat=True)),
            page_digest=request.POST.get("page_digest", ""),
            line_digest=request.POST.get("line_digest", ""),
            password=request.POST.get("password", ""),
        )
        return redirect("reviews:receipt", page_id=self.page.pk)

    def _request_changes(self, request):
        review = Review.of(request.clinician, self.page, self.task_state)
        notes = [
            {"text": card.statement.text, "note": card.note, "kind_label": card.kind_label}
            for card in review.cards
            if card.decision == Decision.Choice.CHANGES
        ]
        request_changes(page_id=self.page.pk, by=request.user, note=request.POST.get("general_note", ""))
        return render(request, "reviews/changes_requested.html", {"review": review, "notes": notes})

    def _show(self, review: Review, error: ReviewError | None = None, status: int = 200):
        context = {
            "review": review,
            "form": {"errors_list": [error.sentence] if error else []},
            "decided": sum(bool(card.decision) for card in review.cards),
            "to_decide": len(review.cards),
        }
        return render(self.request, "reviews/review.html", context, status=status)

    def _not_waiting(self, request):
        if SignOff.objects.filter(page_id=self.page.pk, clinician_id=request.clinician.pk).exists():
            return redirect("reviews:receipt", page_id=self.page.pk)
        return refused(request, "not_asked", "This article is not waiting for you. What waits for you is on your list.")


def is_asked(clinician, task_state) -> bool:
    """Whether this clinician was asked in the review that is open now."""
    asked = ReviewRequest.objects.filter(task_state_id=task_state.pk, clinician=clinician) if task_state else None
    return asked is not None and asked.exists()


@clinician_required
@xframe_options_sameorigin
def page_as_patients_will_see_it(request, page_id):
    """The draft in the real template, for those who were asked to sign it."""
    page = get_object_or_404(Page, pk=page_id)
    if not is_asked(request.clinician, open_task_state(page)):
        return refused(request, "not_asked", "Only clinicians who were asked to sign this article can read its draft.")
    draft = draft_of(page)
    return render(request, draft.get_template(request), draft.get_context(request))
