from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from django.utils.html import escape

from reviews.canonical import fold

from .canonical import normalised_html, words_of


def with_words(html: str, words: str) -> str:
    """Rich text that reads exactly as `words`, with the emphasis, links and lists of `html` where words stayed.

    Where the words fit no such form any more, one plain paragraph.
    """
    soup = BeautifulSoup(normalised_html(html), "html.parser")
    nodes = [node for node in soup.find_all(string=True) if fold(node)]
    old = [(word, number) for number, node in enumerate(nodes) for word in node.split()]
    for node, kept in zip(nodes, _words_of_nodes(old, words.split(), len(nodes)), strict=True):
        lead, tail = " " * node[:1].isspace(), " " * node[-1:].isspace()
        node.replace_with(f"{lead}{' '.join(kept)}{tail}" if kept else "")
    _drop_what_is_empty(soup)
    changed = str(soup)
    return changed if words_of(changed) == fold(words) else f"<p>{escape(fold(words))}</p>"


def _words_of_nodes(old: list[tuple[str, int]], new: list[str], count: int) -> list[list[str]]:
    """The new words, each with the text node that it belongs to: that of the words it replaces or follows."""
    found = [[] for _ in range(count)]
    matcher = SequenceMatcher(a=[word for word, _ in old], b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for position in range(a, b):
                found[old[position][1]].append(old[position][0])
        elif old:
            at = a if tag == "replace" else max(a - 1, 0)
            found[old[min(at, len(old) - 1)][1]].extend(new[c:d])
    return found


def _drop_what_is_empty(soup):
    for element in reversed(soup.find_all(True)):
        if element.name != "br" and not element.get_text(strip=True):
            element.decompose()
