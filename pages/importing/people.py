"""The people an article names: clinicians, and others whose words must not become a clinician's."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from .model import NamedClinician
from .names import (
    CLINICAL,
    COURTESY,
    GENERATION,
    LETTERS,
    NAME,
    NOT_NAMES,
    ORGANIZATION_WORDS,
    PARTICLE,
    TITLE,
    folded,
    name_words,
)
from .roles import (
    APPOSITIVE,
    CREDENTIAL,
    ORGANIZATION,
    OTHER_SCIENCE,
    PATIENT_AFTER,
    PATIENT_BEFORE,
    PATIENT_STORY,
    ROLE_AFTER,
    ROLE_BEFORE,
)
from .verbs import AUXILIARY

PRINTED = re.compile(rf"(?P<title>\b{TITLE}|\b{COURTESY})?(?<![\w])(?P<name>{NAME})(?P<letters>{LETTERS}*)")
BOTH = re.compile(rf"\bDrs\.?\s(?P<first>{NAME})\s(?:and|&)\s(?P<second>{NAME})")
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


@dataclass(frozen=True)
class Mention:
    """A place where people of the roster are named; several where the name fits several."""

    start: int
    end: int
    people: tuple[Person, ...]


@dataclass
class _Printing:
    """One name as it stands in the text, before it is known whose it is."""

    title: str
    name: str
    letters: str
    before: str
    after: str
    start: int
    end: int
    in_heading: bool = False

    @property
    def is_titled(self):
        return bool(re.match(TITLE, self.title))

    @property
    def is_full(self):
        return len(name_words(self.name)) > 1


def printings(text):
    """All name-like stretches of a text, without the capitals that only begin a sentence."""
    organizations = [match.span() for match in ORGANIZATION.finditer(text)]
    for match in PRINTED.finditer(text):
        start, name = match.start("name"), match["name"]
        while organizations and organizations[0][1] <= start:
            organizations.pop(0)
        if not match["title"] and organizations and organizations[0][0] <= match.end() - 1:
            continue
        title = match["title"] or ""
        if not title:
            start, name = _without_first_words(start, name)
        name, whole = _before_stop_word(name), name
        if not name:
            continue
        letters = match["letters"] if name == whole else ""
        end = start + len(name) + len(letters)
        first = match.start() if title else start
        yield _Printing(title, name, letters, text[max(0, first - 60) : first], text[end : end + 240], first, end)


def _without_first_words(start, name):
    while True:
        word = re.match(r"\S+\s", name)
        if not word or word.group().strip() not in NOT_NAMES:
            break
        start, name = start + word.end(), name[word.end() :]
    return (start, "") if name in NOT_NAMES else (start, name)


def _before_stop_word(name):
    words = name.split(" ")
    for number, word in enumerate(words):
        if number and word in NOT_NAMES:
            return re.sub(rf"(?:\s{PARTICLE})+$", "", " ".join(words[:number]))
    return name


def people_in(blocks):
    """Everybody the blocks name: those of the body first, since headings write every word with a capital."""
    found, printed = {}, []
    for block in sorted(blocks, key=lambda block: block.kind in HEADINGS):
        for printing in _with_pairs(block.text):
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


def _with_pairs(text):
    """Printings, where "Drs. Paul and Greta Lindqvist" are two people with titles."""
    for match in BOTH.finditer(text):
        second = match["second"]
        first = match["first"]
        if " " in second and " " not in first:
            first = f"{first} {second.split(' ', 1)[1]}"
        for name in (first, second):
            yield _Printing("Dr. ", name, "", "", "", match.start(), match.end())
    yield from printings(text)


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
    return bool(role) and (printing.is_full or bool(printing.title)) and not _is_organization(printing.name)


def _is_organization(name):
    return any(word in ORGANIZATION_WORDS for word in name.split())


def _is_patient(printing):
    if _is_organization(printing.name) or printing.is_titled:
        return False
    known = PATIENT_BEFORE.search(printing.before) or PATIENT_AFTER.match(printing.after)
    return bool(known or (_is_given_name(printing) and PATIENT_STORY.match(printing.after) and _spoke_like(printing)))


def _spoke_like(printing):
    if re.search(r"(?:ing|ness|ment|tion|sion|ity|sis|ia|ine|gen|cea)$", printing.name):
        return False
    return printing.name not in NOT_PEOPLE and not printing.name.isupper() and printing.name[-1] != "s"


def _is_given_name(printing):
    return " " not in re.sub(r"\s\w\.$", "", printing.name)


def _spoke(printing):
    if _is_organization(printing.name) or printing.name in NOT_PEOPLE or printing.name.isupper():
        return False
    after = (SPOKE_AFTER if printing.is_full else SPOKE_AT_ONCE).match(printing.after)
    if after and after.group().strip() == ":":
        return printing.is_full and not printing.before and not printing.in_heading
    return bool(after or SPOKE_BEFORE.search(printing.before))


def _remember(found, printing, kind):
    """Add a person, unless the printing names one who is known already."""
    words = name_words(printing.name)
    generation = _generation(printing.name)
    key = (words[0], words[-1], generation)
    known = [key] if key in found else [k for k, person in found.items() if _is_known_as(person, words, generation)]
    if len(known) == 1:
        person = found[known[0]]
        found[known[0]] = replace(person, credentials=person.credentials or _credentials(printing))
    if known:
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


def _generation(name):
    match = re.search(rf"{GENERATION}$", name.rstrip(","))
    return folded(match.group()) if match else ""


def _credentials(printing):
    letters = re.sub(r"^,?\s", "", printing.letters)
    match = APPOSITIVE.match(printing.after)
    body = match["body"].strip() if match and CREDENTIAL.search(match["body"]) else ""
    return ", ".join(part for part in (letters, body) if part)


class Roster:
    """Recognizes the people of an article wherever they are mentioned."""

    def __init__(self, people):
        self.people = people
        self.index, self.given = defaultdict(list), defaultdict(list)
        for person in people:
            for words in _short_forms(person.words):
                self.index[words].append(person)
            self.given[person.words[0]].append(person)

    @property
    def clinicians(self):
        return tuple(
            NamedClinician(person.name, person.as_printed, person.credentials)
            for person in self.people
            if person.kind == "clinician"
        )

    def mentions(self, text):
        """Mentions in order. A surname after an unknown given name is somebody else, and a name in an
        organization's name nobody."""
        return [mention for printing in printings(text) for mention in self._mentions(text, printing)]

    def named(self, name, *, titled=False):
        """The people whom a name fits; a given name alone counts where nothing else fits."""
        words, generation = name_words(name), _generation(name)
        people = self.index.get(words) or (self.given.get(words[0], []) if len(words) == 1 else [])
        people = [person for person in people if _may_have_title(person)] if titled else people
        same = [person for person in people if person.generation == generation] if generation else []
        return tuple(same or people)

    def _mentions(self, text, printing):
        if _is_organization(printing.name) and not printing.title:
            return []
        if printing.title.startswith("Drs"):
            return self._plural(printing)
        people = self.named(printing.name, titled=printing.is_titled)
        if re.match(COURTESY, printing.title):
            people = tuple(person for person in people if not re.match(TITLE, person.as_printed))
        end, name = printing.end, printing.name
        while not people and printing.title and " " in name:
            name = name.rsplit(" ", 1)[0]
            people, end = (
                self.named(name, titled=printing.is_titled),
                printing.start + len(printing.title) + len(name),
            )
        end -= bool(re.match(r"\.(?:\s+[^a-z]|$)", text[end - 1 :]))
        return [Mention(printing.start, end, people)] if people else []

    def _plural(self, printing):
        people = self.named(printing.name, titled=True)
        return [Mention(printing.start, printing.end, people)] if people else []


def _may_have_title(person):
    return person.kind == "clinician" or bool(re.match(TITLE, person.as_printed))


def _short_forms(words):
    """All word sequences by which a name may be mentioned."""
    forms = {words, (words[0], words[-1])} if len(words) > 1 else {words}
    forms |= {words[start:] for start in range(1, len(words))}
    forms |= {(word,) for word in words[1:] if len(word) > 1 and not re.fullmatch(PARTICLE, word)}
    if len(words) > 1:
        forms |= {(words[0][0], words[-1])}
    return forms
