"""Names of image files that were pasted into the copy, alone or glued to the next word."""

import re

IMAGE = r"\.(?i:jpe?g|png|gif|webp|tiff?|heic|heif|bmp|svg|psd|mp4|mov)"
ADDRESS = re.compile(
    r"\W?(?:https?://|www\.|[@#]|[^@\s]+@|[^\s/]+/|[\w-]+\.(?:com|org|net|edu|gov|co)\b)", re.IGNORECASE
)
WITH_SUFFIX = re.compile(rf"(?P<name>\w[\w().-]*?{IMAGE})(?=$|[^\w]|[A-Z\u00c0-\u00de])")
CAMERA = re.compile(r"(?P<name>(?:IMG|DSC|DSCN|DSCF|PXL|GOPR|MVI|Screenshot)[-_]?\d{3,}[-_\d]*)(?=[A-Z]|\b)")
GLUED_HYPHENS = re.compile(r"(?P<name>[a-z][a-z\d]*(?:-[a-z\d]+)*-\d+)(?=[A-Z][a-z])")
WITH_UNDERSCORES = re.compile(r"(?P<name>[^\W_][\w-]*_[\w-]*[^\W_])")
# The word that a name is glued to begins with a capital: laser_v4_FINALFractional.
GLUED = re.compile(r"(?P<name>[\w-]*_(?:[A-Z]+(?=[A-Z][a-z])|\d+(?=[A-Z])|[a-z\d-]+(?=[A-Z])))(?=[A-Z][a-z-]+)")
LONGEST = 200


def stray_file_names(text):
    """The file-name parts, in order; addresses and handles are none."""
    if not any(sign in text for sign in "_.-"):
        return []
    chunks = (match.group() for match in re.finditer(r"[^\s“”\"<>()\[\]]+", text))
    names = (_file_name(chunk, chunk == text) for chunk in chunks if len(chunk) <= LONGEST)
    return [name for name in names if name]


def _file_name(chunk, alone):
    if not any(sign in chunk for sign in "_.-") or ADDRESS.match(chunk):
        return ""
    for pattern in (WITH_SUFFIX, CAMERA, GLUED_HYPHENS):
        if match := pattern.search(chunk):
            return match["name"]
    match = WITH_UNDERSCORES.search(chunk)
    return _file_part(match["name"], alone) if match else ""


def _file_part(name, alone):
    """An underscore alone may be a handle; glued to a word, numbered or alone on its line it is a file."""
    if match := GLUED.match(name):
        return match["name"]
    return name if alone or re.search(r"\d", name) else ""
