import os
import tempfile
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reviews.bundle import find_page, write_bundle
from reviews.errors import ReviewError


class Command(BaseCommand):
    """Write the record into one file that is checked without this project. The file is whole, or it is not there."""

    help = "Export the record of review, all of it or that of one article, as a bundle for verify_bundle.py."

    def add_arguments(self, parser):
        parser.add_argument("--page", metavar="PATH", help="one article: its address, as /procedures/peel/, or page id")
        parser.add_argument("--since", metavar="DATE", help="only what was recorded from this day on: 2026-01-31")
        parser.add_argument("--to", metavar="FILE", type=Path, required=True, help="the ZIP file to write")
        parser.add_argument("--overwrite", action="store_true", help="replace FILE if it is there")

    def handle(self, *, page, since, to, overwrite, **options):
        since = _day(since)
        _refuse_unless_free(to, overwrite)
        try:
            manifest = _write_whole(to, page=find_page(page) if page else None, since=since)
        except ReviewError as error:
            raise CommandError(error.sentence) from error
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}. Name another file with --to.") from error
        self._report(to, manifest)

    def _report(self, to: Path, manifest: dict):
        counts, head = manifest["counts"], manifest["head"]
        entries = "1 entry" if counts["entries"] == 1 else f"{counts['entries']} entries"
        self.stdout.write(self.style.SUCCESS(f"{to}: {entries}, {counts['omitted']} left out."))
        self.stdout.write(f"To check it: python verify_bundle.py {to} {head['sequence']}:{head['digest']}")
        self.stdout.write("The last part is a checkpoint. Kept outside the system, it shows a rewritten record.")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write year, month and day: 2026-01-31.") from None


def _refuse_unless_free(to: Path, overwrite: bool):
    if not to.parent.is_dir():
        raise CommandError(f"There is no folder {to.parent}. Create it first, or name another file with --to.")
    if to.is_dir():
        raise CommandError(f"{to} is a folder. Name a file in it with --to.")
    if to.exists() and not overwrite:
        raise CommandError(f"{to} is there already. Name another file with --to, or add --overwrite.")


def _write_whole(to: Path, **scope) -> dict:
    """Beside the target first, so that a half-written bundle is never found under its name."""
    handle, name = tempfile.mkstemp(dir=to.parent, prefix=".export-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w+b") as file:
            manifest = write_bundle(file, **scope)
        os.replace(name, to)
        return manifest
    finally:
        Path(name).unlink(missing_ok=True)
