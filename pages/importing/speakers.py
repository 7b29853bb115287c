"""Decides who is meant by the subject of an attribution; where two people fit, it says so and names nobody."""

import re

from .drafts import Verdict
from .roles import ORGANIZATION_WORDS, PATIENT_WORDS, ROLE
from .views import ORG, PERSON

POINTING = re.compile(r"(?i:the|this|that)\s")
NURSE = re.compile(r"\b(?:nurse|nursing|R\.?N|NP|APRN|DNP|BSN|RGN|FNP)\b|NP\b", re.IGNORECASE)
ASSISTANT = re.compile(r"\b(?:physician (?:assistant|associate)|PA|PA-C)\b", re.IGNORECASE)
PLURAL = re.compile(r"(?:doctors|surgeons|dermatologists|nurses|physicians|ologists)$", re.IGNORECASE)
GENERIC = re.compile(r"(?:experts?|specialists?)$", re.IGNORECASE)


def judge_people(people, printed, attribution="explicit"):
    """The verdict on a printed name: one person, or an ambiguity."""
    clinicians = tuple(person for person in people if person.kind == "clinician")
    if len(people) > 1:
        kind = "clinician" if clinicians else people[0].kind
        names = tuple(dict.fromkeys(person.name for person in people))
        return Verdict("ambiguous", kind, None, printed, names, tuple(people))
    person = people[0]
    speaker = person.name if clinicians else None
    return Verdict(attribution, person.kind, speaker, printed, (), (person,))


def judge_pronoun(scene, printed=""):
    """He, she or they: the only one in question, or nobody."""
    people = scene.in_question()
    if not people:
        return Verdict("none", "unknown", None, printed)
    return judge_people(people, printed, "inferred")


def judge_subject(view, span, scene):
    """The verdict on the words at span, which are the subject of an attribution."""
    masked, printed = view.masked[span[0] : span[1]], view.text[span[0] : span[1]]
    if PERSON in masked and not re.search(rf"{PERSON}['’]s?\s", masked):
        return judge_people(people_at(view, span), printed)
    if re.fullmatch(r"(?i:he|she|they|his|her|their)", printed):
        return judge_pronoun(scene)
    if ORG in masked:
        return Verdict("explicit", "organization", None, printed)
    return _judge_description(printed, scene)


def people_at(view, span):
    """Everybody named between two places of a paragraph, once each."""
    position, people = span[0], []
    while position < span[1]:
        if view.masked[position] != PERSON:
            position += 1
            continue
        mention = view.mention_at(position)
        people += mention.people
        position = max(mention.end, position + 1)
    return tuple(dict.fromkeys(people))


def _judge_description(printed, scene):
    if PATIENT_WORDS.search(printed):
        attribution = "inferred" if any(person.kind == "patient" for person in scene.here) else "none"
        return Verdict(attribution, "patient", None, printed)
    head = re.sub(r"^.*['’]s\s", "", printed)
    if re.search(rf"{ROLE}$", head, re.IGNORECASE):
        return _judge_role(printed, scene)
    if GENERIC.search(head) and POINTING.match(printed):
        return _judge_role(printed, scene)
    kind = "organization" if ORGANIZATION_WORDS.search(head) else "unknown"
    return Verdict("none", kind, None, printed)


def _judge_role(printed, scene):
    """ "The dermatologist" is the only one in question; "our dermatologist" and "dermatologists" are nobody."""
    nobody = Verdict("none", "clinician", None, printed)
    if not POINTING.match(printed) or PLURAL.search(printed):
        return nobody
    fitting = tuple(person for person in scene.in_question() if _fits(person, printed))
    return judge_people(fitting, printed, "inferred") if fitting else nobody


def _fits(person, role):
    """Nurses are not doctors; otherwise a role is not used to tell people apart."""
    if person.kind != "clinician":
        return False
    if GENERIC.search(role):
        return True
    is_nurse, is_assistant = NURSE.search(person.credentials), ASSISTANT.search(person.credentials)
    if re.search("nurse", role, re.IGNORECASE):
        return bool(is_nurse)
    if re.search("assistant|associate", role, re.IGNORECASE):
        return bool(is_assistant)
    return not is_nurse and not is_assistant
