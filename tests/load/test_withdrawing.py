"""Under load, with several worker processes: no response that was begun after a withdrawal shows the article."""

import http.client
import json
import threading
import time
from dataclasses import dataclass

import pytest

from .server import environment, gunicorn, python

pytestmark = pytest.mark.slow
READERS = 6
LONGEST = 60


@dataclass(frozen=True)
class Seen:
    """One request of a reader."""

    begun_at: float
    path: str
    status: int
    shows_it: bool


class Readers:
    """Several people who load pages as fast as they get them."""

    def __init__(self, host, paths, title):
        self.host, self.paths, self.title = host, paths, title
        self.seen, self.done = [], threading.Event()
        self.threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        for thread in self.threads:
            thread.join(timeout=20)

    def wait_for(self, count, since=0.0):
        """Until every address was asked so often after the moment."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            asked = [item.path for item in self.seen if item.begun_at > since]
            if all(asked.count(path) >= count for path in self.paths):
                return
            time.sleep(0.05)
        raise AssertionError("The server is too slow to say anything about it.")

    def _read(self, number):
        connection = http.client.HTTPConnection(self.host, timeout=20)
        while not self.done.is_set():
            number += 1
            path = self.paths[number % len(self.paths)]
            begun_at = time.monotonic()
            connection.request("GET", path)
            response = connection.getresponse()
            shows_it = self.title in response.read().decode()
            self.seen.append(Seen(begun_at, path, response.status, shows_it))
        connection.close()


def test_no_response_begun_after_a_withdrawal_shows_the_article(tmp_path):
    env = environment(tmp_path / "load.sqlite3")
    article = json.loads(python("-m", "tests.load.scratch", "make", env=env))
    paths = [article["path"], f"{article['path']}record/", f"{article['path']}record.json", "/", "/procedures/"]
    with gunicorn(env) as host, Readers(host, paths, article["title"]) as readers:
        readers.wait_for(50)
        moment = json.loads(python("-m", "tests.load.scratch", "withdraw", env=env))["committed_at"]
        readers.wait_for(50, since=moment)
    before = [item for item in readers.seen if item.begun_at < moment]
    after = [item for item in readers.seen if item.begun_at > moment]
    assert {item.status for item in readers.seen} == {200, 410}
    assert sum(item.shows_it for item in before) > 250
    assert [item for item in after if item.shows_it] == []
    assert all(item.status == 410 for item in after if item.path.startswith(article["path"]))
