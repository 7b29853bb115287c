from datetime import timedelta

from django.utils import timezone
from wagtail.admin.ui.components import Component

from reviews.models import SignOff

from .finding.models import PublishedText


class ComingDuePanel(Component):
    """On the admin's home: which public pages stop being public soon, unless somebody signs again."""

    name = "coming_due"
    template_name = "pages/admin/coming_due_panel.html"
    order = 95
    within = timedelta(days=90)
    limit = 20

    def get_context_data(self, parent_context):
        due = PublishedText.objects.standing().filter(stands_until__lte=timezone.now() + self.within)
        texts = list(due.order_by("stands_until", "page_id").select_related("publication")[: self.limit])
        ending = _ending(texts)
        items = [{"text": text, "sign_offs": ending.get((text.page_id, text.stands_until), [])} for text in texts]
        return {"items": items, "more": due.count() - len(items)}


def _ending(texts: list[PublishedText]) -> dict[tuple, list[SignOff]]:
    """By page and moment: the sign-offs that end then, one for each person."""
    sign_offs = SignOff.objects.in_force().filter(
        page_id__in=[text.page_id for text in texts], valid_until__in=[text.stands_until for text in texts]
    )
    found = {}
    for item in sign_offs.order_by("pk"):
        found.setdefault((item.page_id, item.valid_until), {})[item.clinician_id] = item
    return {key: list(by_clinician.values()) for key, by_clinician in found.items()}
