from django.contrib import messages
from django.contrib.auth import views as auth
from django.urls import reverse_lazy


class SignInView(auth.LoginView):
    """For clinicians, who need no access to the admin."""

    template_name = "reviews/sign_in.html"


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
