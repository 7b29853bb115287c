"""What readers get: requests a second and the slowest in a hundred, all side by side in one run on this machine."""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from pages.finding.a_to_z import PER_PAGE
from tests.load.server import environment, gunicorn, python

from .report import say
from .sizes import sized

SECONDS = sized(quick=1, usual=6)
SIZES = sized(quick=[10], usual=[10, 1_000], everything=[10, 1_000, 10_000])
CONNECTIONS = 8
TURNS = sized(quick=1, usual=5)
# How much more a page may cost with a thousand times as many articles.
GROWTH = 0.1
UNITS = {"us": 0.001, "ms": 1, "s": 1000}


@dataclass(frozen=True)
class Load:
    """What one address answered under load."""

    per_second: float
    slowest: float
    errors: int


def run():
    say(f"Serving: gunicorn with 2 workers, {CONNECTIONS} connections, {SECONDS} s each; requests/s and p99")
    if not shutil.which("wrk"):
        say("  wrk is not on this machine, so nothing was measured. Install it with .ci/wrk and run this again.\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        database, static = Path(folder) / "bench.sqlite3", Path(folder) / "static"
        env = environment(database, "tests.bench.settings", BENCH_STATIC_ROOT=static, PYTHONPATH=".")
        paths = json.loads(python("-m", "tests.bench.seed", "make", env=env))
        first_costs = {}
        for size in SIZES:
            python("-m", "tests.bench.seed", "grow", size, env=env, timeout=3600)
            _print(size, _measure(env, paths))
            costs = json.loads(python("-m", "tests.bench.seed", "cpu", env=env | {"BENCH_CACHE_SECONDS": "0"}))
            first_costs = {name: cost for name, cost in costs.items() if _is_full(name, size)} | first_costs
            _print_costs(costs, first_costs)
    say()


def _is_full(name, size) -> bool:
    """Lists are compared from the size on that fills one page of them."""
    return name not in ("index", "search") or size >= PER_PAGE


def _measure(env, paths) -> dict[str, Load]:
    with gunicorn(env) as host:
        static = re.search(r'href="(/static/site/site\.[^"]*css)"', _fetch(host, paths["article"]))[1]
        found = {
            "(a) bare Django view": _load(host, "/admin/bare/"),
            "(b) static file by WhiteNoise": _load(host, static),
            "(c) article from cache": _load(host, paths["article"]),
            "    index from cache": _load(host, "/procedures/"),
        }
    with gunicorn(env | {"BENCH_CACHE_SECONDS": "0"}) as host:
        # In turns, because the machine may be busier at one time than at another.
        uncached, plain = [], []
        for _ in range(TURNS):
            uncached.append(_load(host, paths["article"], SECONDS / 2))
            plain.append(_load(host, paths["plain"], SECONDS / 2, paths["plain_host"]))
        found["(d) article uncached"] = max(uncached, key=lambda load: load.per_second)
        found["(e) plain Wagtail page"] = max(plain, key=lambda load: load.per_second)
        found["    index uncached"] = _load(host, "/procedures/")
    return found


def _load(host, path, seconds=SECONDS, site="localhost") -> Load:
    """By wrk, after a moment to warm up."""
    _fetch(host, path, site)
    command = ["wrk", "--latency", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    command += ["-H", "Accept-Encoding: br, gzip", "-H", f"Host: {site}", f"http://{host}{path}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    slowest, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        float(slowest) * UNITS[unit],
        int(failed[1]) if failed else 0,
    )


def _fetch(host, path, site="localhost") -> str:
    request = urllib.request.Request(f"http://{host}{path}", headers={"Host": site})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read().decode("utf-8", "replace")


def _print(size, found):
    say(f"  with {size:,} published articles")
    for name, load in found.items():
        wrong = f"  {load.errors} ERRORS" if load.errors else ""
        say(f"    {name:34} {load.per_second:9.0f} /s  {load.slowest:8.1f} ms{wrong}")
    _goal("(c) of (a)", found["(c) article from cache"], found["(a) bare Django view"], 0.7)
    _goal("(d) of (e)", found["(d) article uncached"], found["(e) plain Wagtail page"], 0.95)


def _print_costs(costs, first):
    for name, cost in costs.items():
        grown = cost["ms"] / first[name]["ms"] - 1 if name in first else 0
        verdict = f"{grown:+5.0%} against few {'holds' if grown <= GROWTH else 'MISSED'}" if grown else ""
        say(f"    {name:34} {cost['queries']:4} queries {cost['ms']:6.1f} ms of CPU  {verdict}")
    article = costs["article"]
    # The same goal where nothing else that the machine does counts.
    value = costs["plain"]["ms"] / article["ms"]
    say(f"    {'(d) of (e) by CPU':34} {value:9.2f}      goal 0.95 {'holds' if value >= 0.95 else 'MISSED'}")
    within = "holds" if article["queries"] <= 12 and article["ms"] <= 20 else "MISSED"
    say(f"    goal for the article               12 queries   20.0 ms of CPU {within}")


def _goal(label, ours: Load, theirs: Load, least: float):
    value = ours.per_second / theirs.per_second
    say(f"    {label:34} {value:9.2f}      goal {least} {'holds' if value >= least else 'MISSED'}")
