"""The chokepoint in Python, and the record kept in step with what Wagtail does on its own."""

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models.signals import post_migrate, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import COMMENTS_RELATION_NAME, Page

from . import triggers
from .errors import NotSignedOff
from .gate import obstacles, summary
from .middleware import refuse
from .mixins import is_gated
from .models import PublicPage
from .services.take_down import end_publication

# Wagtail's bookkeeping: none of it can be seen by a patient.
BOOKKEEPING = {
    COMMENTS_RELATION_NAME,
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}


@receiver(pre_save)
def refuse_a_live_row_without_its_publication(sender, instance, raw=False, update_fields=None, **kwargs):
    """Whoever saves a live gated page, by whatever route: the row equals its publication, digest for digest."""
    if not isinstance(instance, Page):
        return
    page_class = _specific_class(instance)
    if page_class is Page and instance.live and instance.depth != 1:
        _refuse("base_page", "A page of no type of its own cannot be public: nobody is asked to sign it.")
    if not is_gated(page_class):
        return
    if instance.alias_of_id:
        _refuse(
            "alias",
            "An article cannot be an alias: words on another page are a new use and need new sign-offs.",
        )
    if update_fields is not None and set(update_fields) <= BOOKKEEPING:
        return
    row = _row_as_it_would_be(sender, instance, update_fields)
    if row.live:
        _compare_with_publication(row)
    elif row.pk:
        _end_what_was_public(row)


@receiver(pre_delete)
def record_that_a_public_page_is_deleted(sender, instance, **kwargs):
    if isinstance(instance, Page):
        _end_what_was_public(instance)


@receiver(post_migrate)
def say_the_rules_in_the_database_too(sender, using, **kwargs):
    """Once, after the last app that has models: then every table exists."""
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if sender == with_models[-1]:
        triggers.arm(using)


def _end_what_was_public(page):
    """Whoever takes a row off the site, by whatever route: the record ends the publication first, and knows who."""
    with transaction.atomic():
        end_publication(page_id=page.pk, by=get_active_log_context().user, reason="taken_down")


def _specific_class(page):
    if type(page) is not Page:
        return type(page)
    try:
        return page.specific_class
    except ObjectDoesNotExist:
        return None


def _row_as_it_would_be(sender, instance, update_fields):
    """The full page with what this save writes: all fields, some, or only those of the base table."""
    if update_fields is None and sender is not Page:
        return instance
    written = set(update_fields) if update_fields is not None else {field.attname for field in Page._meta.fields}
    row = Page.objects.get(pk=instance.pk).specific
    for field in instance._meta.get_fields():
        if field.name in written or getattr(field, "attname", None) in written:
            setattr(row, field.attname if hasattr(field, "attname") else field.name, _value(instance, field))
    return row


def _value(instance, field):
    return getattr(instance, field.attname if hasattr(field, "attname") else field.name)


def _compare_with_publication(row):
    public = PublicPage.objects.filter(page_id=row.pk).select_related("publication").first() if row.pk else None
    content = row.get_reviewable_content()
    if public and public.publication.page_digest == content.page_digest:
        return
    if row.pk is None:
        _refuse("never_signed", "A new article cannot be public at once: ask for its review first.")
    if found := obstacles(row, content):
        _refuse(found[0].code, summary(found))
    _refuse("not_published", "This version is signed but not published. Publish it through the sign-off workflow.")


def _refuse(code, sentence):
    refuse(NotSignedOff(code, sentence))
