"""What only tests may do."""

from contextlib import contextmanager

from django.db import connection

from reviews import triggers


@contextmanager
def disarmed():
    """The database without its triggers, as an attacker with full access to it would have it."""
    with connection.cursor() as cursor:
        for trigger in triggers.triggers():
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger.name}{on_table}")
    try:
        yield
    finally:
        triggers.arm()
