from django.core.management.base import BaseCommand

from pages.finding import keeping


class Command(BaseCommand):
    """Safe at any time: the site reads from the record, and the index only says where to look."""

    help = "Make the index of search, A to Z, topics and people again, from the record."

    def handle(self, **options):
        count = keeping.rebuild()
        self.stdout.write(f"{count:,} public {'page is' if count == 1 else 'pages are'} in the index.")
