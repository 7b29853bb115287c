from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reviews.canonical import canonical_json, digest, fold, fold_paragraphs
from reviews.statements import Kind, Reference, ReviewableContent, Statement

QUOTATION = Statement(
    kind=Kind.QUOTATION,
    key="block-1",
    text="It stings for a minute.",
    form="verbatim",
    attribution="Dr. Hanson",
    clinician_id=7,
    disclosure="None.",
    references=(Reference("A study", "2020", "10.1000/x", "Table 2", "It stings."),),
)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(st.characters(max_codepoint=127)), children),
    max_leaves=20,
)


@given(values)
def test_canonical_json_is_what_rfc_8785_asks(value):
    assert canonical_json(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.5, {"é": 1}, {1: 2}, object(), (1, 2), b"x"])
def test_other_types_have_no_canonical_form(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": Kind.COPY},
        {"text": "It stings for a minute"},
        {"text": "it stings for a minute."},
        {"markup": "<p>It stings for a minute.</p>"},
        {"form": "paraphrase"},
        {"attribution": "Dr. Hanson, dermatologist"},
        {"clinician_id": 8},
        {"disclosure": "Dr. Hanson is paid."},
        {"references": ()},
        {"references": (Reference("A study", "2021", "10.1000/x", "Table 2", "It stings."),)},
        {"asset": "0" * 64},
        {"label": "Risk"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_of_what_is_read_changes_the_digest(change):
    assert replace(QUOTATION, **change).digest != QUOTATION.digest


def test_moving_a_statement_keeps_its_digest():
    assert replace(QUOTATION, key="block-9", context={"obtained": "by phone"}).digest == QUOTATION.digest


def test_the_digest_is_the_same_in_every_release():
    assert digest({"format": 1, "text": "Grüße"}) == "04cf88ae58209b63a6d5df45b71b2dcc453b50b9e42cc992839c284baf558462"


def test_a_statement_comes_back_from_the_record_whole():
    assert Statement.from_canonical(QUOTATION.as_canonical()) == replace(QUOTATION, key="")


def test_the_order_of_statements_is_part_of_the_page_digest():
    one, two = QUOTATION, replace(QUOTATION, text="Another one.")
    pages = [ReviewableContent(1, {"title": "T"}, statements) for statements in ((one, two), (two, one))]
    assert pages[0].page_digest != pages[1].page_digest


def test_white_space_and_unicode_forms_do_not_change_words():
    assert fold("Cafe\u0301  is\u00a0open\n") == "Café is open"
    assert fold_paragraphs("One.\r\n\r\nTwo\nthree.") == "One.\n\nTwo three."
