"""Times and ratios, printed for people."""

import gc
import statistics
import time
from collections.abc import Callable


def median_seconds(action: Callable[[], object], times: int) -> float:
    """Median of several runs, in seconds of wall time. The collector rests meanwhile."""
    gc.collect()
    gc.disable()
    try:
        seconds = []
        for _ in range(times):
            start = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return statistics.median(seconds)


def fastest_seconds(action: Callable[[], object], times: int) -> float:
    """The fastest of several runs: what else the machine did meanwhile is not ours."""
    return min(median_seconds(action, 1) for _ in range(times))


def ratio(label: str, ours: float, theirs: float, goal: float, unit: str = "ms", scale: float = 1000):
    """One line: ours, theirs, the ratio, and the goal."""
    value = ours / theirs
    verdict = "holds" if value <= goal else "MISSED"
    say(f"{label:52} {ours * scale:9.3f} {unit}  {theirs * scale:9.3f} {unit}  {value:5.2f}x  goal {goal}x {verdict}")


def say(text: str = ""):
    print(text, flush=True)  # noqa: T201
