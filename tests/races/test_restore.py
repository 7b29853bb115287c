"""The record survives a dump and a restore into an empty database, triggers and all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("races")]
ROOT = Path(__file__).parents[2]


def run(*command, **kwargs):
    return subprocess.run(command, check=False, capture_output=True, text=True, **kwargs)


@pytest.fixture
def empty_database(db):
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def address_of(name):
    parts = connection.settings_dict
    return make_conninfo(
        "", dbname=name, user=parts["USER"], password=parts["PASSWORD"], host=parts["HOST"], port=parts["PORT"] or 5432
    )


def test_a_restored_database_verifies_and_is_armed(editor, hanson, reviewer, empty_database):
    page = factories.make_article(factories.quotation(hanson), by=editor)
    factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    dump = run("pg_dump", "--no-owner", "--dbname", address_of(connection.settings_dict["NAME"]))
    assert dump.returncode == 0, dump.stderr
    restore = run("psql", "-q", "-v", "ON_ERROR_STOP=1", address_of(empty_database), input=dump.stdout)
    assert restore.returncode == 0, restore.stderr
    parts = connection.settings_dict
    url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT'] or 5432}/{empty_database}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    verified = run(sys.executable, "manage.py", "verify_record", cwd=ROOT, env=environment)
    assert "The record fits: 6 entries" in verified.stdout, verified.stderr
    check = run(sys.executable, "manage.py", "check", "--database", "default", cwd=ROOT, env=environment)
    assert check.returncode == 0, check.stderr
