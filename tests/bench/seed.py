"""Run as a program: fills a scratch database with one article that was really signed, and with copies of its rows."""

import hashlib
import json
import sys
import time
import uuid

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from pages.finding import keeping  # noqa: E402
from pages.models import ProcedureArticlePage  # noqa: E402
from reviews.canonical import canonical_json  # noqa: E402
from reviews.ledger import head  # noqa: E402
from reviews.models import LedgerEntry, Publication, PublicPage, SignedStatement, SignOff  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.plain.models import PlainArticlePage, PlainHomePage, PlainIndexPage  # noqa: E402

PLAIN_HOST = "plain.localhost"
SOURCE = {"citation": "Smith J. Cold.", "year": "2019", "link": "10.1000/x", "locator": "p. 2", "passage": "It hurts."}


def make() -> dict:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    editor, hanson = factories.make_editor(), factories.make_clinician("Miriam Hanson")
    reviewer = factories.make_clinician("Ruth Alvarado", reviewer=True)
    page = factories.make_article(*blocks(hanson), title="Bench", by=editor, summary="Freezing spots. " * 5)
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    _make_plain(page)
    return {"article": "/procedures/bench/", "plain": "/procedures/plain/", "plain_host": PLAIN_HOST}


def _make_plain(article):
    """The same words without this product, on a site of their own."""
    plain = PlainArticlePage(title="Plain", slug="plain", summary=article.summary, body=article.body)
    home, index = PlainHomePage(title="Plain", slug="plain"), PlainIndexPage(title="Plain", slug="procedures")
    Page.get_first_root_node().add_child(instance=home).add_child(instance=index).add_child(instance=plain)
    Site.objects.create(hostname=PLAIN_HOST, root_page=home)


def blocks(hanson):
    """About as many words as a page of a hospital on one procedure: 20 passages, 3 quotations, 8 steps."""
    for number in range(6):
        yield "heading", {"text": f"Section {number}"}
        yield factories.copy(f"A cold spray freezes the spot number {number}. " * 12, references=[SOURCE])
        yield factories.copy(f"Most people go back to work on day {number}. " * 8)
    for number in range(2):
        yield "claim", {"category": "risk", "text": f"<p>Blisters: 1 in {number + 2}.</p>", "references": [SOURCE]}
        steps = [{"title": "Before", "when": "2 weeks", "text": f"<p>{'Wear sunscreen. ' * 5}</p>"}] * 4
        yield "steps", {"steps": steps}
    for number in range(3):
        yield factories.quotation(hanson, f"It stings for {number + 1} minutes. " * 4)


def grow(size: int):
    """Copies of the article's rows until there are so many. Their own services would take an hour for 10,000."""
    article = ProcedureArticlePage.objects.order_by("pk").first()
    first = ProcedureArticlePage.objects.count()
    with transaction.atomic():
        for start in range(first, size, 500):
            _copy(article, range(start, min(start + 500, size)))
    return {"articles": ProcedureArticlePage.objects.count()}


def cpu() -> dict:
    """Queries and milliseconds of CPU of one rendering, the least of many: a busy machine changes that least."""
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    application = get_wsgi_application()

    def answer(path, host="localhost"):
        return b"".join(application(RequestFactory(SERVER_NAME=host).get(path).environ, lambda *_: None))

    pages = {
        "bare": lambda: answer("/admin/bare/"),
        "article": lambda: answer("/procedures/bench/"),
        "plain": lambda: answer("/procedures/plain/", PLAIN_HOST),
        "index": lambda: answer("/procedures/"),
        "search": lambda: answer("/search/?q=spot"),
    }
    spent = {name: [] for name in pages}
    for _ in range(60):
        # In turns, because the machine may be busier at one time than at another.
        for name, page in pages.items():
            start = time.process_time()
            page()
            spent[name].append(time.process_time() - start)
    return {name: {"queries": _queries(page), "ms": min(spent[name]) * 1000} for name, page in pages.items()}


def _queries(answer) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer()
    return len(captured)


def _copy(article, numbers):
    sequence, base = head().sequence, Page.objects.order_by("-pk").first().pk
    rows = {model: [] for model in (LedgerEntry, SignOff, Publication, SignedStatement, PublicPage, Page)}
    recorded = list(LedgerEntry.objects.filter(page_id=article.pk, kind__in=["signed_off", "published"]))
    original = Publication.objects.get(page_id=article.pk)
    for offset, number in enumerate(numbers, start=1):
        # Words of its own, so that no index finds the statements of all copies at once.
        text = original.content.replace("It stings for", f"Case {number}: it stings for")
        content = Publication(page_id=base + offset, content=text).reviewable_content
        own = {"page_id": base + offset, "page_digest": content.page_digest}
        for entry in recorded:
            sequence += 1
            told = {"sequence": sequence, "page_id": base + offset, "digest": _any_digest(sequence)}
            rows[LedgerEntry].append(_like(entry, **told))
            if hasattr(entry, "sign_off"):
                rows[SignOff].append(_like(entry.sign_off, entry_id=sequence, **own))
                signed = content.statements if entry.sign_off.is_review else content.quotations
                rows[SignedStatement] += [_signed(sequence, *item) for item in enumerate(signed)]
            else:
                rows[Publication].append(_like(entry.publication, entry_id=sequence, content=text, **own))
                rows[PublicPage].append(PublicPage(page_id=base + offset, publication_id=sequence))
        rows[Page].append(_page_like(article, base + offset, number))
    for model, items in rows.items():
        model._base_manager.bulk_create(items, batch_size=200)
    _fill_own_table(article, [page.pk for page in rows[Page]])
    for page in rows[Page]:
        keeping.keep(page.pk)


def _signed(sign_off_id, position, statement):
    canonical = canonical_json(statement.as_canonical())
    return SignedStatement(
        sign_off_id=sign_off_id, position=position, digest=statement.digest, key=str(position), canonical=canonical
    )


def _page_like(article, key, number):
    parent = article.get_parent()
    slug = f"bench-{number}"
    return _like(
        Page.objects.get(pk=article.pk),
        id=key,
        path=Page._get_path(parent.path, parent.depth + 1, 10_000 + key),
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        translation_key=uuid.uuid4(),
        latest_revision_id=None,
        live_revision_id=None,
    )


def _like(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changes})


def _fill_own_table(article, keys):
    table = article._meta.db_table
    own = [field.column for field in article._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(own)
    sql = f"INSERT INTO {table} (page_ptr_id, {columns}) SELECT %s, {columns} FROM {table} WHERE page_ptr_id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(key, article.pk) for key in keys])


def _any_digest(sequence) -> str:
    return hashlib.sha256(str(sequence).encode()).hexdigest()


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    print(json.dumps({"make": make, "grow": grow, "cpu": cpu}[command](*map(int, arguments))))  # noqa: T201
