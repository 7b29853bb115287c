from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import admin_urls, history, hook_receivers
from .menu import MailMenuItem
from .views.outbox import MailReport
from .viewsets import ClinicianViewSet

register_snippet(ClinicianViewSet)

hooks.register(
    "register_admin_urls",
    lambda: [
        path("sign-off/", include(admin_urls)),
        path("reports/mail/", MailReport.as_view(), name="mail_report"),
        path("reports/mail/results/", MailReport.as_view(results_only=True), name="mail_report_results"),
    ],
)
hooks.register("register_log_actions", history.register)
hooks.register("after_create_snippet", hook_receivers.record_clinician_change)
hooks.register("after_edit_snippet", hook_receivers.record_clinician_change)
hooks.register("after_create_page", hook_receivers.explain_why_not_published)
hooks.register("after_edit_page", hook_receivers.explain_why_not_published)
hooks.register("before_bulk_action", hook_receivers.explain_bulk_publish)
hooks.register("before_bulk_action", hook_receivers.keep_accounts_that_sign_in_bulk)
hooks.register("before_delete_snippet", hook_receivers.keep_clinicians_of_the_record)
hooks.register("before_delete_user", hook_receivers.keep_accounts_that_sign)
hooks.register("register_page_header_buttons", hook_receivers.record_button)
hooks.register("construct_page_action_menu", hook_receivers.name_the_recall)
hooks.register("construct_homepage_panels", hook_receivers.add_home_panels)
hooks.register("register_snippet_listing_buttons", hook_receivers.invitation_button)
hooks.register("register_reports_menu_item", MailMenuItem.make)
