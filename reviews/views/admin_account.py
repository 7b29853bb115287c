from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, ChangePasswordPanel, NameEmailSettingsPanel

from reviews.permissions import has_consented


class SigningAccountView(AccountView):
    """Wagtail's account page, without address and password for people who sign.

    They change both at /review/account/, where guesses are counted and the password is asked for again.
    """

    def get_panels(self):
        panels = super().get_panels()
        if not (hasattr(self.request.user, "clinician") or has_consented(self.request.user)):
            return panels
        return [panel for panel in panels if not isinstance(panel, NameEmailSettingsPanel | ChangePasswordPanel)]


admin_account = require_admin_access(SigningAccountView.as_view())
