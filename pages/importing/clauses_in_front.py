"""The attribution in the sentence that leads to a quoted passage."""

import re

from .clauses import (
    APPOSITION,
    DESCRIBED,
    DESCRIPTION,
    MODIFIERS,
    NAMING_VERB,
    NOUNS,
    PEOPLE,
    PRONOUN,
    SUBJECT,
    Clause,
    subject_of,
)
from .names import UPPER
from .verbs import SPEECH, VERB
from .views import ANY_QUOTED, ORG, PERSON

LED_BY_VERB = re.compile(rf"{SUBJECT}(?:{APPOSITION}??,?\s)(?P<verb>{VERB})")
LED_BY_INVERSION = re.compile(
    rf"^(?:And\s|But\s)?(?P<verb>(?i:{SPEECH}))\s{MODIFIERS}(?P<subject>{PEOPLE})[^.;!?]{{0,160}}[:,]$"
)
LED_BY_SOURCE = re.compile(
    rf"\b(?:[Aa]ccording to|[Ii]n the words of|[Tt]o quote|[Ff]rom)\s{MODIFIERS}{SUBJECT}"
    rf"(?:,\s[^.;:!?{ANY_QUOTED}]{{1,180}}?)?(?:,|:)?$|"
    r"\b[Ii]n "
    rf"(?:{PERSON}++['’]s?|(?P<pronoun>his|her|their))\s(?:own\s)?words(?:,?\s(?:is|was|are|were|it is|it’s))?[,:]?$"
)
LED_BY_RULE = re.compile(
    rf"(?:{PERSON}++['’]s?|\b(?P<pronoun>[Hh]is|[Hh]er|[Tt]heir))\s(?:[\w’'-]+\s){{0,4}}?{NOUNS}(?:\s[\w’'-]+){{0,6}}?"
    r"(?:\s(?:is|was|remains|stays)(?:\s[\w’'-]+){0,3}|)[:,]?$"
)
LED_BY_PARTICIPLE = re.compile(
    r"\b(?:saying|adding|noting|explaining|warning|asking|insisting|stating|telling\s[\w ]{1,30}|remarking|joking|"
    r"reminding\s[\w ]{1,30}|calling\s(?:it|this|that|them)),?$"
)
POSSESSIVE = r"\b(?:[Hh]is|[Hh]er|[Tt]heir)\b"
DENIED = re.compile(
    rf"\b(?:[Nn]obody|[Nn]o one|[Nn]either|[Nn]ot even|least of all)\b|\bnever\s{VERB}|"
    rf"\s(?:by|from)\s(?:[{UPPER}][a-z]+\s){{1,2}}[{UPPER}][a-z]+:$"
)
REFUSED = re.compile(r"\b(?:not|against|instead of|rather than)\b|n[’']t\b")


def clause_before(view, span):
    """The attribution in the sentence that leads to a quoted passage."""
    start = view.sentence_start(span.outer_start)
    prefix = view.masked[start : span.outer_start].rstrip(" (—–-")
    return led_by(prefix, start) if prefix.strip() else None


def led_by(prefix, offset=0):
    """The clause that a lead-in makes, or None; positions are shifted by offset."""
    if DENIED.search(prefix):
        return None
    for read in (
        _led_by_source,
        _led_by_rule,
        _led_by_verb,
        _led_by_inversion,
        _led_by_participle,
        _led_by_colon,
    ):
        clause = read(prefix, offset)
        if clause:
            return clause
    return None


def _led(prefix, offset, match, form, *, pure=False, naming=False):
    low, high = subject_of(match)
    printed = (offset + low, offset + high)
    return Clause(offset, offset + len(prefix), printed, form, printed, pure, naming)


def _led_by_source(prefix, offset):
    match = LED_BY_SOURCE.search(prefix)
    return _led(prefix, offset, match, "lead", pure=match.start() == 0) if match else None


def _led_by_rule(prefix, offset):
    match = LED_BY_RULE.search(prefix)
    return _led(prefix, offset, match, "lead") if match else None


def _led_by_verb(prefix, offset):
    """The last person or thing that speaks; how much may follow the verb depends on the punctuation."""
    found = None
    for match in LED_BY_VERB.finditer(prefix):
        found = match
    if not found:
        return None
    rest = prefix[found.end() :]
    if prefix[-1] not in ":," and (len(rest.split()) > 14 or any(mark in rest for mark in ANY_QUOTED)):
        return None
    if _speaks_of_another(rest):
        subject = (offset + found.start("subject"), offset + len(prefix))
        return Clause(offset, offset + len(prefix), subject, "lead", found.span("subject"))
    if prefix[-1] not in ":," and REFUSED.search(rest):
        return None
    pure = found.start() == 0 and rest.strip(" ,:") in ("", "that")
    form = "lead" if prefix[-1] in ":," or rest.strip() in ("", "that") else "fragment"
    naming = bool(NAMING_VERB.search(found["verb"]))
    if prefix[-1] == "," and len(rest.split()) > 9:
        form = "fragment"
    clause = _led(prefix, offset, found, "fragment" if naming and prefix[-1] != ":" else form, pure=pure, naming=naming)
    printed = (clause.subject[0], offset + len(prefix[: found.start("verb")].rstrip(" ,")))
    return Clause(clause.start, clause.end, clause.subject, clause.form, printed, clause.pure, clause.naming)


def _speaks_of_another(rest):
    """Another person behind the verb may be the source, unless that person is spoken to or agreed with."""
    return bool(re.search(PERSON, rest)) and not re.match(rf"\s(?:(?:with|to)\s)?{PERSON}++[^{PERSON}]*$", rest)


def _led_by_inversion(prefix, offset):
    match = LED_BY_INVERSION.search(prefix)
    return _led(prefix, offset, match, "lead", pure=True) if match else None


def _led_by_participle(prefix, offset):
    if not LED_BY_PARTICIPLE.search(prefix):
        return None
    match = re.search(SUBJECT, prefix)
    return _led(prefix, offset, match, "lead") if match else None


def _led_by_colon(prefix, offset):
    """A sentence with a colon that names somebody without a verb of speaking; all whom it names may be meant."""
    if prefix[-1] != ":":
        return None
    people = [match.span() for match in re.finditer(rf"{PERSON}++(?!['’]s?\s(?:{DESCRIBED}))", prefix)]
    if people:
        subject = (offset + people[0][0], offset + people[-1][1])
        return Clause(offset, offset + len(prefix), subject, "colon", subject)
    match = re.search(rf"(?P<subject>{ORG}++|{PRONOUN}|{POSSESSIVE})", prefix)
    match = match or re.search(rf"(?P<subject>{DESCRIPTION})", prefix)
    return _led(prefix, offset, match, "colon") if match else None
