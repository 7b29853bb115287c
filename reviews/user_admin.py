"""Accounts that sign belong to the people who sign: in the admin nobody else can set their password."""

from django.contrib.auth import get_user_model
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet

from .mail import address_changed

OWN_HELP = "This account signs, so nobody else can set its password. She can do it at /review/password/."
ADDRESS_HELP = "This account signs. If you change the address, the old one is told."


class SigningUserEditForm(UserEditForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "clinician"):
            for name in ("password1", "password2"):
                self.fields[name].disabled = True
            self.fields["password1"].help_text = OWN_HELP
            self.fields["email"].help_text = ADDRESS_HELP

    def save(self, commit=True):
        before = get_user_model().objects.get(pk=self.instance.pk).email
        user = super().save(commit=commit)
        if hasattr(user, "clinician") and before != user.email:
            address_changed(user=user, before=before)
        return user


class SigningUserViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return SigningUserEditForm if for_update else super().get_form_class(for_update)
