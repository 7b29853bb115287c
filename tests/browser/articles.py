"""Articles in review, as the screens show them."""

from reviews import services
from tests import factories

WORDS = (
    "It stings for a minute, and then it is over.",
    "Most people go back to work the same day.",
    "The blister is part of the healing, so I leave it alone.",
)
SOURCE = {
    "citation": "Zimmerman EE, Crawford P. Cutaneous cryosurgery. American Family Physician",
    "year": "2012",
    "link": "https://www.aafp.org/pubs/afp/issues/2012/1215/p1118.html",
    "locator": "Adverse effects",
    "passage": "Hypopigmentation is common and may be permanent in darker skin.",
}


def in_review(*blocks, by, **fields):
    page = factories.make_article(*blocks, by=by, **fields)
    services.request_review(page_id=page.pk, by=by)
    return page


def quoting(clinician, *, by, words=WORDS):
    """An article that quotes her three times, waiting for her."""
    return in_review(*quotations(clinician, words), by=by)


def quotations(clinician, words=WORDS):
    return [factories.quotation(clinician, item, disclosure="None.") for item in words]


def with_everything(clinician, *, by):
    """One of each kind of statement, waiting for the reviewer."""
    return in_review(
        ("heading", {"text": "Risks and side effects"}),
        factories.copy("Your skin is frozen for <b>a few seconds</b>. It stings, then it goes numb."),
        ("claim", {"category": "risk", "text": "<p>About 1 in 26 had a lighter spot.</p>", "references": [SOURCE]}),
        ("steps", {"steps": [{"title": "Before", "when": "2 weeks", "text": "<p>Wear sunscreen every day.</p>"}]}),
        factories.quotation(clinician, WORDS[0], obtained="Interview"),
        by=by,
        summary="Cryotherapy freezes a spot, so that it falls off.",
    )
