"""What a reader's browser finds when she checks the words of an article."""

import re

import pytest

from reviews import services
from tests import factories
from tests.pages.test_anatomy import make_everything

from .screen import WIDE

SOURCE = {"citation": "Smith J. Cold.", "year": "2019", "link": "10.1000/x", "locator": "", "passage": "It hurts."}


@pytest.fixture
def article(screens, editor, hanson, reviewer):
    blocks = [
        ("heading", {"text": "What it is"}),
        factories.copy("A cold <b>spray</b> &amp; more.</p><ul><li>One</li><li>Two “three”</li></ul><p>End", [SOURCE]),
        factories.quotation(hanson, "It stings.\n\nThen it fades é.", disclosure="None."),
        ("steps", {"steps": [{"title": "Before", "when": "2 weeks", "text": "<p>Wear sunscreen.</p>"}]}),
        ("claim", {"category": "risk", "text": "<p>Blisters: 1 in 40.</p>", "references": [SOURCE]}),
    ]
    page = factories.make_article(*blocks, by=editor, summary="Freezing spots.")
    return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


@pytest.fixture
def opened(screens, article):
    """The article in a browser in which nobody is signed in."""
    page = screens(None).page
    page.goto(article.url)
    return page


def check(page) -> str:
    page.get_by_role("button", name="Check the words on this page").click()
    page.locator("[data-check] h3").wait_for()
    return page.locator("[data-check] [role=status]").inner_text()


def test_the_words_of_an_untouched_page_match(opened):
    found = check(opened)
    assert "The words match" in found
    assert "8 statements of this page are signed. 7 stand here letter for letter. 1 is for search engines" in found
    assert "laid out" not in found


def test_every_kind_of_block_can_be_checked(screens, editor, hanson, reviewer):
    page = screens(None).page
    page.goto(make_everything(editor, hanson, reviewer).url)
    found = check(page)
    assert "The words match" in found
    numbers = [int(number) for number in re.findall(r"(\d+) (?:statements|stand here|are laid|is for)", found)]
    assert numbers[0] == sum(numbers[1:])


CHANGES = {
    "a letter": "document.querySelector('blockquote q').textContent = 'It sting.'",
    "words added": "document.querySelector('.copy').append(' It never hurts.')",
    "a passage taken out": "document.querySelector('.claim').remove()",
    "a passage hidden": "document.querySelector('.claim').hidden = true",
    "a passage beside": "document.querySelector('.sections').append('Buy now.')",
    "an order": "document.querySelector('.sections').prepend(document.querySelector('.claim'))",
    "a name": "document.querySelector('.signed__name').textContent = 'Dr. Nobody'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_on_the_way_to_the_reader_is_found(change, opened):
    opened.evaluate(change)
    assert "Something does not match" in check(opened)


def test_without_scripts_the_page_leads_to_instructions(article, client):
    html = client.get(article.url).content.decode()
    assert f'href="{article.url}record/#check"' in html
    assert 'type="button" hidden' in html


def test_nothing_on_the_page_breaks_its_own_policy(screens, article):
    page, messages = screens(None).page, []
    page.on("console", lambda message: messages.append(message.text))
    for address in (article.url, f"{article.url}record/", "/", "/procedures/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert messages == []


def test_nothing_on_the_review_screens_breaks_their_own_policy(screens, editor, hanson, reviewer):
    article = factories.make_article(factories.copy(), factories.quotation(hanson), by=editor)
    services.request_review(page_id=article.pk, by=editor)
    screen, messages = screens(hanson, **WIDE), []
    screen.page.on("console", lambda message: messages.append(message.text))
    for path in ("", "account/", "consent/", "password/", f"{article.pk}/page/", f"{article.pk}/"):
        screen.page.goto(f"/review/{path}")
        screen.page.wait_for_load_state("networkidle")
    assert screen.page.frame_locator("iframe").locator("[data-statement]").count()
    assert messages == []
