import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WORDS = re.compile(r"\S+\s*")
_SENTENCES = re.compile(r".+?(?:[.!?…”]\s+|$)", re.DOTALL)
# Comparing word by word takes the product of both lengths, and far more where words repeat.
_MOST_WORDS = 400


def word_diff(before: str, after: str, hidden: str = "vh") -> SafeString:
    """The changes from one text to the other, word by word, as HTML that a screen reader reads well.

    `hidden` is the class that the screen has for words that are only heard.
    """
    unit = _WORDS if max(len(before.split()), len(after.split())) <= _MOST_WORDS else _SENTENCES
    old, new = unit.findall(before), unit.findall(after)
    matcher = SequenceMatcher(a=[word.strip() for word in old], b=[word.strip() for word in new], autojunk=False)
    changes = matcher.get_opcodes()
    return format_html_join(
        "", "{}", ((_part(tag, "".join(old[a:b]), "".join(new[c:d]), hidden),) for tag, a, b, c, d in changes)
    )


def _part(tag: str, old: str, new: str, hidden: str) -> SafeString:
    if tag == "equal":
        return format_html("{}", new)
    removed = _change("del", "removed", old.strip(), hidden) if old else SafeString("")
    added = _change("ins", "added", new.strip(), hidden) if new else SafeString("")
    return removed + added


def _change(tag: str, said: str, words: str, hidden: str) -> SafeString:
    return format_html('<{0}><span class="{1}"> {2}: </span>{3}</{0}> ', SafeString(tag), hidden, said, words)
