from django.contrib import messages
from django.contrib.auth import views as auth
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from reviews.forms import AddressForm
from reviews.mail import address_changed

from .access import clinician_required


class SignInView(auth.LoginView):
    """For clinicians, who need no access to the admin."""

    template_name = "reviews/sign_in.html"


@method_decorator([sensitive_post_parameters("password"), clinician_required], name="dispatch")
class AccountView(FormView):
    """Her own address, which only she changes: whoever has it could set a new password."""

    template_name = "reviews/account.html"
    form_class = AddressForm
    success_url = reverse_lazy("reviews:inbox")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        user, before = self.request.user, self.request.user.email
        user.email = form.cleaned_data["email"]
        user.save(update_fields=["email"])
        address_changed(user=user, before=before)
        messages.success(self.request, f"Your address is {user.email} now.")
        return super().form_valid(form)


class SignOutView(auth.LogoutView):
    next_page = reverse_lazy("reviews:sign_in")


class AskForPasswordView(auth.PasswordResetView):
    """A first password, or a new one, by a link to the address on record."""

    template_name = "reviews/password_ask.html"
    email_template_name = "reviews/mail/password.txt"
    subject_template_name = "reviews/mail/password_subject.txt"
    success_url = reverse_lazy("reviews:password_reset_done")


class PasswordSentView(auth.PasswordResetDoneView):
    template_name = "reviews/password_sent.html"


class SetPasswordView(auth.PasswordResetConfirmView):
    template_name = "reviews/password_set.html"
    success_url = reverse_lazy("reviews:sign_in")

    def form_valid(self, form):
        messages.success(self.request, "Your password is set. Sign in with it.")
        return super().form_valid(form)
