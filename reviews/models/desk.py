"""Rows of the desk: what was asked and what is being considered. They decide nothing; signatures do."""

from django.db import models

from reviews.attestations import ATTESTATIONS

from .clinicians import Clinician
from .record import AppendOnlyModel, LedgerEntry


class ReviewRequest(AppendOnlyModel):
    """One clinician asked to sign one article in one meaning. Open while its task state is in progress."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="review_requests")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="review_requests")
    page_id = models.PositiveBigIntegerField(db_index=True)
    meaning = models.CharField(max_length=30, choices=[(key, item.label) for key, item in ATTESTATIONS.items()])
    task_state_id = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = "review request"
        constraints = [models.UniqueConstraint(fields=["entry", "clinician", "meaning"], name="asked_once_per_meaning")]

    def __str__(self):
        return f"{self.clinician} asked for page {self.page_id}"


class Decision(models.Model):
    """A clinician's unsigned choice on one statement. Bound to the digest, so it falls away when the words change."""

    class Choice(models.TextChoices):
        APPROVE = "approve", "Approve"
        CHANGES = "changes", "Request changes"

    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="decisions")
    page_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    choice = models.CharField(max_length=20, choices=Choice)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinician", "page_id", "digest"], name="one_decision_per_statement")
        ]

    def __str__(self):
        return f"{self.clinician}: {self.get_choice_display()}"
