import pytest
from playwright.sync_api import expect

from reviews import services
from reviews.models import Decision, SignOff, Suggestion
from tests import factories

from . import articles
from .articles import WORDS


@pytest.fixture
def article(editor, hanson, reviewer):
    """Three quotations that wait for Dr. Hanson."""
    return articles.quoting(hanson, by=editor)


@pytest.fixture
def phone(screens, article, hanson):
    """Dr. Hanson's phone, with the review open."""
    screen = screens(hanson)
    screen.opens(article)
    return screen


def approve_all(screen):
    for card in screen.cards.all():
        screen.decides(card, "Approve")


def test_three_new_statements_take_six_taps_and_a_password(phone):
    approve_all(phone)
    phone.affirms()
    phone.signs("Sign 3 statements")
    assert "Your receipt" in phone.reads()
    assert phone.taps == 6
    assert SignOff.objects.get().statements.count() == 3


def test_after_one_edit_of_three_one_card_and_three_taps(phone, article, hanson, editor):
    factories.sign_all(article, hanson)
    factories.edit(article, *articles.quotations(hanson, ("It hardly stings.", *WORDS[1:])), by=editor)
    phone.opens(article)
    assert phone.cards.count() == 1
    assert phone.cards.locator("ins").text_content() == " added: hardly stings."
    approve_all(phone)
    phone.affirms()
    phone.signs()
    assert phone.taps == 3
    assert "Your receipt" in phone.reads()


def test_twelve_statements_with_one_changed_are_one_card(screens, editor, hanson, reviewer):
    copy = [factories.copy(f"This is sentence number {number}.") for number in range(10)]
    article = articles.in_review(*copy, by=editor)
    other = factories.make_clinician("Samuel Boateng", reviewer=True)
    factories.sign_all(article, reviewer)
    factories.edit(article, factories.copy("This one is new."), *copy[1:], by=editor)
    services.request_review(page_id=article.pk, by=editor)
    screen = screens(reviewer)
    screen.opens(article)
    assert [screen.cards.count(), screen.page.locator(".carried li").count()] == [1, 11]
    assert other


def test_a_wrong_password_signs_nothing_and_loses_nothing(phone):
    approve_all(phone)
    phone.affirms()
    answer = phone.signs(password="not my password")
    assert answer.status == 422
    assert "That is not your password" in phone.page.locator(".errors:focus").inner_text()
    assert not SignOff.objects.exists()
    phone.signs()
    assert SignOff.objects.count() == 1


