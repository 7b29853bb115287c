"""A real browser on a real server: rows are committed, so that the server's threads see them."""

import os

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright

from tests.chromium import ARGS, find_browser
from tests.harness import clean_up

from .screen import Screen


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    """One browser for the session; every test has windows of its own."""
    path = find_browser()
    if path is None:
        stop = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        stop("No Chromium found.")
    # Playwright keeps an event loop in this thread, and Django takes every query beside one for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def _django_db_helper(migrated_rows, django_db_blocker):
    """In place of pytest-django's, whose flush would take what the migrations made; the record refuses it too."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            clean_up(migrated_rows)
            connections.close_all()


@pytest.fixture
def screens(chromium, live_server):
    """Opens a window: `screens(hanson)` is Dr. Hanson, signed in, on a phone."""
    opened = []

    def opens(clinician=None, **options):
        screen = Screen.opened(chromium, live_server.url, clinician, **options)
        opened.append(screen)
        return screen

    yield opens
    for screen in opened:
        screen.close()
