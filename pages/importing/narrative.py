"""Reads one paragraph after the other and keeps what the next one needs to know."""

import re
from dataclasses import replace

from .clauses_behind import clause_after
from .clauses_in_front import clause_before
from .continuing import said_inside
from .drafts import Draft, Piece, Verdict
from .inference import Inference
from .marks import WORD, Span
from .roles import OWN_TREATMENT
from .speakers import judge_subject
from .statements import is_cued_term, is_full_sentence, is_own_description, leads_to_attribution, word_count
from .verbs import VERB
from .views import PERSON

# No prose has so many passages in one paragraph; beyond it nobody is looked for any more.
MANY = 100


PRONOUN = re.compile(r"(?:he|she|they|his|her|their|i|we)\b", re.IGNORECASE)
SECOND_VERB = re.compile(rf"\b(?:and|while|but|as|then)\s{PERSON}++\s(?:\w+\s)?{VERB}|{PERSON}[^,]*\bagrees")


class Narrator:
    """Collects drafts of quotations from running text."""

    def __init__(self, views, roster):
        self.views, self.roster = views, roster
        self.drafts, self.left_alone = [], []
        self.by_block, self.consumed, self.going_on = {}, set(), {}
        self.inference = Inference(self)

    def add(self, draft, *, at=None):
        self.drafts.append(draft)
        for block in {at if at is not None else draft.first.block, draft.last.block}:
            self.by_block.setdefault(block, []).append(draft)

    def read(self, view, chain=None):
        """All quoted passages of a paragraph; `chain` are the paragraphs that continue its last one."""
        self.correct_ends(view)
        spans = view.spans[1:] if view.number in self.consumed else view.spans
        open_draft = self.going_on.pop(view.number, None)
        for place, span in enumerate(spans):
            limit = spans[place + 1].outer_start if place + 1 < len(spans) else len(view.text)
            if chain and place == len(spans) - 1:
                self.read_chain(view, span, chain)
                return
            if not WORD.search(view.text, span.start, span.end):
                continue
            if place >= MANY:
                self.read_hastily(view, span)
                continue
            after = clause_after(view, span, limit)
            if open_draft and not after:
                _join(view, open_draft, span)
                open_draft = None
                continue
            draft = self.read_span(view, span, after)
            open_draft = draft if draft and _may_be_joined(view, after, limit, span) else None

    def read_hastily(self, view, span):
        if word_count(view.text[span.start : span.end]) > 2:
            self.add(Draft([_piece(view, span)]))

    def correct_ends(self, view):
        """Where a mark is missing: the words up to the attribution inside, or from where the sentence begins."""
        lonely = [span for span in view.spans if not (span.opened and span.closed)]
        if 0 < len(lonely) <= MANY:
            view.correct({span: self.likely_extent(view, span) for span in lonely})

    def likely_extent(self, view, span):
        if not span.closed:
            end = said_inside(view, span) or span.end
            return Span(span.outer_start, span.start, end, end, closed=False)
        start = max([view.sentence_start(span.start), *(s.outer_end for s in view.spans if s.outer_end <= span.start)])
        start += len(view.text[start : span.end]) - len(view.text[start : span.end].lstrip())
        return Span(start, start, span.end, span.outer_end, opened=False)

    def read_chain(self, view, span, chain):
        last = self.views[chain[-1]]
        pieces = [_piece(view, span), *(_piece(self.views[n], self.views[n].spans[0]) for n in chain)]
        closing = last.spans[0]
        limit = last.spans[1].outer_start if len(last.spans) > 1 else len(last.text)
        draft = Draft(pieces, joins=[False] * len(chain))
        before, after = clause_before(view, span), clause_after(last, closing, limit)
        if after:
            self.settle(draft, last, closing, after)
        elif before:
            self.settle(draft, view, span, before)
        else:
            draft.verdict = self.inference.verdict(view, span)
        self.consumed.add(chain[-1])
        self.add(draft)
        if _may_be_joined(last, after, limit, closing):
            self.going_on[last.number] = draft

    def read_span(self, view, span, after):
        """The draft of one passage, or None where it is left in the copy."""
        before = clause_before(view, span)
        if after and self.is_said(view, span, before):
            return self.drafted(view, span, after)
        if before and self.is_introduced(view, span, before):
            return self.drafted(view, span, before)
        if is_full_sentence(view, span) and not is_cued_term(view, span):
            return self.drafted(view, span, None)
        if leads_to_attribution(view, span):
            return self.unread(view, span)
        if span.opened and span.closed:
            self.leave(view, span)
        elif not span.closed and not is_cued_term(view, span):
            return self.drafted(view, span, before)
        return None

    def unread(self, view, span):
        """Somebody is said to have spoken, in words that the rules do not know: nobody is guessed."""
        draft = Draft([_piece(view, span)], self.maybe_patient(view, span, Verdict()), notes={"sentence_split"})
        self.add(draft)

    def leave(self, view, span):
        self.left_alone.append((view.block.paragraph, view.text[span.start : span.end].strip()))

    def is_said(self, view, span, before):
        """With an attribution behind it: a sentence, or a fragment in the speaker's own words."""
        if is_full_sentence(view, span):
            return True
        start = view.sentence_start(span.outer_start)
        prefix = view.masked[start : span.outer_start].strip(" (—–-")
        if not prefix or prefix.endswith((":", ";")) or (before and before.form == "lead"):
            return True
        return not is_cued_term(view, span) and is_own_description(view, span)

    def is_introduced(self, view, span, before):
        named = PERSON in view.masked[slice(*before.subject)] or PRONOUN.match(view.text, before.subject[0])
        if before.naming and named:
            return is_own_description(view, span)
        if is_cued_term(view, span):
            return False
        if (
            before.form == "lead"
            and view.masked[before.end - 1] not in ":,"
            and view.text[span.start : span.start + 1].islower()
        ):
            return is_own_description(view, span)
        return before.form in ("lead", "colon") or is_own_description(view, span)

    def drafted(self, view, span, clause):
        draft = Draft([_piece(view, span)])
        if not (span.opened and span.closed):
            draft.notes.add("unbalanced_quotation_mark")
        if clause:
            self.settle(draft, view, span, clause)
        else:
            draft.verdict = self.inference.verdict(view, span)
        self.add(draft)
        return draft

    def settle(self, draft, view, span, clause):
        """Take the verdict from an attribution clause and decide what of it leaves the copy."""
        scene = self.inference.scene(view, clause.subject[0])
        verdict = self.inference.pronoun_or(view, span, clause, judge_subject(view, clause.subject, scene))
        draft.verdict = self.with_printed(view, clause, self.maybe_patient(view, span, verdict))
        follows = clause.start >= span.outer_end
        continues = re.match(r"\s*,?\s*[a-z]", view.masked[span.outer_end :]) and not follows
        if clause.pure and not continues:
            draft.cuts.append((view.number, clause.start, clause.end))
        elif follows or continues or clause.form == "fragment":
            draft.notes.add("sentence_split")
        draft.set_off = follows and clause.form in ("verb", "source", "signature")

    def with_printed(self, view, clause, verdict):
        low, high = clause.printed or (0, 0)
        printed = view.text[low:high].strip(" ,.;:")
        if PRONOUN.match(printed) and PERSON not in view.masked[low:high]:
            printed = ""
        return replace(verdict, printed=printed)

    def maybe_patient(self, view, span, verdict):
        """Somebody unknown who speaks of a treatment of their own, or among testimonials, is a patient."""
        if verdict.kind != "unknown" or verdict.attribution == "ambiguous":
            return verdict
        own = OWN_TREATMENT.search(view.text, span.start, span.end)
        if own or self.inference.among_testimonials(view):
            return Verdict(verdict.attribution, "patient", None, verdict.printed, (), verdict.people)
        return verdict


def _piece(view, span):
    return Piece(view.number, span.start, span.end, span.outer_start, span.outer_end)


def _may_be_joined(view, after, limit, span):
    """The attribution takes up everything to the next passage, as one sentence or a part of one."""
    if not after or limit >= len(view.text) or after.form not in ("verb", "source"):
        return False
    between = view.masked[span.outer_end : limit].rstrip()
    whole = after.end >= span.outer_end + len(between)
    if not whole:
        return False
    rest = view.masked[after.subject[1] : limit]
    return (after.pure or between[-1] in ".,;:—–!?") and not SECOND_VERB.search(rest)


def _join(view, draft, span):
    """The quotation goes on behind its attribution."""
    previous = draft.last
    between = view.masked[previous.outer_end : span.outer_start].rstrip()
    draft.pieces.append(_piece(view, span))
    draft.joins.append(between.endswith((".", "!", "?")))
    if not (span.opened and span.closed):
        draft.notes.add("unbalanced_quotation_mark")
