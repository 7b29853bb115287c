"""Takes the place of django-post-office's command, whose lock is a process number in a file: after a crash, another
process with the same number keeps it locked. These locks end with the process that holds them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import connection

from reviews.outbox import deliver, try_again

# Any number, the same on every machine that shares the database.
_LOCK = 0x3A11


class Command(BaseCommand):
    """Delivers the outbox. Run it every minute; a second one while the first still works leaves at once."""

    help = "Send the mail that is due."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="First queue what was given up on.")

    def handle(self, *, again, verbosity, **options):
        if again:
            self.stdout.write(f"Queued again: {try_again()}.")
        with only_one() as mine:
            sent = deliver() if mine else 0
        if sent and verbosity:
            self.stdout.write(f"Sent: {sent}.")


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether nobody else delivers mail of this database at the moment; if so, nobody does until this ends."""
    if connection.vendor == "postgresql":
        yield from _with_advisory_lock(connection)
    elif connection.is_in_memory_db():
        yield True
    else:
        yield from _with_file_lock(f"{connection.settings_dict['NAME']}-mail-lock")


def _with_advisory_lock(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        mine = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _with_file_lock(path: str):
    with open(path, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
