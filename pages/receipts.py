from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from reviews import bundle
from reviews.receipt import Receipt

from .printed import printed_words

_VERIFIER = Path(bundle.__file__).with_name("verify_bundle.py")


def show_record(page, request, article) -> TemplateResponse:
    """Who signed each statement of the article, when, and until when."""
    content, json = article.content, record_as_json(page, request, article)
    context = {
        "receipt": Receipt(article),
        "title": content.title,
        "article_url": page.get_url(request),
        "json_size": len(json.content),
    }
    return TemplateResponse(request, "pages/record.html", context)


def record_as_json(page, request, article) -> JsonResponse:
    """The receipt as a file; with the words that the page prints, so that a browser can compare what it shows."""
    html = page.show_publication(request, article).render().content.decode()
    data = {**Receipt(article).as_json(), "printed": printed_words(html)}
    readable = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(data, json_dumps_params=readable, headers={"X-Robots-Tag": "noindex"})


def verify_bundle(request) -> HttpResponse:
    """The program that checks receipts and bundles, to read and to run."""
    disposition = 'attachment; filename="verify_bundle.py"'
    source = _VERIFIER.read_bytes()
    return HttpResponse(source, "text/x-python; charset=utf-8", headers={"Content-Disposition": disposition})
