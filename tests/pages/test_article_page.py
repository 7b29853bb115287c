"""What a patient gets."""

import re

import pytest

from pages.middleware import kept_pages
from tests import factories

SOURCE = {"citation": "Smith J. Cold.", "year": "2019", "link": "10.1000/x", "locator": "", "passage": "It hurts."}


@pytest.fixture
def html(editor, hanson, reviewer, client):
    page = factories.make_article(
        ("heading", {"text": "What it is"}),
        factories.copy("A cold spray.", references=[SOURCE]),
        factories.quotation(hanson, "It stings.", disclosure="Dr. Hanson is paid by this practice."),
        factories.quotation(hanson, "It is quick.", form="paraphrase"),
        factories.copy("It works on warts.", references=[SOURCE]),
        ("claim", {"category": "risk", "text": "<p>Blisters are common.</p>", "references": [SOURCE]}),
        by=editor,
        summary="Freezing spots.",
    )
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    return client.get(page.url).content.decode()


def test_quotation_marks_are_for_verbatim_only(html):
    assert re.search(r"<q>\s*It stings\.\s*</q>", html)
    assert not re.search(r"<q>\s*It is quick", html)
    assert "It is quick." in html


def test_the_material_connection_stands_in_the_same_figure(html):
    [figure] = [part for part in re.findall(r"<figure.*?</figure>", html, re.DOTALL) if "It stings." in part]
    assert "Dr. Hanson is paid by this practice." in figure
    assert "Approved word for word on" in figure
    assert "Licensed by the Texas Medical Board" in figure


def test_every_mark_leads_to_its_source_and_back(html):
    marks = re.findall(r'href="#source-1" id="(ref-1-\d)"', html)
    assert marks == ["ref-1-1", "ref-1-2", "ref-1-3"]
    assert [f'href="#{mark}"' in html for mark in marks] == [True, True, True]
    assert "https://doi.org/10.1000/x" in html


def test_ids_are_unique(html):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_page_says_who_reviewed_it_and_until_when(html):
    assert "Ruth Alvarado" in html
    assert "Next review due by" in html


def test_names_and_credentials_come_from_the_sign_off(public_article, hanson, client):
    hanson.name, hanson.postnominals = "Somebody Else", "PhD"
    hanson.save()
    hanson.credentials.all().delete()
    html = client.get(public_article.url).content.decode()
    assert "Miriam Hanson" in html
    assert "Somebody Else" not in html


def test_readers_get_no_cookie(public_article, client):
    for url in ("/", "/procedures/", public_article.url):
        assert not client.get(url).cookies


def test_a_public_article_takes_few_queries_however_many_statements_it_has(
    editor, hanson, reviewer, client, django_assert_max_num_queries
):
    quotations = [factories.quotation(hanson, f"Sentence {number}.") for number in range(12)]
    page = factories.make_article(*quotations, by=editor)
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    client.get(page.url)
    kept_pages.clear()
    with django_assert_max_num_queries(10):
        client.get(page.url)


@pytest.mark.parametrize("number", ["0", "99", "x", "-1"])
def test_a_page_number_out_of_range_is_not_an_error(number, public_article, client):
    assert client.get(f"/procedures/?page={number}").status_code in (200, 404)


def test_the_preview_says_that_it_is_a_draft(article, editor, client):
    client.force_login(editor)
    html = client.get(f"/admin/pages/{article.pk}/view_draft/").content.decode()
    assert "Patients do not see this" in html
    assert "Not signed yet" in html
    assert "Approved word for word" not in html
