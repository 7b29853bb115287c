"""Keys, no scripts, zoom, a wide screen, and a slow line: nobody is left out."""

import gzip

import pytest
from playwright.sync_api import expect

from reviews.models import Decision, SignOff
from tests import factories

from . import articles
from .articles import WORDS
from .screen import WIDE

MOST_BYTES = 60_000
NAME_OF_FOCUS = """() => {
  const element = document.activeElement
  return element.closest("#help-keys") ? "help" : element.value === "sign" ? "sign" : element.name
}"""


@pytest.fixture
def article(editor, hanson, reviewer):
    return articles.quoting(hanson, by=editor)


@pytest.fixture
def desktop(screens, article, hanson):
    screen = screens(hanson, **WIDE)
    screen.opens(article)
    return screen


def choices(screen) -> list[str]:
    return [card.locator("[name^=decision-]:checked").get_attribute("value") for card in screen.cards.all()]


def test_keys_decide_on_the_statement_that_has_focus(desktop):
    press = desktop.page.keyboard.press
    desktop.cards.first.locator("summary").first.focus()
    press("a")
    press("j")
    expect(desktop.cards.nth(1)).to_be_focused()
    press("s")
    expect(desktop.cards.nth(1).get_by_label("Your wording")).to_be_focused()
    press("r")
    press("Escape")
    expect(desktop.cards.nth(1)).to_be_focused()
    press("j")
    press("r")
    press("k")
    expect(desktop.cards.nth(1)).to_be_focused()
    assert choices(desktop) == ["approve", "suggest", "changes"]
    press("?")
    expect(desktop.page.locator("#help-keys")).to_have_attribute("open", "")


@pytest.mark.parametrize("focus", ["body", "#password", "#general-note"])
def test_keys_do_nothing_without_a_statement_in_focus(desktop, focus):
    desktop.page.locator(focus).focus()
    for key in "jkasr?":
        desktop.page.keyboard.press(key)
    assert desktop.page.locator("[name^=decision-]:checked").count() == 0


def test_keys_can_be_turned_off(desktop, article, hanson):
    type(hanson).objects.filter(pk=hanson.pk).update(single_keys=False)
    desktop.opens(article)
    desktop.cards.first.focus()
    desktop.page.keyboard.press("a")
    assert desktop.page.locator("[name^=decision-]:checked").count() == 0


def test_the_form_is_whole_without_scripts(screens, article, hanson):
    screen = screens(hanson, java_script_enabled=False)
    screen.opens(article)
    for words in WORDS[:2]:
        screen.tap(screen.card(words).get_by_label("Approve"))
    screen.tap(screen.card(WORDS[2]).get_by_label("Request changes"))
    screen.tap(screen.card(WORDS[2]).get_by_label("It is not accurate"))
    screen.card(WORDS[2]).get_by_label("Note to the writer").fill("Some blisters I open.")
    screen.presses("Save for later")
    expect(screen.card(WORDS[2]).get_by_label("Note to the writer")).to_have_value("Some blisters I open.")
    assert Decision.objects.count() == 3
    screen.affirms()
    screen.signs()
    assert "Your receipt" in screen.reads()
    assert SignOff.objects.get().statements.count() == 2


def test_the_page_and_the_statements_bring_each_other_into_view(desktop):
    frame = desktop.page.frame_locator("iframe")
    last = frame.locator("[data-statement]", has_text=WORDS[2])
    expect(last).to_contain_text("Needs your decision.")
    desktop.decides(desktop.card(WORDS[2]), "Approve")
    expect(last).to_have_attribute("data-active", "")
    expect(last).to_have_attribute("data-mark", "done")
    expect(last).to_be_in_viewport()
    frame.locator("[data-statement]", has_text=WORDS[0]).click()
    expect(desktop.card(WORDS[0])).to_be_focused()


def test_a_suggestion_is_none_without_words_of_its_own(desktop):
    card = desktop.card(WORDS[0])
    desktop.decides(card, "Suggest wording")
    expect(card).to_contain_text("your wording is missing")
    assert "0 of 3 decided" in desktop.reads()
    desktop.rewords(card, "<img src=x> It stings.")
    expect(card.locator("[data-diff] ins").first).to_contain_text("<img src=x>")
    assert "1 of 3 decided" in desktop.reads()
    assert card.locator("img").count() == 0


def test_patients_see_no_marks(screens, article, hanson, reviewer):
    for signer in (hanson, reviewer):
        factories.sign_all(article, signer)
    screen = screens()
    screen.page.goto(article.url)
    assert WORDS[0] in screen.reads()
    assert "data-statement" not in screen.page.content()


def compressed(screen, url) -> int:
    return len(gzip.compress(screen.context.request.get(url).body()))


def test_a_review_transfers_sixty_kilobytes_at_most(screens, article, hanson):
    for options in ({}, WIDE):
        screen = screens(hanson, **options)
        screen.opens(article)
        screen.page.wait_for_load_state("networkidle")
        sizes = {url: compressed(screen, url) for url in {response.url for response in screen.received}}
        assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_the_bar_at_the_bottom_hides_nothing_that_has_focus(screens, article, hanson):
    screen = screens(hanson, viewport={"width": 320, "height": 568}, is_mobile=False)
    screen.opens(article)
    for card in screen.cards.all():
        screen.decides(card, "Approve")
    screen.cards.first.locator("summary").focus()
    bar = screen.page.locator(".progress").bounding_box()["y"]
    passed = []
    while "help" not in passed:
        screen.page.keyboard.press("Tab")
        screen.page.wait_for_function("bar => document.activeElement.getBoundingClientRect().bottom <= bar", arg=bar)
        passed.append(screen.page.evaluate(NAME_OF_FOCUS))
    assert {"attest-own_words", "password", "sign"} <= set(passed)


def test_two_hundred_percent_zoom_needs_no_sideways_scrolling(screens, article, hanson):
    screen = screens(hanson, viewport={"width": 640, "height": 450}, device_scale_factor=2, is_mobile=False)
    screen.opens(article)
    screen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 640


def test_reduced_motion_is_respected(screens, article, hanson):
    screen = screens(hanson, **WIDE, reduced_motion="reduce")
    screen.opens(article)
    assert screen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > .01)"
    assert screen.page.evaluate(f"{moving}.length") == 0


def test_an_e_mailed_link_leads_through_the_sign_in_to_the_statement(screens, article, hanson):
    screen = screens()
    screen.opens(article)
    screen.page.get_by_label("User name").fill(hanson.user.username)
    screen.page.get_by_label("Password").fill(factories.PASSWORD)
    screen.presses("Sign in")
    assert screen.cards.count() == 3
