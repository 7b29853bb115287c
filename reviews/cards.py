"""Statements as a clinician reads them: the words first, what changed since she last signed, and what they rest on."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from .asks import Ask
from .attestations import Meaning
from .differences import word_diff
from .models import Clinician, Decision, SignedStatement, Withdrawal
from .neighbors import text_above, text_below
from .signatures import Standing
from .statements import Form, Kind, ReviewableContent, Statement

_KINDS = {Kind.QUOTATION: "Quotation", Kind.CLAIM: "Claim", Kind.COPY: "Copy"}


@dataclass
class Card:
    """One statement on the review page."""

    index: int
    statement: Statement
    said_by: str = ""
    above: str = ""
    below: str = ""
    last: SignedStatement | None = None
    withdrawal: Withdrawal | None = None
    is_own: bool = False
    decision: str = ""
    note: str = ""
    reason: str = ""
    suggested: str = ""
    saved_at: datetime | None = None
    conflict: bool = False
    read: Statement | None = None

    @cached_property
    def digest(self):
        """Hex digits need no escaping, and stand in the page a dozen times for each card."""
        return SafeString(self.statement.digest)

    @property
    def key(self):
        return self.statement.key

    @cached_property
    def dom_id(self):
        return SafeString(f"card-{self.digest[:8]}")

    @property
    def is_quotation(self):
        return self.statement.is_quotation

    @cached_property
    def kind_label(self):
        return kind_label(self.statement)

    @cached_property
    def html(self):
        return statement_html(self.statement)

    @property
    def attribution(self):
        return self.statement.attribution

    @property
    def references(self):
        return self.statement.references

    @property
    def picture(self) -> int | None:
        """The key of the picture itself, because its bytes are signed too."""
        return self.statement.context.get("image")

    @property
    def provenance(self):
        context = self.statement.context
        on = context.get("obtained_on")
        obtained = ", ".join(filter(None, [context.get("obtained"), on and date_format(on, "F j, Y")]))
        passage = context.get("source_passage")
        return " ".join(filter(None, [obtained and f"{obtained}.", passage and f"In the text it came from: {passage}"]))

    @property
    def wording(self):
        """What stands in the field for suggestions: hers, or the words as they are."""
        return self.suggested or self.statement.text

    @cached_property
    def reasons(self):
        """What may be wrong with it, as code and label."""
        reasons = Decision.Reason
        left_out = {reasons.EVIDENCE} if self.is_quotation else {reasons.NOT_WHAT_I_SAID}
        return [(reason.value, reason.label) for reason in reasons if reason not in left_out]

    @property
    def is_decided(self):
        """A suggestion without words of its own is none yet."""
        if self.decision == Decision.Choice.SUGGEST:
            return self.suggested not in ("", self.statement.text)
        return bool(self.decision)

    @property
    def is_returned(self):
        return self.is_decided and self.decision != Decision.Choice.APPROVE

    @property
    def returned(self) -> dict:
        """What goes back to the writer about it."""
        suggests = self.decision == Decision.Choice.SUGGEST
        reason = dict(self.reasons).get(self.reason, "") if self.decision == Decision.Choice.CHANGES else ""
        return {
            "text": self.statement.text,
            "kind_label": self.kind_label,
            "wording": self.suggested if suggests else "",
            "reason": "Not mine" if self.decision == Decision.Choice.NOT_MINE else reason,
            "note": self.note,
        }

    @cached_property
    def is_changed(self):
        return self.last is not None and self.last.digest != self.digest

    @property
    def state(self):
        if self.withdrawal:
            return "withdrawn"
        return "changed" if self.is_changed else "new"

    @property
    def changed_since(self) -> datetime | None:
        return self.last.sign_off.signed_at if self.is_changed else None

    @property
    def signed_on(self) -> datetime | None:
        return self.last.sign_off.signed_at if self.last else None

    @property
    def known(self) -> Statement | None:
        """What she knows of it in other words: what she has just read, or what she signed last."""
        return self.read or (self.last.statement if self.is_changed else None)

    @cached_property
    def diff_html(self):
        if (before := self.known) is None:
            return ""
        if before.text == self.statement.text:
            return format_html("{}", _other_difference(before, self.statement))
        return word_diff(before.text, self.statement.text)


def cards_for(clinician: Clinician, content: ReviewableContent, asks: list[Ask], standing: Standing):
    """Two lists: the statements to decide, and those carried over from what she signed before."""
    to_decide = {statement.digest for ask in asks for statement in ask.to_decide}
    asked = {statement.digest for ask in asks for statement in ask.statements}
    decisions = {
        item.digest: item
        for item in Decision.objects.filter(clinician=clinician, page_id=content.page_id, digest__in=to_decide)
    }
    own = {item.digest for ask in asks if ask.meaning == Meaning.OWN_WORDS for item in ask.to_decide}
    cards, carried, seen = [], [], set()
    for position, statement in enumerate(content.statements):
        if statement.digest not in asked or statement.digest in seen:
            continue
        seen.add(statement.digest)
        target = cards if statement.digest in to_decide else carried
        card = Card(
            index=len(target) + 1,
            statement=statement,
            is_own=statement.digest in own,
            said_by=statement.context.get("speaker", ""),
            above=text_above(content.statements, position),
            below=text_below(content.statements, position),
            last=standing.last.get(statement.digest) or standing.last.get(statement.key),
            withdrawal=standing.withdrawn.get(statement.digest),
        )
        if decision := decisions.get(statement.digest):
            card.decision, card.note, card.reason = decision.choice, decision.note, decision.reason
            card.suggested, card.saved_at = decision.wording, decision.decided_at
        target.append(card)
    return cards, carried


def kind_label(statement: Statement) -> str:
    """Quotation, exact words. Claim, risk. Copy."""
    detail = {Form.VERBATIM: "exact words", Form.PARAPHRASE: "a fair summary"}.get(statement.form, statement.label)
    if statement.kind == Kind.COPY and detail:
        return detail
    return ", ".join(filter(None, [_KINDS[statement.kind], detail]))


def statement_html(statement: Statement) -> str:
    """The words as the page will print them: safe HTML where there is markup, plain text otherwise."""
    if not statement.markup:
        return statement.text
    # Only links are written in another form than they are shown.
    return SafeString(expand_db_html(statement.markup) if "<a" in statement.markup else statement.markup)


def _other_difference(before: Statement, after: Statement) -> str:
    """What changed when the words did not."""
    fields = {
        "attribution": "the attribution",
        "clinician_id": "who is quoted",
        "disclosure": "the material connection",
        "form": "verbatim or paraphrase",
        "references": "the sources",
        "asset": "the picture",
        "markup": "emphasis or a link",
        "label": "its heading",
    }
    changed = [words for name, words in fields.items() if getattr(before, name) != getattr(after, name)]
    return f"The words are the same. Changed: {', '.join(changed)}."
