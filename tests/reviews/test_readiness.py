"""“Ready to publish?” leads to what is missing, says it once, and puts first what a clinician suggests."""

import pytest

from pages.models import ImportQuestion
from reviews import services
from reviews.gate import obstacles
from reviews.models import Suggestion
from tests import factories

OURS = "It stings for a minute."
HERS = "It stings for a minute, then it is over."


@pytest.fixture
def panel(client, editor):
    """What the writer reads in the panel."""

    def reads(page):
        client.force_login(editor)
        html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        return html[html.index('data-side-panel="readiness"') :]

    return reads


def returned(page, editor, clinician, note=""):
    """A clinician suggests other words for the copy, and sends the article back."""
    services.request_review(page_id=page.pk, by=editor)
    [found] = [item.digest for item in factories.content_of(page).quotations]
    choice = services.Choice("suggest", wording=HERS)
    services.record_decision(page_id=page.pk, by=clinician.user, decisions={found: choice})
    services.request_changes(page_id=page.pk, by=clinician.user, note=note)
    return Suggestion.objects.get()


def test_an_item_about_a_block_leads_to_the_block(article, panel):
    waits = '<a href="#block-block-1-section">Dr. Miriam Hanson has not signed “It stings for a minute”.</a>'
    assert waits in panel(article)


def test_what_the_desk_mends_leads_to_its_place(article, editor, hanson):
    spoken = factories.copy("“It never hurts,” said Dr. Miriam Hanson.")
    alerts = [("glance", {}), ("glance", {})]
    draft = factories.edit(article, spoken, factories.quotation(hanson, ""), *alerts, by=editor).as_object()
    draft.import_questions.add(ImportQuestion(code="x", sentence="Is it so?"))
    draft.save_revision()
    found = {item.code: item.anchor for item in obstacles(factories.draft(article)) if item.anchor}
    assert found["quotation_in_copy"] == "block-block-0-section"
    assert found["quotation_without_words"] == "block-block-1-section"
    assert found["glance_twice"] == "block-block-3-section"
    assert found["import_question"] == "inline_child_import_questions-0-panel-section"


def test_a_quotation_without_a_speaker_is_listed_once(article, editor, panel):
    factories.edit(article, factories.quotation(None, OURS), factories.quotation(None, HERS), by=editor)
    about = [item for item in obstacles(factories.draft(article)) if item.anchor]
    assert [item.code for item in about] == ["quotation_without_clinician"] * 2
    assert "Nobody is named as the speaker" not in panel(article)


def test_a_suggestion_stands_above_sending(article, editor, hanson, reviewer, panel):
    returned(article, editor, hanson)
    read = panel(article)
    assert read.index("Suggested wording") < read.index("things left") < read.index("Send for sign-off")


@pytest.mark.parametrize("settle", [services.apply_suggestion, services.decline_suggestion])
def test_settled_suggestions_request_no_changes_any_more(settle, article, editor, hanson, reviewer, panel):
    suggestion = returned(article, editor, hanson)
    assert "Miriam requests changes:" in panel(article)
    settle(suggestion_id=suggestion.pk, by=editor)
    assert "requests changes" not in panel(article)


def test_a_note_beside_suggestions_stays_until_the_next_round(article, editor, hanson, reviewer, panel):
    suggestion = returned(article, editor, hanson, note="And say how long it heals.")
    services.decline_suggestion(suggestion_id=suggestion.pk, by=editor)
    assert "And say how long it heals." in panel(article)
    services.request_review(page_id=article.pk, by=editor)
    assert "And say how long it heals." not in panel(article)
