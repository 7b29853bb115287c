"""What only tests may do."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction

from pages.models import ProcedureIndexPage
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


def rows() -> dict[type, set]:
    """What is in the database now: the keys of every table."""
    models = apps.get_models(include_auto_created=True)
    return {
        model: set(model._base_manager.values_list("pk", flat=True))
        for model in models
        if model._meta.managed and not model._meta.proxy
    }


def clean_up(kept: dict[type, set]) -> None:
    """Take away what was committed since, by a means that application code does not have."""
    with disarmed(), transaction.atomic():
        for model, keys in kept.items():
            model._base_manager.exclude(pk__in=keys)._raw_delete("default")
        ProcedureIndexPage.objects.update(numchild=0)
