import html
import random
import re
from collections import Counter

import pytest

from pages.importing import BulletList, Heading, Paragraph, QuotationPassage, parse_article, read_article
from pages.importing.documents import read_blocks

from .samples import FIXTURES, SAMPLES, SUFFIXES, article_files

FILES = [*article_files(FIXTURES), *(article_files(SAMPLES) if SAMPLES.exists() else [])]


def words(text):
    return Counter(re.findall(r"\w+", text))


def plain(passage):
    if isinstance(passage, Heading):
        return passage.text
    if isinstance(passage, QuotationPassage):
        return " ".join((passage.quotation.text, *passage.quotation.removed))
    parts = passage.items if isinstance(passage, BulletList) else (passage.html,)
    return html.unescape(re.sub(r"<[^>]+>", "", " ".join(parts)))


def body_words(article):
    return words(" ".join(plain(passage) for passage in article.passages))


def source_words(source, markup):
    return words(" ".join(block.text for block in read_blocks(source, markup) if block.kind != "title"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_word_of_the_body_stays(path):
    source = path.read_text(encoding="utf-8")
    assert body_words(read_article(path)) == source_words(source, SUFFIXES[path.suffix])


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".txt"], ids=lambda path: path.name)
def test_plain_text_has_no_other_words_than_its_blocks(path):
    source = path.read_text(encoding="utf-8")
    _title, body = source.lstrip().split("\n", 1)
    assert source_words(source, "text") == words(body)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“A” “B” “C",
        "”“”“ ‘ ’ ‘x’ “y",
        "Dr. Ada Quill says: “One. “Two, says Dr. Quill. “Three,” she says, “four.”",
        "(“One,” says Dr. Ada Quill.) “Two,” she adds, and leaves. “Three.”",
        "- “One two three,” says Dr. Ada Quill.\n- Four.\n- “Five six seven.”",
        "Q: What?\nA: This.\nQ: And?\nA: That.",
        "“One two three.”\n— Dr. Ada Quill, MD",
    ],
)
def test_no_word_is_lost_in_odd_text(paragraph):
    source = f"Title\n\n{paragraph}\n\nDr. Ada Quill, a dermatologist, was here."
    assert body_words(parse_article(source, markup="text")) == source_words(source, "text")


SCRAPS = """“It fades,” |“It fades.” |says Dr. Ada Quill|Dr. Ada Quill says|she adds|. |, |Bo Marsh, RN|

|
|“|”|‘|’|'|"|«|»|`` |'' |Karen, 52,|— Dr. Quill|- item |> |Dr. Quill: |“One |two” |
(“three,” he said)|IMG_1.jpgThe|5'10" |
’90s |patients’ |**bold** |*it* |# Head

|<p>|</p>|<li>|<blockquote>|</blockquote>|<b>|… |[x] |Q: Why?

A: So."""


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("markup", ["text", "markdown", "html"])
def test_no_word_is_lost_in_tangled_text(seed, markup):
    chance = random.Random(seed)
    scraps = "".join(chance.choice(SCRAPS.split("|")) for _ in range(40))
    source = f"Title\n\nDr. Ada Quill is here.\n\n{scraps}"
    assert body_words(parse_article(source, markup=markup)) == source_words(source, markup)


def test_paragraphs_keep_safe_inline_markup_only():
    source = (
        '<h1>T</h1><p>One <strong>two</strong> <a href="javascript:x()">three</a> '
        '<a href="https://example.org/?a=1&amp;b=2">four</a> &lt;script&gt; <u>five</u></p>'
    )
    assert parse_article(source, markup="html").passages == (
        Paragraph('One <b>two</b> three <a href="https://example.org/?a=1&amp;b=2">four</a> &lt;script&gt; five'),
    )
