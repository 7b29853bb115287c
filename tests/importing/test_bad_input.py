import os

import pytest

from pages.importing import MAX_BYTES, UnreadableArticle, parse_article, read_article


def refusal(path):
    with pytest.raises(UnreadableArticle) as caught:
        read_article(path)
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


def test_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "gone.txt") == ("gone.txt cannot be found or opened; check the name and the folder.")


def test_folder_is_refused(tmp_path):
    folder = tmp_path / "drafts.txt"
    folder.mkdir()
    assert refusal(folder) == "drafts.txt is a folder; choose one article file inside it."


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty_file_is_refused(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert refusal(path) == "a.txt is empty; check that the text was saved, then import it again."


def test_binary_file_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"PK\x03\x04\x00\x00")
    assert refusal(path) == "a.txt is not a text file; save the article as plain text, Markdown or HTML."


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a", "a.exe"])
def test_other_formats_are_refused(tmp_path, name):
    path = tmp_path / name
    path.write_text("Title\n\nText")
    assert refusal(path) == (
        f"{name} is not an article file; save the text as .txt, .md or .html and import that file."
    )


def test_windows_encoding_is_not_guessed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Title\n\nIt’s".encode("cp1252"))
    assert refusal(path) == (
        "a.txt is not valid UTF-8 at byte 9; open it in an editor, save it as UTF-8 and import it again."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("Élan\n\nText".encode(encoding))
    assert read_article(path).title == "Élan"


def test_a_large_file_is_refused_without_reading_it_whole(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        # Sparse, and far more than memory holds: whoever reads it whole will notice.
        file.truncate(MAX_BYTES * 10_000)
    assert "larger than 1 MB" in refusal(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Title")
    path.chmod(0)
    assert "ask its owner for permission" in refusal(path)


@pytest.mark.parametrize("markup", ["text", "markdown", "html"])
def test_title_alone_is_an_article_without_body(markup):
    article = parse_article("Only a title", markup=markup)
    assert (article.title, article.passages, article.quotations) == ("Only a title", (), ())


@pytest.mark.parametrize("markup", ["text", "markdown", "html"])
@pytest.mark.parametrize("source", ["", "\n\n", "\ue000 \ue001 “\ue002”", "\0", ">", "“", "'", "A:", "Q:\n\nA:"])
def test_odd_sources_never_crash(markup, source):
    parse_article(source, markup=markup)


# About 50 kB each: what is worse than linear would be felt, and the suite stays quick.
HOSTILE = {
    "only double marks": '"' * 7_500,
    "only curly marks": "“" * 5_000,
    "unmatched marks": "“word " * 5_000,
    "unmatched single marks": "‘word " * 5_000,
    "unmatched straight single marks": "'word " * 5_000,
    "alternating marks": "“a ‘b «c „d " * 1_500,
    "only letters": "a" * 475_000,
    "only capitals": "A" * 125_000,
    "capitalized words": "Ab " * 7_500,
    "initials": "A. " * 7_500,
    "names": "Dr. Ann Lee says “yes it is,” " * 750,
    "different names": " ".join(f"Dr. Aa{n} Lee" for n in range(1_250)),
    "different surnames": " ".join(f"Dr. Aa{n}." for n in range(1_250)),
    "speech verbs": "says " * 12_500,
    "paragraphs": "“Yes, it is.”\n\n" * 750,
    "pronouns": "“Yes, it is,” she says.\n\n" * 750,
    "labels": "Dr. Ann Lee: Yes, it is.\n\n" * 500,
    "commas": ", a" * 15_000,
    "underscores": "a_" * 25_000,
    "hyphens": "a-" * 25_000,
    "dots": "." * 50_000,
    "blank lines": "a\n \n" * 2_500,
    "quoted lines": ">" * 25_000,
    "line of spaces": " " * 250_000 + "x",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_to_its_end(source):
    assert parse_article(f"Title\n\nDr. Ann Lee is here. {source}", markup="text").title == "Title"


@pytest.mark.parametrize(
    "source",
    [">" * 50_000 + " deep", "> " * 50_000 + "deep", "- " * 50_000 + "deep", "[" * 20_000, "*" * 50_000, "`a" * 20_000],
    ids=["quotes", "spaced quotes", "bullets", "brackets", "stars", "backticks"],
)
def test_hostile_markdown_is_read_to_its_end(source):
    assert parse_article(f"Title\n\n{source}", markup="markdown").title == "Title"


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul", "a"])
def test_deeply_nested_pages_are_read_to_their_end(tag):
    article = parse_article(f"<h1>T</h1>{f'<{tag}>' * 5_000}deep", markup="html")
    assert "deep" in str(article.passages)
