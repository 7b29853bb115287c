"""Names of image files that were pasted into the copy, alone or glued to the next word."""

import re

IMAGE = r"\.(?:jpe?g|png|gif|webp|tiff?|heic|heif|bmp|svg|psd|ai|eps|mp4|mov|pdf|raw|cr2|avif)"
ADDRESS = re.compile(r"(?:https?://|www\.|[\w.+-]+@)\S+|(?<!\w)[@#]\w+|\b[\w-]+\.(?:com|org|net|edu|gov|co)\b\S*", re.IGNORECASE)
WITH_SUFFIX = re.compile(rf"(?<![\w/@.-])(?P<name>[\w()-][\w().-]{{0,120}}?(?i:{IMAGE}))(?=$|[^\w]|[A-Z\u00c0-\u00de])")
WITH_UNDERSCORES = re.compile(r"(?<![\w/@#.-])(?P<name>[^\W_][\w-]{0,80}?_[\w-]{1,120})(?![\w@]|\.\w+@|/)")
CAMERA = re.compile(r"(?<![\w/@#.-])(?P<name>(?:IMG|DSC|DSCN|DSCF|PXL|GOPR|MVI|Screenshot|Screen Shot)[-_ ]?\d{3,}[-_\d]*)(?=[A-Z]|\b)")
GLUED = re.compile(r"(?P<name>.*?(?:_\w*?\d+|_[A-Z]{2,}|_[a-z]+|_|[a-z\d](?=[A-Z][a-z])))(?=[A-Z][a-z-])")


def stray_file_names(text):
    """The file-name parts, in order."""
    plain = ADDRESS.sub(lambda match: " " * len(match.group()), text)
    found = {}
    for pattern in (WITH_SUFFIX, CAMERA, WITH_UNDERSCORES):
        for match in pattern.finditer(plain):
            name = match["name"]
            if not any(start <= match.start() < end for start, (end, _) in found.items()):
                found[match.start()] = (match.end(), _file_part(name) if pattern is WITH_UNDERSCORES else name)
    return [name for _, (_, name) in sorted(found.items()) if name]


def _file_part(name):
    """The word that the name is glued to begins with a capital: laser_v4_FINALFractional."""
    match = re.match(r"(?P<name>[\w-]*_(?:[A-Z]+(?=[A-Z][a-z])|\d+(?=[A-Z])|[a-z\d-]+(?=[A-Z])))(?=[A-Z][a-z-]+)", name)
    if match:
        return match["name"]
    return name
