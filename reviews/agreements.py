"""What a clinician agrees to, once, before her first signature. Versioned, and copied into the record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    version: str
    sentence: str
    points: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole of it, as it is recorded."""
        return "\n".join([*self.points, self.sentence])


CONSENT = Agreement(
    version="2026-11",
    points=(
        "What I sign on this site with my password counts like my signature on paper.",
        "Only I know my password, and nobody signs for me. If somebody else may know it, I set a new one and call the "
        "practice.",
        "I need a web browser and an e-mail address of my own. Requests and receipts go to that address; I keep it up "
        "to date on my account page.",
        "I may have a paper copy of anything that I signed. I ask the practice for it.",
        "I can take this agreement back at any time by telling the practice. Then I am asked to sign nothing more "
        "here. What I signed before stays as it is until I withdraw it.",
    ),
    sentence="I have read this, and I agree to sign electronically.",
)
