"""The sentences that are affirmed when signing. Versioned, and copied into every sign-off."""

from dataclasses import dataclass


class Meaning:
    """What a signature means."""

    OWN_WORDS = "own_words"
    CLINICAL_REVIEW = "clinical_review"


@dataclass(frozen=True)
class Attestation:
    meaning: str
    version: str
    label: str
    text: str


ATTESTATIONS = {
    Meaning.OWN_WORDS: Attestation(
        meaning=Meaning.OWN_WORDS,
        version="2026-11",
        label="Own words",
        text=(
            "These are my words, they are my honest opinion, I have the expertise they imply, and I agree to be named."
        ),
    ),
    Meaning.CLINICAL_REVIEW: Attestation(
        meaning=Meaning.CLINICAL_REVIEW,
        version="2026-11",
        label="Clinical review",
        text=(
            "I have read this article as patients will see it; it is accurate, balanced "
            "and supported by the sources it cites."
        ),
    ),
}
