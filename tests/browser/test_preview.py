"""What marketing sees of a draft beside the editor: the page in the site's look, and what Wagtail's checks say."""

from playwright.sync_api import expect

from tests import factories

from .screen import WIDE


def test_a_draft_is_previewed_and_checked_without_a_complaint(article, editor, screens):
    factories.edit(article, by=editor, summary="Cold treats warts.")
    screen, messages = screens(**WIDE), []
    screen.signs_in(editor)
    page = screen.page
    page.on("console", lambda message: message.type in ("error", "warning") and messages.append(message.text))
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(article.title)
    expect(preview.locator("body")).to_contain_text("Draft. Patients do not see this page.")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator("[data-side-panel=checks]")).to_contain_text("Readability")
    expect(page.locator("[data-content-word-count]")).not_to_have_text("-")
    assert messages == []


def test_staff_who_read_a_public_page_see_what_readers_see(public_article, editor, screens):
    screen, messages = screens(**WIDE), []
    screen.signs_in(editor)
    screen.page.on("console", lambda message: messages.append(f"{message.type} {message.text}"))
    screen.page.goto(public_article.url)
    assert screen.page.locator("wagtail-userbar, #wagtail-userbar, script[src*=userbar]").count() == 0
    assert messages == []
