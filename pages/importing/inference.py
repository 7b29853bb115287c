"""What may be concluded where no attribution prints a name: pronouns, lead-ins, and who simply goes on."""

import re
from dataclasses import replace
from functools import cached_property

from .clauses import DESCRIPTION, MODIFIERS, PRONOUN
from .clauses_in_front import led_by
from .drafts import Verdict
from .roles import OWN_TREATMENT, PATIENT_WORDS, TESTIMONIAL
from .scenes import PERSONAL_NOUN, Scene, Scenes
from .speakers import judge_people, judge_pronoun, judge_subject, people_at
from .views import ANY_QUOTED, ORG, PERSON

INTRO = rf"(?:[^,{PERSON}]{{1,60}},\s|And\s|But\s|Still\s|Here\s)?"
ABOUT_PERSON = re.compile(rf"^{INTRO}{MODIFIERS}(?P<subject>{PERSON}++)")
ABOUT_PRONOUN = re.compile(rf"^{INTRO}(?P<subject>{PRONOUN})")
ABOUT_PATIENT = re.compile(rf"^{INTRO}(?P<subject>{DESCRIPTION})")
ABOUT_UNNAMED = re.compile(
    rf"^(?i:our|an?|one|another|her|his|their|{PERSON}+['’]s?)\s|(?:manager|esthetician|owner|founder|director|receptionist|"
    r"technician|assistant|coordinator|mother|father|teacher|woman|man|colleague|partner|nurse)$"
)
VISITOR = re.compile(
    rf"(?:A|An|One|Another)\s[^.{PERSON}]{{0,80}}?\b(?:who|came|visited|flew|booked|arrived|asked|told|remembers|recalls)\b"
)
GENERAL = re.compile(r"patients|clients|most|many|some|the", re.IGNORECASE)
STARS = re.compile(r"[★⭐☆]|\b(?:[Ff]ive|5)[ -]stars?\b")
NOTHING = Verdict()


