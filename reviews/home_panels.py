"""On the admin's home: what the desk has to know today. A panel that has nothing to say is not shown."""

from wagtail.admin.ui.components import Component

from .outbox import stuck
from .requests import open_requests
from .taken_off import taken_off


class TakenOffPanel(Component):
    """What patients can no longer read: when it ended, why, and by whom."""

    name = "taken_off"
    template_name = "reviews/admin/taken_off_panel.html"
    order = 70

    def get_context_data(self, parent_context):
        return {"taken_off": taken_off()}


class StuckMailPanel(Component):
    """That mail does not get out, since when, and where to look."""

    name = "stuck_mail"
    template_name = "reviews/admin/stuck_mail_panel.html"
    order = 80

    def get_context_data(self, parent_context):
        oldest = stuck().first()
        return {"oldest": oldest, "count": oldest and stuck().count(), "last_error": oldest and oldest.logs.last()}


class WaitingForSignaturesPanel(Component):
    """What is in review, and whom it waits for."""

    name = "waiting_for_signatures"
    template_name = "reviews/admin/waiting_panel.html"
    order = 90
    limit = 20

    def get_context_data(self, parent_context):
        found = open_requests(limit=self.limit + 1)
        return {"open_requests": found[: self.limit], "others_wait": len(found) > self.limit}
