"""Who speaks, in clauses: the shapes of subjects, shared by the patterns for clauses behind and in front.

All patterns work on masked text (views.py), in which a person is a run of one character.
"""

import re
from dataclasses import dataclass

from .roles import ROLE
from .verbs import NAMING
from .views import ANY_QUOTED, ORG, PERSON

NO_POSSESSIVE = r"(?!['’]s?(?:\s|$))"
PEOPLE = rf"{PERSON}++(?:(?:,?\s(?:and|or|&)\s|,\s){PERSON}++)*{NO_POSSESSIVE}"
PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)\b"
DESCRIBED = (
    rf"(?:{ROLE}|specialists?|experts?|patients?|clients?|customers?|managers?|a?esthetician|owner|founder|director|team|"
    r"staff|researchers?|authors?|spokes(?:woman|man|person)|stud(?:y|ies)|labels?|guidelines?|company|manufacturer|"
    r"clinic|website|reviewers?|woman|man|mother|father|teacher|coordinator|receptionist|technician|"
    r"assistant|husband|wife|sister|brother|daughter|son|friend|neighbor|mentor|colleagues?|partner|professionals?|"
    r"providers?|professor|leaflet|brochure|newsletter|magazine|blog|site|survey|society|agency|practice|bride|"
    r"runner|retiree)"
)
DESCRIPTION = (
    rf"(?:(?i:one of|another of)\s)?(?:{PERSON}++['’]s?\s|(?i:the|our|an?|one|another|his|her|their|my|this|that|most|"
    rf"many|some|several|all|both|other)\s)?(?:[\w’'-]+\s){{0,4}}?(?i:{DESCRIBED})\b(?!['’]s)"
)
SUBJECT = rf"(?P<subject>{PEOPLE}|{PRONOUN}|{DESCRIPTION}|(?:[Tt]he\s)?{ORG}++{NO_POSSESSIVE}|(?:I|[Ww]e)\b)"
MODIFIERS = (
    rf"(?:(?!(?:who|whom|whose|with|to|by|from|that|at|in|for|about|one|not|never|neither|is|was|are|what|"
    rf"how|patients?|clients?|but)\b|and\s{PERSON})"
    rf"[\w’'&/{ORG}-]+,?\s){{0,7}}?"
)
POSSESSOR = rf"(?:{PERSON}++['’]s?\s)?"
APPOSITION = (
    rf"(?:,\s[^.;:!?{ANY_QUOTED}]{{1,180}}?,|\s\([^)]{{1,120}}\)|\s[—–]\s[^.!?{ANY_QUOTED}]{{1,160}}?\s?[—–]|"
    rf"\s(?:of|from|at|with|in)\s[^,.;:!?{ANY_QUOTED}]{{1,80}}?)"
)
NOUNS = (
    r"(?:advice|answer|reply|rule|motto|mantra|message|response|verdict|warning|recommendation|suggestion|view|take|"
    r"philosophy|approach|tip|favorite saying|words|line|principle|summary|description|term|phrase)"
)
NAMING_VERB = re.compile(rf"\b{NAMING}\b")


@dataclass(frozen=True)
class Clause:
    """An attribution clause at start:end; `subject` is where its subject stands."""

    start: int
    end: int
    subject: tuple[int, int]
    form: str
    printed: tuple[int, int] | None = None
    pure: bool = False
    naming: bool = False


def subject_of(match):
    """Where the subject of a match stands; without a group of that name it is the first person."""
    if match.groupdict().get("subject"):
        return match.span("subject")
    if match.groupdict().get("pronoun"):
        return match.span("pronoun")
    return re.compile(f"{PERSON}++").search(match.string, match.start()).span()
