import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from pages.importing import Article, UnreadableArticle, read_article
from pages.imports import import_article
from pages.models import ProcedureIndexPage
from reviews.canonical import shortened


class Command(BaseCommand):
    """Turn text files into draft articles. A file that cannot be read gets one sentence; the others are imported."""

    help = "Import .txt, .md and .html files as draft procedure articles, with their quotations and open questions."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--parent", metavar="SLUG", help="slug of the index page; not needed if there is one")
        parser.add_argument("--owner", metavar="USERNAME", help="who will look after the drafts")
        parser.add_argument("--dry-run", action="store_true", help="report, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object for each file")

    def handle(self, *, paths, parent, owner, dry_run, **options):
        self.as_json = options["json"]
        place = None if dry_run and parent is None else self._parent(parent)
        by = self._owner(owner)
        failed = [path for path in paths if not self._import(path, place, by, dry_run)]
        if failed:
            raise CommandError(
                f"{len(failed)} of {len(paths)} {'file was' if len(paths) == 1 else 'files were'} not imported."
            )

    def _import(self, path: Path, parent, by, dry_run: bool) -> bool:
        try:
            article = read_article(path)
            result = None if dry_run else import_article(article, parent=parent, source_name=path.name, by=by)
        except UnreadableArticle as error:
            self.stderr.write(self.style.ERROR(error.sentence))
            return False
        if self.as_json:
            self.stdout.write(json.dumps(article.as_json(_name_for_scoring(path)), ensure_ascii=False))
        else:
            self._report(path, article, result)
        return True

    def _report(self, path: Path, article: Article, result):
        counts = f"{_count(len(article.quotations), 'quotation')}, {_count(len(article.clinicians), 'clinician')}"
        self.stdout.write(self.style.SUCCESS(f"{path}: “{article.title}”, {counts}."))
        for quotation in article.quotations:
            speaker = quotation.speaker or "/".join(quotation.candidates) or quotation.speaker_kind
            self.stdout.write(f"  “{shortened(quotation.text, 80)}” ({speaker}, {quotation.attribution})")
        for notice in article.notices:
            self.stdout.write(self.style.WARNING(f"  Please look: {notice.sentence}"))
        if result:
            for clinician in result.proposed:
                self.stdout.write(
                    f"  Proposed: {clinician.name}. Verify this clinician in the admin before asking for a review."
                )
            self.stdout.write(f"  Draft {result.page.pk}, {_count(len(result.open_questions), 'open question')}.")

    def _parent(self, slug) -> ProcedureIndexPage:
        indexes = ProcedureIndexPage.objects.filter(slug=slug) if slug else ProcedureIndexPage.objects.all()
        found = list(indexes[:2])
        if not found:
            name = f"with the slug “{slug}”" if slug else "to import into"
            raise CommandError(f"There is no index page {name}. Create it in the admin, or name another with --parent.")
        if len(found) > 1:
            raise CommandError("There is more than one index page. Name the one to import into with --parent.")
        return found[0]

    def _owner(self, username):
        if username is None:
            return None
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”. Create the account first, or leave --owner out.")
        return user


def _name_for_scoring(path: Path) -> str:
    """Relative to the folder that holds the gold set, if one of its parents does; otherwise as it was given."""
    for folder in list(path.resolve().parents)[:3]:
        if (folder / "gold.jsonl").exists():
            return path.resolve().relative_to(folder).as_posix()
    return path.as_posix()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
