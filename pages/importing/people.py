"""The people an article names: clinicians, and others whose words must not become a clinician's."""

import re
from dataclasses import dataclass, replace

from .names import CLINICAL, generation_of, name_words
from .printings import is_organization, with_pairs
from .roles import (
    APPOSITIVE,
    CREDENTIAL,
    OTHER_SCIENCE,
    PATIENT_AFTER,
    PATIENT_BEFORE,
    PATIENT_STORY,
    ROLE_AFTER,
    ROLE_BEFORE,
)
from .verbs import AUXILIARY

PLACE_BEFORE = re.compile(r"\b(?:in|at|of|from|near|outside|around|to|serving|throughout)\s(?:\w+\s)?$", re.IGNORECASE)
STRICT = (
    r"(?:says?|said|adds?|added|recalls?|recalled|tells?|told|laughs?|laughed|notes|noted|asks|asked|explains?|explained|"
    r"remembers?|remembered|admits?|admitted|jokes?|joked|writes?|wrote|wonders?|reports|smiles|shrugs|warns|advises)\b"
)
SPOKE_AFTER = re.compile(rf"(?:,[^,.;:“\"]{{1,80}},)?\s(?:{AUXILIARY})?{STRICT}|\s?:\s")
SPOKE_AT_ONCE = re.compile(rf"\s(?:{AUXILIARY})?{STRICT}")
SPOKE_BEFORE = re.compile(
    rf"{STRICT}\s(?:(?!to\b|with\b|that\b|about\b|of\b|in\b|at\b|for\b|by\b|from\b)[a-z][\w’'-]*\s){{0,5}}$|"
    r"(?:^|[”\"»’.!?])\s*(?:—|–|―|~|--?)\s*$"
)
NOT_PEOPLE = frozenset(
    [
        "Research",
        "Evidence",
        "Experience",
        "Science",
        "Data",
        "Legend",
        "Wisdom",
        "History",
        "Guidance",
        "Tradition",
        "Google",
    ]
)
# Nobody writes about so many; a list of names as long as a book must not take minutes.
MOST_PEOPLE = 400
SOMEBODY_BEFORE = re.compile(r"(?:^|[.!?]\s)An?\s(?:[\w-]+\s){0,5}[\w-]+,\s$")
HEADINGS = ("title", "heading")


@dataclass(frozen=True)
class Person:
    """One named person; `words` is the folded name by which mentions are recognized."""

    name: str
    kind: str
    words: tuple[str, ...]
    generation: str = ""
    as_printed: str = ""
    credentials: str = ""


def people_in(blocks):
    """Everybody the blocks name: those of the body first, since headings write every word with a capital."""
    found, printed = {}, []
    for block in sorted(blocks, key=lambda block: block.kind in HEADINGS):
        for printing in with_pairs(block.text):
            printing.in_heading = block.kind in HEADINGS
            printed.append(printing)
    for kind, test in (
        ("unknown", _is_scientist),
        ("clinician", _is_clinician),
        ("patient", _is_patient),
        ("unknown", _spoke),
    ):
        for full in (True, False):
            for printing in printed:
                if printing.is_full == full and test(printing):
                    _remember(found, printing, kind)
    return list(found.values())


def _is_scientist(printing):
    """A doctor of something else: no clinical license."""
    letters = re.search(rf"\s\(?{CLINICAL}", printing.letters)
    return bool(OTHER_SCIENCE.match(printing.after) and not ROLE_AFTER.match(printing.after) and not letters)


def _is_clinician(printing):
    if printing.is_titled or printing.title.startswith("Nurse"):
        return not printing.title.startswith("Drs")
    role = ROLE_BEFORE.search(printing.before) or ROLE_AFTER.match(printing.after)
    if re.search(rf"\s\(?{CLINICAL}", printing.letters):
        return printing.is_full and not PLACE_BEFORE.search(printing.before)
    return bool(role) and (printing.is_full or bool(printing.title)) and not is_organization(printing.name)


def _is_patient(printing):
    if is_organization(printing.name) or printing.is_titled:
        return False
    if _is_given_name(printing) and SOMEBODY_BEFORE.search(printing.before) and printing.after.startswith(","):
        return not ROLE_BEFORE.search(printing.before)
    known = PATIENT_BEFORE.search(printing.before) or PATIENT_AFTER.match(printing.after)
    return bool(known or (_is_given_name(printing) and PATIENT_STORY.match(printing.after) and _spoke_like(printing)))


def _spoke_like(printing):
    if re.search(r"(?:ing|ness|ment|tion|sion|ity|sis|ia|ine|gen|cea)$", printing.name):
        return False
    return printing.name not in NOT_PEOPLE and not printing.name.isupper() and printing.name[-1] != "s"


def _is_given_name(printing):
    return " " not in re.sub(r"\s\w\.$", "", printing.name)


def _spoke(printing):
    if is_organization(printing.name) or printing.name in NOT_PEOPLE or printing.name.isupper():
        return False
    after = (SPOKE_AFTER if printing.is_full else SPOKE_AT_ONCE).match(printing.after)
    if after and after.group().strip() == ":":
        return printing.is_full and not printing.before and not printing.in_heading
    return bool(after or SPOKE_BEFORE.search(printing.before))


def _remember(found, printing, kind):
    """Add a person, unless the printing names one who is known already."""
    words = name_words(printing.name)
    generation = generation_of(printing.name)
    key = (words[0], words[-1], generation)
    known = [key] if key in found else [k for k, person in found.items() if _is_known_as(person, words, generation)]
    if len(known) == 1:
        person = found[known[0]]
        found[known[0]] = replace(person, credentials=person.credentials or _credentials(printing))
    if known or len(found) >= MOST_PEOPLE:
        return
    if kind == "unknown" and _is_given_name(printing) and not printing.title:
        kind = "patient"
    name = printing.name.rstrip(",").replace(",", "")
    found[key] = Person(
        name, kind, words, generation, f"{printing.title}{printing.name}".strip(" ,"), _credentials(printing)
    )


def _is_known_as(person, words, generation):
    """True where a printing is a shorter form of a name that is known in full."""
    if len(words) == 1:
        return words[0] in person.words
    if len(words) > 2 or len(words[0]) == 1:
        return _fits_short(person.words, words) and generation in ("", person.generation)
    return person.kind == "clinician" and len(person.words) > 2 and person.words[-2:] == words


def _fits_short(full, words):
    """ "P. Lindqvist" and "Trujillo Prado" for longer names; "van Berg" as well."""
    if full[-len(words) :] == words:
        return True
    return len(words[0]) == 1 and full[-1] == words[-1] and full[0].startswith(words[0])


def _credentials(printing):
    letters = re.sub(r"^,?\s", "", printing.letters)
    match = APPOSITIVE.match(printing.after)
    body = match["body"].strip() if match and CREDENTIAL.search(match["body"]) else ""
    return ", ".join(part for part in (letters, body) if part)
