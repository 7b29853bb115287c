from django.core.management.base import BaseCommand

from reviews.services.send_reminders import send_reminders


class Command(BaseCommand):
    """Reminds clinicians, once a day at most, and tells requesters what is long overdue. Run it every morning."""

    help = "Put the day's reminders into the outbox."

    def handle(self, **options):
        sent = send_reminders()
        self.stdout.write(f"Digests: {sent['digests']}. To requesters: {sent['escalations']}.")
