"""A word with a capital before the honorific belongs to the sentence, not to the name."""

import pytest

from pages.importing import parse_article

LEADS = [
    "But Dr. Samuel Osei says: “It fades slowly.”",
    "And Dr. Samuel Osei adds: “It fades slowly.”",
    "As Dr. Samuel Osei puts it, “It fades slowly.”",
    "As Dr. Samuel Osei, a dermatologist in Waco, says, “It fades slowly.”",
    "Our Dr. Samuel Osei says: “It fades slowly.”",
    "Yet Dr Samuel Osei warns, ‘It fades slowly.’",
    "Here is Dr. Samuel Osei: “It fades slowly.”",
    "According to Dr. Samuel Osei, “It fades slowly.”",
    "In the words of Dr. Samuel Osei, “It fades slowly.”",
    "While Professor Samuel Osei said: “It fades slowly.”",
]


@pytest.mark.parametrize("lead", LEADS)
def test_the_doctor_is_found_behind_a_sentence_opener(lead):
    [quotation] = parse_article(f"Title\n\nIt is red. {lead} More here.\n", markup="text").quotations
    assert (quotation.text, quotation.speaker, quotation.attribution) == (
        "It fades slowly.",
        "Samuel Osei",
        "explicit",
    )


def test_a_pronoun_after_the_opener_is_inferred():
    text = "Title\n\nWhen Dr. Samuel Osei saw it, he said, “It fades slowly.”\n"
    [quotation] = parse_article(text, markup="text").quotations
    assert (quotation.speaker, quotation.attribution) == ("Samuel Osei", "inferred")
