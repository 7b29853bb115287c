"""The words that a rendered article prints, read off its HTML. The rules are those of check-words.js: change both."""

from bs4 import BeautifulSoup, NavigableString, Tag

from reviews.canonical import fold

# Reference marks are links to the sources and no words; quotation marks come from the style sheet.
SKIPPED = {"script", "style", "svg", "sup", "template"}
INLINE = {"a", "abbr", "b", "em", "i", "q", "small", "span", "strong", "time"}


def printed_words(html: str) -> dict:
    """For each marked passage the statements it prints and all its words, and the words around the passages."""
    main = BeautifulSoup(html, "html.parser").main
    for element in main.select("[data-check]"):
        element.decompose()
    found = [(element, _passage(element)) for element in main.select("[data-words]")]
    passages = [{"statements": element["data-words"].split(), "words": words_of(passage)} for element, passage in found]
    for _, passage in found:
        for element in passage:
            element.extract()
    return {"passages": passages, "around": words_of([main])}


def words_of(elements: list[Tag]) -> str:
    return fold("".join(_text(element) for element in elements))


def _passage(first: Tag) -> list[Tag]:
    """The marked element and what follows it, up to the next mark or a section of the page's own."""
    found = [first]
    for element in first.find_next_siblings():
        if element.has_attr("data-words") or element.name == "section":
            break
        found.append(element)
    return found


def _text(node) -> str:
    if isinstance(node, NavigableString):
        return str(node) if type(node) is NavigableString else ""
    if node.name in SKIPPED:
        return ""
    if node.name == "img":
        return f" Described as: {node.get('alt', '')}. "
    text = "".join(_text(child) for child in node.children)
    return text if node.name in INLINE else f" {text} "
