"""Rows of the desk: what was asked and what is being considered. They decide nothing; signatures do."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

from reviews.attestations import ATTESTATIONS

from .clinicians import Clinician
from .record import AppendOnlyModel, AppendOnlyQuerySet, LedgerEntry, SignOff


class ReviewPlan(models.Model):
    """Who is to review one article, and until when. Written by the requester; holds for every later round."""

    page_id = models.PositiveBigIntegerField(primary_key=True)
    reviewers = models.ManyToManyField(Clinician, blank=True, related_name="review_plans")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    def __str__(self):
        return f"Plan for the review of page {self.page_id}"


class ReviewRequestQuerySet(AppendOnlyQuerySet):
    def standing(self):
        """Requests that were not handed over to a colleague."""
        return self.filter(replaced_by=None)


class ReviewRequest(AppendOnlyModel):
    """One clinician asked to sign one article in one meaning. Open while its task state is in progress."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="review_requests")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="review_requests")
    page_id = models.PositiveBigIntegerField(db_index=True)
    meaning = models.CharField(max_length=30, choices=[(key, item.label) for key, item in ATTESTATIONS.items()])
    task_state_id = models.PositiveBigIntegerField(db_index=True)
    due_on = models.DateField()
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", help_text="The request handed over"
    )

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "review request"
        constraints = [models.UniqueConstraint(fields=["entry", "clinician", "meaning"], name="asked_once_per_meaning")]

    def __str__(self):
        return f"{self.clinician} asked for page {self.page_id}"

    @property
    def asked(self) -> dict:
        """What the ledger says of this very request: how many statements there were to decide."""
        return next(
            item
            for item in self.entry.data["asked"]
            if (item["clinician"], item["meaning"]) == (self.clinician_id, self.meaning)
        )


class Decision(models.Model):
    """A clinician's unsigned choice on one statement. Bound to the digest, so it falls away when the words change."""

    class Choice(models.TextChoices):
        APPROVE = "approve", "Approve"
        SUGGEST = "suggest", "Suggest wording"
        CHANGES = "changes", "Request changes"
        NOT_MINE = "not_mine", "Not mine"

    class Reason(models.TextChoices):
        NOT_ACCURATE = "not_accurate", "It is not accurate"
        NOT_WHAT_I_SAID = "not_what_i_said", "It is not what I said"
        EVIDENCE = "evidence", "The evidence is too weak"
        LEAVES_OUT = "leaves_out", "It leaves out something patients need"
        OTHER = "other", "Something else"

    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="decisions")
    page_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    choice = models.CharField(max_length=20, choices=Choice)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    wording = models.TextField(blank=True, help_text="The words suggested instead")
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinician", "page_id", "digest"], name="one_decision_per_statement")
        ]

    def __str__(self):
        return f"{self.clinician}: {self.get_choice_display()}"


class Suggestion(models.Model):
    """Other words that a clinician sent to the desk for one statement, until somebody applies or declines them."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Open"
        APPLIED = "applied", "Applied"
        DECLINED = "declined", "Declined"

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="suggestions")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="suggestions")
    page_id = models.PositiveBigIntegerField(db_index=True)
    key = models.CharField(max_length=100, help_text="Where the statement stood")
    digest = models.CharField(max_length=64, help_text="Of the statement as it was")
    words = models.TextField(help_text="As they were")
    wording = models.TextField(help_text="As suggested")
    signed_in = models.ForeignKey(
        SignOff,
        null=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
        help_text="Her own words, signed together with the suggestion",
    )
    comment_id = models.PositiveBigIntegerField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "clinician", "digest"], name="suggested_once")]

    def __str__(self):
        return f"{self.clinician} suggests: {self.wording[:60]}"

    @property
    def is_signed(self) -> bool:
        """Whether her signature under the suggested words is in force."""
        return SignOff.objects.in_force().filter(pk=self.signed_in_id).exists()
