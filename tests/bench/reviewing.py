"""The review page against the public page of the same article, uncached: server time, side by side."""

from functools import partial

from django.conf import settings
from django.test import Client, override_settings

from pages.demo.written import write_article
from pages.models import ProcedureArticlePage
from reviews import services
from tests import factories

from .report import median_seconds, ratio, say
from .sizes import sized

TIMES = sized(quick=1, usual=40)


def run():
    say("Review page, against the public page of the same article, uncached")
    editor = factories.make_editor("reviewing-editor")
    quoted = factories.make_clinician("Reviewing Quoted")
    reviewer = factories.make_clinician("Ruth Reviewing", reviewer=True)
    _compare("the demo's article, all 44 statements new", _demo_article(editor, quoted, reviewer), reviewer)
    for count in (3, 12):
        page = _public_and_in_review(count, editor, quoted, reviewer)
        _compare(f"{count} short paragraphs, all changed", page, reviewer)
    say()


def _compare(label, page, reviewer):
    patient, clinician = Client(), Client()
    clinician.force_login(reviewer.user)
    with override_settings(PUBLIC_CACHE={**settings.PUBLIC_CACHE, "seconds": 0}):
        public = median_seconds(partial(_get, patient, page.url), TIMES)
    ours = median_seconds(partial(_get, clinician, f"/review/{page.pk}/"), TIMES)
    ratio(f"  {label}", ours, public, goal=1.5)


def _demo_article(editor, quoted, reviewer):
    """Public by one reviewer, and asked again of another, to whom every statement is new."""
    speakers = {"elena": quoted, "samuel": quoted}
    page = write_article("light-therapy-for-rosacea.json", speakers, editor)
    first = factories.make_clinician("Rosa Reviewing", reviewer=True)
    only = services.Wishes(reviewers=[first])
    services.request_review(page_id=page.pk, by=editor, wishes=only)
    for clinician in (quoted, first):
        factories.sign_all(page, clinician)
    factories.edit(page, by=editor, summary="Another summary.")
    services.request_review(page_id=page.pk, by=editor, wishes=services.Wishes(reviewers=[reviewer]))
    return ProcedureArticlePage.objects.get(pk=page.pk)


def _public_and_in_review(statements, editor, quoted, reviewer):
    """Public in one form, and waiting for its signatures in another, every statement changed."""
    page = factories.make_article(*_blocks(statements, quoted, "first"), title=f"Reviewing {statements}", by=editor)
    factories.publish_signed(page, by=editor, signers=[quoted, reviewer])
    factories.edit(page, *_blocks(statements, quoted, "second"), by=editor)
    services.request_review(page_id=page.pk, by=editor)
    return ProcedureArticlePage.objects.get(pk=page.pk)


def _blocks(statements, quoted, time):
    copy = [factories.copy(f"Sentence {number}, as it was the {time} time.") for number in range(statements - 1)]
    return [*copy, factories.quotation(quoted, f"It stung the {time} time.")]


def _get(client, url):
    assert client.get(url).status_code == 200
