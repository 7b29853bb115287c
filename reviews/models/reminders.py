from django.conf import settings
from django.db import models


class SentReminder(models.Model):
    """That one person was mailed about one thing: never twice, says the constraint, whoever runs at the same time."""

    class Kind(models.TextChoices):
        DIGEST = "digest", "Digest"
        LAPSE = "lapse", "Sign-off ends soon"
        OVERDUE = "overdue", "Overdue, to the requester"
        INVITATION = "invitation", "Invitation"
        PASSWORD = "password", "Link to set a password"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=100, help_text="The day of a digest; otherwise what it is about")
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "about"], name="reminded_once")]

    def __str__(self):
        return f"{self.get_kind_display()} to {self.person}: {self.about}"
