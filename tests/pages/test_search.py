"""Search finds what is public at this moment, and shows it in signed words."""

import datetime
import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.images import get_image_model

from pages.blocks import ArticleBody
from pages.canonical import canonical_value
from pages.finding import fulltext, keeping
from pages.finding.models import PublishedTag, PublishedText
from pages.finding.search import search
from pages.reading import Reading
from reviews import services
from reviews.models import PublicPage, SignOff
from tests import factories
from tests.surfaces import MARKER

from .test_block_rules import pair
from .test_content import SOURCE, picture

DAY = {"when": "Day 1", "feels": "Bumps.", "light_skin": "Fading pink.", "dark_skin": "Gray.", "can_do": "Work."}
RISK = {
    "name": "Infection",
    "seriousness": "serious",
    "one_in": None,
    "how_often": "",
    "text": "Skin that is picked lets germs in.",
    "references": [],
}
SUITABILITY = {
    "suits": ["have dark hair"],
    "not_for": ["have a tan"],
    "ask_first": ["are pregnant", "take pills"],
    "references": [],
}
COST = {
    "price_from": 175,
    "each": "for each peel",
    "included": "The skin check.",
    "excluded": "Creams or pills.",
    "insurance": "Rarely pays.",
    "checked_on": "2026-11-02",
}


def found(html):
    return re.findall(r'<h2><a href="/procedures/([^/]+)/"', html)


def test_a_word_in_the_title_comes_before_one_in_the_summary_and_one_in_the_text(publish, reads):
    publish("Zebra", "The laser is warm.")
    publish("Yak", summary="A laser for veins.")
    publish("Laser")
    publish("Nothing about it")
    assert found(reads("/search/?q=laser")) == ["laser", "yak", "zebra"]


@pytest.mark.parametrize("typed", ["freezing", "FREEZES", "freeze", "Fréezing", "frozen freezing", "freez"])
def test_other_forms_of_a_word_are_found(typed, publish, reads):
    publish("Cold", "Freezing takes a minute.")
    assert found(reads(f"/search/?q={typed}")) == ["cold"]


def test_all_words_are_looked_for_before_some_of_them(publish, reads):
    publish("One", "Redness fades.")
    publish("Two", "Redness and swelling fade.")
    assert found(reads("/search/?q=redness+swelling")) == ["two"]
    html = reads("/search/?q=redness+unicorn")
    assert "These pages have some of them." in html
    assert set(found(html)) == {"one", "two"}


def test_the_excerpt_is_signed_words_with_the_hit_marked(publish, reads):
    publish("Cold", "It is quick. Redness fades in a week. Then it is over.")
    assert ">It is quick. <mark>Redness</mark> fades in a week. Then it is over.<" in reads("/search/?q=redness")


def test_an_excerpt_runs_no_two_list_items_together(publish, reads):
    publish("Cold", "<ul><li>You may work after redness</li><li>Drive a car</li></ul>")
    html = reads("/search/?q=redness")
    assert "<mark>redness</mark>" in html
    assert "Drive a car" not in html


LONG = "and scrub it with a brush, " * 20


def excerpt_of(html):
    found = BeautifulSoup(html, "html.parser").select_one(".passage")
    return found and re.sub(r"[ \n]*\n[ \n]*", "\n", found.get_text().strip())


def written(kind, markup):
    """A block of this kind with what a writer marked up."""
    return kind, {
        "copy": {"text": markup, "references": []},
        "claim": {"category": "risk", "text": markup, "references": [SOURCE]},
        "steps": {"steps": [{"title": "After", "when": "2 weeks", "text": markup}]},
        "questions": {"questions": [{"question": "Is it safe?", "answer": markup, "references": []}]},
    }[kind]


