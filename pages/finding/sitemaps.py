from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from wagtail.models import Page

from pages.practice import practice_as_printed
from reviews.reader import public_pages

from .models import PublishedText
from .people import everybody


class Articles(Sitemap):
    """What is public, each with the day of its clinical review."""

    limit = 1_000

    def items(self):
        texts = PublishedText.objects.standing().filter(page_id__in=public_pages().order_by().values("page_id"))
        reviewed = texts.filter(page_id=OuterRef("pk")).values("reviewed_at")
        pages = Page.objects.annotate(reviewed_at=Subquery(reviewed))
        return pages.filter(reviewed_at__isnull=False).order_by("pk")

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.reviewed_at

    def get_latest_lastmod(self):
        return _newest_review()


class AroundThem(Sitemap):
    """The lists, the people, and how we review. They change with what is public."""

    def items(self):
        found = practice_as_printed()
        home, procedures = found["home_url"], str(found["procedures_url"])
        lists = [home, procedures, reverse("pages:people"), reverse("pages:how_we_review")]
        return list(dict.fromkeys([*lists, *(person.url for person in everybody())]))

    def location(self, address):
        return address


def _newest_review():
    return PublishedText.objects.standing().aggregate(newest=Max("reviewed_at"))["newest"]


SITEMAPS = {"pages": Articles, "site": AroundThem}
