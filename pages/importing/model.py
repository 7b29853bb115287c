"""What an imported article is made of. Plain values: no Django, so that the rules can be tested alone."""

from dataclasses import dataclass, field

REPORTED = frozenset(
    {
        "unbalanced_quotation_mark",
        "stray_file_name",
        "unresolved_speaker",
        "ambiguous_speaker",
        "bracketed_edit",
        "ellipsis_edit",
        "possible_testimonial",
    }
)


@dataclass(frozen=True)
class NamedClinician:
    """A person with a clinical license whom the article names, quoted or not."""

    name: str
    as_printed: str
    credentials_text: str


@dataclass(frozen=True)
class FoundQuotation:
    """Words in quotation marks (or a turn, or a block quotation), and what the text says about who said them."""

    text: str
    words: str
    paragraph: int
    speaker: str | None
    attribution: str
    speaker_kind: str
    printed_attribution: str = ""
    candidates: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_set_apart(self):
        """True where the quotation leaves the copy and becomes a passage of its own."""
        return self.speaker_kind == "clinician" or (self.speaker_kind, self.attribution) == (
            "unknown",
            "none",
        )

    def as_json(self):
        names = ("text", "paragraph", "speaker", "attribution", "speaker_kind")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Notice:
    """One thing that a person must look at, said in a full sentence to the marketing writer."""

    code: str
    paragraph: int
    excerpt: str
    sentence: str


@dataclass(frozen=True)
class Heading:
    """A heading of the body, without markup."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """Copy as safe inline HTML: escaped text, and only b, i and a href."""

    html: str


@dataclass(frozen=True)
class BulletList:
    """A list of copy; each item is safe inline HTML."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class QuotationPassage:
    """A quotation that stands at its place in the body."""

    quotation: FoundQuotation


@dataclass(frozen=True)
class Article:
    """An imported article: no word of the source is lost and none is invented."""

    title: str
    clinicians: tuple[NamedClinician, ...] = ()
    quotations: tuple[FoundQuotation, ...] = ()
    passages: tuple = ()
    notices: tuple[Notice, ...] = ()
    left_alone: tuple[str, ...] = field(default=())

    @property
    def warnings(self):
        """The codes of all notices, sorted, each once."""
        return sorted({notice.code for notice in self.notices})

    def as_json(self, file):
        """The shape that the annotated samples have."""
        return {
            "file": file,
            "title": self.title,
            "clinicians": [vars(clinician) for clinician in self.clinicians],
            "quotations": [quotation.as_json() for quotation in self.quotations],
            "not_quotations": list(self.left_alone),
            "warnings": [code for code in self.warnings if code in REPORTED],
        }
