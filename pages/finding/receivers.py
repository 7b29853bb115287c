from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from reviews.models import PublicPage
from reviews.signals import standing_changed

from . import keeping
from .models import PublishedText


@receiver(standing_changed)
def keep_the_index_in_step(sender, page_id, **kwargs):
    keeping.keep(page_id)


@receiver(post_migrate)
def fill_an_empty_index(sender, using, **kwargs):
    """A site that is older than its index has pages that no list shows."""
    has_table = PublishedText._meta.db_table in connections[using].introspection.table_names()
    if sender.name == "pages" and has_table and not PublishedText.objects.exists() and PublicPage.objects.exists():
        keeping.rebuild()
