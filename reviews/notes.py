from .errors import NotAllowed

MOST = 5_000


def kept(text: str) -> str:
    """What a person wrote into a form, as it is kept: without NUL and white space around it.

    Raises NotAllowed if it is longer than MOST characters: to cut somebody's words would change them.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > MOST:
        raise NotAllowed("too_long", f"Please use at most {MOST:,} characters. Nothing was recorded.")
    return text
