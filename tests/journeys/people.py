"""People at their browsers: what each can do, over HTTP only."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.editor import posted, settle_all
from tests.factories import PASSWORD


class Person:
    """Somebody with a browser; signs in through the form that they would use."""

    sign_in_url = "/review/sign-in/"

    def __init__(self, user=None):
        self.browser = Client()
        if user:
            response = self.browser.post(self.sign_in_url, {"username": user.username, "password": PASSWORD})
            assert response.status_code == 302, response.content.decode()

    def reads(self, url, status=200) -> str:
        response = self.browser.get(url)
        assert response.status_code == status, (url, response.status_code)
        return words(response)


class Patient(Person):
    pass


class DeskWorker(Person):
    """Marketing and the practice manager, in the Wagtail admin."""

    sign_in_url = "/admin/login/"

    def saves(self, page, **changes):
        return self._posts(page, posted(page, **changes))

    def settles_every_question(self, page):
        return self._posts(page, posted(page) | settle_all(page))

    def submits_for_sign_off(self, page, **changes):
        return self._posts(page, posted(page, **changes) | {"action-submit": "1"})

    def presses_publish(self, page):
        return self._posts(page, posted(page) | {"action-publish": "1"})

    def _posts(self, page, data) -> str:
        response = self.browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
        assert response.status_code == 200
        assert response.redirect_chain, words(response)
        return words(response)


class ClinicianAtTheScreen(Person):
    """A clinician at /review/, on a phone, with scripts off."""

    def review_url(self, page):
        return reverse("reviews:review", args=[page.pk])

    def sees(self, page) -> list[str]:
        """The digests of the statements that are open for her."""
        return shown(self.browser.get(self.review_url(page)))

    def signs(self, page, password=PASSWORD, affirm=True, **extra):
        """Approve everything that is open, affirm and sign."""
        response = self.browser.get(self.review_url(page))
        html = response.content.decode()
        data = {f"decision-{digest}": "approve" for digest in shown(response)}
        if affirm:
            data |= dict.fromkeys(re.findall(r'name="(attest-\w+)"', html), "yes")
        data |= {
            "shown": shown(response),
            "page_digest": re.search(r'name="page_digest" value="(\w+)"', html)[1],
            "line_digest": re.search(r'name="line_digest" value="(\w+)"', html)[1],
            "password": password,
            "action": "sign",
            **extra,
        }
        return self.browser.post(self.review_url(page), data)

    def sends_back(self, page, note):
        digest, *_ = self.sees(page)
        data = {"shown": [digest], f"decision-{digest}": "changes", f"note-{digest}": note, "action": "request_changes"}
        return self.browser.post(self.review_url(page), data)


def shown(response) -> list[str]:
    return re.findall(r'name="shown" value="(\w{64})"', response.content.decode())


def words(response) -> str:
    """The text of a page with its tags taken out and white space folded."""
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
