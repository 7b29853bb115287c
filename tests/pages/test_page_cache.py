"""Pages come from memory, and never longer than the record says what it said."""

import datetime
import gzip

import brotli
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.middleware import PublicCacheMiddleware, is_for_anybody, is_same_for_all
from pages.page_cache import KeptPage, PageCache, accepted_coding, cache_control
from reviews import services
from reviews.models import LedgerEntry, PublicPage, SignOff
from tests import factories
from tests.harness import disarmed


def queries(client, url, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, headers=headers)
    return len(captured), response


def test_a_page_that_is_kept_takes_one_query(public_article, client):
    _, first = queries(client, public_article.url)
    count, second = queries(client, public_article.url)
    assert (count, second.status_code, second.content) == (1, 200, first.content)


def test_a_withdrawal_is_seen_at_the_next_request(public_article, reviewer, client):
    pages = ["/", "/procedures/", public_article.url]
    assert [client.get(url).status_code for url in pages] == [200, 200, 200]
    review = SignOff.objects.get(clinician_id=reviewer.pk)
    services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="Not accurate.")
    assert client.get(public_article.url).status_code == 410
    assert all(public_article.title not in client.get(url).content.decode() for url in pages)


def test_a_publication_is_seen_at_the_next_request(public_article, editor, hanson, reviewer, client):
    client.get("/procedures/")
    page = factories.make_article(factories.quotation(hanson), title="Peels", by=editor)
    factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    assert "Peels" in client.get("/procedures/").content.decode()


def test_a_page_that_was_begun_before_a_withdrawal_is_not_kept_for_those_after_it(
    public_article, reviewer, client, monkeypatch
):
    shown = type(public_article).show_publication

    def withdrawn_meanwhile(self, request, article):
        review = SignOff.objects.in_force().get(clinician_id=reviewer.pk)
        services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="Not accurate.")
        return shown(self, request, article)

    monkeypatch.setattr(type(public_article), "show_publication", withdrawn_meanwhile)
    assert client.get(public_article.url).status_code == 200
    assert client.get(public_article.url).status_code == 410


@pytest.mark.parametrize("url", ["/", "/procedures/", "article"])
def test_nothing_is_kept_beyond_the_moment_when_a_sign_off_lapses(url, public_article, client, time_machine):
    url = public_article.url if url == "article" else url
    lapse = SignOff.objects.order_by("valid_until").first().valid_until
    time_machine.move_to(lapse - datetime.timedelta(seconds=1), tick=False)
    assert public_article.title in client.get(url).content.decode()
    time_machine.move_to(lapse, tick=False)
    assert public_article.title not in client.get(url).content.decode()


@pytest.mark.parametrize(("left", "kept"), [(3600, 30), (30, 30), (29, 29), (1, 1), (0.5, 0)])
def test_a_shared_cache_keeps_nothing_beyond_the_moment_when_a_sign_off_lapses(
    left, kept, public_article, client, time_machine
):
    lapse = SignOff.objects.order_by("valid_until").first().valid_until
    time_machine.move_to(lapse - datetime.timedelta(seconds=left), tick=False)
    for url in (public_article.url, public_article.url, "/search/?q=cold"):
        assert f"s-maxage={kept}," in client.get(url).headers["Cache-Control"]


def test_a_shared_cache_keeps_nothing_beyond_the_day(public_article, client, time_machine):
    midnight = datetime.datetime.combine(timezone.localdate() + datetime.timedelta(days=1), datetime.time.min)
    midnight = timezone.make_aware(midnight)
    for left in (10, 4):
        time_machine.move_to(midnight - datetime.timedelta(seconds=left), tick=False)
        assert f"s-maxage={left}," in client.get(public_article.url).headers["Cache-Control"]


def test_a_page_that_was_begun_before_a_lapse_and_ended_after_it_is_kept_for_no_second():
    lapsed = timezone.now() - datetime.timedelta(minutes=1)
    assert cache_control(lapsed) == "public, max-age=0, s-maxage=0, must-revalidate, proxy-revalidate"


