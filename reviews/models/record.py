"""The record: append-only rows, each one an entry of a hash-chained ledger.

It outlives the data it tells of. So nothing here cascades, and pages, revisions, names and credentials are kept by
value. Only the signer's account is a foreign key, and it is protected: people who signed are deactivated, not deleted.
"""

import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.attestations import ATTESTATIONS, Meaning
from reviews.canonical import FORMAT, digest_again
from reviews.errors import RecordIsAppendOnly
from reviews.statements import ReviewableContent, Statement

from .clinicians import Credential


class AppendOnlyQuerySet(models.QuerySet):
    """Said once here, because Python explains; database triggers say it again, because SQL does not ask Python."""

    def _refuse(self, *args, **kwargs):
        raise RecordIsAppendOnly(self.model._meta.verbose_name.capitalize())

    update = delete = _raw_delete = bulk_update = _refuse

    async def aupdate(self, **kwargs):
        self._refuse()

    adelete = aupdate


class AppendOnlyModel(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise RecordIsAppendOnly(self._meta.verbose_name.capitalize())
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise RecordIsAppendOnly(self._meta.verbose_name.capitalize())


class LedgerEntry(AppendOnlyModel):
    """One event of the record. Its digest covers its payload and the entry before, so the chain cannot be rewritten
    in the middle without rewriting everything after."""

    class Kind(models.TextChoices):
        REVIEW_REQUESTED = "review_requested", "Review requested"
        SIGNED_OFF = "signed_off", "Signed off"
        CHANGES_REQUESTED = "changes_requested", "Changes requested"
        WITHDRAWN = "withdrawn", "Sign-off withdrawn"
        PUBLISHED = "published", "Published"
        TAKEN_DOWN = "taken_down", "Taken down"
        CHECKPOINT = "checkpoint", "Checkpoint"
        CLINICIAN_CHANGED = "clinician_changed", "Clinician or credentials changed"
        CONSENTED = "consented", "Consented to sign electronically"
        HANDED_OVER = "handed_over", "Review handed over"

    sequence = models.PositiveBigIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField(
        default=FORMAT, help_text="Of the digest, so that old entries stay checkable"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)
    payload = models.TextField(help_text="Canonical JSON")
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["sequence"]
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger entries"

    def __str__(self):
        return f"No. {self.sequence}: {self.get_kind_display()}"

    @property
    def data(self) -> dict:
        return json.loads(self.payload)

    def computed_digest(self) -> str:
        return digest_again(
            {
                "format": self.format,
                "sequence": self.sequence,
                "kind": self.kind,
                "page": self.page_id,
                "payload": self.payload,
                "previous": self.previous_digest,
                "recorded_at": self.recorded_at.isoformat(),
            }
        )


def _stands(at=None) -> models.Q:
    recorded = models.Q(entry__kind=LedgerEntry.Kind.SIGNED_OFF, entry__page_id=models.F("page_id"))
    return recorded & models.Q(withdrawal=None, valid_until__gt=at or timezone.now())


class SignOffQuerySet(AppendOnlyQuerySet):
    def in_force(self, at=None):
        """Neither withdrawn nor lapsed, and recorded as a sign-off of this page."""
        return self.filter(_stands(at))

    def with_standing(self, at=None):
        """Each sign-off with `stands`: whether it is in force."""
        return self.annotate(stands=models.ExpressionWrapper(_stands(at), output_field=models.BooleanField()))

    def newest_first(self):
        return self.order_by("-entry_id")


class SignOff(AppendOnlyModel):
    """A clinician's recorded signature over a fixed set of statements on one page."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="sign_off")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs")
    clinician_id = models.PositiveBigIntegerField(db_index=True)
    page_id = models.PositiveBigIntegerField(db_index=True)
    page_title = models.CharField(max_length=255)
    page_digest = models.CharField(max_length=64)
    meaning = models.CharField(max_length=30, choices=[(key, item.label) for key, item in ATTESTATIONS.items()])
    attestation = models.TextField()
    printed_name = models.CharField(max_length=200)
    postnominals = models.CharField(max_length=60, blank=True)
    capacity = models.CharField(max_length=160, blank=True)
    credentials = models.JSONField()
    signed_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    method = models.CharField(max_length=30)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-off"
        indexes = [models.Index(fields=["page_id", "meaning"])]

    def __str__(self):
        return f"{self.printed_name}, {self.get_meaning_display()}, {self.page_title}"

    @property
    def name_line(self):
        return ", ".join(filter(None, [self.printed_name, self.postnominals]))

    @property
    def is_review(self):
        return self.meaning == Meaning.CLINICAL_REVIEW

    @property
    def ends_with(self) -> str:
        """The kind of credential whose last day is its last too, in a word; empty if it ends by policy alone."""
        last_day = timezone.localdate(self.valid_until).isoformat()
        ending = [item["kind"] for item in self.credentials if item["valid_until"] == last_day]
        return dict(Credential.Kind.choices).get(ending[0], "credential").lower() if ending else ""


class SignedStatement(AppendOnlyModel):
    """One statement as it was signed, in full, so that what was signed can always be shown."""

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="statements")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=100)
    canonical = models.TextField(help_text="Canonical JSON")

    class Meta:
        verbose_name = "signed statement"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["sign_off", "position"], name="one_statement_per_position")]

    def __str__(self):
        return self.statement.text[:80]

    @property
    def statement(self) -> Statement:
        return Statement.from_canonical(json.loads(self.canonical))


class Withdrawal(AppendOnlyModel):
    """Ends a sign-off. Nothing is deleted: both stay in the record."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = "withdrawal"

    def __str__(self):
        return f"Withdrawn: {self.sign_off}"


class Publication(AppendOnlyModel):
    """What was made public: the full signed content. Patients read this, never the page row."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="publication")
    page_id = models.PositiveBigIntegerField(db_index=True)
    page_digest = models.CharField(max_length=64)
    content = models.TextField(help_text="Canonical JSON: fields and statements")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = "publication"

    def __str__(self):
        return f"{self.title}, {self.published_at:%Y-%m-%d}"

    @property
    def title(self) -> str:
        """As it was signed: every word that is printed of a publication comes from the text that its digest covers."""
        return json.loads(self.content)["fields"]["title"]

    @property
    def reviewable_content(self) -> ReviewableContent:
        """The signed content again. Its digest is computed from these words, not read from the row."""
        data = json.loads(self.content)
        return ReviewableContent(
            page_id=self.page_id,
            fields=data["fields"],
            statements=tuple(Statement.from_canonical(item) for item in data["statements"]),
        )


class PublicPage(models.Model):
    """What is public now: the one mutable row of the record. No row, not public."""

    page_id = models.PositiveBigIntegerField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.publication)


class ElectronicConsent(AppendOnlyModel):
    """That a person agreed, once, to sign electronically. Without it nothing is signed."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="consent")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="electronic_consent")
    consented_at = models.DateTimeField()

    class Meta:
        verbose_name = "consent to sign electronically"

    def __str__(self):
        return f"{self.user} agreed on {self.consented_at:%Y-%m-%d}"
