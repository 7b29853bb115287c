"""Who is in question at a place of the article: the people whom a pronoun may mean."""

import re
from dataclasses import dataclass, field

PERSONAL_NOUN = re.compile(
    r"['’]s?\s(?:[\w-]+\s){0,3}?(?:patients?|clients?|colleagues?|partners?|nurses?|team|staff|assistants?|wife|husband|"
    r"mother|father|sister|brother|daughter|son|teacher|mentor|office|clinic|practice|students?|friend)\b"
)
REVIEWED = re.compile(r"(?:reviewed|written|edited|approved|checked) by\s$", re.IGNORECASE)
SUBJECT_PRONOUN = re.compile(r"(?:^|[.!?]\s)(?:He|She|They)\s")


@dataclass
class Scene:
    """Who has been named, in this paragraph, in the one before and in all so far."""

    here: list = field(default_factory=list)
    before: tuple = ()
    so_far: tuple = ()

    def in_question(self):
        """Whom a pronoun may mean: people of the paragraph; failing that, of the one before; failing that, all."""
        return tuple(self.here) or self.before or self.so_far


class Scenes:
    """Remembers who was named where."""

    def __init__(self, narrator):
        self.narrator = narrator
        self.people_so_far = []

    def scene(self, view, position):
        """Who is in question at a place of a paragraph."""
        here = [p for m in view.told if m.start < position and not _belongs(view, m) for p in m.people]
        here += [p for d in self.narrator.by_block.get(view.number, [])[-6:] for p in d.verdict.people]
        before = self._people_before(view)
        first = view.told[0].start if view.told else len(view.text)
        if here and SUBJECT_PRONOUN.search(view.masked, 0, min(first, position)):
            here = [*here, *before]
        return Scene(list(dict.fromkeys(here)), before, self._people_so_far(view))

    def _people_before(self, view):
        for number in range(view.number - 1, max(-1, view.number - 4), -1):
            earlier = self.narrator.views[number]
            people = self._people_of(earlier)
            if people:
                return people
            if earlier.block.kind not in ("heading", "item"):
                break
        return ()

    def _people_of(self, view):
        told = [p for m in view.told if not _belongs(view, m) for p in m.people]
        spoke = [p for d in self.narrator.by_block.get(view.number, []) for p in d.verdict.people]
        return tuple(dict.fromkeys(told + spoke))

    def _people_so_far(self, view):
        views, known = self.narrator.views, self.people_so_far
        for number in range(len(known), view.number + 1):
            told = [p for m in views[number].told if not _belongs(views[number], m) for p in m.people]
            earlier = known[-1] if known else ()
            known.append(tuple(dict.fromkeys([*earlier, *told])) if told else earlier)
        return known[view.number]


def _belongs(view, mention):
    """Named only as the one to whom somebody else belongs (Dr. X's patients), or who checked the article."""
    checked = REVIEWED.search(view.text[max(0, mention.start - 30) : mention.start])
    return bool(checked or PERSONAL_NOUN.match(view.masked, mention.end))
