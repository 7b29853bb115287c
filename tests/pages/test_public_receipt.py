"""The receipt of an article: public while the article is, and checked as a stranger would."""

import json
import re

import pytest
import time_machine
from bs4 import BeautifulSoup

from reviews import services
from reviews.models import SignOff
from tests import factories
from tests.reviews.test_bundle import checker

PARTS = ("record/", "record.json")
SOURCE = {"citation": "Smith J. Cold.", "year": "2019", "link": "10.1000/x", "locator": "p. 2", "passage": "It hurts."}


@pytest.fixture
def article(editor, hanson, reviewer):
    blocks = [
        ("heading", {"text": "What it is"}),
        factories.copy("A cold spray &amp; more.", references=[SOURCE]),
        factories.quotation(
            hanson, "It stings.\n\nThen it fades.", obtained="By telephone", source_passage="Raw words."
        ),
        ("steps", {"steps": [{"title": "Before", "when": "2 weeks", "text": "<p>Wear sunscreen.</p>"}]}),
    ]
    page = factories.make_article(*blocks, by=editor, summary="Freezing spots.")
    return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


@pytest.fixture
def record(article, client):
    return client.get(f"{article.url}record.json").json()


def check(record, tmp_path):
    """The line for a record that fits, and the problems."""
    file, problems = tmp_path / "record.json", []
    file.write_text(json.dumps(record))
    return checker.verify(file, problems.append), problems


def test_the_receipt_says_who_signed_each_statement(article, client):
    html = client.get(f"{article.url}record/").content.decode()
    for words in (
        "“It stings.",
        "Wear sunscreen.",
        "Miriam Hanson",
        "Ruth Alvarado",
        "Texas Medical Board",
        "Own words",
    ):
        assert words in html
    assert html.count('class="words"') == len(factories.content_of(article).statements)


def test_every_quotation_leads_to_its_own_line_on_the_receipt(article, client):
    page = BeautifulSoup(client.get(article.url).content, "html.parser")
    address, _, line = page.select_one("figure.signed a[href*='record/#']")["href"].partition("#")
    words = BeautifulSoup(client.get(address).content, "html.parser").find(id=line).find(class_="words")
    assert words.get_text() == "“It stings.Then it fades.”"


@pytest.mark.parametrize("part", PARTS)
def test_the_receipt_ends_with_the_article(part, article, reviewer, client):
    assert client.get(article.url + part).status_code == 200
    review = SignOff.objects.get(clinician_id=reviewer.pk)
    services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="Not accurate.")
    response = client.get(article.url + part)
    assert response.status_code == 410
    assert "Hanson" not in response.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_an_article_that_was_never_public_has_no_receipt(part, editor, client):
    page = factories.make_article(by=editor)
    assert client.get(page.url + part).status_code == 404


@pytest.mark.parametrize("address", ["/record/", "/record.json", "/procedures/record/", "/procedures/record.json"])
def test_structural_pages_have_no_receipt(address, client, db):
    assert client.get(address).status_code == 404


def test_the_receipt_tells_nothing_of_accounts_and_the_desk(article, hanson, reviewer, editor, client):
    text = "".join(client.get(article.url + part).content.decode() for part in PARTS)
    private = [editor.username, hanson.user.email, reviewer.user.email, "example.com", "By telephone", "Raw."]
    assert [words for words in private if words in text] == []
    assert not re.search(r'"(user|user_id|username|proof|by|ip|email)"', text)


def test_anyone_can_check_the_record(record, tmp_path):
    line, problems = check(record, tmp_path)
    assert problems == []
    assert line.startswith("OK: 7 statements, 1 of them quotations, signed in 2 sign-offs")
    assert "Not shown by this file: that the ledger holds these sign-offs" in line


def change_words(record):
    record["content"]["statements"][4]["text"] = "It never stings."


def change_field(record):
    record["content"]["fields"]["summary"] = "Painless."


def take_out_statement(record):
    del record["content"]["statements"][3]


def drop(meaning):
    def change(record):
        record["sign_offs"] = [item for item in record["sign_offs"] if item["meaning"] != meaning]

    change.__name__ = f"drop_{meaning}"
    return change


def sign_as_somebody_else(record):
    record["sign_offs"][0]["clinician"] += 1


def review_another_page(record):
    record["sign_offs"][-1]["page_digest"] = "0" * 64


CHANGES = [change_words, change_field, take_out_statement, drop("own_words"), drop("clinical_review")]
CHANGES += [sign_as_somebody_else, review_another_page]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_record_does_not_fit(change, record, tmp_path):
    change(record)
    line, problems = check(record, tmp_path)
    assert line is None
    assert problems


def test_a_record_whose_time_is_over_does_not_fit(record, tmp_path):
    with time_machine.travel("2099-01-01"):
        line, problems = check(record, tmp_path)
    assert line is None
    assert "it has lapsed." in problems[0]


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"format": "imprimatur-record/1"}', '{"format": 1}'])
def test_what_is_no_record_is_refused(text, tmp_path):
    (tmp_path / "record.json").write_text(text)
    with pytest.raises(checker.NotABundle):
        checker.verify(tmp_path / "record.json", print)


def test_the_program_is_there_to_download(client, db):
    response = client.get("/verify_bundle.py")
    assert "attachment" in response.headers["Content-Disposition"]
    assert b"Checks a bundle" in response.content


def test_every_signed_word_stands_in_the_passage_that_is_marked_with_its_digest(record):
    texts = [item["text"] for item in record["content"]["statements"]]
    texts_by_mark = {digest[:12]: text for digest, text in zip(record["digests"], texts, strict=True)}
    for passage in record["printed"]["passages"]:
        for mark in passage["statements"]:
            assert all(part in passage["words"] for part in texts_by_mark.pop(mark).split("\n\n"))
    [only_for_search] = texts_by_mark.values()
    assert only_for_search.startswith("Address: ")
