"""Somebody at a window of a browser: what she does is counted in taps, as she would count them."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, Response

from tests.factories import PASSWORD

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDE = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Screen:
    """One window. `taps` counts what she touched; typing is not a tap."""

    context: BrowserContext
    page: Page
    base: str
    touches: bool
    taps: int = 0
    received: list[Response] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls, browser, base, clinician=None, **options) -> "Screen":
        options = PHONE | options
        context = browser.new_context(base_url=base, **options)
        context.set_default_timeout(8000)
        screen = cls(context, context.new_page(), base, options["has_touch"])
        screen.page.on("response", lambda response: screen.received.append(response))
        screen.page.on("response", lambda response: response.status >= 500 and screen.problems.append(response.url))
        screen.page.on("pageerror", lambda error: screen.problems.append(str(error)))
        if clinician:
            screen.signs_in(clinician.user)
        return screen

    def signs_in(self, user):
        """With a session that was begun elsewhere; the sign-in form has tests of its own."""
        client = Client()
        client.force_login(user, backend=BACKEND)
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.base}])

    def close(self):
        self.context.close()
        assert not self.problems

    def opens(self, article, path="") -> Response:
        return self.page.goto(f"/review/{article.pk}/{path}")

    @property
    def cards(self) -> Locator:
        return self.page.locator("article.card")

    def card(self, words) -> Locator:
        return self.cards.filter(has=self.page.locator(".card__words", has_text=words))

    def tap(self, target: Locator):
        self.taps += 1
        target.tap() if self.touches else target.click()

    def decides(self, card: Locator, choice: str):
        """Tap one of the four answers, and wait until it is saved."""
        with self.saves():
            self.tap(card.get_by_label(choice, exact=True))

    @contextmanager
    def saves(self):
        """What happens inside makes the page save a decision."""
        with self.page.expect_response(_saved):
            yield

    def affirms(self):
        for box in self.page.locator(".affirm input").all():
            self.tap(box)

    def signs(self, button="", password=PASSWORD) -> Response:
        """Type the password, and press the button or else Enter."""
        self.tap(self.page.get_by_label("Your password", exact=True))
        self.page.keyboard.type(password)
        if button:
            return self.presses(button)
        with self.page.expect_navigation() as answer:
            self.page.keyboard.press("Enter")
        return answer.value

    def presses(self, button) -> Response:
        with self.page.expect_navigation() as answer:
            self.tap(self.page.locator("main").get_by_role("button", name=button))
        return answer.value

    def reads(self) -> str:
        """The words on the page."""
        return " ".join(self.page.locator("main").inner_text().split())

    def rewords(self, card: Locator, words: str):
        """Write the suggested wording, and wait until it is saved."""
        with self.saves():
            card.get_by_label("Your wording").fill(words)


def _saved(response: Response) -> bool:
    return response.url.endswith("/decisions/") and response.ok
