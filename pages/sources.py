from collections.abc import Iterable
from dataclasses import dataclass, field

from reviews.links import resolved_link
from reviews.statements import Reference, Statement


@dataclass
class Source:
    """One numbered source at the end of an article, with the places that cite it."""

    number: int
    citation: str
    year: str
    link: str
    link_text: str
    locator: str
    back_ids: list[str] = field(default_factory=list)

    @property
    def id(self):
        return f"source-{self.number}"


def numbered_sources(statements: Iterable[Statement]) -> list[Source]:
    """The sources of an article, numbered in reading order; the same source keeps its number."""
    found: dict[tuple, Source] = {}
    for reference in (reference for statement in statements for reference in statement.references):
        identity = reference.citation, reference.year, reference.locator
        source = found.setdefault(identity, _source(reference, len(found) + 1))
        source.back_ids.append(f"ref-{source.number}-{len(source.back_ids) + 1}")
    return list(found.values())


def number_of(reference, sources: list[Source]) -> int | None:
    wanted = reference["citation"], reference["year"], reference["locator"]
    return next((item.number for item in sources if (item.citation, item.year, item.locator) == wanted), None)


def _source(reference: Reference, number: int) -> Source:
    link, text = resolved_link(reference.link)
    return Source(number, reference.citation, reference.year, link, text, reference.locator)
