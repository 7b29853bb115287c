from wagtail.admin.ui.side_panels import BaseSidePanel

from .differences import word_diff
from .gate import SIGNATURE_CODES, obstacles
from .models import PublicPage, Suggestion
from .requests import open_requests
from .services.request_changes import ONLY_SUGGESTIONS
from .signatures import signatures_to_publish


class ReadinessSidePanel(BaseSidePanel):
    """What stands between this draft and its readers, and who has to act. Asks the gate and nothing else."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle readiness"
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context):
            return {**super().get_context_data(parent_context), "count": len(self.panel.obstacles)}

    name = "readiness"
    title = "Ready to publish?"
    order = 150
    template_name = "reviews/admin/readiness.html"

    def __init__(self, page, request):
        super().__init__(page, request)
        self.obstacles = obstacles(page) if page.pk else []

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = self.object
        context.update(
            page=page,
            obstacles=self.obstacles,
            for_the_desk=[item for item in self.obstacles if item.code not in SIGNATURE_CODES],
            for_clinicians=[item for item in self.obstacles if item.code in SIGNATURE_CODES],
            is_partial=(parent_context or {}).get("is_partial"),
        )
        if page.pk:
            content = page.get_reviewable_content()
            suggestions = open_suggestions(page.pk)
            public = PublicPage.objects.filter(pk=page.pk).select_related("publication").first()
            context.update(
                in_review=page.workflow_in_progress,
                signed=self._signed(content),
                public=public,
                is_public_version=public is not None and public.publication.page_digest == content.page_digest,
                changes=self._changes_requested(page, suggestions),
                suggestions=suggestions,
                waiting=[line for item in open_requests(page_id=page.pk) for line in item.waiting],
            )
        return context

    def _signed(self, content):
        signatures = signatures_to_publish(content)
        own_words = [signatures.for_quotation(statement) for statement in content.quotations]
        return list(dict.fromkeys(filter(None, [*own_words, signatures.review])))

    def _changes_requested(self, page, suggestions):
        """What a clinician sent back, until the next round; if she only suggested words, until they are settled."""
        state = page.current_workflow_state
        if not state or state.status != state.STATUS_NEEDS_CHANGES or not state.current_task_state:
            return None
        sent_back = state.current_task_state
        return None if sent_back.comment == ONLY_SUGGESTIONS and not suggestions else sent_back


def open_suggestions(page_id: int) -> list[dict]:
    """What clinicians suggest for this article and nobody has settled yet, with the changes word by word."""
    found = Suggestion.objects.filter(page_id=page_id, outcome=Suggestion.Outcome.OPEN).select_related("clinician")
    return [{"suggestion": item, "diff": word_diff(item.words, item.wording, hidden="w-sr-only")} for item in found]
