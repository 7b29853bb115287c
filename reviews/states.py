from collections.abc import Iterable

from django.utils import timezone

from .models import SignOff

IN_FORCE, SUPERSEDED, WITHDRAWN, LAPSED = "in force", "superseded", "withdrawn", "lapsed"


def states_of(sign_offs: Iterable[SignOff]) -> dict[int, str]:
    """Each sign-off's state, one of the glossary's four, by its key; two queries however many there are."""
    sign_offs = list(sign_offs)
    later = SignOff.objects.in_force().filter(
        page_id__in={item.page_id for item in sign_offs}, clinician_id__in={item.clinician_id for item in sign_offs}
    )
    later = list(later.prefetch_related("statements"))
    return {item.pk: _state(item, later) for item in sign_offs}


def _state(sign_off: SignOff, in_force: list[SignOff]) -> str:
    if hasattr(sign_off, "withdrawal"):
        return WITHDRAWN
    if sign_off.valid_until <= timezone.now():
        return LAPSED
    newer = [item for item in in_force if item.pk > sign_off.pk and _same_kind(item, sign_off)]
    if sign_off.is_review:
        return SUPERSEDED if newer else IN_FORCE
    mine = next(_digests(item) for item in in_force if item.pk == sign_off.pk)
    again = set().union(*map(_digests, newer))
    return SUPERSEDED if mine <= again else IN_FORCE


def _same_kind(one: SignOff, other: SignOff) -> bool:
    names = ("page_id", "clinician_id", "meaning")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _digests(sign_off: SignOff) -> set[str]:
    return {statement.digest for statement in sign_off.statements.all()}
