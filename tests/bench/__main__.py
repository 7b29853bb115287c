"""`make bench`: what the gate costs, as ratios measured side by side in one run, in a scratch database."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
django.setup()

from django.db import connection  # noqa: E402
from django.template import Template  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from tests.bench import publishing, reviewing, screens, searching, serving, verifying  # noqa: E402


def main():
    plain_rendering = Template._render
    setup_test_environment()
    # What Django adds to every rendering for tests is no cost of ours.
    Template._render = plain_rendering
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    print(f"Database: {connection.vendor}\n")  # noqa: T201
    try:
        for part in (serving, publishing, reviewing, verifying, screens, searching):
            part.run()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


main()
