from django.urls import path

from . import converters  # noqa: F401
from .views import account, consent, hand_over, inbox, review, sign_offs

app_name = "reviews"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("sign-in/", account.SignInView.as_view(), name="sign_in"),
    path("sign-out/", account.SignOutView.as_view(), name="sign_out"),
    path("account/", account.AccountView.as_view(), name="account"),
    path("consent/", consent.ConsentView.as_view(), name="consent"),
    path("password/", account.AskForPasswordView.as_view(), name="password_reset"),
    path("password/sent/", account.PasswordSentView.as_view(), name="password_reset_done"),
    path("password/<uidb64>/<token>/", account.SetPasswordView.as_view(), name="password_reset_confirm"),
    path("<key:page_id>/", review.ReviewView.as_view(), name="review"),
    path("<key:page_id>/decisions/", review.save_decision, name="decisions"),
    path("<key:page_id>/pictures/<key:image_id>/", review.picture, name="picture"),
    path("<key:page_id>/hand-over/", hand_over.HandOverView.as_view(), name="hand_over"),
    path("<key:page_id>/page/", review.page_as_patients_will_see_it, name="page"),
    path("<key:page_id>/signed/", sign_offs.receipt, name="receipt"),
    path("sign-offs/<key:sign_off_id>/withdraw/", sign_offs.WithdrawView.as_view(), name="withdraw"),
]
