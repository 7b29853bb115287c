from django.utils.html import format_html_join
from wagtail.blocks import ListBlock, PageChooserBlock

from reviews.gate import Obstacle
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import composed

MOST = 3


class RelatedPageBlock(PageChooserBlock):
    """A page chooser that keeps the id of a page that is gone: what was signed does not change by a deletion."""

    def to_python(self, value):
        return super().to_python(value) or self._stand_in(value)

    def bulk_to_python(self, values):
        found = super().bulk_to_python(values)
        return [page or self._stand_in(value) for page, value in zip(found, values, strict=True)]

    def _stand_in(self, value):
        return self.model_class(pk=value, title="A page that was deleted") if value else None

    def deconstruct(self):
        """As its parent class, so that migrations import nothing from here."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class RelatedBlock(StatementBlock):
    """Other procedures to read about. Which ones is signed; their titles come from their own records."""

    pages = ListBlock(RelatedPageBlock(page_type="pages.ProcedureArticlePage"), max_num=MOST, label="Procedures")

    def get_statements(self, data, key):
        chosen = [(pk, pk) for pk in data["pages"][:MOST] if pk]
        links = format_html_join(", ", '<a linktype="page" id="{}">page {}</a>', chosen)
        parts = [f"<p>Links to {links}.</p>"] if chosen else []
        return [composed(Kind.COPY, key, *parts, label="Related procedures")]

    def get_desk_obstacles(self, value):
        if len(value["pages"]) > MOST:
            yield Obstacle("too_many_related", f"Name {MOST} related procedures at most.")

    class Meta:
        icon = "link"
        label = "Related procedures"
        group = Group.DECIDING
        template = "pages/blocks/related.html"
        description = f"Up to {MOST} other procedures. Each is shown while it is public itself."
        preview_value = {"pages": []}
