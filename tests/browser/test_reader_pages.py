"""What a patient finds her way with: nothing for axe to find, no sideways scrolling, at every width, light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews import services
from reviews.models import SignOff
from tests import factories
from tests.harness import disarmed
from tests.pages.test_anatomy import make_everything

from .screen import WIDE
from .test_looks import reads_well

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
    reads_well(page, name)


def test_an_article_reads_well_with_everything_open(editor, hanson, reviewer, screens):
    page = screens(**WIDE).page
    page.goto(make_everything(editor, hanson, reviewer).url)
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    page.get_by_role("button", name="Check the words on this page").click()
    page.locator("[data-check] h3").wait_for()
    reads_well(page, "article")


def test_a_receipt_reads_well(editor, hanson, reviewer, screens):
    page = screens(**WIDE).page
    page.goto(f"{make_everything(editor, hanson, reviewer).url}record/")
    reads_well(page, "record")


@pytest.mark.parametrize("reason", ["withdrawn", "taken down", "lapsed"])
def test_a_page_that_is_gone_reads_well(reason, public_article, reviewer, editor, screens):
    if reason == "withdrawn":
        own = SignOff.objects.get(meaning="clinical_review")
        services.withdraw(sign_off_id=own.pk, by=reviewer.user, reason="Not accurate.")
    elif reason == "taken down":
        services.take_down(page_id=public_article.pk, by=editor)
    else:
        with disarmed():
            SignOff._base_manager.update(valid_until=timezone.now() - timedelta(days=1))
    page = screens(**WIDE).page
    assert page.goto(public_article.url).status == 410
    reads_well(page, f"gone-{reason}")


def test_the_search_field_leads_from_home_to_a_page_without_scripts(library, screens):
    page = screens(java_script_enabled=False).page
    page.goto("/")
    page.get_by_label("Find a procedure").fill("subcision")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Subcision for acne scars").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Subcision for acne scars"
