"""What search and answer engines are told about an article: the record in the words of schema.org, and nothing else."""

import json
import re
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from reviews.statements import Form

from .canonical import words_of
from .finding.people import person_url
from .pictures import LARGE, renditions, shown_image

_SPECIALTY = "https://schema.org/Dermatology"
_JOURNALS = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/")
_SAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_STEPS = {"before": "preparation", "during": "howPerformed", "after": "followup"}
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CREDENTIALS = {"license": "License", "board_certification": "Board certification", "degree": "Degree"}


def as_script(graph: dict) -> SafeString:
    """The graph as text that is safe inside a script element, whatever words were signed."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(_SAFE))


def article_graph(page, article, context) -> dict:
    """The graph of a public article. Nobody is in it without a sign-off in force.

    `page` is the page itself, and `context` what its template is given: the page as shown, the printed signatures, the
    numbered sources, and the sign-off by which somebody last read the whole page.
    """
    content, signatures, sources = article.content, context["signatures"], context["sources"]
    dates = {
        "lastReviewed": _day(context["whole_review"].signed_at),
        "datePublished": _day(article.first_published_at),
        "dateModified": _day(article.publication.published_at),
    }
    url = page.full_url
    home = urljoin(url, reverse("wagtail_serve", args=[""]))
    signed = [signatures.review, *signatures.quotations]
    nodes = [
        {**_web_page(url, home, content, signatures, sources), **dates, **_first_picture(url, context)},
        _procedure(url, content),
        *_quotations(url, home, content, signatures),
        *{item.clinician_id: _person(home, item.sign_off) for item in reversed(signed)}.values(),
        *(_source(url, source) for source in sources),
        *_practice(home),
        _breadcrumbs(url, home, content.title),
    ]
    return {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in nodes]}


def _web_page(url, home, content, signatures, sources) -> dict:
    return {
        "@type": "MedicalWebPage",
        "@id": f"{url}#webpage",
        "url": url,
        "name": content.title,
        "description": content.fields["search_description"] or content.fields["summary"],
        "inLanguage": content.fields["locale"],
        "isPartOf": _at(home, "website"),
        "breadcrumb": _at(url, "breadcrumb"),
        "about": _at(url, "procedure"),
        "mainEntity": _at(url, "procedure"),
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "specialty": _SPECIALTY,
        "author": _at(home, "organization"),
        "publisher": _at(home, "organization"),
        "reviewedBy": _at(home, _person_id(signatures.review)),
        "hasPart": [_at(url, _quotation_id(item.digest)) for item in _verbatim(content, signatures)],
        "citation": [_at(url, source.id) for source in sources],
        "keywords": content.fields["tags"],
    }


def _first_picture(url, context) -> dict:
    """The first picture that is shown, in its signed words.

    Not one of a pair: a patient consented to this page and until a day, and engines keep what they are given.
    """
    for value in (block.value for block in context["page"].body if block.block_type == "image"):
        image = shown_image(context["pictures"], value)
        if image and (large := renditions(image)[LARGE]).width:
            words = value.recorded["caption"] or value.recorded["alt_text"]
            picture = {"@type": "ImageObject", "url": urljoin(url, large.url), "caption": words}
            return {"primaryImageOfPage": picture}
    return {}


def _procedure(url, content) -> dict:
    names = content.fields.get("also_known_as", "")
    return {
        "@type": "MedicalProcedure",
        "@id": f"{url}#procedure",
        "name": content.title,
        "alternateName": [name.strip() for name in names.split(",")],
        "description": content.fields["summary"],
        "relevantSpecialty": _SPECIALTY,
        **_steps(content.fields["body"]),
    }


def _steps(body) -> dict:
    """Preparation, procedure and follow-up, where the steps are named so. Other names would be guessed at."""
    steps = [step for item in body if item["type"] == "steps" for step in item["value"]["steps"]]
    named = [(_STEPS.get(step["title"].lower()), words_of(step["text"])) for step in steps]
    return {name: words for name, words in named if name}


def _quotations(url, home, content, signatures):
    statements = {statement.digest: statement for statement in content.quotations}
    for signature in _verbatim(content, signatures):
        speaker = _at(home, _person_id(signature))
        yield {
            "@type": "Quotation",
            "@id": f"{url}#{_quotation_id(signature.digest)}",
            "text": statements[signature.digest].text,
            "creator": speaker,
            "spokenByCharacter": speaker,
            "isPartOf": _at(url, "webpage"),
            "dateCreated": _day(signature.signed_at),
            "inLanguage": content.fields["locale"],
        }


def _person(home, sign_off) -> dict:
    return {
        "@type": "Person",
        "@id": f"{home}#{_person_id(sign_off)}",
        "name": sign_off.printed_name,
        "url": urljoin(home, person_url(sign_off)),
        "honorificSuffix": sign_off.postnominals,
        "jobTitle": sign_off.capacity,
        "hasCredential": [_credential(item) for item in sign_off.credentials],
    }


def _credential(recorded) -> dict:
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": _CREDENTIALS.get(recorded["kind"]),
        "name": recorded["title"],
        "recognizedBy": {"@type": "Organization", "name": recorded["issuer"]},
        "expires": recorded["valid_until"],
    }


def _source(url, source) -> dict:
    year = _YEAR.search(source.year)
    return {
        "@type": "ScholarlyArticle" if source.link.startswith(_JOURNALS) else "CreativeWork",
        "@id": f"{url}#{source.id}",
        "name": source.citation,
        "datePublished": year and year[0],
        "sameAs": source.link,
    }


def _practice(home):
    practice = settings.PRACTICE
    yield {
        "@type": "MedicalClinic",
        "@id": f"{home}#organization",
        "name": practice["name"],
        "url": home,
        "medicalSpecialty": _SPECIALTY,
        "telephone": practice["phone"],
        "address": {"@type": "PostalAddress", "streetAddress": practice["street"]},
    }
    yield {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "url": home,
        "name": practice["name"],
        "publisher": _at(home, "organization"),
    }


def _breadcrumbs(url, home, title) -> dict:
    trail = [("Home", home), ("Procedures", urljoin(url, "..")), (title, None)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": _page(address)}
            for position, (name, address) in enumerate(trail, start=1)
        ],
    }


def _page(address) -> dict | None:
    return {"@type": "WebPage", "@id": address} if address else None


def _verbatim(content, signatures) -> list:
    """Signatures under exact words, each words once. A paraphrase is nobody's words, so engines are told none."""
    exact = {statement.digest for statement in content.quotations if statement.form == Form.VERBATIM}
    return list({item.digest: item for item in signatures.quotations if item.digest in exact}.values())


def _at(url, name) -> dict:
    return {"@id": f"{url}#{name}"}


def _quotation_id(digest) -> str:
    return f"s-{digest[:8]}"


def _person_id(sign_off) -> str:
    return f"clinician-{sign_off.clinician_id}"


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()


def _without_empty(value):
    """Nothing is said where nothing is known."""
    if isinstance(value, list):
        return [_without_empty(item) for item in value if item]
    if not isinstance(value, dict):
        return value
    return {name: _without_empty(item) for name, item in value.items() if item not in ("", None, [], [""])}
