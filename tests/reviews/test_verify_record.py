"""The record proves itself, and names what was tampered with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from reviews import services
from reviews.models import LedgerEntry, Publication, PublicPage, SignOff
from tests import factories
from tests.harness import disarmed
from tests.mailbox import delivered


def tamper(sql, *params):
    with disarmed(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def verify(**options):
    call_command("verify_record", **options)


def test_an_untouched_record_fits(public_article, capsys):
    verify()
    head = LedgerEntry.objects.last()
    assert f"The record fits: {head.sequence} entries, head {head.digest}." in capsys.readouterr().out


def test_a_sign_off_that_ends_with_a_credential_fits(article, editor, hanson, reviewer, capsys):
    # The end is the last moment of a local day, and the database gives it back in UTC.
    hanson.credentials.update(valid_until=timezone.localdate() + timezone.timedelta(days=45))
    factories.publish_signed(article, by=editor, signers=[hanson, reviewer])
    recorded = SignOff.objects.get(clinician_id=hanson.pk).entry.data["valid_until"]
    verify()
    assert recorded.endswith("+00:00")
    assert "The record fits" in capsys.readouterr().out


def test_an_empty_record_fits(db, capsys):
    verify()
    assert "The record is empty." in capsys.readouterr().out


# The first two entries are the consents of the two who sign.
TAMPERING = {
    "another consent": (
        "UPDATE reviews_electronicconsent SET consented_at = '2020-01-01 00:00:00+00:00' WHERE entry_id = 2",
        "Entry 2 .* consent to sign electronically row differs from what was recorded: consented at",
    ),
    "a deleted consent": (
        "DELETE FROM reviews_electronicconsent WHERE entry_id = 1",
        r"Entry 1 .* its consent to sign electronically row was deleted",
    ),
    "an edited payload": (
        "UPDATE reviews_ledgerentry SET payload = replace(payload, 'stings', 'tickles') WHERE sequence = 4",
        r"Entry 4 \(Signed off\) does not fit: its content was changed",
    ),
    "a deleted entry's sequence": (
        "UPDATE reviews_ledgerentry SET kind = 'withdrawn' WHERE sequence = 3",
        r"Entry 3 \(Sign-off withdrawn\) does not fit: its content was changed",
    ),
    "another signer": (
        "UPDATE reviews_signoff SET printed_name = 'Somebody Else' WHERE entry_id = 4",
        "Entry 4 .* differs from what was recorded: printed name",
    ),
    "a longer validity": (
        "UPDATE reviews_signoff SET valid_until = '2099-01-01 00:00:00+00:00' WHERE entry_id = 5",
        "Entry 5 .* recorded: valid until",
    ),
    "another capacity": (
        "UPDATE reviews_signoff SET capacity = 'Professor of everything' WHERE entry_id = 5",
        "Entry 5 .* recorded: capacity",
    ),
    "another day of publication": (
        "UPDATE reviews_publication SET published_at = '2020-01-01 00:00:00+00:00'",
        "Entry 6 .* its publication row differs from what was recorded: published at",
    ),
    "another signed statement": (
        "UPDATE reviews_signedstatement SET canonical = replace(canonical, 'stings', 'tickles')",
        "its statements",
    ),
    "a deleted signed statement": ("DELETE FROM reviews_signedstatement WHERE sign_off_id = 4", "its statements"),
    "other published words": (
        "UPDATE reviews_publication SET content = replace(content, 'stings', 'tickles')",
        "Entry 6 .* its words",
    ),
    "a changed live row": (
        "UPDATE wagtailcore_page SET title = 'Painless' WHERE slug = 'cryotherapy'",
        "“Cryotherapy” has a live row that was changed",
    ),
    "a page switched off": ("UPDATE wagtailcore_page SET live = false WHERE slug = 'cryotherapy'", "is not live"),
}


@pytest.mark.parametrize(("sql", "sentence"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_named(sql, sentence, public_article):
    tamper(sql)
    with pytest.raises(CommandError, match=sentence):
        verify()


def test_a_live_page_that_nobody_published_is_named(article):
    tamper("UPDATE wagtailcore_page SET live = true WHERE slug = 'cryotherapy'")
    with pytest.raises(CommandError, match="is live, and nobody published it"):
        verify()


def test_a_forged_sign_off_is_named(public_article, hanson):
    real = SignOff.objects.get(clinician_id=hanson.pk)
    forged = {field.attname: getattr(real, field.attname) for field in SignOff._meta.fields}
    SignOff.objects.create(**{**forged, "entry_id": 1})
    with pytest.raises(CommandError, match="a sign-off row points at it, and it records something else"):
        verify()


def test_a_rewritten_chain_is_noticed_by_whoever_kept_a_checkpoint(public_article, capsys):
    call_command("checkpoint")
    kept = capsys.readouterr().out.strip()
    verify(against=kept)
    capsys.readouterr()
    rewrite_the_chain()
    verify()
    with pytest.raises(CommandError, match="the chain was rewritten"):
        verify(against=kept)


def rewrite_the_chain():
    """What somebody with full access to the database and to this program could do."""
    with disarmed():
        previous = "0" * 64
        for entry in LedgerEntry.objects.order_by("sequence"):
            if entry.kind == "review_requested":
                entry.payload = entry.payload.replace("jordan", "nobody")
            entry.previous_digest = previous
            previous = entry.computed_digest()
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE reviews_ledgerentry SET payload = %s, previous_digest = %s, digest = %s "
                    "WHERE sequence = %s",
                    [entry.payload, entry.previous_digest, previous, entry.sequence],
                )


@pytest.mark.parametrize("checkpoint", ["9999:abc", "x:y", ""])
def test_a_checkpoint_that_names_no_entry_is_refused(checkpoint, public_article):
    with pytest.raises(CommandError, match="not in the ledger"):
        verify(against=checkpoint or ":")


def test_a_checkpoint_is_mailed_to_the_clinicians_and_compliance(hanson, settings):
    settings.IMPRIMATUR = {**settings.IMPRIMATUR, "compliance_addresses": ("audit@example.com",)}
    call_command("checkpoint")
    assert [message.to for message in delivered()] == [["audit@example.com"], [hanson.user.email]]


def test_tampered_pages_can_be_taken_down(public_article, client):
    tamper("UPDATE wagtailcore_page SET title = 'Painless' WHERE slug = 'cryotherapy'")
    with pytest.raises(CommandError):
        verify(take_down=True)
    assert not PublicPage.objects.exists()
    assert client.get(public_article.url).status_code == 410
    assert LedgerEntry.objects.last().data["note"] == "verify_record --take-down"


def test_the_record_survives_purged_revisions_and_a_deleted_page(public_article, editor, hanson):
    call_command("purge_revisions", verbosity=0)
    services.take_down(page_id=public_article.pk, by=editor)
    Page.objects.get(pk=public_article.pk).delete()
    verify()
    assert Publication.objects.get().reviewable_content.quotations[0].text == "It stings for a minute."
