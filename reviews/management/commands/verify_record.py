from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from reviews.ledger import head
from reviews.models import LedgerEntry
from reviews.services.pages import locked_page
from reviews.services.take_down import end_publication
from reviews.verification import Finding, verify_checkpoint, verify_entries, verify_public_pages


class Command(BaseCommand):
    """Check the whole record. Exit 1 names the first entry that does not fit; there is no way to fix a record."""

    help = "Recompute the ledger's chain, every sign-off's statements and every public page."

    def add_arguments(self, parser):
        parser.add_argument("--against", metavar="CHECKPOINT", help="what `checkpoint` printed on an earlier day")
        parser.add_argument("--take-down", action="store_true", help="take tampered pages off the site")

    def handle(self, *, against, take_down, **options):
        findings = [*self._entries(), *verify_public_pages()]
        if against and (rewritten := verify_checkpoint(against)):
            findings.insert(0, rewritten)
        for finding in findings:
            self.stderr.write(self.style.ERROR(finding.sentence))
        if take_down:
            self._take_down(findings)
        if findings:
            raise CommandError(
                f"The record does not fit: {_count(len(findings), 'finding')}. First: {findings[0].sentence}"
            )
        newest = head()
        self.stdout.write(
            self.style.SUCCESS(f"The record fits: {_count(newest.sequence, 'entry')}, head {newest.digest}.")
            if newest
            else "The record is empty."
        )

    def _entries(self) -> list[Finding]:
        total = LedgerEntry.objects.count()
        with tqdm(total=total, unit=" entries", disable=not self.stderr.isatty()) as bar:
            return list(verify_entries(progress=bar.update))

    def _take_down(self, findings):
        """Pages whose words or signatures do not fit go off the site, and the record says why."""
        for page_id in sorted({finding.page_id for finding in findings if finding.page_id}):
            with locked_page(page_id):
                if end_publication(page_id=page_id, by=None, reason="taken_down", note="verify_record --take-down"):
                    self.stdout.write(f"Taken down: page {page_id}.")


def _count(number: int, noun: str) -> str:
    plural = {"entry": "entries"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else plural}"
