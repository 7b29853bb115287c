from django.core.exceptions import PermissionDenied


class ReviewError(Exception):
    """A refusal: `code` for programs and tests, `sentence` for the person, who can act on it. Nothing was changed."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class NotAllowed(ReviewError, PermissionDenied):
    """This person may not do this."""


class LockedOut(NotAllowed):
    """Too many wrong passwords for this account from this place."""

    def __init__(self):
        super().__init__(
            "locked_out",
            "Too many wrong passwords, so this account is locked here for 15 minutes. Nothing was signed, and nothing "
            "you decided is lost. Wait, or set a new password.",
        )


class NotSignedOff(ReviewError, PermissionDenied):
    """The gate's refusal: a page would become public without the sign-offs it needs."""


class ChangedWhileReading(ReviewError):
    """What would be signed is not what was shown. Nothing was signed."""

    def __init__(self):
        super().__init__(
            "changed_while_reading",
            "This article changed while you were reading. Nothing was signed. Please read what changed and sign again.",
        )


class RecordIsAppendOnly(ReviewError):
    """Record rows are written once."""

    def __init__(self, model: str):
        super().__init__(
            "append_only", f"{model} rows are part of the record: they can be neither changed nor deleted."
        )
