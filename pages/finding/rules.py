"""The rules of review in words for patients, from the policy in force."""

from dataclasses import dataclass

from reviews.attestations import ATTESTATIONS, Meaning
from reviews.policy import policy


@dataclass(frozen=True)
class Rules:
    """What the page "How we review" says that another practice may do differently."""

    validity: str
    quoted_may_review: bool
    last_signature_publishes: bool
    review_sentence: str = ATTESTATIONS[Meaning.CLINICAL_REVIEW].text
    own_words_sentence: str = ATTESTATIONS[Meaning.OWN_WORDS].text


def rules() -> Rules:
    chosen = policy()
    return Rules(
        validity=in_words(chosen.validity.days),
        quoted_may_review=chosen.quoted_clinicians_may_review,
        last_signature_publishes=chosen.publish_on_last_signature,
    )


def in_words(days: int) -> str:
    """A time as people say it: 12 months, 90 days."""
    months = round(days / 30.4)
    if months and abs(days - months * 30.4) <= 1:
        return "1 month" if months == 1 else f"{months} months"
    return "1 day" if days == 1 else f"{days} days"
