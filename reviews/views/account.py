from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import views as auth
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from reviews import mail, proofs
from reviews.account_forms import AddressForm, AwayForm, PasswordForm, PasswordLinkForm
from reviews.agreements import CONSENT
from reviews.errors import ReviewError
from reviews.models import ElectronicConsent

from .access import clinician_required


class SignInView(auth.LoginView):
    """For clinicians, who need no access to the admin."""

    template_name = "reviews/sign_in.html"


@method_decorator([sensitive_post_parameters("password"), clinician_required], name="dispatch")
class AccountView(View):
    """What is hers: her address, which only she changes, because whoever has it could set a new password; and when she
    is away, and how she decides."""

    def get(self, request):
        return self._show()

    def post(self, request):
        save = {"address": self._address, "away": self._away, "keys": self._keys}.get(request.POST.get("form"))
        return save(request) if save else self._show(status=422)

    def _address(self, request):
        form = AddressForm(request.POST)
        if form.is_valid():
            try:
                proofs.by_password(request, form.cleaned_data["password"])
            except ReviewError as error:
                form.add_error("password", error.sentence.replace("Nothing was signed", "Nothing was changed"))
        if not form.is_valid():
            return self._show(address=form, status=422)
        self._change_address(request.user, form.cleaned_data["email"])
        return self._saved(f"Your address is {request.user.email} now.")

    def _change_address(self, user, address):
        with transaction.atomic():
            before, user.email = user.email, address
            user.save(update_fields=["email"])
            mail.address_changed(user=user, before=before)

    def _away(self, request):
        form = AwayForm(request.POST)
        if not form.is_valid():
            return self._show(away=form, status=422)
        clinician, until = request.clinician, form.cleaned_data["away_until"]
        clinician.away_from, clinician.away_until = form.cleaned_data["away_from"], until
        clinician.save(update_fields=["away_from", "away_until"])
        if until is None:
            return self._saved("You are here. You are asked for clinical reviews again.")
        return self._saved(f"You are away until {until:%B} {until.day}.")

    def _keys(self, request):
        clinician = request.clinician
        clinician.single_keys = "single_keys" in request.POST
        clinician.save(update_fields=["single_keys"])
        return self._saved(f"Single keys are {'on' if clinician.single_keys else 'off'}.")

    def _saved(self, sentence):
        messages.success(self.request, sentence)
        return redirect("reviews:account")

    def _show(self, *, address=None, away=None, status=200):
        clinician = self.request.clinician
        given = ElectronicConsent.objects.filter(user=self.request.user).select_related("entry").first()
        context = {
            "clinician": clinician,
            "address": address or AddressForm(),
            "away": away or AwayForm(initial={"away_from": clinician.away_from, "away_until": clinician.away_until}),
            "is_away": clinician.is_away(),
            "consent": given,
            "consent_text": given and given.entry.data["text"].splitlines(),
        }
        return render(self.request, "reviews/account.html", context, status=status)


class SignOutView(auth.LogoutView):
    next_page = reverse_lazy("reviews:sign_in")


class AskForPasswordView(auth.PasswordResetView):
    """A first password, or a new one, by a link to the address on record."""

    template_name = "reviews/password_ask.html"
    form_class = PasswordLinkForm
    success_url = reverse_lazy("reviews:password_reset_done")


class PasswordSentView(auth.PasswordResetDoneView):
    template_name = "reviews/password_sent.html"


class SetPasswordView(auth.PasswordResetConfirmView):
    """Where the links lead. A clinician's first password comes with her agreement to sign electronically."""

    template_name = "reviews/password_set.html"
    form_class = PasswordForm
    success_url = reverse_lazy("reviews:sign_in")
    extra_context = {"agreement": CONSENT}

    def form_valid(self, form):
        response = super().form_valid(form)
        AxesProxyHandler.reset_attempts(username=form.user.get_username())
        messages.success(self.request, "Your password is set. Sign in with it.")
        return response
