from urllib.parse import urljoin

from django.db import models
from django.template.response import TemplateResponse
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import CommentPanel, FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from reviews.gate import Obstacle
from reviews.mixins import HoldsGatedPagesMixin, SignOffRequiredMixin
from reviews.reader import PublicArticle

from .blocks import ArticleBody
from .content import opening_and_rest, reviewable_content, shown_with
from .desk import desk_obstacles
from .finding.a_to_z import everything, newest_reviewed, tagged
from .finding.models import PublishedSigner, PublishedTag, PublishedText, TagFamily  # noqa: F401
from .finding.people import newest_quotation
from .finding.topics import topics
from .listing import signers
from .marks import mark_template
from .pictures import recorded_images
from .practice import practice_as_printed
from .receipts import record_as_json, show_record
from .signatures import printed_signatures
from .sources import numbered_sources
from .structured_data import article_graph, as_script
from .whole_review import whole_review
from .wording import path_of_words, replace_words


class HomePage(HoldsGatedPagesMixin, Page):
    """Structural: says what the site is and lists what is signed. Its words are in the template."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.ProcedureIndexPage"]
    max_count = 1
    listed = 12

    def get_context(self, request, *args, **kwargs):
        articles = newest_reviewed(self.listed)
        return {
            **super().get_context(request),
            "articles": articles,
            "signers": signers(articles),
            "quoted": newest_quotation(articles),
            "topics": topics(),
        }


class ProcedureIndexPage(HoldsGatedPagesMixin, RoutablePageMixin, Page):
    """Structural: lists the signed articles, A to Z and by topic."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ProcedureArticlePage"]
    max_count = 1

    @path("")
    def all_procedures(self, request):
        return self.render(request, context_overrides={"topics": topics(), **everything(request)})

    @path("tag/<str:slug>/")
    def one_topic(self, request, slug):
        return self.render(request, context_overrides=tagged(request, slug), template="pages/topic.html")


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("pages.ProcedureArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ProcedureArticlePage(SignOffRequiredMixin, Page):
    """What a patient should know about one procedure. Public only as signed."""

    also_known_as = models.CharField(
        "also called", max_length=250, blank=True, help_text="Other names that people search for, with commas."
    )
    summary = models.TextField(blank=True, help_text="What it is, in two or three sentences. Opens the page.")
    body = StreamField(ArticleBody(), blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name="topics")

    parent_page_types = ["pages.ProcedureIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("also_known_as"),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("import_questions", heading="Questions from the import", label="Question", classname="collapsed"),
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], "For search"),
        FieldPanel("tags"),
    ]
    settings_panels = [PublishingPanel(), CommentPanel()]

    class Meta:
        verbose_name = "procedure article"

    def get_reviewable_content(self):
        return reviewable_content(self)

    def get_desk_obstacles(self) -> list[Obstacle]:
        return desk_obstacles(self)

    def path_of_words(self, statement) -> str:
        return path_of_words(self, statement)

    def replace_words(self, statement, words: str) -> bool:
        return replace_words(self, statement, words)

    def show_publication(self, request, article: PublicArticle):
        context = self.get_signed_context(request, article.content, article.signatures)
        context["structured_data"] = as_script(article_graph(self, article, context))
        context["published_at"] = article.publication.published_at
        return TemplateResponse(request, self.get_template(request), context)

    def show_record(self, request, article: PublicArticle):
        return show_record(self, request, article)

    def show_record_as_json(self, request, article: PublicArticle):
        return record_as_json(self, request, article)

    def get_signed_context(self, request, content, signatures) -> dict:
        printed = printed_signatures(content, signatures)
        whole = whole_review(signatures)
        return {
            **self._common_context(request, shown_with(self, content), content),
            "draft": False,
            "signatures": printed,
            "whole_review": whole,
            "next_review": min(printed.next_review, whole.valid_until),
            "ends_with": printed.ends_with if printed.next_review <= whole.valid_until else "",
            "record_url": f"{self.get_url(request)}record/",
            "record_json_url": f"{self.get_url(request)}record.json",
        }

    def get_context(self, request, *args, **kwargs):
        """For previews: the draft as it would be public, with the signatures it has so far."""
        from reviews.signatures import signatures_for

        content = self.get_reviewable_content()
        return {
            **self._common_context(request, shown_with(self, content), content),
            "draft": True,
            "signatures": printed_signatures(content, signatures_for(content)),
        }

    def _common_context(self, request, shown, content) -> dict:
        return {
            **super().get_context(request),
            "page": shown,
            "self": shown,
            "practice": practice_as_printed(urljoin(self.get_url(request) or "", "..")),
            **opening_and_rest(shown.body),
            "tags": content.fields["tags"],
            "mark": mark_template(content.title, content.fields["tags"]),
            "content": content,
            "page_digest": content.page_digest,
            "sources": numbered_sources(content.statements),
            "pictures": recorded_images(shown.body),
            # Counted while the blocks are rendered, so that every mark has an id of its own to come back to.
            "reference_uses": {},
            "sections": [
                {"id": child.value.anchor, "title": child.value["text"]}
                for child in shown.body
                if child.block_type == "heading"
            ],
        }


class ImportQuestion(models.Model):
    """Something the importer saw and a person has to settle before the article is sent for sign-off."""

    page = ParentalKey(ProcedureArticlePage, on_delete=models.CASCADE, related_name="import_questions")
    code = models.CharField(max_length=40)
    sentence = models.CharField("question", max_length=500)
    excerpt = models.CharField(max_length=300, blank=True)
    is_settled = models.BooleanField("settled", default=False, help_text="Tick it when you have dealt with it.")

    panels = [
        FieldPanel("sentence", read_only=True),
        FieldPanel("excerpt", read_only=True),
        FieldPanel("is_settled"),
    ]

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.sentence