LED_IN = [
    ("<p>You should not:</p><ul><li>use a bed</li></ul>", "You should not: use a bed"),
    ("<p>You should not:</p><ul><li>swim</li><li>use a bed</li></ul>", "You should not: … use a bed"),
    ("<p>Do both:</p><ol><li>use a bed</li><li>swim</li></ol>", "Do both: use a bed …"),
    ("<p><b>Do not do this</b></p><ul><li>use a bed</li></ul>", "Do not do this\nuse a bed"),
    ("<p>Never swim.</p><ul><li>Or use a bed.</li></ul>", "Never swim.\nOr use a bed."),
    ("<p>Rules:</p><ul><li>No:<ul><li>swim</li><li>use a bed</li></ul></li></ul>", "Rules: No: … use a bed"),
    ("<p>Do not:</p><ul><li>swim</li></ul><p>Also:</p><ul><li>use a bed</li></ul>", "Do not: … Also: use a bed"),
    ("<p>Do not:</p><ul><li>swim</li></ul><p>or use a bed.</p>", "Do not: … or use a bed."),
    ("<p>Do not:</p><ul><li>swim</li></ul><p>Use a bed.</p>", "Use a bed."),
    ("<p>It is not true that you can:</p><p>use a bed</p>", "It is not true that you can: use a bed"),
    ("<p>Do not:</p><p>Swim.</p><p>Use a bed.</p>", "Do not: Swim.\nUse a bed."),
    ("<p>You should never</p><p>swim.</p><p>Use a bed.</p>", "You should never …\nUse a bed."),
    ("<p>You should never, ever,</p><p>Use a bed.</p>", "You should never, ever,\nUse a bed."),
    ("<p><b>Do not do these.</b></p><p>Swim.</p><p>Use a bed.</p>", "Do not do these. …\nUse a bed."),
    ("<p>You should not do this:<br/>use a bed</p>", "You should not do this:\nuse a bed"),
    (f"<p>Do not {LONG} or do this:</p><ul><li>use a bed</li></ul>", None),
    (f"<p>Do not:</p><p>{LONG}.</p><p>Use a bed.</p>", None),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "words"), LED_IN)
@pytest.mark.parametrize("kind", ["copy", "claim", "steps", "questions"])
def test_an_excerpt_keeps_what_leads_into_it(kind, markup, words, publish, reads):
    publish("Cold", blocks=[written(kind, markup)])
    before = {"steps": "After, 2 weeks: ", "questions": "Is it safe? "}.get(kind, "")
    gap = "… " if before and words == "Use a bed." else ""
    assert excerpt_of(reads("/search/?q=bed")) == (words and f"{before}{gap}{words}")


LED_IN_BY_BLOCKS = [
    ([("heading", {"text": "What not to do"}), factories.copy("Use a bed.")], "What not to do\nUse a bed."),
    (
        [("heading", {"text": "What not to do"}), factories.copy("Swim."), factories.copy("Use a bed.")],
        "What not to do …\nUse a bed.",
    ),
    ([factories.copy("Do not:"), written("copy", "<ul><li>use a bed</li></ul>")], "Do not: use a bed"),
    ([factories.copy("Do not:"), ("risks", {"risks": [RISK]}), factories.copy("use a bed")], "Do not: … use a bed"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "words"), LED_IN_BY_BLOCKS)
def test_an_excerpt_keeps_what_leads_into_its_block(blocks, words, publish, reads):
    publish("Cold", blocks=blocks)
    assert excerpt_of(reads("/search/?q=bed")) == words


@pytest.mark.parametrize("category", ["risk", "recovery"])
@pytest.mark.parametrize(("label", "typed"), [("Risk", "scars"), ("When", "scars"), ("How often", "often")])
def test_a_writers_own_labels_are_words_like_others(category, label, typed, publish, reads):
    markup = f"<p><b>{label}:</b> Scars are rare.</p><p>Bleeding is not.</p>"
    publish("Cold", blocks=[("claim", {"category": category, "text": markup, "references": [SOURCE]})])
    assert excerpt_of(reads(f"/search/?q={typed}")) == f"{label}: Scars are rare."
    assert excerpt_of(reads("/search/?q=bleeding")) == "Bleeding is not."


ABBREVIATED = [
    "It is not true that Dr. Alvarado gives pills.",
    "Do not, e.g. Mr. and Mrs. Smith vs. St. Mary in the U.S. Army, i.e. approx. No. 5 of vit. D or J. Doe, pills.",
]


@pytest.mark.parametrize("sentence", ABBREVIATED)
def test_no_sentence_ends_at_an_abbreviation(sentence, publish, reads):
    publish("Cold", f"{'It is quick. ' * 20}{sentence} {'Rest a day. ' * 30}")
    words = excerpt_of(reads("/search/?q=pills"))
    assert sentence in words
    assert words.endswith("Rest a day. …")


def test_an_excerpt_is_cut_after_a_sentence_or_not_printed(publish, reads):
    publish("Cold", f"You must not swim, {LONG}use a bed, or drive. Redness fades.")
    publish("Warm", f"Use a lamp. It is no bed. {LONG.capitalize()}or rest.")
    html = reads("/search/?q=bed")
    assert sorted(found(html)) == ["cold", "warm"]
    assert re.findall(r'class="passage">(.*?)</p>', html) == ["Use a lamp. It is no <mark>bed</mark>. …"]


