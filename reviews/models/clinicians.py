from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index


def refuse_impossible_days(away_from: date | None, away_until: date | None) -> None:
    """Raise ValidationError for days away that never end, or end before they begin."""
    if away_from and not away_until:
        raise ValidationError({"away_until": "Say until when, so that she is asked again afterwards."})
    if away_from and away_from > away_until:
        raise ValidationError({"away_until": "The last day away is before the first."})


class ClinicianQuerySet(models.QuerySet):
    def with_account(self):
        """Clinicians who can sign in."""
        return self.filter(user__is_active=True)

    def reviewers(self):
        """Clinicians who hold the reviewer role and can sign in."""
        return self.with_account().filter(is_reviewer=True, is_verified=True)

    def licensed(self):
        """Clinicians with a current license: `Credential.is_current` in SQL."""
        licenses = Credential.objects.filter(kind=Credential.Kind.LICENSE, checked_on__isnull=False)
        current = models.Q(valid_until=None) | models.Q(valid_until__gte=timezone.localdate())
        return self.filter(models.Exists(licenses.filter(current, clinician=models.OuterRef("pk"))))


class Clinician(index.Indexed, ClusterableModel):
    """A person who may be quoted or may review. The record keeps names and credentials by value, never this row."""

    name = models.CharField(max_length=120, help_text="Without title or letters: Miriam Hanson")
    honorific = models.CharField(max_length=20, blank=True, default="Dr.")
    postnominals = models.CharField(
        "letters after the name", max_length=60, blank=True, help_text="As printed: MD, FAAD"
    )
    capacity = models.CharField(max_length=160, blank=True, help_text="As printed: Dermatologist at this practice")
    disclosure = models.CharField(
        "material connection",
        max_length=300,
        blank=True,
        help_text="Printed beside each new quotation: “Dr. Hanson is paid by this practice.” or “None.”",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clinician",
        verbose_name="account",
        help_text="The account she signs with. It can be chosen once; after that it stays.",
    )
    is_reviewer = models.BooleanField(
        "may give the clinical review",
        default=False,
        help_text="Signs whole articles that she did not write.",
    )
    is_verified = models.BooleanField(
        "verified",
        default=False,
        help_text="Somebody at the practice has checked who this is and what she holds.",
    )
    away_from = models.DateField(null=True, blank=True, help_text="Not asked for clinical reviews from this day …")
    away_until = models.DateField(null=True, blank=True, help_text="… to the end of this one.")
    single_keys = models.BooleanField(
        default=True, editable=False, help_text="Whether single keys decide on a focused card"
    )
    proposed_from = models.CharField(max_length=200, blank=True, editable=False)

    objects = ClinicianQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name if self.is_verified else f"{self.name} (not verified)"

    @property
    def name_line(self):
        """As it stands on a signature line: Miriam Hanson, MD, FAAD."""
        return ", ".join(filter(None, [self.name, self.postnominals]))

    @property
    def addressed(self):
        """As she is spoken of in a sentence: Dr. Miriam Hanson."""
        return " ".join(filter(None, [self.honorific, self.name]))

    def signature_line(self) -> dict:
        """Everything about her that will be printed beside her words. She sees it when she signs."""
        return {
            "printed_name": self.name,
            "postnominals": self.postnominals,
            "capacity": self.capacity,
            "credentials": [credential.as_canonical() for credential in self.current_credentials()],
        }

    @property
    def has_account(self):
        return self.user is not None and self.user.is_active

    def is_away(self, on=None) -> bool:
        """Whether she is away on the day (today by default). An end without a beginning counts from now."""
        on = on or timezone.localdate()
        return self.away_until is not None and (self.away_from or on) <= on <= self.away_until

    def current_credentials(self, on=None):
        """Verified credentials that are valid on the date (today by default)."""
        return [credential for credential in self.credentials.all() if credential.is_current(on)]

    def clean(self):
        super().clean()
        if self.is_reviewer and not self.is_verified:
            raise ValidationError({"is_reviewer": "Verify this clinician before she may review."})
        if self.user and self.user.is_superuser:
            raise ValidationError(
                {"user": "This account can administer the site, so it cannot sign. Make a second account for signing."}
            )
        self._refuse_another_account()
        refuse_impossible_days(self.away_from, self.away_until)

    def save(self, *args, **kwargs):
        self._refuse_another_account()
        super().save(*args, **kwargs)

    def _refuse_another_account(self):
        """A signature names a person, so the account behind a clinician is chosen once."""
        if not self.pk:
            return
        before = type(self).objects.filter(pk=self.pk).values_list("user_id", flat=True).first()
        if before and before != self.user_id:
            raise ValidationError(
                {"user": f"{self.name} signs with the account she has. It cannot be exchanged for another one."}
            )


class Credential(models.Model):
    """A license, certification or degree that somebody at the practice has checked."""

    class Kind(models.TextChoices):
        LICENSE = "license", "License"
        BOARD_CERTIFICATION = "board_certification", "Board certification"
        DEGREE = "degree", "Degree"

    clinician = ParentalKey(Clinician, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=30, choices=Kind)
    title = models.CharField(
        max_length=160, help_text="As printed: Board certified by the American Board of Dermatology"
    )
    issuer = models.CharField(max_length=160)
    number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text="Empty if it does not end.")
    checked_on = models.DateField(
        "checked with the issuer on",
        null=True,
        blank=True,
        help_text="Until this is filled in, it does not count.",
    )

    class Meta:
        ordering = ["kind", "title"]

    def __str__(self):
        return self.title

    def is_current(self, on=None):
        on = on or timezone.localdate()
        return self.checked_on is not None and (self.valid_until is None or self.valid_until >= on)

    def as_canonical(self):
        return {
            "kind": self.kind,
            "title": self.title,
            "issuer": self.issuer,
            "number": self.number,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "checked_on": self.checked_on.isoformat() if self.checked_on else None,
        }
