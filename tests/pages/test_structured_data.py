"""What engines are told equals what was signed, in valid words."""

import json
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from wagtail.images import get_image_model

from pages.structured_data import as_script
from reviews import services
from reviews.models import SignOff
from tests import factories, schema_checker

from .test_block_rules import pair
from .test_content import picture

SOURCE = {"citation": "Smith J. Cold.", "year": "2019", "link": "10.1000/x", "locator": "p. 2", "passage": "It hurts."}
PAGE = {
    "citation": "U.S. Agency.",
    "year": "read 2026",
    "link": "https://agency.example/x",
    "locator": "",
    "passage": "",
}


@pytest.fixture
def article(editor, hanson, reviewer):
    blocks = [
        factories.copy("A cold spray.", references=[SOURCE, PAGE]),
        factories.quotation(hanson, "It stings </script><script>alert(1)</script> & fades."),
        factories.quotation(hanson, "It is quick.", form="paraphrase"),
        ("steps", {"steps": [{"title": "Before", "when": "", "text": "<p>Wear sunscreen.</p>"}]}),
    ]
    page = factories.make_article(*blocks, by=editor, summary="Freezing spots.")
    return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


def graph_of(html: str) -> dict:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(data)


@pytest.fixture
def html(article, client):
    return client.get(article.url).content.decode()


@pytest.fixture
def nodes(html):
    return {node["@type"]: node for node in graph_of(html)["@graph"]}


def test_the_graph_is_valid(html):
    assert schema_checker.problems(graph_of(html)) == []


def test_the_visible_words_the_graph_and_the_signed_words_are_the_same(article, nodes):
    [verbatim, _] = factories.content_of(article).quotations
    assert nodes["Quotation"]["text"] == verbatim.text
    assert nodes["Quotation"]["creator"] == nodes["Quotation"]["spokenByCharacter"]


def test_signed_words_cannot_leave_the_script_element(html):
    assert "<script>alert(1)" not in html
    assert as_script({"a": "</script>&\u2028"}) == '{"a":"\\u003c/script\\u003e\\u0026\\u2028"}'


def test_a_paraphrase_is_no_quotation(html):
    assert "It is quick." not in json.dumps(graph_of(html))


def test_what_is_known_of_procedure_and_sources_is_told(nodes):
    assert nodes["MedicalProcedure"]["preparation"] == "Wear sunscreen."
    assert nodes["ScholarlyArticle"]["sameAs"] == "https://doi.org/10.1000/x"
    assert nodes["CreativeWork"]["datePublished"] == "2026"


def test_three_dates_stay_apart(article, editor, hanson, reviewer, client, time_machine):
    signed = SignOff.objects.get(clinician_id=hanson.pk).signed_at
    time_machine.move_to(signed + timezone.timedelta(days=40), tick=False)
    services.take_down(page_id=article.pk, by=editor)
    services.publish(page_id=article.pk, by=editor)
    nodes = {node["@type"]: node for node in graph_of(client.get(article.url).content.decode())["@graph"]}
    first_day = timezone.localdate(signed).isoformat()
    assert nodes["Quotation"]["dateCreated"] == nodes["MedicalWebPage"]["lastReviewed"] == first_day
    assert nodes["MedicalWebPage"]["dateModified"] == timezone.localdate().isoformat()


def test_nobody_is_named_whose_sign_off_ended(article, reviewer, client):
    review = SignOff.objects.get(clinician_id=reviewer.pk)
    services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="Not accurate.")
    assert "ld+json" not in client.get(article.url).content.decode()


def test_drafts_tell_engines_nothing(article, editor, client):
    client.force_login(editor)
    assert "ld+json" not in client.get(f"/admin/pages/{article.pk}/view_draft/").content.decode()


FAULTS = [
    lambda nodes: nodes["Person"].update(medicalSpecialty="https://schema.org/Dermatology"),
    lambda nodes: nodes["MedicalProcedure"].update(reviewedBy=nodes["MedicalWebPage"]["reviewedBy"]),
    lambda nodes: nodes["MedicalWebPage"].update(aspect="x"),
    lambda nodes: nodes["MedicalWebPage"].update(lastReviewed="May 2"),
    lambda nodes: nodes["MedicalWebPage"].update(specialty="https://schema.org/Plastering"),
    lambda nodes: nodes["Quotation"].update(creator={"@id": "https://nowhere.example/#x"}),
    lambda nodes: nodes["Quotation"].update(creator=nodes["Quotation"]["isPartOf"]),
    lambda nodes: nodes["Quotation"].update({"@type": "Saying"}),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checker_finds_planted_faults(fault, html):
    graph = graph_of(html)
    fault({node["@type"]: node for node in graph["@graph"]})
    assert schema_checker.problems(graph)


def web_page(client, page) -> dict:
    [node] = [node for node in graph_of(client.get(page.url).content.decode())["@graph"] if "lastReviewed" in node]
    return node


def test_the_first_publication_is_told_however_often_the_words_changed(article, editor, hanson, reviewer, client):
    with time_machine.travel(timezone.now() + timezone.timedelta(days=40)):
        factories.edit(article, factories.copy("A colder spray."), by=editor)
        factories.publish_signed(article, by=editor, signers=[reviewer])
        node = web_page(client, article)
        modified = timezone.localdate().isoformat()
    assert node["datePublished"] == timezone.localdate().isoformat()
    assert node["dateModified"] == modified


@pytest.fixture
def pictured(editor, hanson, reviewer):
    images = [get_image_model().objects.create(title="Hand", file=picture()[0]) for _ in range(3)]
    until = (timezone.localdate() + timezone.timedelta(days=10)).isoformat()
    blocks = [
        pair(images[0], consent_until=until, consent_record="Shelf 7"),
        ("image", {"image": images[1].pk, "alt_text": "A hand with brown skin", "caption": "The day after."}),
        ("image", {"image": images[2].pk, "alt_text": "A foot", "caption": ""}),
    ]
    page = factories.make_article(*blocks, by=editor)
    return factories.publish_signed(page, by=editor, signers=[reviewer])


def test_the_first_picture_that_is_no_patients_pair_stands_for_the_page(pictured, client):
    html = client.get(pictured.url).content.decode()
    told = web_page(client, pictured)["primaryImageOfPage"]
    assert told["caption"] == "The day after."
    assert told["url"].startswith("http")
    assert f"{urlsplit(told['url']).path} " in html
    assert schema_checker.problems(graph_of(html)) == []


def test_a_picture_that_is_not_shown_is_not_told(pictured, client):
    image = get_image_model().objects.order_by("pk")[1]
    image.file.storage.delete(image.file.name)
    get_image_model().objects.filter(pk=image.pk).update(file=image.file.storage.save("other.png", picture()[0]))
    assert web_page(client, pictured)["primaryImageOfPage"]["caption"] == "A foot"


def test_a_person_leads_to_her_own_page(article, nodes, client):
    address = urlsplit(nodes["Person"]["url"])
    assert address.scheme
    assert client.get(address.path).status_code == 200
