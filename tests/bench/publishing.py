"""Publishing through the gate against plain Wagtail's `revision.publish()`, on the same article."""

from contextlib import contextmanager
from functools import partial

from django.db.models.signals import pre_save
from django.test import override_settings
from wagtail.models import Page

from reviews import receivers, services
from reviews.models import PublicPage
from reviews.policy import policy
from tests import factories
from tests.harness import disarmed

from .report import median_seconds, ratio, say
from .sizes import sized

TIMES = sized(quick=1, usual=15)


def run():
    say("Publishing one article: through the gate, and by Wagtail alone")
    editor = factories.make_editor("bench-editor")
    hanson = factories.make_clinician("Bench Hanson")
    reviewer = factories.make_clinician("Paula Benchmark", reviewer=True)
    for statements in (5, 30):
        article = _signed_article(statements, editor, hanson, reviewer)
        with disarmed():
            plain = median_seconds(partial(_plain_publish, article), TIMES)
        gated = median_seconds(partial(_publish, article, editor), TIMES)
        ratio(f"  {statements} statements", gated, plain, goal=2)
    say()


def _signed_article(statements, editor, hanson, reviewer):
    blocks = [factories.copy(f"Sentence {number} of the article.") for number in range(statements - 1)]
    page = factories.make_article(*blocks, factories.quotation(hanson), title=f"Bench {statements}", by=editor)
    with override_settings(IMPRIMATUR={**_chosen(), "publish_on_last_signature": False}):
        return factories.publish_signed(page, by=editor, signers=[hanson, reviewer])


def _chosen():
    return {"exempt_page_types": policy().exempt_page_types}


def _publish(article, editor):
    PublicPage.objects.filter(pk=article.pk).delete()
    services.publish(page_id=article.pk, by=editor)


def _plain_publish(article):
    with _no_gate():
        Page.objects.get(pk=article.pk).get_latest_revision().publish()


@contextmanager
def _no_gate():
    receiver = receivers.refuse_a_live_row_without_its_publication
    pre_save.disconnect(receiver)
    try:
        yield
    finally:
        pre_save.connect(receiver)
