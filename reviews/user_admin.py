"""Accounts that sign belong to the people who sign: in the admin nobody else sets their password or address."""

from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet

from reviews.permissions import has_consented

OWN_HELP = "This account signs, so only its owner changes this, at /review/account/."


def signs_or_has_signed(user) -> bool:
    return hasattr(user, "clinician") or has_consented(user) or user.sign_offs.exists()


class SigningUserEditForm(UserEditForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if signs_or_has_signed(self.instance):
            # Until she has agreed to sign, the practice can still mend an address that no invitation reaches.
            own = ["password1", "password2", *["email"] * has_consented(self.instance)]
            for name in own:
                self.fields[name].disabled = True
                self.fields[name].help_text = OWN_HELP


class SigningUserViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return SigningUserEditForm if for_update else super().get_form_class(for_update)
