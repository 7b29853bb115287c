from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Clinician


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
    ]
