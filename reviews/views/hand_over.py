from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from reviews.errors import NotAllowed, ReviewError
from reviews.forms import HandOverForm
from reviews.models import Clinician
from reviews.services import hand_over
from reviews.services.hand_over import colleagues

from .access import clinician_required
from .review import OfWaitingPageMixin


@method_decorator(clinician_required, name="dispatch")
class HandOverView(OfWaitingPageMixin, View):
    """Pass a clinical review on to a colleague."""

    def get(self, request, page_id):
        return self._show(self._form())

    def post(self, request, page_id):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        colleague = get_object_or_404(Clinician, pk=form.cleaned_data["colleague"])
        try:
            hand_over(page_id=page_id, by=request.user, to=colleague, note=form.cleaned_data["note"])
        except ReviewError as error:
            form.add_error(None, error.sentence)
            return self._show(form, status=422)
        messages.success(
            request, f"You passed the review of “{self.page.title}” to {colleague.addressed}, who has been told."
        )
        return redirect("reviews:inbox")

    def _form(self, data=None):
        review = self.review()
        if not review.may_hand_over:
            raise NotAllowed("nothing_to_hand_over", "No clinical review of this article waits for you.")
        found = colleagues(self.request.clinician, review.page, review.content)
        return HandOverForm(data, choices=[(item.pk, f"{item.addressed}, {item.postnominals}") for item in found])

    def _show(self, form, status=200):
        return render(self.request, "reviews/hand_over.html", {"review": self.review(), "form": form}, status=status)
