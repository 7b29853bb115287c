"""Whatever somebody sends: an answer, and never a server error."""

import string

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import factories

pytestmark = pytest.mark.slow

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 40]
STEMS = ["/", "/procedures/", "/procedures/cryotherapy/", "/review/", "/admin/", "/static/", "/media/", "/_util/login/"]
STEMS += ["/procedures/cryotherapy/record/", "/procedures/cryotherapy/record.json", "/verify_bundle.py"]
NASTY = [
    "%00",
    "%ff%fe",
    "%c3%28",
    "%",
    "%zz",
    "..",
    "%2e%2e/",
    "//",
    "\\",
    "é",
    "💉",
    "'\"--",
    "%0d%0aX: y",
    "a" * 3000,
]
HEADERS = ["ACCEPT", "ACCEPT_ENCODING", "ACCEPT_LANGUAGE", "IF_NONE_MATCH", "IF_MATCH", "IF_MODIFIED_SINCE", "RANGE"]
HEADERS += ["COOKIE", "HOST", "REFERER", "ORIGIN", "X_FORWARDED_PROTO", "X_FORWARDED_HOST", "AUTHORIZATION"]
VALUES = [
    "",
    "*",
    "br;q=x, gzip;;q=, ,",
    'W/"',
    '"a", W/"b", "',
    "bytes=0-0,5-1",
    "bytes=-9e9",
    "Basic ?",
    "\x00",
    "\xff",
]
VALUES += ["sessionid=x; csrftoken=\x00", "a=b; =; ;;", "Thu, 99 Foo 2026 25:61:61 GMT", "x" * 20_000]
VALUES += ["[::1", "a:b:c"]

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
pieces = st.one_of(st.sampled_from(NASTY), words)
paths = st.builds(lambda stem, rest: stem + "/".join(rest), st.sampled_from(STEMS), st.lists(pieces, max_size=3))
numbers = st.sampled_from(["0", "-1", "9" * 400, "١", "1e9", "NaN"])
queries = st.lists(st.tuples(st.sampled_from(["page", "q", "next", "on", ""]), pieces | numbers), max_size=3)
latin = st.text(string.printable, max_size=30)
headers = st.dictionaries(st.sampled_from(HEADERS), st.one_of(st.sampled_from(VALUES), latin), max_size=3)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """One public article; made once, because nothing that is asked here changes anything."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        editor, hanson = factories.make_editor(), factories.make_clinician("Miriam Hanson")
        reviewer = factories.make_clinician("Ruth Alvarado", reviewer=True)
        page = factories.make_article(factories.quotation(hanson), by=editor)
        factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
        yield
        transaction.set_rollback(True)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from(METHODS), path=paths, query=queries, sent=headers)
@example("GET", "/procedures/cryotherapy/%00", [("page", "\x00")], {"IF_NONE_MATCH": 'W/"', "RANGE": "bytes=9-"})
@example("HEAD", "/procedures/cryotherapy/", [("page", "\ud800")], {"ACCEPT_ENCODING": "br;q=0.0, *"})
def test_no_request_is_a_server_error(site, method, path, query, sent):
    client = Client(raise_request_exception=False)
    text = "&".join(f"{name}={value}" for name, value in query).encode("utf-8", "replace").decode("latin-1")
    meta = {f"HTTP_{name}": value for name, value in sent.items()}
    response = client.generic(method, path, **meta, QUERY_STRING=text)
    assert 200 <= response.status_code < 500
    if response.streaming:
        list(response.streaming_content)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x00", b"a/\xc3(/", b"..\xff/../x"])
def test_a_path_that_is_no_text_is_a_page_that_does_not_exist(raw, site, db):
    client = Client(raise_request_exception=False)
    response = client.generic("GET", "/", PATH_INFO=("/" + raw.decode("latin-1")))
    assert response.status_code in (301, 400, 404)
