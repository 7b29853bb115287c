"""Reading without a mouse, at every size of window: focus is seen, nothing hides it, and every control answers."""

import pytest
from playwright.sync_api import expect

from tests.pages.test_anatomy import make_everything

from .screen import WIDE

# The last two: a low window of a laptop, and a screen of 1280 by 1024 at 400 %.
WINDOWS = [(1280, 900), (390, 844), (1280, 500), (320, 256)]
RING = 3

# What has focus now: its name, its ring in pixels, and what lies over the middle of its first line.
SEEN = """() => {
  const element = document.activeElement
  if (element === document.body) return null
  const style = getComputedStyle(element), box = element.getClientRects()[0]
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth)
  const top = document.elementFromPoint((left + right) / 2, (box.top + box.bottom) / 2)
  return {
    name: `${element.localName} ${(element.ariaLabel || element.textContent || element.name).trim()}`,
    ring: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
    above: !top ? "off screen" : element.contains(top) || top.contains(element) ? "" : top.outerHTML.slice(0, 80),
  }
}"""
UNCOVERED = """element => {
  const box = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(box.left + 5, box.top + 5))
}"""
# Smooth scrolling would be looked at while it is on its way.
STILL = {"reduced_motion": "reduce"}


@pytest.fixture
def article(editor, hanson, reviewer):
    return make_everything(editor, hanson, reviewer)


def stops(page) -> list[dict]:
    """Everywhere that Tab leads to, from the top of the page to its end."""
    found = []
    page.keyboard.press("Tab")
    while (seen := page.evaluate(SEEN)) and len(found) < 400:
        found.append(seen)
        page.keyboard.press("Tab")
    return found


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("path", ["/", "/search/?q=skin", "article", "record"])
def test_focus_is_seen_and_nothing_hides_it(path, size, article, screens):
    window = {"width": size[0], "height": size[1]}
    page = screens(None, viewport=window, is_mobile=False, has_touch=False, **STILL).page
    page.goto({"article": article.url, "record": f"{article.url}record/"}.get(path, path))
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    found = stops(page)
    assert found[0]["name"] == "a Skip to main content"
    assert len(found) >= 15
    assert [item for item in found if item["ring"] < RING or item["above"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_skip_link_leads_past_the_header(article, screens):
    page = screens(**WIDE, **STILL).page
    page.goto(article.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_question_opens_by_keyboard(article, screens):
    page = screens(**WIDE, **STILL).page
    page.goto(article.url)
    question = page.locator(".asked details").first
    expect(question).not_to_have_attribute("open", "")
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question).to_have_attribute("open", "")


def test_the_words_are_checked_by_keyboard_and_focus_stays(article, screens):
    page = screens(**WIDE, **STILL).page
    page.goto(article.url)
    button = page.get_by_role("button", name="Check the words on this page")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-check] h3")).to_have_text("The words match")
    expect(button).to_be_focused()


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_contents_link_leads_to_a_heading_in_sight(size, article, screens):
    window = {"width": size[0], "height": size[1]}
    page = screens(None, viewport=window, is_mobile=False, has_touch=False, **STILL).page
    page.goto(article.url)
    targets = page.locator(".toc a").evaluate_all("links => [...new Set(links.map(link => link.hash))]")
    assert {"#sources", "#checked"} < set(targets)
    for target in targets:
        page.evaluate("hash => location.hash = hash", target)
        heading = page.locator(f"{target} :is(h2, h3), h2{target}, h3{target}").first
        expect(heading).to_be_in_viewport(ratio=0.9)
        assert heading.evaluate(UNCOVERED)
