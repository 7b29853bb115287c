"""Real commits, so that threads see each other. PostgreSQL only: SQLite lets one writer in at a time."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from wagtail.models import Page

from tests.harness import clean_up


@pytest.fixture
def _django_db_helper(migrated_rows, django_db_blocker):
    """In place of pytest-django's: committed rows, taken away again by a means that application code does not have.

    Its own way, flushing every table, would take what the migrations made, and the record's triggers refuse it.
    """
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            pytest.skip("Races need a database that lets two writers in: run `make test-postgres`.")
        try:
            yield
        finally:
            clean_up(migrated_rows)


def in_order(page, first, second) -> list:
    """Run both at once, `first` ahead of `second` in the queue for the page row. Their results, or what they raised."""
    results = [None, None]
    threads = [
        threading.Thread(target=_run, args=(action, results, number)) for number, action in enumerate((first, second))
    ]
    with _holding(page):
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            _wait_until_blocked(waiting)
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    return results


@contextmanager
def _holding(page):
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)
        yield


def _run(action, results, number):
    try:
        results[number] = action()
    except Exception as error:
        results[number] = error
    finally:
        connections.close_all()


def _wait_until_blocked(number):
    """Until this many other sessions wait for a lock."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.02)
    raise AssertionError("The thread never waited for the page.")
