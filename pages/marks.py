"""A small drawing for each kind of treatment. Decoration: it follows the signed words, and says nothing itself."""

from .plain import words_of

_WORDS = {
    "filler": "botox filler fillers injection injections toxin",
    "freezing": "cryotherapy freezing",
    "laser": "laser lasers",
    "light": "light phototherapy",
    "mole": "mole moles nevus",
    "needles": "microneedling needle needles needling",
    "peel": "peel peels peeling",
    "surgery": "biopsy excision mohs surgery",
}
_MARKS = {word: mark for mark, words in _WORDS.items() for word in words.split()}


def mark_template(title: str, tags: list[str]) -> str:
    """The drawing of the first word that has one, in the title and then in the topics; empty if no word has."""
    marks = (_MARKS.get(word) for text in (title, *tags) for word in words_of(text))
    mark = next(filter(None, marks), "")
    return mark and f"components/plates/marks/{mark}.html"
