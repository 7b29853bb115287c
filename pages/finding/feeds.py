from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from .a_to_z import newest_reviewed
from .addresses import absolute

LISTED = 30


class ReviewedPages(Feed):
    """Newly reviewed pages, in their signed titles and summaries.

    A feed reader takes what it finds in the XML for HTML, so signed words are escaped for both.
    """

    feed_type = Rss201rev2Feed
    description = "Pages that a clinician has just read and signed."
    language = "en-us"

    def link(self):
        return absolute(reverse("wagtail_serve", args=[""]))

    def title(self):
        return f"Newly reviewed | {settings.PRACTICE['name']}"

    def items(self):
        return newest_reviewed(LISTED)

    def item_title(self, card):
        return escape(card.title)

    def item_description(self, card):
        return escape(card.summary)

    def item_link(self, card):
        return absolute(card.url)

    def item_guid(self, card):
        """Another for every review of the whole page, so that readers hear of it, and of no mended letter."""
        return f"urn:sha256:{card.whole_review.page_digest}:{card.whole_review.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, card):
        return card.reviewed_on

    def feed_url(self):
        return absolute(reverse("pages:feed"))
