from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from wagtail.models import Page

from reviews.errors import NotAllowed


@contextmanager
def locked_page(page_id: int) -> Iterator[Page]:
    """A transaction that holds the page row, so that what is read inside is what is decided on."""
    with transaction.atomic():
        page = Page.objects.select_for_update().filter(pk=page_id).first()
        if page is None:
            raise NotAllowed("no_such_page", "This article does not exist any more.")
        yield page


def draft_of(page: Page) -> Page:
    """The newest version of the page, as its editors see it."""
    revision = page.get_latest_revision()
    return revision.as_object() if revision else page.specific


def draft_to_read(page: Page) -> Page:
    """The same words as `draft_of`, to read and never to save: without what Wagtail looks up before a version is saved.

    Costs no query if the page came with its revision and locale.
    """
    revision = page.latest_revision
    if revision is None:
        return page.specific
    draft = page.specific_class.from_serializable_data(revision.content, check_fks=False)
    for name in ("pk", "content_type_id", "path", "depth", "live", "owner_id", "latest_revision_id", "translation_key"):
        setattr(draft, name, getattr(page, name))
    draft.locale = page.locale
    return draft


def page_by_value(page: Page) -> dict:
    """A page as the record names it: the row may be moved, renamed or deleted later."""
    return {"id": page.pk, "title": page.title, "path": page.url_path, "locale": page.locale.language_code}
