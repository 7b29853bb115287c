from django.core.management.base import BaseCommand, CommandError

from pages.demo.load import DemoRefused, load_demo


class Command(BaseCommand):
    """Load the demo practice into a fresh local database. Refuses everywhere else."""

    help = "Load the demo practice: four public articles, one waiting for signatures, one draft with open questions."

    def handle(self, **options):
        try:
            load_demo()
        except DemoRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS("The demo is loaded."))
