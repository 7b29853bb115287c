from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Clinician


class ClinicianForm(WagtailAdminModelForm):
    """Connects an account to a clinician, but never one's own: nobody makes herself a signer."""

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user and user == self.for_user and "user" in self.changed_data:
            raise ValidationError("You cannot connect your own account. Ask a colleague to do it.")
        return user


Clinician.base_form_class = ClinicianForm


class ClinicianViewSet(SnippetViewSet):
    """Who may be quoted and who may review: names, accounts, credentials."""

    model = Clinician
    icon = "user"
    menu_label = "Clinicians"
    menu_order = 150
    add_to_admin_menu = True
    list_display = ["name", "is_verified", "is_reviewer", "user"]
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
