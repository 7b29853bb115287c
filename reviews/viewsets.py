from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import HeaderButton
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from .invitations import invitation_to, with_invitations
from .models import Clinician
from .sentences import day_of

NO_ACCOUNT_YET = (
    "The account she signs with. An administrator makes one under Settings, Users, with her e-mail address; choose it "
    "here, and she is invited by mail. It can be chosen once; after that it stays."
)


class ClinicianForm(WagtailAdminModelForm):
    """Connects an account to a clinician, but never one's own: nobody makes herself a signer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self._offer_accounts(self.fields["user"])

    def _offer_accounts(self, field):
        """Those that may still be given to her, and the one that is hers."""
        free = Q(is_active=True, is_superuser=False, clinician=None)
        field.queryset = get_user_model().objects.filter(free | Q(pk=self.instance.user_id)).order_by("username")
        field.label_from_instance = _account
        if not self.instance.user_id:
            field.help_text = NO_ACCOUNT_YET

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user and user == self.for_user and "user" in self.changed_data:
            raise ValidationError("You cannot connect your own account. Ask a colleague to do it.")
        return user


Clinician.base_form_class = ClinicianForm


class ClinicianEditView(EditView):
    """Wagtail's form, with the invitation in its header as long as there is somebody to invite."""

    @property
    def header_buttons(self):
        clinician = with_invitations(Clinician.objects.filter(pk=self.object.pk)).get()
        invitation = invitation_to(clinician, self.request.user, next_url=self.request.path)
        return [HeaderButton(**invitation)] if invitation else []


def _account(user) -> str:
    name = user.get_full_name()
    return f"{user.get_username()} ({name})" if name else user.get_username()


def _credentials_until(clinician: Clinician) -> str:
    """The day on which the first of those that count today ends: no sign-off of hers counts longer."""
    current = clinician.current_credentials()
    ends = [credential.valid_until for credential in current if credential.valid_until]
    if not current:
        return "None on record"
    return day_of(min(ends)) if ends else "No end"


def _account_state(clinician: Clinician) -> str:
    if clinician.user is None:
        return "None yet"
    return clinician.user.get_username() + ("" if clinician.user.is_active else " (inactive)")


class ClinicianViewSet(SnippetViewSet):
    """Who may be quoted and who may review: names, accounts, credentials."""

    model = Clinician
    icon = "user"
    menu_label = "Clinicians"
    menu_order = 150
    add_to_admin_menu = True
    # Who she is is said once; a copy would be a second person with her name.
    copy_view_enabled = False
    edit_view_class = ClinicianEditView
    list_display = [
        "name",
        Column(
            "is_verified",
            label="Identity",
            accessor=lambda item: "Verified" if item.is_verified else "Not verified",
            sort_key="is_verified",
        ),
        Column("credentials_until", label="Credentials until", accessor=_credentials_until),
        Column(
            "is_reviewer",
            label="Clinical review",
            accessor=lambda item: "May review" if item.is_reviewer else "Does not review",
            sort_key="is_reviewer",
        ),
        Column("user", label="Account", accessor=_account_state),
    ]
    list_filter = ["is_verified", "is_reviewer"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("honorific"),
                FieldPanel("postnominals"),
                FieldPanel("capacity"),
                FieldPanel("disclosure"),
            ],
            "As printed",
        ),
        InlinePanel("credentials", heading="Credentials", label="Credential"),
        MultiFieldPanel([FieldPanel("is_verified"), FieldPanel("user"), FieldPanel("is_reviewer")], "Signing"),
        FieldRowPanel([FieldPanel("away_from"), FieldPanel("away_until")], "Away"),
    ]

    def get_queryset(self, request):
        return with_invitations(Clinician.objects.prefetch_related("credentials"))
