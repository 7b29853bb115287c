import unicodedata

from reviews.models import Clinician

from .blocks.quotation import SpeakerBasis
from .importing import FoundQuotation

_BASES = {
    "explicit": SpeakerBasis.STATED,
    "inferred": SpeakerBasis.INFERRED,
    "ambiguous": SpeakerBasis.AMBIGUOUS,
}


class Speakers:
    """Finds the clinicians whom a text names. The unknown are proposed: not verified, no credentials, no account."""

    def __init__(self, proposed_from: str):
        self.proposed_from = proposed_from
        self.proposed: list[Clinician] = []

    def find(self, quotation: FoundQuotation) -> tuple[Clinician | None, SpeakerBasis]:
        """The clinician, and how we know. A person confirms everything that the text does not print."""
        for candidate in quotation.candidates:
            self._named(candidate)
        basis = _BASES.get(quotation.attribution, SpeakerBasis.UNKNOWN)
        if not quotation.speaker:
            return None, basis
        return self._named(quotation.speaker, basis)

    def _named(self, name: str, basis=SpeakerBasis.STATED) -> tuple[Clinician | None, SpeakerBasis]:
        wanted = _folded(name)
        alike = [clinician for clinician in Clinician.objects.all() if _folded(clinician.name) == wanted]
        if len(alike) > 1:
            return None, SpeakerBasis.AMBIGUOUS
        if alike:
            return alike[0], basis
        if namesake := self._only_one_with_surname(wanted):
            return namesake, SpeakerBasis.INFERRED
        return self._propose(name), basis

    def _only_one_with_surname(self, wanted: str) -> Clinician | None:
        """A bare surname may be somebody we know. That is a guess, so a person confirms it."""
        if " " in wanted:
            return None
        alike = [clinician for clinician in Clinician.objects.all() if _folded(clinician.name).split()[-1:] == [wanted]]
        return alike[0] if len(alike) == 1 else None

    def _propose(self, name: str) -> Clinician:
        clinician = Clinician.objects.create(name=name, proposed_from=self.proposed_from[:200])
        self.proposed.append(clinician)
        return clinician


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