def test_after_five_wrong_passwords_signing_stops_for_a_while(phone):
    approve_all(phone)
    phone.affirms()
    answers = [phone.signs(password="not my password").status for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    expect(phone.page.get_by_label("Your password", exact=True)).to_be_disabled()
    assert "Nothing was signed" in phone.page.locator(".errors").inner_text()
    assert not SignOff.objects.exists()


def test_decisions_outlive_a_reload_and_show_on_another_device(phone, screens, article, hanson):
    phone.decides(phone.card(WORDS[0]), "Request changes")
    with phone.saves():
        phone.card(WORDS[0]).get_by_label("Note to the writer").fill("It stings for longer.")
    laptop = screens(hanson)
    for screen in (phone, laptop):
        screen.opens(article)
        expect(screen.card(WORDS[0]).get_by_label("Request changes")).to_be_checked()
        expect(screen.card(WORDS[0]).get_by_label("Note to the writer")).to_have_value("It stings for longer.")
        assert "1 of 3 decided" in screen.reads()


def test_words_changed_since_are_shown_at_the_next_tap(phone, article, hanson, editor):
    phone.decides(phone.card(WORDS[1]), "Approve")
    factories.edit(article, *articles.quotations(hanson, ("It hardly stings.", *WORDS[1:])), by=editor)
    phone.tap(phone.card(WORDS[0]).get_by_label("Approve"))
    changed = phone.card("It hardly stings.")
    expect(changed).to_be_focused()
    assert "changed while you were reading" in changed.inner_text()
    expect(phone.card(WORDS[1]).get_by_label("Approve")).to_be_checked()
    assert "1 of 3 decided" in phone.reads()
    phone.decides(changed, "Approve")
    assert Decision.objects.count() == 2


def test_words_changed_since_are_not_signed(phone, article, hanson, editor):
    approve_all(phone)
    factories.edit(article, *articles.quotations(hanson, ("It hardly stings.", *WORDS[1:])), by=editor)
    phone.affirms()
    assert phone.signs().status == 409
    expect(phone.card("It hardly stings.")).to_be_focused()
    assert "changed while you were reading" in phone.card("It hardly stings.").inner_text()
    assert not SignOff.objects.exists()


def test_a_suggestion_for_her_own_words_is_signed_with_them(phone, article, hanson, editor):
    phone.decides(phone.card(WORDS[0]), "Approve")
    phone.decides(phone.card(WORDS[1]), "Approve")
    phone.decides(phone.card(WORDS[2]), "Suggest wording")
    phone.rewords(phone.card(WORDS[2]), "The blister heals by itself.")
    changes = phone.card(WORDS[2]).locator("[data-diff]")
    assert changes.locator("del").text_content() == " removed: is part of the healing, so I leave it alone."
    assert changes.locator("ins").text_content() == " added: heals by itself."
    phone.affirms()
    phone.signs("Sign 3 statements and send your wording to the writer")
    assert "counts as soon as the writer uses exactly these words" in phone.reads()
    services.apply_suggestion(suggestion_id=Suggestion.objects.get().pk, by=editor)
    services.request_review(page_id=article.pk, by=editor)
    phone.page.goto("/review/")
    assert "Nothing is waiting for you" in phone.reads()


def test_a_second_tab_signs_nothing_twice(phone, screens, article, hanson):
    second = screens(hanson)
    second.opens(article)
    for tab in (phone, second):
        approve_all(tab)
        tab.affirms()
    phone.signs()
    second.signs()
    assert "You have signed this already" in second.reads()
    assert SignOff.objects.count() == 1


def test_signing_in_again_brings_back_what_could_not_be_saved(phone, hanson):
    phone.decides(phone.card(WORDS[0]), "Approve")
    phone.context.clear_cookies(name="sessionid")
    phone.tap(phone.card(WORDS[1]).get_by_label("Approve"))
    alert = phone.card(WORDS[1]).get_by_role("alert")
    expect(alert).to_contain_text("You were signed out. Sign in again: nothing you decided is lost.")
    phone.tap(alert.get_by_role("link"))
    phone.page.get_by_label("User name").fill(hanson.user.username)
    with phone.saves():
        phone.page.get_by_label("Password").fill(factories.PASSWORD)
        phone.page.keyboard.press("Enter")
    assert "2 of 3 decided" in phone.reads()
    assert Decision.objects.count() == 2


def test_what_could_not_be_sent_is_sent_later(phone):
    phone.context.set_offline(True)
    phone.tap(phone.card(WORDS[0]).get_by_label("Approve"))
    expect(phone.card(WORDS[0]).get_by_role("alert")).to_have_text("Not saved. We will try again.")
    with phone.saves():
        phone.context.set_offline(False)
    assert Decision.objects.count() == 1


def test_withdrawing_takes_a_reason(phone, article, hanson):
    factories.sign_all(article, hanson)
    phone.page.goto("/review/")
    phone.tap(phone.page.get_by_role("link", name="Withdraw"))
    phone.page.get_by_label("Why are you withdrawing it?").fill("I see it differently now.")
    phone.presses("Withdraw my sign-off")
    assert "You withdrew your sign-off of “Cryotherapy”" in phone.reads()
    assert SignOff.objects.get().withdrawal.reason == "I see it differently now."


def test_a_review_is_handed_to_a_colleague(screens, article, reviewer):
    factories.make_clinician("Samuel Boateng", reviewer=True)
    phone = screens(reviewer)
    phone.opens(article)
    phone.tap(phone.page.locator("main").get_by_role("link", name="Pass the review to a colleague").last)
    phone.tap(phone.page.get_by_label("Samuel Boateng"))
    phone.presses("Pass it on")
    assert "You passed the review of “Cryotherapy” to Dr. Samuel Boateng" in phone.reads()
    assert "Nothing is waiting for you" in phone.reads()
