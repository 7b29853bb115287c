from django.db import models
from django.utils import timezone

from reviews.models import Publication, SignOff


class PublishedTextQuerySet(models.QuerySet):
    def standing(self):
        """Neither ended nor lapsed, as far as the index knows."""
        return self.filter(stands_until__gt=timezone.now())

    def lapsed(self):
        return self.filter(stands_until__lte=timezone.now())

    def outdated(self):
        """Indexed with words of a block whose time is over since."""
        return self.filter(words_until__lte=timezone.now())

    def in_step(self):
        return self.exclude(words_until__lte=timezone.now())

    def a_to_z(self):
        return self.order_by("letter", "sort_key", "page_id")

    def newest_first(self):
        return self.order_by("-reviewed_at", "-page_id")


class PublishedText(models.Model):
    """Where one public page stands in every list. Holds no words to print: those are in its publication."""

    page_id = models.PositiveBigIntegerField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    sort_key = models.CharField(max_length=255)
    reviewed_at = models.DateTimeField()
    stands_until = models.DateTimeField(db_index=True)
    # Until when patients see the words that are in the index; empty if none of them has an end of its own.
    words_until = models.DateTimeField(null=True, db_index=True)

    objects = PublishedTextQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["letter", "sort_key", "page_id", "stands_until"], name="published_a_to_z"),
            models.Index(fields=["reviewed_at", "page_id", "stands_until"], name="published_newest"),
        ]

    def __str__(self):
        return self.sort_key


class PublishedTag(models.Model):
    """Under which topic a public page is listed. How the topic is written stands in the publication."""

    text = models.ForeignKey(PublishedText, on_delete=models.CASCADE, related_name="tags")
    slug = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["slug", "text"], name="published_by_topic")]
        constraints = [models.UniqueConstraint(fields=["text", "slug"], name="one_topic_once_per_page")]

    def __str__(self):
        return self.slug


class PublishedSigner(models.Model):
    """A sign-off that a public page rests on, so that a person's pages are found without reading every page."""

    text = models.ForeignKey(PublishedText, on_delete=models.CASCADE, related_name="signers")
    clinician_id = models.PositiveBigIntegerField(db_index=True)
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "sign_off"], name="one_signer_once_per_page")]

    def __str__(self):
        return str(self.sign_off)


class TagFamily(models.Model):
    """Under which heading a topic is listed. It moves a signed word to another heading and prints none itself."""

    class Family(models.TextChoices):
        CONCERN = "concern", "Concern"
        BODY_AREA = "body_area", "Body area"
        TREATMENT = "treatment", "Treatment"

    topic = models.CharField(max_length=100, unique=True, help_text="As it is written on articles: Redness")
    family = models.CharField("listed under", max_length=20, choices=Family, default=Family.CONCERN)

    class Meta:
        ordering = ["family", "topic"]
        verbose_name = "topic heading"

    def __str__(self):
        return f"{self.topic}: {self.get_family_display()}"
