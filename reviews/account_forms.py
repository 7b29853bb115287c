"""What a clinician says about herself, and her alone."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.db import transaction

from . import mail
from .models import SentReminder
from .models.clinicians import refuse_impossible_days
from .permissions import has_consented
from .services.consent import consent
from .services.invite import mailed_lately, note_mailed

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AddressForm(forms.Form):
    """A new e-mail address, with the password once more."""

    email = forms.EmailField(max_length=254)
    password = forms.CharField(strip=False, widget=forms.PasswordInput)


class AwayForm(forms.Form):
    """From when until when nobody asks her for a clinical review. Empty: she is here."""

    away_from = forms.DateField(required=False, widget=DAY)
    away_until = forms.DateField(required=False, widget=DAY)

    def clean(self):
        data = super().clean()
        refuse_impossible_days(data.get("away_from"), data.get("away_until"))
        return data


class ConsentForm(forms.Form):
    """Her agreement, with the password once more: it is she who is at the screen."""

    agree = forms.BooleanField(error_messages={"required": "Tick the box if you agree."})
    password = forms.CharField(strip=False, widget=forms.PasswordInput)


class PasswordLinkForm(PasswordResetForm):
    """A first password, or a new one. Unlike Django's, for clinicians who have none yet too; at most one a minute."""

    def get_users(self, email):
        known = get_user_model().objects.filter(email__iexact=email, is_active=True).select_related("clinician")
        return [user for user in known if user.has_usable_password() or hasattr(user, "clinician")]

    def save(self, **kwargs):
        for user in self.get_users(self.cleaned_data["email"]):
            with transaction.atomic():
                if not mailed_lately(user, SentReminder.Kind.PASSWORD) and mail.password_link(user=user):
                    note_mailed(user, SentReminder.Kind.PASSWORD)


class PasswordForm(SetPasswordForm):
    """Her password, and with the first one her agreement to sign electronically."""

    agree = forms.BooleanField(error_messages={"required": "Tick the box if you agree."})

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.asks_consent = hasattr(user, "clinician") and not has_consented(user)
        if not self.asks_consent:
            del self.fields["agree"]

    def save(self, commit=True):
        with transaction.atomic():
            user = super().save(commit)
            if self.asks_consent:
                consent(by=user)
            return user
