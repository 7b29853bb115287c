"""Where the articles stand that the importer is measured with."""

import json
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
SUFFIXES = {".txt": "text", ".md": "markdown", ".html": "html"}


def fixture_gold():
    """The expected answers to our own articles."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.json"))]


def article_files(folder):
    """All articles below a folder, without the README."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)
    return [path for path in files if path.name != "README.md"]
