"""Tells statements from strings that are merely named: terms of art, slogans, titles, scare quotes."""

import re

from .verbs import SPEECH_WORDS
from .views import ANY_QUOTED, PERSON

CUE = re.compile(
    r"\b(?:so[- ]called|known (?:\w+ )?as|called|(?:en)?titled|dubbed|nicknamed|termed|labell?ed(?: as)?|coined|"
    r"(?:the|a|this|that|one|by) (?:\w+ )?(?:word|term|phrase|name|label|nickname|slogan|motto|tagline|expression|"
    r"acronym|buzzword|hashtag|title|headline|abbreviation)s?(?: of| is| was)?|slogans?(?: such as| like)?|such as|"
    r"like|"
    r"(?:sold|marketed|advertised|billed|promoted|branded|pitched|referred to|thought of|touted|described) (?:\w+ )?as|"
    r"stands? for|means|meaning|search(?:es|ing)? for|googl\w+|under the name|the (?:book|article|study|paper|review|"
    r"podcast|song|film|trial|report|lecture|talk|essay|chapter|poster|leaflet|survey|pamphlet|brochure)|"
    r"(?:calls?|call) (?:it|this|that|them|these)|promis\w+|the so-called|a (?:book|study|paper|review|report|talk))"
    r"\s*[,:]?\s*$",
    re.IGNORECASE,
)
LAST_WORD = re.compile(rf"{PERSON}.*\b(?:words?|phrase|expression)\s?:\s*$")
SIGNBOARD = re.compile(
    r"\b(?:sign|button|poster|banner|sticker|mug|form|box|menu|hashtag|ad|advert|headline)s?\b[^.]{0,60}$",
    re.I,
)
SLOGAN = re.compile(r"\b(?:slogan|tagline|motto|headline|hashtag|buzzword)s?\b", re.IGNORECASE)
COMMON_QUESTION = re.compile(
    r"\b(?:patients|people|clients|many|most|readers|some|everyone|folks|you)\b(?:\s\w+)?\s"
    r"(?:ask|wonder|want to know|may ask)\b",
    re.IGNORECASE,
)


NAMED_WORK = re.compile(
    r"\s(?:an?|the|his|her|their)\s(?:[\w-]+\s){0,2}(?:book|study|paper|review|song|film|podcast|article|talk|lecture)\b"
)
SPOKEN = re.compile(rf"{PERSON}|\b(?:{'|'.join(sorted(SPEECH_WORDS))})\b")


def word_count(text):
    return len(re.findall(r"\w+(?:['’-]\w+)*", text))


def is_cued_term(view, span):
    """Words before the marks say that a name, a slogan or a title follows."""
    start = view.sentence_start(span.outer_start)
    prefix = view.masked[start : span.outer_start]
    if COMMON_QUESTION.search(prefix) or (CUE.search(prefix) and not LAST_WORD.search(prefix)):
        return True
    between = prefix[prefix.rfind(PERSON) + 1 :]
    return bool(SLOGAN.search(between) and PERSON not in between and not prefix.rstrip().endswith("is"))


def is_own_description(view, span):
    """A fragment that describes in the speaker's own words, and does not merely name a thing."""
    words = view.text[span.start : span.end].strip(" ,.;")
    start = view.sentence_start(span.outer_start)
    prefix = view.masked[start : span.outer_start].rstrip()
    count = word_count(words)
    if re.search(r"\b(?:as|like|to)(?: an?| the)?$", prefix) and count > 1:
        return True
    if re.match(r"(?:an?|the|my|our|your|not|never|no)\s", words, re.IGNORECASE):
        return count > 2 or (count > 1 and words[0] in "aA")
    return count > 3


def is_full_sentence(view, span):
    """True for a passage that stands as a sentence of its own, not as a part of the narrator's."""
    words = view.text[span.start : span.end].strip()
    start = view.sentence_start(span.outer_start)
    prefix = view.masked[start : span.outer_start].strip(" (—–-•*★⭐☆")
    if prefix and not prefix.endswith(":"):
        return False
    if prefix and SIGNBOARD.search(prefix):
        return False
    return _is_long_enough(view, span, words) and _begins_well(words) and _ends_well(view, span, words)


def _is_long_enough(view, span, words):
    alone = not view.masked[: span.outer_start].strip() and not view.masked[span.outer_end :].strip(" .")
    if view.block.kind in ("heading", "title"):
        return word_count(words) > 2 and not words.endswith("?")
    sentence = words.endswith((".", "!", "?", "…")) or alone
    return word_count(words) > (1 if sentence else 2)


def _begins_well(words):
    first = words.lstrip("'\"‘“«„[(…. ")[:1]
    return first.isupper() or first.isdigit() or words.startswith(("…", "..."))


def _ends_well(view, span, words):
    after = view.masked[span.outer_end : span.outer_end + 40]
    if view.block.kind in ("heading", "title"):
        return True
    if words.endswith((".", "?", "!", "…", "!’", ".’", "?’", '."', ".”", "?”", "!”", "'")):
        return not re.match(r"\s+[a-z]", after)
    return bool(re.match(rf"\s*(?:[.!?]|$|[{ANY_QUOTED}])", after))


def leads_to_attribution(view, span):
    """A sentence that ends in a comma inside the marks waits for somebody who says it."""
    words = view.text[span.start : span.end].strip()
    start = view.sentence_start(span.outer_start)
    begins = not view.masked[start : span.outer_start].strip(" (—–-•*") and _begins_well(words)
    if not (span.closed and begins and words.endswith(",")):
        return False
    after = view.masked[span.outer_end : span.outer_end + 80]
    if NAMED_WORK.match(after):
        return False
    return word_count(words) > 3 or (word_count(words) > 1 and bool(SPOKEN.search(after)))
