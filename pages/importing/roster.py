"""Recognizes the people of an article wherever they are mentioned."""

import re
from collections import defaultdict
from typing import NamedTuple

from .model import NamedClinician
from .names import COURTESY, PARTICLE, TITLE, generation_of, name_words
from .people import Person
from .printings import is_organization, printings


class Mention(NamedTuple):
    """A place where people of the roster are named; several where the name fits several."""

    start: int
    end: int
    people: tuple[Person, ...]


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
        words, generation = name_words(name), generation_of(name)
        people = self.index.get(words) or (self.given.get(words[0], []) if len(words) == 1 else [])
        people = [person for person in people if _may_have_title(person)] if titled else people
        same = [person for person in people if person.generation == generation] if generation else []
        return tuple(same or people)

    def _mentions(self, text, printing):
        if is_organization(printing.name) and not printing.title:
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