def test_a_quotation_is_found_whole_with_its_signer_and_her_disclosure(publish, hanson, reviewer, reads):
    words = "I do not agree with Dr. Alvarado that pills are safe.\n\nThey are not."
    said = factories.quotation(
        hanson, words, printed_attribution="she says", disclosure="Dr. Hanson is paid by Pill Inc."
    )
    publish("Cold", "This is what some say:", signers=[hanson, reviewer], blocks=[said])
    assert excerpt_of(reads("/search/?q=pills")).split("\n") == [
        "This is what some say:",
        "I do not agree with Dr. Alvarado that pills are safe.",
        "They are not.",
        "Miriam Hanson, MD, FAAD",
        "Disclosure: Dr. Hanson is paid by Pill Inc.",
    ]


@pytest.mark.parametrize(("form", "marks"), [("verbatim", 1), ("paraphrase", 0)])
def test_only_exact_words_stand_in_quotation_marks(form, marks, publish, hanson, reviewer, reads):
    publish("Cold", signers=[hanson, reviewer], blocks=[factories.quotation(hanson, "Tingling is all.", form=form)])
    html = reads("/search/?q=tingling")
    assert html.count("<q><mark>Tingling</mark> is all.</q>") == marks
    assert "Miriam Hanson, MD, FAAD" in html


def test_a_long_quotation_is_not_printed_by_half(publish, hanson, reviewer, reads):
    said = factories.quotation(hanson, f"Pills are safe. {LONG.capitalize()}if nobody objects.")
    publish("Cold", signers=[hanson, reviewer], blocks=[said])
    html = reads("/search/?q=pills")
    assert found(html) == ["cold"]
    assert excerpt_of(html) is None


def test_a_quotation_is_found_by_the_name_of_its_signer(publish, hanson, reviewer, reads):
    publish("Cold", signers=[hanson, reviewer], blocks=[factories.quotation(hanson, printed_attribution="the boss")])
    assert "Miriam Hanson, MD, FAAD" in excerpt_of(reads("/search/?q=hanson"))
    assert found(reads("/search/?q=boss")) == []


def test_another_name_counts_more_than_the_text_and_is_shown_where_it_was_looked_for(publish, reads):
    publish("Zebra", "IPL is warm.")
    publish("Light", also_known_as="IPL, photofacial")
    html = reads("/search/?q=ipl")
    assert found(html) == ["light", "zebra"]
    assert html.count("Also called: <mark>IPL</mark>, photofacial") == html.count("photofacial") == 1
    assert "Also called" not in reads("/search/?q=light")


def test_words_of_a_block_whose_time_is_over_are_shown_no_more(publish, reads):
    image = get_image_model().objects.create(title="Any", file=picture()[0])
    until = (timezone.localdate() + datetime.timedelta(days=10)).isoformat()
    publish(
        "Cold", "Redness fades.", blocks=[pair(image, aim="Tingling", consent_until=until, consent_record="Shelf 7")]
    )
    assert "<mark>Tingling</mark>" in reads("/search/?q=tingling")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=11)):
        assert found(reads("/search/?q=tingling")) == []
        assert "<mark>Redness</mark> fades." in reads("/search/?q=redness")


def test_a_page_is_not_found_by_what_is_over_even_if_the_index_cannot_be_kept(publish, reads, monkeypatch):
    image = get_image_model().objects.create(title="Any", file=picture()[0])
    today = timezone.localdate().isoformat()
    publish("Cold", blocks=[pair(image, aim="Tingling", consent_until=today, consent_record="Shelf 7")])
    assert found(reads("/search/?q=tingling")) == ["cold"]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        monkeypatch.setattr(fulltext, "_run", broken_for_writing(fulltext._run))
        assert found(reads("/search/?q=tingling")) == []


def broken_for_writing(run):
    def runs(sql, params):
        if not sql.startswith("SELECT"):
            raise DatabaseError("read-only")
        return run(sql, params)

    return runs


