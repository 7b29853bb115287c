"""What engines are told equals what was signed, in valid words."""

import json
import re

import pytest
from django.utils import timezone

from pages.structured_data import as_script
from reviews import services
from reviews.models import SignOff
from tests import factories, schema_checker

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
