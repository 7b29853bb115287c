"""Every list asks the database as often for twelve articles as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.middleware import kept_pages
from tests import factories

ADDRESSES = [
    "/",
    "/procedures/",
    "/procedures/tag/face/",
    "/search/?q=cold",
    "/search/?q=colt",
    "/people/",
    "/people/ruth-alvarado-{reviewer}/",
    "/people/miriam-hanson-{hanson}/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-site.xml",
    "/llms.txt",
]


@pytest.fixture
def count(client, reviewer, hanson):
    def counted(address):
        address = address.format(reviewer=reviewer.pk, hanson=hanson.pk)
        client.get(address)
        kept_pages.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return counted


def test_query_counts_do_not_grow_with_articles(publish, hanson, reviewer, count):
    def articles(numbers):
        for number in numbers:
            words = factories.quotation(hanson, f"It stings {number} times.")
            publish(f"Cold {number}", tags=["Face", f"Kind {number}"], signers=[hanson, reviewer], blocks=[words])

    articles(range(3))
    few = {address: count(address) for address in ADDRESSES}
    articles(range(3, 12))
    assert {address: count(address) for address in ADDRESSES} == few
    assert max(few.values()) <= 25, few
