"""What the gate and the record say in Python, said again in the database: SQL does not ask Python.

Django rebuilds tables on SQLite and drops their triggers with them, so all are made anew after every migrate, and a
system check names one that is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, transaction
from wagtail.models import Page

from .models import (
    Clinician,
    ElectronicConsent,
    LedgerEntry,
    Publication,
    PublicPage,
    ReviewRequest,
    SignedStatement,
    SignOff,
    Withdrawal,
)
from .policy import policy

APPEND_ONLY = (LedgerEntry, SignOff, SignedStatement, Withdrawal, Publication, ReviewRequest, ElectronicConsent)
PREFIX = "imprimatur"


@dataclass(frozen=True)
class Trigger:
    """One rule in the database. `when` is SQL for a row that breaks it, or empty if every row does."""

    name: str
    table: str
    event: str
    sentence: str
    when: str = ""


def triggers() -> Iterator[Trigger]:
    """Every trigger that has to exist, for the database at hand and the page types installed."""
    for model in APPEND_ONLY:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            yield Trigger(f"{PREFIX}_{table}_{event.lower()}", table, event, f"{table} is append-only.")
        # SQLite's INSERT OR REPLACE deletes the row in its way without asking the trigger for DELETE.
        yield Trigger(
            f"{PREFIX}_{table}_insert", table, "INSERT", f"{table} is append-only.", when=_row_is_there_already(model)
        )
    yield Trigger(
        f"{PREFIX}_account_of_a_signer",
        Clinician._meta.db_table,
        "UPDATE",
        "The account of a clinician is chosen once.",
        when="OLD.user_id IS NOT NULL AND (NEW.user_id IS NULL OR NEW.user_id <> OLD.user_id)",
    )
    for event in ("INSERT", "UPDATE"):
        yield Trigger(
            f"{PREFIX}_live_{event.lower()}",
            Page._meta.db_table,
            event,
            "A live page needs a publication in force.",
            when=_live_without_publication(),
        )


def arm(using: str = "default") -> None:
    """Make every trigger anew."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        for trigger in triggers():
            for statement in _WRITERS[connection.vendor](trigger):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            for statement in _refuse_truncate():
                cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that do not exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_LISTINGS[connection.vendor])
        existing = {name for (name,) in cursor.fetchall()}
    wanted = [trigger.name for trigger in triggers()]
    if connection.vendor == "postgresql":
        wanted += [f"{PREFIX}_{model._meta.db_table}_truncate" for model in APPEND_ONLY]
    return [name for name in wanted if name not in existing]


def _live_without_publication() -> str:
    """Every page but the root and the structural types, so that a page of another type is no way round."""
    exempt = [apps.get_model(label)._meta for label in policy().exempt_page_types]
    kinds = [f"(app_label = '{meta.app_label}' AND model = '{meta.model_name}')" for meta in exempt]
    structural = [kind for kind, meta in zip(kinds, exempt, strict=True) if meta.model is not Page] or ["1 = 0"]
    types = f"SELECT id FROM django_content_type WHERE {' OR '.join(structural)}"  # noqa: S608
    return (
        f"NEW.live AND NEW.depth > 1 AND NEW.content_type_id NOT IN ({types}) "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM {PublicPage._meta.db_table} WHERE page_id = NEW.id)"
    )


def _row_is_there_already(model) -> str:
    unique = [field.column for field in model._meta.concrete_fields if field.unique]
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    return f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE {same})"  # noqa: S608


def _for_sqlite(trigger: Trigger) -> Iterator[str]:
    when = f"WHEN {trigger.when} " if trigger.when else ""
    yield f"DROP TRIGGER IF EXISTS {trigger.name}"
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{trigger.sentence}'); END"
    )


def _for_postgresql(trigger: Trigger) -> Iterator[str]:
    row = "OLD" if trigger.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.when or 'TRUE'} THEN RAISE EXCEPTION '{trigger.sentence}' "
        f"USING ERRCODE = 'integrity_constraint_violation';"
        f" END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
    )


def _refuse_truncate() -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {PREFIX}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for model in APPEND_ONLY:
        table = model._meta.db_table
        yield (
            f"CREATE OR REPLACE TRIGGER {PREFIX}_{table}_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_no_truncate()"
        )


_WRITERS = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
_LISTINGS = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}_%'",  # noqa: S608
    "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgname LIKE '{PREFIX}_%'",  # noqa: S608
}
