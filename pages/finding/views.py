"""Pages for readers that are no pages of the tree. They answer GET, set no cookie, and ask for no permission."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import people as signers
from .a_to_z import newest_reviewed
from .addresses import absolute
from .markdown import in_markdown
from .paging import page_or_404
from .rules import rules
from .search import closest, search
from .topics import topics

RESULTS = 10
SUMMARIES = 100
TEXT = "text/plain; charset=utf-8"


@require_safe
def search_pages(request):
    found = search(request.GET.get("q", ""))
    page = page_or_404(request, found.page_ids, RESULTS)
    context = {"search": found, "page_of_list": page, "results": found.results(page.object_list)}
    if not found.page_ids:
        context |= {"closest": closest(found.question), "topics": topics()}
    return render(request, "pages/search.html", context)


@require_safe
def people(request):
    return render(request, "pages/people.html", {"people": signers.everybody()})


@require_safe
def one_person(request, slug):
    number = slug.rpartition("-")[2]
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404("Nobody has this address.")
    person = signers.person(int(number))
    signed, page = signers.signed_pages(request, int(number))
    if request.path != person.url:
        return redirect(person.url)
    return render(request, "pages/person.html", {"person": person, "signed": signed, "page_of_list": page})


@require_safe
def how_we_review(request):
    return render(request, "pages/how_we_review.html", {"rules": rules()})


@require_safe
def robots(request):
    return render(request, "robots.txt", {"sitemap": absolute(reverse("pages:sitemaps"))}, content_type=TEXT)


@require_safe
def llms(request):
    articles = [
        {
            "title": in_markdown(card.title),
            "summary": in_markdown(card.summary),
            "address": absolute(card.url),
            "reviewed_on": card.reviewed_on,
        }
        for card in newest_reviewed(SUMMARIES)
    ]
    context = {"articles": articles, "rules": rules(), "absolute": _addresses()}
    return render(request, "llms.txt", context, content_type=TEXT)


def _addresses() -> dict[str, str]:
    return {name: absolute(reverse(f"pages:{name}")) for name in ("how_we_review", "people", "sitemaps")}
