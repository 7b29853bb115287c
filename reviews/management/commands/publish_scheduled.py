import logging

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from reviews import mail
from reviews.errors import ReviewError
from reviews.mixins import is_gated
from reviews.services import publish

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    """Wagtail's command, after ours for gated pages: the gate asks again, and one refusal stops nobody else."""

    def handle(self, *args, **options):
        if not options["dryrun"]:
            for revision in self._due():
                self._release(revision)
        super().handle(*args, **options)

    def _due(self) -> list[Revision]:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
        return [revision for revision in due if is_gated(revision.content_type.model_class())]

    def _release(self, revision: Revision):
        page = revision.content_object
        try:
            publish(page_id=page.pk, by=None, revision=revision)
        # Whatever happens to one article, the others still go out.
        except Exception as error:
            if not isinstance(error, ReviewError):
                logger.exception("Page %s could not be released", page.pk)
                error = ReviewError("failed", "It could not be released. The site's log says why.")
            # The time is over: without it the article is an ordinary draft again, and nothing publishes it by itself.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("Not public as scheduled: page %s, %s", page.pk, error.code)
            self.stderr.write(f"{page.title}: {error.sentence}")
            mail.schedule_refused(page=page, sentence=error.sentence)