COMPOSED = [
    (("suitability", SUITABILITY), [
        ("hair", "It may suit you if you have dark <mark>hair</mark>"),
        ("tan", ">It is not for you if you have a <mark>tan</mark><"),
        ("pregnant", ">Talk with us first if you are <mark>pregnant</mark><"),
    ]),
    (("care", {"cards": [{"level": "urgent", "signs": ["you see pus", "you have a fever"]}]}), [
        ("pus", "Call us today if you see <mark>pus</mark><"),
    ]),
    (("risks", {"risks": [RISK]}), [
        ("germs", ">Infection: Skin that is picked lets <mark>germs</mark> in."),
        ("infection", "><mark>Infection</mark>: Skin that is picked"),
    ]),
    (("recovery", {"intro": "", "days": [DAY], "references": []}), [
        ("fading", "Day 1: On light skin: <mark>Fading</mark> pink."),
        ("gray", "Day 1: On brown or Black skin: <mark>Gray</mark>."),
        ("bumps", "Day 1: <mark>Bumps</mark>."),
    ]),
    (("copy", {"text": "<p><b>Never:</b> peel it.</p><ul><li>Rest.</li></ul>", "references": []}), [
        ("peel", "Never: <mark>peel</mark> it.<"),
        ("rest", "Never: peel it.\n<mark>Rest</mark>.<"),
    ]),
    (("cost", COST), [
        ("peel", "From $175 for each <mark>peel</mark>"),
        ("creams", "This does not include: <mark>Creams</mark> or pills."),
        ("insurance", "<mark>Insurance</mark>: Rarely pays."),
    ]),
    (("questions", {"questions": [{"question": "Does it hurt?", "answer": "<p>A bit.</p>", "references": []}]}), [
        ("hurt", ">Does it <mark>hurt</mark>? A bit.<"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("block", "excerpts"), COMPOSED)
def test_an_excerpt_of_several_fields_reads_as_the_page_does(block, excerpts, publish, reads):
    publish("Cold", blocks=[block])
    for typed, words in excerpts:
        assert words in reads(f"/search/?q={typed}"), typed


READ_BY_NOBODY = {"references", "disclosure", "printed_attribution"}


def texts_in(value):
    """What is no choice, no date and no number."""
    if isinstance(value, dict):
        return [text for name, item in value.items() if name not in READ_BY_NOBODY for text in texts_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    return [strip_tags(value)] if isinstance(value, str) and " " in value else []


@pytest.mark.parametrize("kind", sorted(set(ArticleBody().child_blocks) - {"related"}))
def test_every_block_reads_out_all_that_was_written_in_it(kind):
    block, reading = ArticleBody().child_blocks[kind], Reading()
    data = canonical_value(block, block.get_preview_value())
    block.read_out(data, reading)
    read = " ".join(passage.text for passage in reading.passages)
    assert [text for text in texts_in(data) if text not in read] == []
    assert read


@pytest.mark.parametrize("typed", ["links", "described", "shelf", "shown"])
def test_labels_that_no_patient_reads_find_nothing(typed, publish, reads):
    image = get_image_model().objects.create(title="Any", file=picture()[0])
    until = (timezone.localdate() + datetime.timedelta(days=10)).isoformat()
    first = publish("Warm")
    blocks = [pair(image, consent_until=until, consent_record="Shelf 7"), ("risks", {"risks": [RISK]})]
    publish("Cold", blocks=[*blocks, ("related", {"pages": [first.pk]})])
    assert found(reads(f"/search/?q={typed}")) == []


def test_a_draft_over_a_public_page_is_not_found(publish, editor, reads):
    page = publish("Cold")
    factories.edit(page, factories.copy(MARKER), by=editor, title="Warm")
    assert found(reads("/search/?q=unsigned")) == found(reads("/search/?q=warm")) == []
    assert found(reads("/search/?q=cold")) == ["cold"]


def withdrawn(page, reviewer):
    services.withdraw(sign_off_id=SignOff.objects.get(page_id=page.pk).pk, by=reviewer.user, reason="No.")


def taken_down(page, reviewer):
    services.take_down(page_id=page.pk, by=reviewer.user)


def deleted(page, reviewer):
    page.delete()


def row_of_the_record_removed(page, reviewer):
    PublicPage.objects.filter(pk=page.pk).delete()


@pytest.mark.parametrize("end", [withdrawn, taken_down, deleted, row_of_the_record_removed])
def test_what_ended_is_found_nowhere(end, publish, reviewer, reads):
    page = publish("Cold", tags=["Face"])
    end(page, reviewer)
    for address in ("/search/?q=cold", "/search/?q=face", "/search/?q=colt", "/procedures/", "/people/", "/feed/", "/"):
        assert not re.search("Cold|Face", reads(address)), address


def test_what_lapsed_is_found_nowhere(publish, reads):
    publish("Cold", tags=["Face"])
    with time_machine.travel(timezone.now() + datetime.timedelta(days=366)):
        for address in ("/search/?q=cold", "/search/?q=colt", "/procedures/", "/people/", "/feed/", "/", "/llms.txt"):
            assert not re.search("Cold|Face", reads(address)), address


def test_a_stale_index_shows_nothing_that_is_not_public(publish, reviewer, reads):
    page = publish("Cold")
    rows = list(PublishedText.objects.values())
    withdrawn(page, reviewer)
    PublishedText.objects.bulk_create(PublishedText(**row) for row in rows)
    PublishedTag.objects.create(text_id=page.pk, slug="unsigned")
    fulltext.write(page.pk, title="cold", head="", body=MARKER)
    for address in ("/search/?q=cold", "/search/?q=unsigned", "/procedures/", "/sitemap-pages.xml", "/feed/"):
        assert not re.search("(?i)cold<|procedures/cold|words about|unsigned<", reads(address)), address


def test_words_put_into_the_index_are_never_printed(publish, reads):
    page = publish("Cold")
    fulltext.write(page.pk, title="cold", head=MARKER, body=MARKER)
    html = reads("/search/?q=lasers")
    assert found(html) == ["cold"]
    assert MARKER not in html


def test_a_second_version_is_found_by_its_new_words_only(publish, editor, reviewer, reads):
    page = publish("Cold", "It tingles.")
    factories.edit(page, factories.copy("It prickles."), by=editor)
    factories.publish_signed(page, by=editor, signers=[reviewer])
    assert found(reads("/search/?q=prickles")) == ["cold"]
    assert found(reads("/search/?q=tingles")) == []


def test_a_misspelled_word_leads_to_the_closest_titles(publish, reads):
    publish("Light for rosacea")
    publish("Warts")
    html = reads("/search/?q=rosasia")
    assert "Did you mean" in html
    assert "Light for rosacea" in html
    assert "Warts" not in html.split("Did you mean")[1].split("</section>")[0]


STRANGE = [
    '"',
    "''",
    "*",
    "a*",
    "NEAR(a b)",
    "cold AND",
    "cold OR NOT",
    "-cold",
    "title:cold",
    "{title}: cold",
    "cold)) --",
    "'; DROP TABLE pages_fulltext; --",
    "%",
    "_",
    "\x00cold",
    "\ud800",
    "🧊🥶",
    "Ω≈ç√ ﬁ ß İ",
    "皮膚",
    "a" * 119,
    "cold " * 24,
    "the of and",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("typed", STRANGE)
def test_nothing_typed_is_an_operator(typed, publish, client):
    publish("Cold")
    response = client.get("/search/", {"q": typed.encode("utf-8", "replace")})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert found(client.get("/search/?q=cold").content.decode()) == ["cold"]


def test_too_long_a_question_is_answered_with_a_sentence(publish, client, django_assert_max_num_queries):
    publish("Cold")
    with django_assert_max_num_queries(8):
        response = client.get("/search/", {"q": "cold " * 2000})
    assert "Use fewer words, please" in response.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 30, "²"])
def test_a_page_number_out_of_range_is_not_found(number, publish, client):
    publish("Cold")
    assert client.get("/search/", {"q": "cold", "page": number}).status_code == 404


def test_results_go_over_pages(publish, reads):
    for number in range(12):
        publish(f"Cold {number}")
    html = reads("/search/?q=cold")
    assert 'href="?q=cold&amp;page=2"' in html
    assert len(found(html)) == 10
    assert len(found(reads("/search/?q=cold&page=2"))) == 2


def test_a_search_sets_no_cookie_and_takes_no_post(publish, client):
    publish("Cold")
    assert not client.get("/search/?q=cold").cookies
    assert client.post("/search/", {"q": "cold"}).status_code == 405


def test_the_index_is_made_again_from_the_record(publish, reads, capsys):
    page = publish("Cold", tags=["Face"])
    rows = list(PublishedText.objects.values()), list(PublishedTag.objects.values("text_id", "slug"))
    keeping.drop(page.pk)
    assert search("cold").page_ids == []
    call_command("rebuild_search")
    assert "1 public page is in the index." in capsys.readouterr().out
    assert rows == (list(PublishedText.objects.values()), list(PublishedTag.objects.values("text_id", "slug")))
    assert found(reads("/search/?q=cold")) == ["cold"]
