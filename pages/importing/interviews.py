"""Interviews: a label at the beginning of a paragraph says whose turn it is, with or without marks."""

import re
from itertools import pairwise

from .drafts import Draft, Piece, Verdict
from .speakers import judge_people, people_at
from .views import PERSON

NAMED = re.compile(rf"\s*(?P<who>{PERSON}++)(?:\s[(\[][^)\]]{{1,30}}[)\]])?\s*:\s*")
SECOND_LABEL = re.compile(rf"{PERSON}\s?:\s")
SHORT = re.compile(
    r"\s*(?P<who>(?:Dr\.?\s)?[^\W\d_a-z][\w’'-]*\.?(?:[^\W\d_a-z]\.?){0,2})(?:\s\d{1,2})?(?:\s[(\[][^)\]]{1,30}[)\]])?\s*:\s*"
)
DOTTED = re.compile(r"\s*(?P<who>[QA])\.\s+")
QUESTION = re.compile(
    r"(?:Q|Question|Interviewer|Reporter|Host|Editor|Moderator|Reader|Patient|Us|We|Me|You)", re.IGNORECASE
)
ANSWER = re.compile(r"(?:A|Answer)", re.IGNORECASE)
CUE = re.compile(
    r"\b(?:sat down|spoke (?:to|with)|talk(?:ed)? (?:to|with)|ask(?:ed)?\b|interview\w*|conversation|answers|answered|"
    r"questions|chat(?:ted)?\b|Q ?& ?A|caught up|called up|visited|met with|five minutes|minutes (?:on|with)|joined)",
    re.IGNORECASE,
)


class Interview:
    """Reads paragraphs that carry a label; a question is left in the copy."""

    def __init__(self, views, roster):
        self.views, self.roster = views, roster
        self.dotted = any(re.match(r"Q\.\s", view.text) for view in views)
        self.asked = any(re.match(r"(?:Q|Question)\s?\d*[.:]\s", view.text) for view in views) or any(
            re.match(r"(?:A|Answer):\s", view.text) and before.text.endswith("?") for before, view in pairwise(views)
        )
        self.initials = self._initials()
        self.guest = self._only_guest()

    def reads(self, view, narrator):
        """True if the paragraph is a turn; then it has been dealt with."""
        if view.block.kind in ("heading", "title", "item"):
            return False
        turn = self._turn(view)
        if not turn:
            return False
        end, verdict = turn
        if verdict is None:
            for span in view.spans:
                narrator.leave(view, span)
            return True
        narrator.add(_draft(view, end, verdict))
        return True

    def _turn(self, view):
        named = NAMED.match(view.masked)
        if named:
            who = named.span("who")
            return self._named_turn(view, named.end(), people_at(view, who), view.text[slice(*who)])
        match = SHORT.match(view.text) or (DOTTED.match(view.text) if self.dotted else None)
        if not match or match.end() == len(view.text):
            return None
        return self._short_turn(view, match)

    def _named_turn(self, view, end, people, printed):
        if not re.search(r"[.!?…,”’\"]", view.text[end:]):
            return None  # a line of a list of doctors
        if SECOND_LABEL.search(view.masked, end):
            return None
        verdict = judge_people(people, printed)
        if verdict.kind != "clinician" and self._asks(people):
            return end, None
        return end, verdict

    def _asks(self, people):
        """A person whose turns mostly end in a question mark is the interviewer."""
        turns = [v.text for v in self.views if (m := NAMED.match(v.masked)) and people_at(v, m.span("who")) == people]
        return 2 * sum(turn.rstrip('”" ').endswith("?") for turn in turns) >= len(turns)

    def _short_turn(self, view, match):
        label = match["who"].rstrip(".")
        if ANSWER.fullmatch(label) and self.asked:
            return self._answer(match.end())
        if QUESTION.fullmatch(label):
            return match.end(), None
        people = self._explained(label)
        if people:
            return match.end(), judge_people(people, "", "inferred")
        people = self.roster.named(label)
        if people:
            return self._named_turn(view, match.end(), people, label)
        return (match.end(), None) if self._is_other_initials(label) else None

    def _explained(self, label):
        """Whose initials a label in capitals shows."""
        short = label.upper() == label or label.startswith("Dr")
        return self.initials.get(re.sub(r"\W|Dr", "", label), ()) if short else ()

    def _is_other_initials(self, label):
        """Initials that fit nobody are the interviewer's, where others do fit."""
        used = {m["who"] for v in self.views if (m := SHORT.match(v.text))}
        return len(label) in (2, 3) and label.isupper() and any(name in self.initials for name in used)

    def _answer(self, end):
        if self.guest is None:
            return None
        if not self.guest:
            return end, Verdict("none", "clinician")
        return end, judge_people(self.guest, "", "inferred")

    def _initials(self):
        found = {}
        for person in self.roster.people:
            if person.kind == "clinician" and len(person.words) > 1:
                plain = "".join(word[0] for word in person.words)
                ends = person.words[0][0] + person.words[-1][0]
                for letters in {_letters(person.words), plain, ends, person.words[-1][0]}:
                    if letters.upper() not in ("Q", "A"):
                        found[letters.upper()] = (*found.get(letters.upper(), ()), person)
        return found

    def _only_guest(self):
        """Who answers: the people of the introduction if it speaks of an interview; None if nobody is named."""
        first = next((v.number for v in self.views if re.match(r"(?:Q|Question|A|Answer)\s?\d*[.:]\s", v.text)), 0)
        intro = self.views[:first] or self.views[:1]
        clinicians = [p for p in self.roster.people if p.kind == "clinician"]
        if not clinicians:
            return None
        title = {p for v in intro if v.block.kind == "title" for m in v.mentions for p in m.people if p in clinicians}
        if len(title) == 1:
            return tuple(title)
        named = dict.fromkeys(p for v in intro for m in v.mentions for p in m.people if p in clinicians)
        if not any(CUE.search(v.text) for v in intro):
            return () if named else None
        return tuple(named) or None


def _letters(words):
    """First letters of a name, a hyphenated surname having two."""
    return "".join(part[0] for word in words for part in word.split("-") if part)


def _draft(view, end, verdict):
    """The whole turn; marks around all of it are no part of the words."""
    start, stop = end, len(view.text)
    whole = [s for s in view.spans if s.outer_start <= start and s.outer_end >= stop and s.opened and s.closed]
    inner = (whole[0].start, whole[0].end) if whole else (start, stop)
    label = len(view.text[:end]) - len(view.text[:end].lstrip())
    return Draft([Piece(view.number, *inner, start, stop)], verdict, [(view.number, label, end)])