def test_a_row_changed_behind_the_record_is_shown_for_half_a_minute_at_most(public_article, client, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    client.get(public_article.url)
    PublicPage.objects.all().delete()
    time_machine.move_to(now + datetime.timedelta(seconds=30), tick=False)
    assert client.get(public_article.url).status_code == 410


def test_staff_who_are_signed_in_get_nothing_from_memory_and_put_nothing_in(public_article, client, editor):
    client.force_login(editor)
    assert queries(client, public_article.url)[0] > 1
    assert queries(client, public_article.url)[0] > 1
    client.logout()
    assert queries(client, public_article.url)[0] > 1


@pytest.mark.parametrize("url", ["/", "/procedures/", "/feed/", "/sitemap-pages.xml", "/nothing/", "article"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_what_somebody_may_be_signed_in_for_is_kept_by_no_cache(method, url, public_article, client):
    client.cookies["sessionid"] = "anything"
    response = getattr(client, method)(public_article.url if url == "article" else url)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]


def test_a_view_that_says_itself_how_it_is_kept_is_not_overruled():
    own = HttpResponse(headers={"Cache-Control": "private, max-age=5"})
    request = RequestFactory().get("/", headers={"Cookie": "sessionid=x"})
    response = PublicCacheMiddleware(lambda request: own)(request)
    assert (response.headers["Cache-Control"], response.headers["Vary"]) == ("private, max-age=5", "Cookie")


@pytest.mark.parametrize("query", ["?q=laser", "?page=0", "?page=1&page=2", "?page=1&x=1", "?page=١", "?page=1000"])
def test_an_address_with_another_query_is_not_kept(query, public_article, client):
    assert queries(client, f"/procedures/{query}")[0] > 1
    assert queries(client, f"/procedures/{query}")[0] > 1


@pytest.mark.parametrize("url", ["/", "/people/", "/feed/", "/llms.txt", "/sitemap-site.xml", "article"])
def test_a_page_number_that_nobody_reads_is_not_kept(url, public_article, client):
    address = f"{public_article.url if url == 'article' else url}?page=1"
    assert client.get(address).status_code == 200
    assert queries(client, address)[0] > 1


@pytest.mark.parametrize("url", ["/procedures/", "/procedures/tag/face/", "/people/miriam-hanson-{}/"])
def test_a_page_of_a_list_is_kept(url, publish, hanson, reviewer, client):
    publish("Peel", tags=["Face"], signers=[hanson, reviewer], blocks=[factories.quotation(hanson)])
    address = f"{url.format(hanson.pk)}?page=1"
    assert client.get(address).status_code == 200
    assert queries(client, address)[0] == 1


def test_each_host_has_pages_of_its_own(public_article, client):
    queries(client, public_article.url, host="one.example.org")
    assert queries(client, public_article.url, host="two.example.org")[0] > 1


@pytest.mark.parametrize(("host", "count"), [("TestServer", 1), ("testserver.", 1), ("testserver:80", 1)])
def test_a_host_is_kept_once_however_it_is_written(host, count, public_article, client):
    client.get(public_article.url)
    assert queries(client, public_article.url, host=host)[0] == count


def test_a_port_that_is_not_ours_is_answered_and_not_kept(public_article, client):
    for _ in range(2):
        count, response = queries(client, public_article.url, host="testserver:4711")
        assert count > 1
        assert response.status_code == 200


def test_the_port_of_our_own_address_is_kept(public_article, client, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver:4711"
    client.get(public_article.url, headers={"host": "testserver:4711"})
    assert queries(client, public_article.url, host="testserver:4711")[0] == 1


def test_sites_that_differ_in_their_port_alone_are_kept_apart(public_article, add_site, client):
    url = public_article.url
    add_site("localhost", port=8001)
    assert client.get(url, headers={"host": "localhost"}).status_code == 200
    assert client.get(url, headers={"host": "localhost"}, SERVER_PORT="8001").status_code == 404


def test_browsers_ask_each_time_and_shared_caches_after_half_a_minute(public_article, client):
    for url, status in ((public_article.url, 200), ("/nothing/", 404)):
        response = client.get(url)
        assert response.status_code == status
        assert "max-age=0, s-maxage=30, must-revalidate" in response.headers["Cache-Control"]
        assert response.headers["Vary"] == "Accept-Encoding"
        assert not response.cookies


def test_an_unchanged_page_is_304_and_a_changed_one_is_not(public_article, editor, hanson, reviewer, client):
    tag = client.get(public_article.url).headers["ETag"]
    again = client.get(public_article.url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    factories.edit(public_article, factories.copy("Better words."), factories.quotation(hanson), by=editor)
    factories.publish_signed(public_article, by=editor, signers=[reviewer])
    assert client.get(public_article.url, headers={"If-None-Match": tag}).status_code == 200


def test_head_has_the_headers_and_no_body(public_article, client):
    got, head = client.get(public_article.url), client.head(public_article.url)
    assert head.content == b""
    assert head.headers == got.headers


@pytest.mark.parametrize(("accepts", "undo"), [("gzip, br", brotli.decompress), ("gzip;q=0.5", gzip.decompress)])
def test_pages_are_compressed_for_who_accepts_it(accepts, undo, public_article, client):
    plain = client.get(public_article.url).content
    assert undo(client.get(public_article.url, headers={"Accept-Encoding": accepts}).content) == plain
    assert undo(client.get(f"{public_article.url}?utm=x", headers={"Accept-Encoding": accepts}).content) == plain


@pytest.mark.parametrize(
    ("header", "coding"),
    [("", None), ("identity", None), ("br;q=0, gzip", "gzip"), ("GZIP, BR;q=1.0", "br"), (",;q=,;;,*", None)],
)
def test_a_coding_is_used_only_if_it_is_named(header, coding):
    assert accepted_coding(header) == coding


def test_public_pages_hold_no_token_that_compression_could_give_away(public_article, client):
    for url in ("/", "/procedures/", public_article.url):
        assert "csrf" not in client.get(url).content.decode().lower()


def test_the_least_used_pages_go_when_memory_is_full():
    cache, now = PageCache(most_bytes=3_500), timezone.now()
    until = now + datetime.timedelta(seconds=1)
    for name in ("a", "b"):
        cache.put((name,), "1", until, KeptPage({}, b"x", until))
    cache.get(("a",), "1", now)
    for name in ("c", "d"):
        cache.put((name,), "1", until, KeptPage({}, b"x", until))
    assert [name for name in "abcd" if cache.get((name,), "1", now)] == ["a", "c", "d"]


def test_the_version_is_told_by_a_digest_because_numbers_come_again_after_a_restore(public_article, client):
    client.get(public_article.url)
    assert queries(client, public_article.url)[0] == 1
    newest = LedgerEntry.objects.last()
    with disarmed(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_ledgerentry SET digest = %s WHERE sequence = %s", ["0" * 64, newest.sequence])
    assert queries(client, public_article.url)[0] > 1


def test_a_response_of_one_person_is_not_kept():
    with_cookie = HttpResponse()
    with_cookie.set_cookie("a", "b")
    personal = [with_cookie, HttpResponse(headers={"Vary": "Cookie"}), HttpResponse(headers={"Cache-Control": "x"})]
    assert not any(is_same_for_all(response) for response in personal)
    assert not is_for_anybody(RequestFactory().post("/"))
    assert not is_for_anybody(RequestFactory().get("/admin/"))
