"""Every state of the review screens: nothing for axe to find, no sideways scrolling, and something to look at.

With SHOTS set to a folder, each state is saved there as it looks at every width, light and dark.
"""

import os
from datetime import timedelta
from pathlib import Path

import axe_playwright_python
import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.errors import NotAllowed
from tests import factories

from . import articles
from .screen import WIDE

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
WIDTHS = (320, 390, 1280)
EVERYTHING: dict = {}
# Light and dark differ in nothing else.
COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.fixture
def desk(screens, editor, hanson, reviewer):
    """Everybody at hand: what the states below are made with."""
    return Desk(screens, editor, hanson, reviewer)


class Desk:
    def __init__(self, screens, editor, hanson, reviewer):
        self.screens, self.editor, self.hanson, self.reviewer = screens, editor, hanson, reviewer

    def opens(self, clinician, article, path=""):
        screen = self.screens(clinician, **WIDE)
        screen.opens(article, path)
        return screen

    def quoting(self):
        return articles.quoting(self.hanson, by=self.editor)

    def signed(self):
        article = self.quoting()
        factories.sign_all(article, self.hanson)
        return article


def new(desk):
    return desk.opens(desk.reviewer, articles.with_everything(desk.hanson, by=desk.editor))


def changed(desk):
    article = desk.signed()
    words = articles.WORDS[0].replace("a minute", "about a minute"), *articles.WORDS[1:]
    factories.edit(article, *articles.quotations(desk.hanson, words), by=desk.editor)
    return desk.opens(desk.hanson, article)


def decided(desk):
    words = *articles.WORDS, "I would freeze my own."
    screen = desk.opens(desk.hanson, articles.quoting(desk.hanson, by=desk.editor, words=words))
    screen.decides(screen.card(words[0]), "Approve")
    screen.decides(screen.card(words[1]), "Suggest wording")
    screen.rewords(screen.card(words[1]), "Nearly everybody goes back to work the next day.")
    screen.decides(screen.card(words[2]), "Request changes")
    screen.card(words[2]).get_by_label("It is not accurate").check()
    screen.decides(screen.card(words[3]), "Not my words")
    return screen


def rearranged(desk):
    blocks = [factories.quotation(desk.hanson), factories.copy("First."), factories.copy("Second.")]
    article = articles.in_review(*blocks, by=desk.editor)
    factories.sign_all(article, desk.reviewer)
    factories.edit(article, *blocks[:1], *reversed(blocks[1:]), by=desk.editor)
    return desk.opens(desk.reviewer, article)


def conflict(desk):
    article = desk.quoting()
    screen = desk.opens(desk.hanson, article)
    screen.decides(screen.card(articles.WORDS[1]), "Approve")
    words = articles.WORDS[0].replace("a minute", "an hour"), *articles.WORDS[1:]
    factories.edit(article, *articles.quotations(desk.hanson, words), by=desk.editor)
    screen.affirms()
    screen.signs()
    return screen


def wrong_password(desk):
    screen = desk.opens(desk.hanson, desk.quoting())
    screen.decides(screen.card(articles.WORDS[1]), "Approve")
    screen.affirms()
    screen.signs(password="not my password")
    return screen


def locked(desk):
    for _ in range(4):
        with pytest.raises(NotAllowed):
            factories.proof_of(desk.hanson.user, "not my password")
    return wrong_password(desk)


def signed(desk):
    return desk.opens(desk.hanson, desk.signed(), "signed/")


def withdraw(desk):
    article = desk.signed()
    screen = desk.opens(desk.hanson, article, "signed/")
    screen.page.get_by_role("link", name="Withdraw this sign-off").click()
    return screen


def sent_back(desk):
    screen = desk.opens(desk.hanson, desk.quoting())
    screen.decides(screen.card(articles.WORDS[0]), "Request changes")
    screen.card(articles.WORDS[0]).get_by_label("Note to the writer").fill("It stings for longer.")
    screen.presses("Send back to the writer")
    return screen


def hand_over(desk):
    article = desk.quoting()
    factories.make_clinician("Samuel Boateng", reviewer=True)
    return desk.opens(desk.reviewer, article, "hand-over/")


def refused(desk):
    article = factories.make_article(by=desk.editor)
    return desk.opens(desk.hanson, article)


def inbox(desk):
    desk.quoting()
    today = timezone.localdate()
    desk.hanson.credentials.update(valid_until=today + timedelta(days=30))
    desk.hanson.away_until = today + timedelta(days=7)
    desk.hanson.save()
    factories.publish_signed(
        factories.make_article(*articles.quotations(desk.hanson), title="Freezing warts", by=desk.editor),
        by=desk.editor,
        signers=[desk.hanson, desk.reviewer],
    )
    screen = desk.screens(desk.hanson, **WIDE)
    screen.page.goto(reverse("reviews:inbox"))
    return screen


def empty_inbox(desk):
    screen = desk.screens(desk.hanson, **WIDE)
    screen.page.goto(reverse("reviews:inbox"))
    return screen


def page_with_marks(desk):
    return desk.opens(desk.reviewer, articles.with_everything(desk.hanson, by=desk.editor), "page/")


STATES = [
    new,
    changed,
    rearranged,
    decided,
    conflict,
    wrong_password,
    locked,
    signed,
    withdraw,
    sent_back,
    hand_over,
    refused,
    inbox,
    empty_inbox,
    page_with_marks,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_reads_well_at_every_width_light_and_dark(state, desk):
    reads_well(state(desk).page, state.__name__)


def reads_well(page, name):
    """At every width, light and dark: nothing for axe to find, and no sideways scrolling."""
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            _shoot(page, f"{name}-{width}-{scheme}")
            assert _violations(page, {"light": EVERYTHING, "dark": COLORS}[scheme]) == []


def _violations(page, rules) -> list[str]:
    options = {"iframes": False, "resultTypes": ["violations"], **rules}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{item['id']}: {node['html'][:200]}" for item in found["violations"] for node in item["nodes"]]


def _shoot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
