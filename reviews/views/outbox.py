from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django_filters import ChoiceFilter
from post_office.models import STATUS, Email, Log
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from reviews.outbox import WAITING
from reviews.permissions import may_see_mail

STATES = {
    STATUS.queued: "Waiting",
    STATUS.requeued: "Failed, will be tried again",
    STATUS.failed: "Given up",
    STATUS.sent: "Sent",
}


def _state(mail: Email) -> str:
    replaced = mail.expires_at and mail.status in WAITING
    return "Replaced by a newer one" if replaced else STATES.get(mail.status, "")


class MailFilterSet(WagtailFilterSet):
    status = ChoiceFilter(label="State", choices=list(STATES.items()))

    class Meta:
        model = Email
        fields = ["status"]


class MailReport(ReportView):
    """What was mailed to whom, and what became of it. Never what it said: some mail holds a link."""

    page_title = "Mail"
    header_icon = "mail"
    model = Email
    index_url_name = "mail_report"
    index_results_url_name = "mail_report_results"
    filterset_class = MailFilterSet
    default_ordering = "-created"
    is_searchable = False
    columns = [
        Column("to", label="To", accessor=lambda mail: ", ".join(mail.to)),
        Column("subject", label="Subject"),
        Column("status", label="State", accessor=_state),
        Column("tries", label="Failed tries", accessor=lambda mail: mail.number_of_retries or 0),
        Column("error", label="Last error", accessor="last_error"),
        DateColumn("created", label="Written"),
        DateColumn("last_updated", label="Last change"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_see_mail(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        last = Log.objects.filter(email=OuterRef("pk"), status=STATUS.failed).order_by("-pk")
        shown = Email.objects.defer("message", "html_message", "context", "headers")
        self.queryset = shown.annotate(last_error=Subquery(last.values("message")[:1]))
        return super().get_queryset()
