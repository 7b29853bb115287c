"""Topics of what is public, under three headings."""

from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone

from .models import PublishedTag, TagFamily
from .plain import slug_of, words_of

Family = TagFamily.Family

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
    """Heading by heading, the most frequent topics first; in two queries."""
    placed = {slug_of(topic): family for topic, family in TagFamily.objects.values_list("topic", "family")}
    found = {family.label: [] for family in Family}
    for row in _standing().values("slug").annotate(count=Count("pk"), shown=Min("name")).order_by("-count", "slug"):
        family = Family(placed.get(row["slug"]) or default_family(row["slug"]))
        found[family.label].append(Topic(row["shown"], row["slug"], row["count"]))
    return {label: listed for label, listed in found.items() if listed}


def default_family(name: str) -> str:
    """The heading that the last word of a topic suggests: laser peel, upper lip, oily skin."""
    last = (words_of(name) or [""])[-1]
    return _DEFAULTS.get(last) or _DEFAULTS.get(last.removesuffix("s")) or Family.CONCERN


def _standing():
    return PublishedTag.objects.filter(text__stands_until__gt=timezone.now())
