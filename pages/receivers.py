"""A picture that a public article shows stays as it was signed."""

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.images import get_image_model

from reviews.errors import NotAllowed
from reviews.middleware import refuse
from reviews.models import PublicPage

_HOW = "Upload the new picture beside it, put that into the article, and have it signed."


@receiver(pre_save, sender=get_image_model())
def refuse_to_replace_a_public_picture(sender, instance, raw=False, **kwargs):
    before = sender.objects.filter(pk=instance.pk).values_list("file", flat=True).first() if instance.pk else None
    if before and before != instance.file.name:
        _refuse_if_public(instance, f"cannot be replaced. {_HOW}")


@receiver(pre_delete, sender=get_image_model())
def refuse_to_delete_a_public_picture(sender, instance, **kwargs):
    _refuse_if_public(instance, f"cannot be deleted. {_HOW}")


def _refuse_if_public(image, what):
    # Canonical JSON has one way to write this, so the database can look for it.
    recorded = f'"id":{image.pk},"sha256":"'
    public = PublicPage.objects.filter(publication__content__contains=recorded).select_related("publication").first()
    if public:
        refuse(NotAllowed("public_picture", f"“{public.publication.title}” shows this picture, so it {what}"))
