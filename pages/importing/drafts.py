"""A quotation while it is being put together: where its words stand and what was decided about it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """Who speaks, as far as the text says so."""

    attribution: str = "none"
    kind: str = "unknown"
    speaker: str | None = None
    printed: str = ""
    candidates: tuple[str, ...] = ()
    people: tuple = ()


@dataclass(frozen=True)
class Piece:
    """One stretch of quoted words in one block, with and without the marks around it."""

    block: int
    start: int
    end: int
    outer_start: int
    outer_end: int


@dataclass
class Draft:
    """A quotation of one or more pieces; `joins` says for each seam whether a sentence ends there."""

    pieces: list[Piece]
    verdict: Verdict = Verdict()
    cuts: list[tuple[int, int, int]] = field(default_factory=list)
    joins: list[bool] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    set_off: bool = False

    @property
    def first(self):
        return self.pieces[0]

    @property
    def last(self):
        return self.pieces[-1]
