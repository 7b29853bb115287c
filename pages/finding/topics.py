"""Topics of what is public, under three headings."""

from dataclasses import dataclass

from django.db.models import Count, Max

from pages.listing import cards_of
from pages.plain import slug_of, words_of

from .models import PublishedTag, PublishedText, TagFamily

Family = TagFamily.Family
# Of each heading. More than these nobody reads; search finds the rest.
LISTED = 8

# Where a topic is listed that nobody placed. Everything else is a concern.
_BODY = "arm back body cheek chest chin ear eye eyelid face foot forehead hair hand leg lip nail neck nose scalp toe"
_TREATMENT = (
    "biopsy botox cream cryotherapy excision filler freezing injection laser light microneedling needle needles "
    "needling peel phototherapy surgery therapy toxin treatment"
)
_DEFAULTS = dict.fromkeys(_BODY.split(), Family.BODY_AREA) | dict.fromkeys(_TREATMENT.split(), Family.TREATMENT)


@dataclass(frozen=True)
class Topic:
    """A signed topic, and on how many public pages it stands."""

    name: str
    slug: str
    count: int


def topics() -> dict[str, list[Topic]]:
    """Heading by heading, the most frequent topics first; the number of queries is always the same."""
    rows = _most_frequent()
    names = _signed_names([row["example"] for row in rows])
    found = {family.label: [] for family in Family}
    for row in rows:
        if name := names.get(row["slug"]):
            found[row["family"].label].append(Topic(name, row["slug"], row["count"]))
    return {label: listed for label, listed in found.items() if listed}


def _most_frequent() -> list[dict]:
    """The topics that are listed, each with a page that has it."""
    placed = {slug_of(topic): family for topic, family in TagFamily.objects.values_list("topic", "family")}
    # Few pages have lapsed and not ended, so to leave them out is quicker than to look every page up.
    standing = PublishedTag.objects.exclude(text_id__in=PublishedText.objects.lapsed().values("pk"))
    room = dict.fromkeys(Family, LISTED)
    listed = []
    for row in standing.values("slug").annotate(count=Count("pk"), example=Max("text_id")).order_by("-count", "slug"):
        family = Family(placed.get(row["slug"]) or default_family(row["slug"]))
        room[family] -= 1
        if room[family] >= 0:
            listed.append({**row, "family": family})
    return listed


def _signed_names(page_ids: list[int]) -> dict[str, str]:
    """How topics are written, by slug: as it was signed on a page that is public now."""
    return {slug_of(name): name for card in cards_of(page_ids) for name in card.tags}


def default_family(name: str) -> str:
    """The heading that the last word of a topic suggests: laser peel, upper lip, oily skin."""
    last = (words_of(name) or [""])[-1]
    return _DEFAULTS.get(last) or _DEFAULTS.get(last.removesuffix("s")) or Family.CONCERN
