"""What somebody typed into the search field, and what of it is looked for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from pages.plain import words_of

LONGEST = 120
MOST_WORDS = 6
# Words that every page has and nobody looks for. PostgreSQL's stemmer leaves out the same ones and more.
_EMPTY = frozenset(
    """
    a about after all an and are as at be because before but by can could did do does for from had has have how i if
    in into is it its just me my no not of on or our should so than that the their them then there these they this to
    too was we what when where which who why will with would you your
    """.split()  # noqa: SIM905 (to be read as words)
)


@dataclass(frozen=True)
class Question:
    """A search as it was typed, and its words. `complaint` says why nothing is looked for."""

    typed: str
    words: tuple[str, ...] = ()
    complaint: str = ""

    @property
    def as_query(self) -> str:
        """For links to more of the same."""
        return f"{urlencode({'q': self.typed})}&"


def read_question(typed: str) -> Question:
    """Nothing typed can be an operator: only letters and digits are looked for."""
    typed = typed.replace("\x00", " ").strip()
    if len(typed) > LONGEST:
        return Question(
            typed[:LONGEST].rstrip(), complaint=f"Use fewer words, please: {LONGEST} letters are the most we look for."
        )
    words = [word for word in dict.fromkeys(words_of(typed)) if word not in _EMPTY]
    if typed and not words:
        return Question(typed, complaint="Type the name of a procedure, or what you see on your skin.")
    return Question(typed, tuple(words[:MOST_WORDS]))
