"""What the blocks of an article insist on, and what they stop showing."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from wagtail.images import get_image_model

from pages.blocks import ArticleBody
from pages.canonical import canonical_value
from pages.content import unchanged_until
from pages.samples import with_defaults
from tests import factories

from .test_content import SOURCE, picture

RISK = {"name": "A scar", "seriousness": "serious", "one_in": None, "how_often": "", "text": "Bad.", "references": []}
DAY = {"when": "Day 1", "feels": "Hot.", "light_skin": "Red.", "dark_skin": "Purple.", "can_do": "Rest."}
NOTHING = {"expect": "It may stay.", "recovery": "None"}
FACT = {"value": "", "note": ""}


def glance(amount):
    facts = dict.fromkeys(("time", "discomfort", "recovery", "sessions", "lasts"), FACT)
    return "glance", {**facts, "price": {"amount": amount, "note": ""}}


def cost(amount, checked_on="2026-11-02"):
    words = {"each": "a visit", "included": "All.", "excluded": "", "insurance": ""}
    return "cost", {"price_from": amount, "checked_on": checked_on, **words}


def alert(references=(SOURCE,)):
    return "alert", {"issued": "FDA", "heading": "Stop", "text": "<p>Stop.</p>", "references": list(references)}


def pair(image=None, **fields):
    pictures = {"before": image and image.pk, "after": image and image.pk, "before_alt": "A", "after_alt": "B"}
    caption = {
        "aim": "Fewer vessels",
        "treatment": "3 visits",
        "interval": "5 months",
        "skin_tone": "brown",
        "age": "40",
    }
    return "before_after", {**pictures, **caption, "consent_until": None, "consent_record": "", **fields}


@pytest.fixture
def image(db):
    return get_image_model().objects.create(title="Any", file=picture()[0])


TO_MEND = {
    "a number without a source": (
        [("risks", {"risks": [{**RISK, "one_in": 53}]})],
        "The risk “A scar” has a number and no source. Name the source or take the number out.",
    ),
    "light skin only": (
        [("recovery", {"intro": "", "days": [{**DAY, "dark_skin": ""}], "references": []})],
        "The recovery row “Day 1” does not say how it looks on brown or Black skin.",
    ),
    "doing nothing left out": (
        [("alternatives", {"no_treatment": {"expect": "", "recovery": ""}, "others": [], "references": []})],
        "Say under “Other choices” what to expect without treatment: it is a choice too.",
    ),
    "nobody excluded": (
        [("suitability", {"suits": ["see vessels"], "not_for": [], "ask_first": [], "references": []})],
        "Say who should not have it: the list “It is not for you if” is empty.",
    ),
    "an alert below other blocks": (
        [factories.copy(), alert()],
        "Move the block “Safety alert” to the top: patients need it first.",
    ),
    "two alerts": ([alert(), alert()], "An article has one block “Safety alert”. Remove the others."),
    "an alert without a source": (
        [alert(references=[])],
        "Name the source of the safety alert: where can a patient read it?",
    ),
    "two prices": ([glance(100), cost(120)], "“At a glance” and “Cost” give different prices. Correct one of them."),
    "a price of no day": ([cost(120, checked_on=None)], "Say on which day the price was checked."),
    "a card without signs": (
        [("care", {"cards": [{"level": "urgent", "signs": []}]})],
        "A care card does not say whom to call and when. Fill it in.",
    ),
    "no consent": (
        [pair()],
        "Record the consent for the before and after pictures (Fewer vessels) in the settings of the block: "
        "where it is kept and when it ends.",
    ),
    "consent that has ended": (
        [pair(consent_until="2020-01-01", consent_record="Folder 7")],
        "The consent for the before and after pictures (Fewer vessels) has ended. Take them out or ask the patient.",
    ),
}


@pytest.mark.parametrize(("body", "sentence"), TO_MEND.values(), ids=TO_MEND)
def test_the_desk_is_told_what_to_mend(body, sentence, editor):
    page = factories.make_article(*body, by=editor)
    assert sentence in [obstacle.sentence for obstacle in factories.draft(page).get_desk_obstacles()]


def test_complete_blocks_leave_the_desk_nothing_to_mend(editor, image):
    numbered = {**RISK, "one_in": 53, "references": [SOURCE]}
    page = factories.make_article(
        alert(),
        glance(100),
        ("risks", {"risks": [RISK, numbered]}),
        ("recovery", {"intro": "", "days": [DAY], "references": []}),
        ("alternatives", {"no_treatment": NOTHING, "others": [], "references": []}),
        cost(100),
        pair(image, consent_until="2099-01-01", consent_record="Folder 7"),
        by=editor,
    )
    assert factories.draft(page).get_desk_obstacles() == []


def test_an_empty_block_is_a_gap_and_no_crash(editor):
    empty = {name: block.get_default() for name, block in ArticleBody().child_blocks.items()}
    raw = [(name, ArticleBody().child_blocks[name].get_prep_value(value)) for name, value in empty.items()]
    page = factories.draft(factories.make_article(*raw, by=editor))
    assert len(page.get_desk_obstacles()) > 5
    assert page.get_reviewable_content().page_digest


def test_risks_are_printed_and_signed_with_the_most_serious_first(client, editor, reviewer):
    risks = [{**RISK, "name": name, "seriousness": name} for name in ("passing", "serious", "lasting")]
    page = factories.make_article(("risks", {"risks": risks}), by=editor)
    signed = [item.text for item in factories.content_of(page).statements if item.label == "risk"]
    assert [text.split()[1] for text in signed] == ["serious", "lasting", "passing"]
    html = client.get(factories.publish_signed(page, by=editor, signers=[reviewer]).url).content.decode()
    assert html.index("<h3>serious") < html.index("<h3>lasting") < html.index("<h3>passing")


def test_a_risk_that_nobody_counted_gets_no_number():
    block = ArticleBody().child_blocks["risks"]
    data = canonical_value(block, with_defaults(block, {"risks": [RISK]}))
    assert "How often: We found no reliable count" in block.get_statements(data, "a")[0].text


@pytest.fixture
def public_pair(editor, reviewer, image):
    until = (timezone.localdate() + datetime.timedelta(days=10)).isoformat()
    page = factories.make_article(
        factories.copy(), pair(image, consent_until=until, consent_record="Folder 7"), by=editor
    )
    return factories.publish_signed(page, by=editor, signers=[reviewer])


@pytest.mark.parametrize(("days", "pictures"), [(0, 2), (10, 2), (11, 0)])
def test_a_pair_of_pictures_is_shown_to_the_last_day_of_consent(days, pictures, public_pair, client):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
        response = client.get(public_pair.url)
        assert response.status_code == 200
        assert response.content.decode().count("<img") == pictures
        assert ("Fewer vessels" in response.content.decode()) == bool(pictures)


def test_a_copy_of_the_page_must_end_with_the_consent(public_pair):
    body = factories.content_of(public_pair).fields["body"]
    blocks = public_pair.body.stream_block
    assert unchanged_until(blocks, body) == timezone.localdate() + datetime.timedelta(days=10)
    assert unchanged_until(blocks, body[:1]) == datetime.date.max


def test_a_page_from_memory_ends_with_the_consent(public_pair, client, time_machine):
    day_after = timezone.localdate() + datetime.timedelta(days=11)
    midnight = timezone.make_aware(datetime.datetime.combine(day_after, datetime.time.min))
    for moment, pictures in ((midnight - datetime.timedelta(seconds=1), 2), (midnight, 0)):
        time_machine.move_to(moment, tick=False)
        assert client.get(public_pair.url).content.decode().count("<picture>") == pictures


def test_before_and_after_are_shown_in_their_signed_bytes_only(public_pair, image, client):
    type(image).objects.filter(pk=image.pk).update(file="original_images/other.png")
    html = client.get(public_pair.url).content.decode()
    assert "Fewer vessels" in html
    assert "<picture>" not in html


def test_where_consent_is_kept_is_told_to_nobody_outside(public_pair, client):
    assert "Folder 7" not in client.get(public_pair.url).content.decode()
    assert "Folder 7" not in str(factories.content_of(public_pair).as_canonical())


@pytest.fixture
def peel(editor, reviewer):
    page = factories.make_article(title="Peel", by=editor, summary="A mild acid.")
    return factories.publish_signed(page, by=editor, signers=[reviewer])


@pytest.fixture
def linking(peel, editor, reviewer):
    page = factories.make_article(factories.copy(), ("related", {"pages": [peel.pk]}), by=editor)
    return factories.publish_signed(page, by=editor, signers=[reviewer])


def test_a_related_procedure_is_named_by_its_own_record(linking, peel, client):
    type(peel).objects.filter(pk=peel.pk).update(title="Unsigned title")
    html = client.get(linking.url).content.decode()
    assert f'<a href="{peel.url}">Peel</a>' in html
    assert "Unsigned title" not in html


def test_a_related_procedure_is_named_only_while_it_is_public(linking, peel, editor, client):
    from reviews import services

    services.take_down(page_id=peel.pk, by=editor)
    html = client.get(linking.url).content.decode()
    assert peel.url not in html
    assert "Related procedures" not in html


def test_deleting_a_related_procedure_changes_nothing_that_was_signed(linking, peel):
    before = factories.content_of(linking).page_digest
    peel.live = False
    type(peel).objects.filter(pk=peel.pk).delete()
    assert factories.content_of(linking).page_digest == before


def test_the_other_names_of_a_procedure_are_signed_and_printed(editor, reviewer, client):
    page = factories.make_article(by=editor, also_known_as="IPL, photofacial")
    assert ("Also called", "IPL, photofacial") in [(s.label, s.text) for s in factories.content_of(page).statements]
    html = client.get(factories.publish_signed(page, by=editor, signers=[reviewer]).url).content.decode()
    assert "Also called: IPL, photofacial" in html
