from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from reviews import proofs
from reviews.account_forms import ConsentForm
from reviews.agreements import CONSENT
from reviews.errors import LockedOut, ReviewError
from reviews.permissions import has_consented
from reviews.services import consent

from .access import clinician_required


def consent_first(request):
    """Where to send a clinician who wants to sign and has not agreed to sign electronically yet; None if she has."""
    if has_consented(request.user):
        return None
    return redirect(f"{reverse('reviews:consent')}?{urlencode({'next': request.path})}")


@method_decorator([sensitive_post_parameters("password"), clinician_required], name="dispatch")
class ConsentView(View):
    """Once, before the first signature. Reading needs no consent."""

    def get(self, request):
        return redirect(self._next()) if has_consented(request.user) else self._show(ConsentForm())

    def post(self, request):
        form, status = ConsentForm(request.POST), 422
        if form.is_valid():
            try:
                proofs.by_password(request, form.cleaned_data["password"])
                consent(by=request.user)
                return redirect(self._next())
            except ReviewError as error:
                form.add_error(None, error.sentence.replace("Nothing was signed", "Nothing was recorded"))
                status = 429 if isinstance(error, LockedOut) else 422
        return self._show(form, status)

    def _next(self) -> str:
        asked_for = self.request.POST.get("next") or self.request.GET.get("next") or ""
        is_ours = url_has_allowed_host_and_scheme(
            asked_for, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return asked_for if is_ours else reverse("reviews:inbox")

    def _show(self, form, status=200):
        context = {"form": form, "agreement": CONSENT, "next": self._next()}
        return render(self.request, "reviews/consent.html", context, status=status)
