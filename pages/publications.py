from datetime import datetime

from reviews.models import Publication


def first_published_at(page_id: int) -> datetime:
    """When patients could read this page for the first time, in whatever words."""
    return Publication.objects.filter(page_id=page_id).order_by("entry_id").values_list("published_at", flat=True)[0]
