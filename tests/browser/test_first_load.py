"""What a reader sees while an article arrives, and what she holds when she has printed it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.pages.test_anatomy import make_everything

from .articles import SOURCE
from .screen import PHONE, WIDE

# Google calls up to 0.1 good. A line more or less in one heading would be about 0.02.
MOST = 0.02
SHIFTS = """
window.shifted = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value
}).observe({type: "layout-shift", buffered: true})
"""
SIZES = "all => all.map(img => [img.getAttribute('width'), img.getAttribute('height')])"
OPEN = "document.querySelectorAll('main details[open]').length"


@pytest.fixture
def article(editor, hanson, reviewer):
    return make_everything(editor, hanson, reviewer)


@pytest.mark.parametrize("window", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("path", ["/", "article"])
def test_nothing_moves_when_the_font_arrives_late(path, window, article, screens):
    page, held = screens(**window).page, []
    page.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(path.replace("article", article.url), wait_until="commit")
    page.locator(".foot").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("document.fonts.check('16px \"Brygada 1918\"')") is False
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate("document.fonts.check('16px \"Brygada 1918\"')") is True
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifted") <= MOST


def test_every_picture_says_its_size_before_it_arrives(article, screens):
    page = screens().page
    page.goto(article.url)
    sizes = page.locator("img").evaluate_all(SIZES)
    assert sizes
    assert all(width and height for width, height in sizes)


def test_a_printed_article_holds_the_answers_and_the_signatures_and_no_controls(article, screens):
    page = screens(**WIDE, color_scheme="dark").page
    page.goto(article.url)
    page.emulate_media(media="print")
    for shown in (".asked details p, .asked details .copy", ".signed__date", ".signed .imprint", "#checked"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".nav", ".toc", ".btn", "[data-print]", "[data-check] a"):
        assert not page.locator(hidden).locator("visible=true").count(), hidden
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_printed_source_says_where_it_is(editor, reviewer, screens):
    by_number = {**SOURCE, "citation": "Another.", "link": "10.1000/x"}
    article = factories.make_article(factories.copy(references=[SOURCE, by_number]), by=editor)
    page = screens().page
    page.goto(factories.publish_signed(article, by=editor, signers=[reviewer]).url)
    page.emulate_media(media="print")
    links = page.locator(".sources a:visible")
    printed = links.evaluate_all("all => all.map(a => a.innerText + getComputedStyle(a, '::after').content)")
    assert printed == [SOURCE["link"].removeprefix("https://") + "none", 'doi:10.1000/x" (https://doi.org/10.1000/x)"']


def test_printing_opens_the_answers_and_closes_them_again(article, screens):
    page = screens().page
    page.add_init_script("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.goto(article.url)
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate(OPEN) == page.locator("main details").count() > 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(OPEN) == 0


def test_without_scripts_there_is_no_button_to_print(article, screens):
    page = screens(java_script_enabled=False).page
    page.goto(article.url)
    expect(page.locator("[data-print]")).to_be_hidden()
