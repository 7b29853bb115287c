"""The public receipt of an article: every statement, who signed it, and until when. From the record alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .attestations import ATTESTATIONS, Meaning
from .cards import kind_label, statement_html
from .models import LedgerEntry, SignOff
from .reader import PublicArticle
from .statements import Statement

FORMAT = "imprimatur-record/1"
METHODS = {"password": "Signed in, with the password entered again"}


@dataclass(frozen=True)
class SignedLine:
    """One statement of the article with the sign-offs that stand under it."""

    statement: Statement
    signed_by: list[SignOff]

    @property
    def kind(self) -> str:
        return kind_label(self.statement)

    @property
    def html(self) -> str:
        """Lists and paragraphs as they were signed, and not run together."""
        return statement_html(self.statement)


@dataclass(frozen=True)
class Receipt:
    """What anybody may know of a public article. No account, address or note of anybody is in it."""

    article: PublicArticle

    @property
    def content(self):
        return self.article.content

    @property
    def publication(self):
        return self.article.publication

    @cached_property
    def entry(self) -> LedgerEntry:
        return LedgerEntry.objects.get(pk=self.publication.pk)

    @cached_property
    def sign_offs(self) -> list[SignOff]:
        """Those who are quoted, in the order in which they signed; then the review."""
        own_words = {item.pk: item for item in self.article.signatures.own_words.values()}
        return [*(own_words[key] for key in sorted(own_words)), self.article.signatures.review]

    @cached_property
    def lines(self) -> list[SignedLine]:
        return [SignedLine(statement, self._signed_by(statement)) for statement in self.content.statements]

    @property
    def valid_until(self) -> datetime:
        """The first of the signatures to lapse ends them all."""
        return min(sign_off.valid_until for sign_off in self.sign_offs)

    @property
    def signers(self) -> list[dict]:
        return [self._signer(sign_off) for sign_off in self.sign_offs]

    @property
    def attestations(self) -> list[tuple[str, str]]:
        """Each sentence that was affirmed, once, as it was worded then."""
        return list({(ATTESTATIONS[item.meaning].label, item.attestation): None for item in self.sign_offs})

    def statements_of(self, sign_off: SignOff) -> list[str]:
        """Digests of the statements on this page that the sign-off stands under."""
        lines = [line for line in self.lines if sign_off in line.signed_by]
        return list(dict.fromkeys(line.statement.digest for line in lines))

    def _signed_by(self, statement: Statement) -> list[SignOff]:
        own = self.article.signatures.for_quotation(statement) if statement.is_quotation else None
        return [*filter(None, [own]), self.article.signatures.review]

    def _signer(self, sign_off: SignOff) -> dict:
        return {
            "sign_off": sign_off,
            "meaning": ATTESTATIONS[sign_off.meaning].label,
            "is_review": sign_off.meaning == Meaning.CLINICAL_REVIEW,
            "count": len(self.statements_of(sign_off)),
            "credentials": [item["title"] for item in sign_off.credentials],
            "method": METHODS.get(sign_off.method, sign_off.method),
        }

    def as_json(self) -> dict:
        """Everything that is needed to work out each digest again, in the shape that verify_bundle.py reads."""
        return {
            "format": FORMAT,
            "page": {"id": self.content.page_id, "title": self.content.title},
            "page_digest": self.content.page_digest,
            "content": {
                "fields": self.content.fields,
                "statements": [statement.as_canonical() for statement in self.content.statements],
            },
            "digests": [statement.digest for statement in self.content.statements],
            "publication": {
                "entry": self.entry.sequence,
                "entry_digest": self.entry.digest,
                "published_at": self.publication.published_at.isoformat(),
            },
            "sign_offs": [self._sign_off_as_json(sign_off) for sign_off in self.sign_offs],
        }

    def _sign_off_as_json(self, sign_off: SignOff) -> dict:
        return {
            "entry": sign_off.pk,
            "meaning": sign_off.meaning,
            "attestation": sign_off.attestation,
            "clinician": sign_off.clinician_id,
            "printed_name": sign_off.printed_name,
            "postnominals": sign_off.postnominals,
            "capacity": sign_off.capacity,
            "credentials": sign_off.credentials,
            "signed_at": sign_off.signed_at.isoformat(),
            "valid_until": sign_off.valid_until.isoformat(),
            "method": sign_off.method,
            "page_digest": sign_off.page_digest,
            "statements": self.statements_of(sign_off),
        }
