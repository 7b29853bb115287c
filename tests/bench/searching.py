"""Search with a growing number of articles: the time of the whole page, worst word first."""

from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from pages.finding.asking import MOST_WORDS
from tests import factories

from . import many
from .report import fastest_seconds, say
from .sizes import sized

SIZES = sized(quick=[10], usual=[10, 1_000, 10_000])
GOAL = 0.1
TIMES = 9
QUESTIONS = {
    "a word in every article": many.COMMONEST,
    "three common words": " ".join(many.VOCABULARY[:3]),
    "the most words, all common": " ".join(many.VOCABULARY[:MOST_WORDS]),
    "a rare word": many.VOCABULARY[-1],
    "the beginning of many words": many.VOCABULARY[1][:3],
    "nothing found": "qqqqqq wwwwww",
}
LISTS = {"A to Z": "/procedures/", "its last page": "/procedures/?page=250", "a topic": "/procedures/tag/topic-7/"}
LISTS |= {"home": "/", "people": "/people/", "feed": "/feed/", "llms.txt": "/llms.txt"}


def run():
    clinician = factories.make_clinician("Search Clinician", reviewer=True)
    with override_settings(PUBLIC_CACHE={**settings.PUBLIC_CACHE, "seconds": 0}):
        _measure_all(clinician)
    say()


def _measure_all(clinician):
    say(f"Search and lists, ms and SQL queries of the whole page; goal {GOAL * 1000:.0f} ms for any search")
    addresses = {label: f"/search/?q={words.replace(' ', '+')}" for label, words in QUESTIONS.items()}
    for size in SIZES:
        many.grow_to(size, clinician)
        _analyze()
        say(f"  {size:,} articles")
        for label, address in (addresses | LISTS).items():
            _measure(label, address, label in QUESTIONS)


def _measure(label: str, address: str, has_goal: bool):
    client = Client()
    if client.get(address).status_code == 404:
        return
    seconds = fastest_seconds(partial(client.get, address), TIMES)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    verdict = ("holds" if seconds <= GOAL else "MISSED") if has_goal else ""
    say(f"    {label:30} {seconds * 1000:8.1f} ms {len(captured):4} queries  {verdict}")


def _analyze():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
