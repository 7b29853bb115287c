from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse_lazy


class SignInView(LoginView):
    """For clinicians, who need no access to the admin."""

    template_name = "reviews/sign_in.html"
    redirect_authenticated_user = False


class SignOutView(LogoutView):
    next_page = reverse_lazy("reviews:sign_in")
