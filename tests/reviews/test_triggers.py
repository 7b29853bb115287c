"""The rules once more, in the database, where SQL cannot go round them."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from reviews import triggers
from reviews.models import LedgerEntry
from tests import factories
from tests.harness import disarmed


def execute(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("model", triggers.APPEND_ONLY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("sql", ["DELETE FROM {table}", "UPDATE {table} SET {column} = {column}"])
def test_sql_neither_changes_nor_deletes_the_record(model, sql, public_article, hanson, reviewer):
    from reviews import services
    from reviews.models import SignOff

    own_words = SignOff.objects.get(clinician_id=hanson.pk)
    services.withdraw(sign_off_id=own_words.pk, by=hanson.user, reason="To have one of each row.")
    rows = list(model.objects.values())
    assert rows
    with pytest.raises(IntegrityError, match="is append-only"):
        execute(sql.format(table=model._meta.db_table, column=model._meta.pk.column))
    assert list(model.objects.values()) == rows


@pytest.mark.parametrize("model", triggers.APPEND_ONLY, ids=lambda model: model.__name__)
def test_the_record_cannot_be_truncated(model, public_article):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="is append-only"):
        execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_sql_cannot_make_an_unsigned_article_live(article):
    with pytest.raises(IntegrityError, match="needs a publication"):
        execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, article.pk)
    with pytest.raises(IntegrityError, match="needs a publication"), transaction.atomic():
        Page.objects.filter(pk=article.pk).update(live=True)
    assert not Page.objects.get(pk=article.pk).live


def test_sql_may_take_a_page_down_and_structural_pages_need_no_publication(public_article):
    execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, public_article.pk)
    index = factories.index_page()
    execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, index.pk)
    execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, index.pk)
    assert Page.objects.get(pk=index.pk).live


def test_the_ledger_still_takes_new_entries(public_article):
    head = LedgerEntry.objects.last()
    LedgerEntry.objects.create(
        sequence=head.sequence + 1,
        kind="published",
        payload="{}",
        previous_digest=head.digest,
        digest="0" * 64,
        recorded_at=timezone.now(),
    )
    assert LedgerEntry.objects.count() == head.sequence + 1


def test_a_missing_trigger_is_named_by_a_check(db):
    assert triggers.missing() == []
    with disarmed():
        errors = [error.msg for error in run_checks(databases=["default"]) if error.id == "reviews.E002"]
    assert "The database trigger imprimatur_reviews_ledgerentry_update is missing." in errors
    assert triggers.missing() == []
