"""What a patient finds her way with: nothing for axe to find, no sideways scrolling, at every width, light and dark."""

import pytest

from tests import factories

from .screen import WIDE
from .test_looks import AXE, COLORS, EVERYTHING, WIDTHS, _shoot, _violations

ARTICLES = [
    ("Cheek and lip fillers", "A gel under the skin adds shape.", ["Lines and volume", "Lips", "Fillers"]),
    ("Freezing a spot", "Cold treats warts and some early sun damage.", ["Warts", "Hands", "Freezing"]),
    ("5-fluorouracil cream", "Sun-damaged spots get red and sore before they heal.", ["Sun damage", "Scalp", "Cream"]),
    ("Subcision for acne scars", "A needle frees the bands that pull a scar down.", ["Acne scars", "Cheeks"]),
]
ADDRESSES = {
    "home": "/",
    "a-to-z": "/procedures/",
    "topic": "/procedures/tag/acne-scars/",
    "search": "/search/?q=sore+redness",
    "nothing-found": "/search/?q=subcizion",
    "search-empty": "/search/",
    "people": "/people/",
    "person": "/people/miriam-hanson-{hanson}/",
    "how-we-review": "/how-we-review/",
    "not-found": "/procedures/laser-peel/",
}


@pytest.fixture
def library(editor, hanson, reviewer):
    for title, summary, tags in ARTICLES:
        quotation = factories.quotation(hanson, "Plan a week without photographs.", disclosure="Dr. Hanson works here.")
        prose = factories.copy(f"{summary} Redness is common for a few days, and on darker skin it can look ashy.")
        page = factories.make_article(prose, quotation, title=title, summary=summary, by=editor)
        draft = factories.draft(page)
        draft.tags.set(tags)
        draft.save_revision(user=editor)
        factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_way_to_a_page_reads_well(name, library, hanson, screens):
    page = screens(**WIDE).page
    page.goto(ADDRESSES[name].format(hanson=hanson.pk))
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            _shoot(page, f"{name}-{width}-{scheme}")
            assert _violations(page, {"light": EVERYTHING, "dark": COLORS}[scheme]) == []


def test_the_search_field_leads_from_home_to_a_page_without_scripts(library, screens):
    page = screens(java_script_enabled=False).page
    page.goto("/")
    page.get_by_label("Find a procedure").fill("subcision")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Subcision for acne scars").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Subcision for acne scars"
