"""The same article as a plain Wagtail page: live row, the same blocks and lists, nobody signs. Only for measuring."""

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import ArticleBody
from pages.sources import numbered_sources


class PlainArticlePage(Page):
    summary = models.TextField(blank=True)
    body = StreamField(ArticleBody(), blank=True)
    template = "plain/plain_article_page.html"

    class Meta:
        app_label = "plain"

    def get_context(self, request, *args, **kwargs):
        headings = [child.value for child in self.body if child.block_type == "heading"]
        return {
            **super().get_context(request),
            "sections": [{"id": value.anchor, "title": value["text"]} for value in headings],
            "sources": numbered_sources([{"value": child.value} for child in self.body]),
            "reference_uses": {},
        }
