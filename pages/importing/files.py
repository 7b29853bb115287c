"""Reads an article from a file; every refusal is one sentence that says what to do."""

import codecs
from pathlib import Path

MAX_BYTES = 1_000_000
SUFFIXES = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


class UnreadableArticle(ValueError):
    """A file that cannot be imported; `sentence` names the file and says what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def read_text(path):
    """The text and the kind of markup of one file, or UnreadableArticle."""
    path = Path(path)
    markup = SUFFIXES.get(path.suffix.lower())
    data = _bytes(path)
    if markup is None:
        raise UnreadableArticle(
            f"{path.name} is not an article file; save the text as .txt, .md or .html and import that file."
        )
    text = _decoded(path.name, data)
    if not text.strip():
        raise UnreadableArticle(f"{path.name} is empty; check that the text was saved, then import it again.")
    return text, markup


def _bytes(path):
    try:
        if path.is_dir():
            raise UnreadableArticle(f"{path.name} is a folder; choose one article file inside it.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except PermissionError:
        raise UnreadableArticle(f"{path.name} may not be read; ask its owner for permission.") from None
    except OSError:
        raise UnreadableArticle(f"{path.name} cannot be found or opened; check the name and the folder.") from None
    if len(data) > MAX_BYTES:
        raise UnreadableArticle(
            f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB; take the images out, or split the article."
        )
    return data


def _decoded(name, data):
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _with(name, data, encoding)
    if b"\0" in data:
        raise UnreadableArticle(f"{name} is not a text file; save the article as plain text, Markdown or HTML.")
    return _with(name, data, "utf-8-sig")


def _with(name, data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        label = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise UnreadableArticle(
            f"{name} is not valid {label} at byte {error.start}; open it in an editor, save it as UTF-8 "
            "and import it again."
        ) from None
