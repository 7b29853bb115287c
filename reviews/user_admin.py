"""Accounts that sign belong to the people who sign: in the admin nobody else sets their password or address."""

from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet

OWN_HELP = "This account signs, so only its owner changes this, at /review/account/."


class SigningUserEditForm(UserEditForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "clinician"):
            for name in ("password1", "password2", "email"):
                self.fields[name].disabled = True
            self.fields["password1"].help_text = self.fields["email"].help_text = OWN_HELP


class SigningUserViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return SigningUserEditForm if for_update else super().get_form_class(for_update)
