"""Name-like stretches of running text, before it is known whose they are."""

import re
from dataclasses import dataclass

from .names import COURTESY, LETTERS, NAME, NOT_NAMES, ORGANIZATION_WORDS, PARTICLE, TITLE, name_words
from .roles import ORGANIZATION

PRINTED = re.compile(rf"(?P<title>\b{TITLE}|\b{COURTESY})?(?<![\w])(?P<name>{NAME})(?P<letters>{LETTERS}*)")
BOTH = re.compile(rf"\bDrs\.?\s(?P<first>{NAME})\s(?:and|&)\s(?P<second>{NAME})")


@dataclass
class Printing:
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
        yield Printing(title, name, letters, text[max(0, first - 60) : first], text[end : end + 240], first, end)


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


def with_pairs(text):
    """Printings, where "Drs. Paul and Greta Lindqvist" are two people with titles."""
    for match in BOTH.finditer(text):
        second = match["second"]
        first = match["first"]
        if " " in second and " " not in first:
            first = f"{first} {second.split(' ', 1)[1]}"
        for name in (first, second):
            yield Printing("Dr. ", name, "", "", "", match.start(), match.end())
    yield from printings(text)


def is_organization(name):
    return any(word in ORGANIZATION_WORDS for word in name.split())
