"""What is signed. A statement is addressed by its content: move it and its sign-off holds; change a letter and not."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from .canonical import FORMAT, digest, fold_paragraphs
from .links import resolved_link


class Kind:
    QUOTATION = "quotation"
    CLAIM = "claim"
    COPY = "copy"


class Form:
    """How a quotation gives its words. Quotation marks are for VERBATIM only."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True)
class Reference:
    """A source that supports a statement, with the place in it and the passage relied on."""

    citation: str
    year: str = ""
    link: str = ""
    locator: str = ""
    passage: str = ""

    @property
    def href(self) -> str:
        """The address behind the link, empty if it is none that a reader should follow."""
        return resolved_link(self.link)[0]

    def as_canonical(self) -> dict:
        return dict(vars(self))


@dataclass(frozen=True)
class Statement:
    """One unit of copy under review. `key` and `context` locate it for people and are not signed.

    `text` is plain words, NFC, white space folded. `markup` is normalised HTML where there is more than words.
    `asset` is the SHA-256 of a picture's bytes.
    """

    kind: str
    key: str
    text: str
    markup: str = ""
    form: str = ""
    label: str = ""
    attribution: str = ""
    clinician_id: int | None = None
    disclosure: str = ""
    asset: str = ""
    references: tuple[Reference, ...] = ()
    context: dict = field(default_factory=dict, compare=False, hash=False)

    def as_canonical(self) -> dict:
        return {
            "format": FORMAT,
            "kind": self.kind,
            "text": self.text,
            "markup": self.markup,
            "form": self.form,
            "label": self.label,
            "attribution": self.attribution,
            "clinician": self.clinician_id,
            "disclosure": self.disclosure,
            "asset": self.asset,
            "references": [reference.as_canonical() for reference in self.references],
        }

    @classmethod
    def from_canonical(cls, data: dict) -> "Statement":
        """The signed statement again, from what the record keeps."""
        fields = {key: value for key, value in data.items() if key not in ("format", "clinician", "references")}
        references = tuple(Reference(**reference) for reference in data["references"])
        return cls(**fields, key="", clinician_id=data["clinician"], references=references)

    @cached_property
    def digest(self) -> str:
        return digest(self.as_canonical())

    @property
    def is_quotation(self) -> bool:
        return self.kind == Kind.QUOTATION

    def in_words(self, words: str) -> "Statement":
        """The same statement in other words."""
        return replace(self, text=fold_paragraphs(words))


@dataclass(frozen=True)
class ReviewableContent:
    """Everything a patient could see of one page: its statements in order, and every public field in canonical form."""

    page_id: int
    fields: dict
    statements: tuple[Statement, ...]

    def __hash__(self):
        return hash((self.page_id, self.page_digest))

    @property
    def title(self) -> str:
        return self.fields["title"]

    @cached_property
    def page_digest(self) -> str:
        """Covers the ordered statement digests and every other public field."""
        return digest(self.as_canonical())

    def as_canonical(self) -> dict:
        return {
            "format": FORMAT,
            "fields": self.fields,
            "statements": [statement.digest for statement in self.statements],
        }

    @cached_property
    def quotations(self) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.is_quotation)

    @cached_property
    def digests(self) -> frozenset[str]:
        return frozenset(statement.digest for statement in self.statements)
