from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from reviews.errors import ReviewError
from reviews.middleware import note_refusal
from reviews.panels import ReadinessSidePanel

from .models import ProcedureArticlePage, TagFamily


class KeepsTheDraftMixin:
    """A refused submission keeps the draft and says what to mend."""

    def submit_action(self):
        return self._keeping_the_draft(super().submit_action)

    def _keeping_the_draft(self, action):
        try:
            return action()
        except ReviewError as error:
            note_refusal(error)
            return self.redirect_and_remain()


class ArticleCreateView(KeepsTheDraftMixin, CreateView):
    """Wagtail's create form; a refused submission opens the new draft in the editor."""

    def redirect_and_remain(self):
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class ArticleEditView(KeepsTheDraftMixin, EditView):
    """Wagtail's editor with the readiness panel."""

    def get_side_panels(self):
        return MediaContainer([*super().get_side_panels(), ReadinessSidePanel(self.page, self.request)])

    def restart_workflow_action(self):
        return self._keeping_the_draft(super().restart_workflow_action)


class TagFamilyViewSet(SnippetViewSet):
    """Under which heading patients find a topic. A topic that is not here has the heading that its name suggests."""

    model = TagFamily
    icon = "tag"
    menu_label = "Topic headings"
    menu_order = 160
    add_to_admin_menu = True
    list_display = ["topic", "family"]
    list_filter = ["family"]
    panels = [FieldPanel("topic"), FieldPanel("family")]


class ArticleViewSet(PageViewSet):
    model = ProcedureArticlePage
    add_view_class = ArticleCreateView
    edit_view_class = ArticleEditView
