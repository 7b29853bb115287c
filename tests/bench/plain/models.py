"""The same article as a plain Wagtail page on a site of its own: live rows, the same blocks and lists, Wagtail's own
routing, and nobody signs. Only for measuring."""

from types import SimpleNamespace
from urllib.parse import urljoin

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.anchors import Anchors
from pages.blocks import ArticleBody
from pages.blocks.references import references_of
from pages.practice import practice_as_printed
from pages.sources import numbered_sources


class PlainHomePage(Page):
    class Meta:
        app_label = "plain"


class PlainIndexPage(Page):
    class Meta:
        app_label = "plain"


class PlainArticlePage(Page):
    summary = models.TextField(blank=True)
    body = StreamField(ArticleBody(), blank=True)
    template = "plain/plain_article_page.html"

    class Meta:
        app_label = "plain"

    def get_context(self, request, *args, **kwargs):
        anchors, values = Anchors(), [child.value for child in self.body]
        headings = [child.value for child in self.body if child.block_type == "heading"]
        for value in headings:
            value.anchor = anchors.for_heading(value["text"])
        cited = [SimpleNamespace(references=references_of(value)) for value in values if value.get("references")]
        return {
            **super().get_context(request),
            "practice": practice_as_printed(urljoin(self.get_url(request), "..")),
            "sections": [{"id": value.anchor, "title": value["text"]} for value in headings],
            "sources": numbered_sources(cited),
            "reference_uses": {},
        }
