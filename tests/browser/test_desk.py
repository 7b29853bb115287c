"""What only a browser shows of the desk: scripts that run, and links that lead somewhere."""

from playwright.sync_api import expect

from tests import factories

from .screen import WIDE


def test_the_due_date_is_chosen_from_a_calendar(article, editor, hanson, reviewer, screens):
    screen = screens(**WIDE)
    screen.signs_in(editor)
    screen.page.goto(f"/admin/sign-off/{article.pk}/request/")
    screen.tap(screen.page.get_by_label("Due on"))
    expect(screen.page.locator(".xdsoft_datetimepicker:visible")).to_be_visible()


def test_an_item_of_the_readiness_panel_leads_to_its_block(article, editor, hanson, screens):
    quotations = [factories.quotation(hanson, f"It stings {number} times.") for number in range(8)]
    factories.edit(article, *quotations, by=editor)
    screen = screens(**WIDE)
    screen.signs_in(editor)
    screen.page.goto(f"/admin/pages/{article.pk}/edit/")
    screen.page.get_by_role("button", name="Toggle readiness").click()
    last = screen.page.locator("#block-block-7-section")
    expect(last).not_to_be_in_viewport()
    screen.page.get_by_role("link", name="It stings 7 times").click()
    expect(last).to_be_in_viewport()
