"""What search engines are told to read. No address in it comes from the host that was asked for: `absolute`."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.template.response import TemplateResponse
from django.urls import reverse

from pages.listing import cards_of
from pages.practice import practice_as_printed

from .a_to_z import newest_reviewed
from .addresses import absolute
from .models import PublishedText
from .people import everybody


class Articles(Sitemap):
    """What is public, each with the day of its clinical review. Short, because every line is read from the record."""

    limit = 200

    def items(self):
        return PublishedText.objects.standing().order_by("page_id").values_list("page_id", flat=True)

    def get_urls(self, page=1, site=None, protocol=None):
        listed = cards_of(list(self.paginator.page(page).object_list))
        return [{"location": absolute(card.url), "lastmod": card.reviewed_on} for card in listed if card.url]

    def get_latest_lastmod(self):
        return next((card.reviewed_on for card in newest_reviewed(1)), None)


class AroundThem(Sitemap):
    """The lists, the people, and how we review. They change with what is public."""

    def items(self):
        found = practice_as_printed()
        home, procedures = found["home_url"], str(found["procedures_url"])
        lists = [home, procedures, reverse("pages:people"), reverse("pages:how_we_review")]
        return list(dict.fromkeys([*lists, *(person.url for person in everybody())]))

    def get_urls(self, page=1, site=None, protocol=None):
        return [{"location": absolute(address)} for address in self.paginator.page(page).object_list]


SITEMAPS = {"pages": Articles, "site": AroundThem}


@x_robots_tag
def index(request):
    """Every sitemap that there is. Django's own view names them after the host that was asked for."""
    found = [item for section, sitemap in SITEMAPS.items() for item in _parts(section, sitemap())]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


def _parts(section: str, sitemap: Sitemap) -> list[SitemapIndexItem]:
    address = absolute(reverse("pages:sitemap", args=[section]))
    changed = sitemap.get_latest_lastmod()
    later = [f"{address}?p={number}" for number in sitemap.paginator.page_range[1:]]
    return [SitemapIndexItem(part, changed) for part in (address, *later)]
