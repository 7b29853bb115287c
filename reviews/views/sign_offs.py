from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from wagtail.models import Page, WorkflowState

from reviews.attestations import ATTESTATIONS
from reviews.cards import kind_label
from reviews.errors import ReviewError
from reviews.forms import WithdrawForm
from reviews.gate import waiting_names
from reviews.models import SignOff
from reviews.reader import public_article
from reviews.receipt import METHODS
from reviews.services import withdraw
from reviews.services.pages import draft_of
from reviews.states import WITHDRAWN, states_of

from .access import clinician_required, refused


@clinician_required
def receipt(request, page_id):
    """What I signed of one article: words, meaning, digests, until when, and how to take it back."""
    sign_offs = SignOff.objects.filter(page_id=page_id, clinician_id=request.clinician.pk)
    newest = sign_offs.select_related("entry", "withdrawal").prefetch_related("statements").newest_first()
    if not newest:
        return refused(request, "nothing_signed", "You have not signed anything of this article.")
    states = states_of(newest)
    page = Page.objects.filter(pk=page_id).first()
    public = public_article(page_id) if page and page.live else None
    went_back = page is not None and page.workflow_states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).exists()
    context = {
        "sign_offs": [printed(sign_off, states[sign_off.pk]) for sign_off in newest],
        "public_url": page.url if public else "",
        "went_back": went_back,
        "waiting_for": [] if public or page is None else waiting_names(draft_of(page)),
    }
    return render(request, "reviews/signed.html", context)


@method_decorator(clinician_required, name="dispatch")
class WithdrawView(View):
    """Take a sign-off back, with a reason. Public at the next request."""

    def dispatch(self, request, sign_off_id):
        self.sign_off = get_object_or_404(SignOff, pk=sign_off_id, clinician_id=request.clinician.pk)
        return super().dispatch(request)

    def get(self, request):
        return self._show(WithdrawForm())

    def post(self, request):
        form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                withdraw(sign_off_id=self.sign_off.pk, by=request.user, reason=form.cleaned_data["reason"])
            except ReviewError as error:
                return refused(request, error.code, error.sentence, status=409)
            messages.success(
                request,
                f"You withdrew your sign-off of “{self.sign_off.page_title}”. The practice has been told.",
            )
            return redirect("reviews:inbox")
        return self._show(form, status=422)

    def _show(self, form, status=200):
        state = states_of([self.sign_off])[self.sign_off.pk]
        context = {"sign_off": printed(self.sign_off, state), "form": form}
        return render(self.request, "reviews/withdraw.html", context, status=status)


def printed(sign_off: SignOff, state: str) -> dict:
    """A sign-off as its receipt prints it."""
    signed = list(sign_off.statements.all())
    proposed = set(sign_off.entry.data.get("proposed", {}).values())
    return {
        "meaning_label": ATTESTATIONS[sign_off.meaning].label,
        "attestation": sign_off.attestation,
        "printed_name": sign_off.name_line,
        "credentials": [item["title"] for item in sign_off.credentials],
        "signed_at": sign_off.signed_at,
        "valid_until": sign_off.valid_until,
        "method_label": METHODS[sign_off.method],
        "page_title": sign_off.page_title,
        "entry_sequence": sign_off.entry_id,
        "digest": sign_off.entry.digest,
        # The same figure stands beside these words on the public page.
        "words_digest": sign_off.page_digest if sign_off.is_review else signed[0].digest,
        "statements": [
            {
                "kind_label": kind_label(item.statement),
                "text": item.statement.text,
                "digest": item.digest,
                "proposed": item.digest in proposed,
            }
            for item in signed
        ],
        "withdraw_url": "" if state == WITHDRAWN else reverse("reviews:withdraw", args=[sign_off.pk]),
        "state": state,
    }