class Inference:
    """Looks at what has been read so far; asks for a single possible reading."""

    def __init__(self, narrator):
        self.narrator = narrator
        self.testimonials = {}
        self.scene = Scenes(narrator).scene

    def verdict(self, view, span):
        """Who speaks in a passage without an attribution of its own."""
        if self.among_testimonials(view):
            return Verdict("none", "patient")
        verdict = self._from_this_paragraph(view, span) or self._from_before(view, span) or NOTHING
        if verdict.attribution == "none" and OWN_TREATMENT.search(view.text, span.start, span.end):
            return replace(verdict, kind="patient") if verdict.kind == "unknown" else verdict
        return verdict

    def _from_this_paragraph(self, view, span):
        start = view.sentence_start(span.outer_start)
        previous = self._previous_draft(view, span)
        if previous and not _narrated(view, previous.last.outer_end, span.outer_start):
            return self._continued(previous)
        lead = self._lead_sentence(view, start)
        if lead:
            return lead
        return self._continued_past_narration(view, span, previous) if previous else None

    def _previous_draft(self, view, span):
        drafts = self.narrator.by_block.get(view.number, [])
        earlier = [d for d in drafts[-3:] if d.last.block == view.number and d.last.outer_end <= span.outer_start]
        return earlier[-1] if earlier else None

    def _lead_sentence(self, view, end):
        """A sentence about the speaker right in front of the passage."""
        if end == 0:
            return None
        start = view.sentence_start(len(view.masked[:end].rstrip()) - 1)
        return self._about(view, start, end)

    def _about(self, view, start, end):
        sentence = view.masked[start:end]
        match = ABOUT_PERSON.match(sentence)
        if match and not PERSONAL_NOUN.match(sentence, match.end("subject")):
            people = people_at(view, (start, end))
            return judge_people(people, "", "inferred")
        pronoun = ABOUT_PRONOUN.match(sentence)
        if pronoun:
            return judge_pronoun(self.scene(view, start + pronoun.start("subject")))
        patient = ABOUT_PATIENT.match(sentence)
        if patient and PATIENT_WORDS.search(patient["subject"]) and not GENERAL.match(patient["subject"]):
            named = any(person.kind == "patient" for person in people_at(view, (start, end)))
            return Verdict("inferred" if named else "none", "patient")
        return None

    def _continued(self, draft):
        verdict = draft.verdict
        if verdict.attribution in ("explicit", "inferred"):
            return replace(verdict, attribution="inferred", printed="")
        return replace(verdict, printed="")

    def _continued_past_narration(self, view, span, previous):
        """The same speaker goes on, unless somebody else was named in between."""
        between = [m for m in view.told if previous.last.outer_end <= m.start < span.outer_start]
        named = tuple(dict.fromkeys(person for mention in between for person in mention.people))
        others = tuple(person for person in named if person not in previous.verdict.people)
        clinicians = tuple(p for p in (*previous.verdict.people, *others) if p.kind == "clinician")
        after_signature = view.masked[previous.last.outer_end : span.outer_start]
        own = {p for c in previous.cuts if c[0] == view.number for p in people_at(view, c[1:])}
        others = tuple(person for person in others if person not in own)
        if others and after_signature:
            return judge_people(clinicians, "", "inferred") if len(clinicians) > 1 else NOTHING
        return self._continued(previous)

    def _from_before(self, view, span):
        """A lead-in at the end of the paragraph before, or its speaker who goes on."""
        if view.masked[: span.outer_start].strip() and view.block.kind != "item":
            return None
        earlier = self._view_before(view)
        if earlier is None:
            return None
        lead = self.lead_in(earlier)
        if lead or view.block.kind in ("heading", "title") or earlier.text.endswith(":"):
            return lead
        if _narrated(view, 0, span.outer_start) or _narrated(view, span.outer_end, len(view.text)):
            return None
        return self._speaker_before(earlier)

    def _view_before(self, view):
        """The paragraph before; for an item, the one before its list."""
        views, number = self.narrator.views, view.number - 1
        if view.block.kind == "item":
            while number >= 0 and views[number].block.kind == "item" and views[number].block.group == view.block.group:
                number -= 1
        return views[number] if number >= 0 else None

    def lead_in(self, earlier):
        """The verdict that a sentence ending in a colon gives to what follows below it."""
        if not earlier.text.rstrip().endswith(":"):
            return None
        start = earlier.sentence_start(len(earlier.text) - 1)
        clause = led_by(earlier.masked[start:].rstrip(), start)
        if not clause:
            return None
        verdict = judge_subject(earlier, clause.subject, self.scene(earlier, clause.subject[0]))
        printed = "" if verdict.attribution == "inferred" else earlier.text[slice(*clause.printed)].strip(" ,:")
        return replace(verdict, printed=printed)

    def _speaker_before(self, earlier):
        drafts = self.narrator.by_block.get(earlier.number, [])
        if earlier.block.kind in ("heading", "title"):
            return None
        if not drafts:
            return self._about_last_sentence(earlier)
        last = drafts[-1]
        own = {p for c in last.cuts if c[0] == earlier.number for p in people_at(earlier, c[1:])}
        later = {p for m in earlier.told if m.start >= last.last.outer_end for p in m.people}
        others = later - set(last.verdict.people) - own
        speakers = tuple(dict.fromkeys(p for d in drafts for p in d.verdict.people if p.kind == "clinician"))
        if others and not speakers:
            return self._about_last_sentence(earlier)
        if others or len(speakers) > 1:
            people = tuple(dict.fromkeys((*speakers, *(p for p in others if p.kind == "clinician"))))
            return judge_people(people, "", "inferred") if len(people) > 1 else NOTHING
        return self._continued(last)

    def _about_last_sentence(self, earlier):
        start = earlier.sentence_start(len(earlier.text) - 1)
        verdict = self._about(earlier, start, len(earlier.text))
        return verdict if verdict and not TESTIMONIAL.search(earlier.text) else None

    def pronoun_or(self, view, span, clause, verdict):
        """A pronoun right after a sentence about a patient, or about somebody unnamed, means that person."""
        if not re.fullmatch("(?i:he|she|they)", view.text[slice(*clause.subject)]):
            return verdict
        start = view.sentence_start(span.outer_start)
        if not start:
            return verdict
        return self._patient_sentence(view, start) or self._unnamed_sentence(view, start) or verdict

    def _unnamed_sentence(self, view, end):
        """Somebody without a name is the subject of the sentence before."""
        start = view.sentence_start(len(view.masked[:end].rstrip()) - 1)
        sentence = view.masked[start:end]
        match = ABOUT_PATIENT.match(sentence)
        if (
            match
            and ABOUT_UNNAMED.search(match["subject"])
            and not re.match(rf"s?,?\s{PERSON}", sentence[match.end() :])
        ):
            return judge_subject(view, (start + match.start("subject"), start + match.end("subject")), Scene())
        return NOTHING if VISITOR.match(sentence) else None

    def _patient_sentence(self, view, end):
        start = view.sentence_start(len(view.masked[:end].rstrip()) - 1)
        sentence = view.masked[start:end]
        match = ABOUT_PERSON.match(sentence)
        if match and not PERSONAL_NOUN.match(sentence, match.end("subject")):
            first = people_at(view, (start + match.start("subject"), start + match.end("subject")))
            return Verdict("inferred", "patient", people=first) if all(p.kind == "patient" for p in first) else None
        about = self._about(view, start, end)
        return about if about and about.kind == "patient" else None

    def among_testimonials(self, view):
        """Under a heading, behind a lead-in or beside stars that promise the words of patients."""
        if view.number not in self.testimonials:
            earlier = self.narrator.views[max(0, view.number - 1)]
            led = earlier.text.endswith(":") and TESTIMONIAL.search(earlier.text[-300:])
            heading = self._heading_over(view)
            below = heading and TESTIMONIAL.search(heading.text)
            self.testimonials[view.number] = bool(led or below or TESTIMONIAL.search(_outside(view)))
        return self.testimonials[view.number]

    def _heading_over(self, view):
        return self._headings[view.number]

    @cached_property
    def _headings(self):
        found, current = [], None
        for view in self.narrator.views:
            current = view if view.block.kind == "heading" else current
            found.append(current)
        return found


def _narrated(view, start, end):
    """True where words, and not only quoted ones, stand between two places."""
    return bool(re.search(rf"[\w{PERSON}{ORG}]", view.masked[start:end]))


def _outside(view):
    """The narration, and from the quoted words only what rates: stars."""
    narration = "".join(c if m not in ANY_QUOTED else " " for c, m in zip(view.text, view.masked, strict=True))
    return narration + " ".join(STARS.findall(view.text))
