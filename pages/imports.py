"""From a parsed article to a draft page. All or nothing for one file; nothing here makes anything public."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from reviews.models import Clinician

from .canonical import words_of
from .importing import Article, BulletList, Heading, Paragraph, QuotationPassage, UnreadableArticle
from .models import ImportQuestion, ProcedureArticlePage
from .speakers import Speakers

# Codes that the quotation block itself asks about.
ASKED_ON_THE_BLOCK = {"ambiguous_speaker", "unresolved_speaker"}
SUMMARY_LENGTH = 400


@dataclass
class ImportResult:
    """What one file became."""

    page: ProcedureArticlePage
    article: Article
    proposed: list[Clinician] = field(default_factory=list)

    @property
    def open_questions(self) -> list[str]:
        return [obstacle.sentence for obstacle in self.page.get_desk_obstacles()]


def import_article(article: Article, *, parent, source_name: str, by=None) -> ImportResult:
    """Make a draft article of it. Raises UnreadableArticle if Wagtail cannot hold it; then nothing is written."""
    with transaction.atomic():
        speakers = Speakers(proposed_from=source_name)
        summary, passages = _summary_and_rest(article.passages)
        page = ProcedureArticlePage(title=article.title, summary=summary, live=False, owner=by)
        page.body = StreamValue(page.body.stream_block, list(_blocks(passages, speakers)), is_lazy=True)
        page.import_questions = [_question(notice) for notice in article.notices if _is_open(notice)]
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            raise UnreadableArticle(f"{source_name}: {' '.join(error.messages)}") from error
        page.save_revision(user=by, log_action=True)
        return ImportResult(page, article, speakers.proposed)


def _summary_and_rest(passages):
    """A short plain opening paragraph becomes the summary: it is printed first, so the reading order stays."""
    first = passages[0] if passages else None
    if isinstance(first, Paragraph) and "<" not in first.html and len(first.html) <= SUMMARY_LENGTH:
        return words_of(first.html), passages[1:]
    return "", passages


def _blocks(passages, speakers):
    """Stream data; copy that stands together stays together."""
    copy = []
    for passage in passages:
        if isinstance(passage, Paragraph | BulletList):
            copy.append(_copy_html(passage))
            continue
        yield from _copy_block(copy)
        copy = []
        yield _heading(passage) if isinstance(passage, Heading) else _quotation(passage, speakers)
    yield from _copy_block(copy)


def _copy_html(passage) -> str:
    if isinstance(passage, Paragraph):
        return format_html("<p>{}</p>", SafeString(passage.html))
    items = format_html_join("", "<li>{}</li>", ((SafeString(item),) for item in passage.items))
    return format_html("<ol>{}</ol>" if passage.ordered else "<ul>{}</ul>", items)


def _copy_block(parts):
    if parts:
        yield {"type": "copy", "value": {"text": "".join(parts), "references": []}}


def _heading(heading: Heading) -> dict:
    return {"type": "heading", "value": {"text": heading.text}}


def _quotation(passage: QuotationPassage, speakers: Speakers) -> dict:
    quotation = passage.quotation
    clinician, basis = speakers.find(quotation)
    return {
        "type": "quotation",
        "value": {
            "clinician": clinician.pk if clinician else None,
            "speaker_basis": basis,
            "words": quotation.words,
            "printed_attribution": quotation.printed_attribution,
            "form": "verbatim",
            "disclosure": clinician.disclosure if clinician else "",
            "obtained": "Imported from a text",
            "source_passage": quotation.source,
        },
    }


def _is_open(notice) -> bool:
    return notice.code not in ASKED_ON_THE_BLOCK


def _question(notice) -> ImportQuestion:
    return ImportQuestion(code=notice.code, sentence=notice.sentence[:500], excerpt=notice.excerpt[:300])
