"""Clauses that say who speaks: behind a quoted passage, in front of it, and around it.

All patterns work on masked text (views.py), in which a person is a run of one character.
"""

import re
from dataclasses import dataclass

from .names import UPPER
from .roles import CREDENTIAL, ROLE
from .verbs import NAMING, SPEECH, VERB
from .views import ANY_QUOTED, ORG, PERSON, QUOTED_SENTENCE

NO_POSSESSIVE = r"(?!['’]s?(?:\s|$))"
PEOPLE = rf"{PERSON}++(?:(?:,?\s(?:and|or|&)\s|,\s){PERSON}++)*{NO_POSSESSIVE}"
PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)\b"
DESCRIBED = (
    rf"(?:{ROLE}|specialists?|experts?|patients?|clients?|customers?|managers?|a?esthetician|owner|founder|director|team|"
    r"staff|researchers?|authors?|spokes(?:woman|man|person)|stud(?:y|ies)|labels?|guidelines?|company|manufacturer|"
    r"clinic|website|reviewers?|woman|man|mother|father|teacher|coordinator|receptionist|technician|assistant|husband|wife|sister|brother|daughter|son|friend|neighbor|mentor|colleagues?|"
    r"partner|professionals?|providers?|professor|leaflet|brochure|newsletter|magazine|blog|site|survey|society|agency|practice|bride|runner|retiree)"
)
DESCRIPTION = (
    rf"(?:(?i:one of|another of)\s)?(?:{PERSON}++['’]s?\s|(?i:the|our|an?|one|another|his|her|their|my|this|that|most|"
    rf"many|some|several|all|both|other)\s)?(?:[\w’'-]+\s){{0,4}}?(?i:{DESCRIBED})\b(?!['’]s)"
)
SUBJECT = rf"(?P<subject>{PEOPLE}|{PRONOUN}|{DESCRIPTION}|(?:[Tt]he\s)?{ORG}++{NO_POSSESSIVE}|(?:I|[Ww]e)\b)"
MODIFIERS = (
    rf"(?:(?!(?:who|whom|whose|with|to|by|from|that|at|in|for|about|one|not|never|neither|is|was|are|what|how|patients?|clients?|but)\b|and\s{PERSON})"
    rf"[\w’'&/{ORG}-]+,?\s){{0,7}}?"
)
POSSESSOR = rf"(?:{PERSON}++['’]s?\s)?"
APPOSITION = (
    rf"(?:,\s[^.;:!?{ANY_QUOTED}]{{1,180}}?,|\s\([^)]{{1,120}}\)|\s[—–]\s[^.!?{ANY_QUOTED}]{{1,160}}?\s?[—–]|"
    rf"\s(?:of|from|at|with|in)\s[^,.;:!?{ANY_QUOTED}]{{1,80}}?)"
)
GAP = r"\s*,?\s*(?:[—–-]{1,2}\s*)?"
NOUNS = (
    r"(?:advice|answer|reply|rule|motto|mantra|message|response|verdict|warning|recommendation|suggestion|view|take|"
    r"philosophy|approach|tip|favorite saying|words|line|principle|summary|description|term|phrase)"
)

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
NAMING_VERB = re.compile(rf"\b{NAMING}\b")


@dataclass(frozen=True)
class Clause:
    """An attribution clause at start:end; `subject` is where the subject stands, None for a bare pronoun form."""

    start: int
    end: int
    subject: tuple[int, int]
    form: str
    printed: tuple[int, int] | None = None
    pure: bool = False
    naming: bool = False


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
    subject = _subject_of(match)
    printed = subject
    if trailing and pure and rest.strip(" .,;:"):
        printed = (subject[0], match.end() + len(rest.rstrip(" .,;:")))
    elif not trailing and "verb" in match.groupdict() and match["verb"] and match.start("verb") > subject[1]:
        printed = (subject[0], subject[0] + len(region[subject[0] : match.start("verb")].rstrip(" ,")))
    return Clause(match.start(), end, subject, form, printed, pure, bool(NAMING_VERB.search(_verb(match))))


def _verb(match):
    return match.groupdict().get("verb") or ""


def _subject_of(match):
    if match.groupdict().get("subject"):
        return match.span("subject")
    if match.groupdict().get("pronoun"):
        return match.span("pronoun")
    at = re.compile(f"{PERSON}++").search(match.string, match.start())
    return at.span()


def _only_credentials(rest):
    """Nothing, or an apposition or a relative clause that says who the speaker is."""
    rest = rest.strip()
    if not rest.strip(" .,;:"):
        return True
    if re.match(r"\((?:[^)]*)\)[.,]?$|(?:of|at|from|in|with)\s[^,;:]*[.,]?$", rest):
        return True
    starts = re.match(r",\s(?!and\b|but\b|so\b|because\b|when\b|as\b|while\b|which\b|\w+ing\b)", rest)
    return bool(starts and CREDENTIAL.search(rest) and not re.search(r"\b(?:he|she|they|it|patients)\b", rest))


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
    low, high = _subject_of(match)
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
