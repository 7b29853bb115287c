"""The attribution that follows a quoted passage."""

import re

from .clauses import (
    APPOSITION,
    DESCRIPTION,
    MODIFIERS,
    NAMING_VERB,
    NO_POSSESSIVE,
    NOUNS,
    PEOPLE,
    POSSESSOR,
    SUBJECT,
    Clause,
    subject_of,
)
from .roles import CREDENTIAL
from .verbs import VERB
from .views import ANY_QUOTED, ORG, PERSON, QUOTED_SENTENCE

GAP = r"\s*,?\s*(?:[—–-]{1,2}\s*)?"
VERB_SUBJECT = re.compile(
    rf"{GAP}(?P<verb>{VERB})\s(?:{POSSESSOR}{MODIFIERS}(?P<subject>{PEOPLE}(?!\s{VERB})|{PERSON}++{NO_POSSESSIVE}))"
)
VERB_OTHER = re.compile(rf"{GAP}(?P<verb>{VERB})\s{SUBJECT}")
SUBJECT_VERB = re.compile(rf"{GAP}(?:and\s|as\s)?{SUBJECT}{APPOSITION}??,?\s(?P<verb>{VERB})")
MODIFIED_VERB = re.compile(rf"{GAP}{POSSESSOR}{MODIFIERS}(?P<subject>{PEOPLE}){APPOSITION}??,?\s(?P<verb>{VERB})")
ACCORDING = re.compile(
    rf"{GAP}(?:according to\s|in the words of\s|to quote\s){MODIFIERS}{SUBJECT}|"
    rf"{GAP}(?:in\s){PERSON}++['’]s?\s(?:own\s)?words"
)
SUMMED_UP = re.compile(
    rf"{GAP}(?:(?:[Tt]hat|[Tt]his|[Ss]uch|[Tt]hose)[’']?s?\s)?(?:is|was|are|were|remains)?\s*(?:how|what|the way|"
    rf"(?:the\s)?(?:\w+\s)?{NOUNS}(?:\sthat)?)\s{MODIFIERS}{SUBJECT}{APPOSITION}??\s(?P<verb>{VERB}|gives?|offers?|has|likes)"
)
OWN_RULE = re.compile(
    rf"{GAP}(?:(?:[Tt]hat|[Tt]his)[’']?s?\s)?(?:is|was|remains)\s(?:{PERSON}++['’]s?|(?P<pronoun>his|her|their))\s"
    rf"(?:[\w-]+\s){{0,3}}{NOUNS}"
)
SIGNED = re.compile(
    rf"\s*(?:—|–|―|~|--?)\s*{MODIFIERS}(?P<subject>{PEOPLE}|{DESCRIPTION}|{ORG}++)(?P<rest>[^!?:{ANY_QUOTED}]{{0,200}})$"
)
HEADED = re.compile(rf"\s*[:,—–-]?\s*(?:{MODIFIERS})?(?P<subject>{PEOPLE})")
PLAIN = (
    r"(?:also\s)?(?:say|says|said|explains|explained|notes|noted|adds|added|asks|asked|exclaims|exclaimed|quips|jokes)"
)
COMPLETE = re.compile(rf"(?:\s(?:{PERSON}++|[\w’'-]+)){{0,3}}\s*(?:[.,:;!?]|$|[{ANY_QUOTED}])")
NOT_COMPLETE = re.compile(r"\s(?:that|how|why|what|when|whether|if|to|it|this|there|they|patients|most|he|she)\b")


def clause_after(view, span, limit):
    """The attribution that follows a quoted passage, up to the next passage at most."""
    region = view.masked[:limit]
    ended = view.masked[span.outer_end - 1] == QUOTED_SENTENCE if span.closed else False
    for read in (_by_verb, _by_subject, _by_source, _by_summary, _by_signature):
        clause = read(view, region, span.outer_end, ended)
        if clause:
            return clause
    return _by_heading(view, region, span.outer_end)


def _by_verb(view, region, start, ended):
    match = VERB_SUBJECT.match(region, start) or VERB_OTHER.match(region, start)
    if not match or (ended and region[match.start("verb")].isupper()):
        return None
    return _finished(view, region, match, "verb", trailing=True)


def _by_subject(view, region, start, ended):
    match = SUBJECT_VERB.match(region, start) or MODIFIED_VERB.match(region, start)
    if not match or (ended and not _is_complete(region, match)):
        return None
    return _finished(view, region, match, "verb", trailing=False)


def _is_complete(region, match):
    """After a full stop inside the marks a sentence about the speaker is narration, unless it ends at its verb.

    "Dr. X agrees." after a full stop leads in the next quotation; only plain verbs of saying look back.
    """
    if not re.fullmatch(PLAIN, match["verb"]):
        return False
    return not NOT_COMPLETE.match(region, match.end()) and bool(COMPLETE.match(region, match.end()))


def _by_source(view, region, start, ended):
    match = ACCORDING.match(region, start)
    return _finished(view, region, match, "source", trailing=True) if match else None


def _by_summary(view, region, start, ended):
    match = SUMMED_UP.match(region, start) or OWN_RULE.match(region, start)
    return _finished(view, region, match, "summary", trailing=False, pure=False) if match else None


def _by_signature(view, region, start, ended):
    match = SIGNED.match(region, start) if len(region) == len(view.masked) else None
    if not match or not re.fullmatch(r"\.?(?:[,(\s].*)?", match["rest"]):
        return None
    return Clause(
        match.start(),
        len(region),
        match.span("subject"),
        "signature",
        (match.start("subject"), len(region)),
        True,
    )


def _by_heading(view, region, start):
    match = HEADED.match(region, start) if view.block.kind in ("heading", "title") else None
    if not match:
        return None
    return Clause(match.start(), match.end(), match.span("subject"), "heading", match.span("subject"))


def _finished(view, region, match, form, *, trailing, pure=True):
    """The clause with what follows its core; pure if nothing but credentials follows."""
    end = view.sentence_end(match.end(), len(region))
    rest = region[match.end() : end]
    pure = pure and (_only_credentials(rest) if trailing else rest.strip(" .,;:") in ("", "us", "me"))
    subject = subject_of(match)
    printed = subject
    if trailing and pure and rest.strip(" .,;:"):
        printed = (subject[0], match.end() + len(rest.rstrip(" .,;:")))
    elif not trailing and "verb" in match.groupdict() and match["verb"] and match.start("verb") > subject[1]:
        printed = (subject[0], subject[0] + len(region[subject[0] : match.start("verb")].rstrip(" ,")))
    return Clause(match.start(), end, subject, form, printed, pure, bool(NAMING_VERB.search(_verb(match))))


def _verb(match):
    return match.groupdict().get("verb") or ""


def _only_credentials(rest):
    """Nothing, or an apposition or a relative clause that says who the speaker is."""
    rest = rest.strip()
    if not rest.strip(" .,;:"):
        return True
    if re.match(r"\((?:[^)]*)\)[.,]?$|(?:of|at|from|in|with)\s[^,;:]*[.,]?$", rest):
        return True
    starts = re.match(r",\s(?!and\b|but\b|so\b|because\b|when\b|as\b|while\b|which\b|\w+ing\b)", rest)
    return bool(starts and CREDENTIAL.search(rest) and not re.search(r"\b(?:he|she|they|it|patients)\b", rest))
