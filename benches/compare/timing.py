"""Timing: ways of doing a work take turns, so that what else the machine does falls on all of them."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Way(NamedTuple):
    """A way of doing a work: `prepare` is not timed, and gives every run an input of its own."""

    prepare: Callable[[], Any]
    run: Callable[[Any], object]


class Times(NamedTuple):
    """Seconds."""

    median: float
    least: float
    most: float
    runs: int


def race(ways: dict[str, Way], seconds: float = 8.0, least: int = 3, most: int = 15) -> dict[str, Times]:
    """Run all ways in turns for about so many seconds, `least` to `most` times each; the first turn warms up.

    A way that takes more than a quarter of the time for itself runs once, without warming up.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    slow: set[str] = set()
    gc.collect()
    gc.freeze()
    gc.disable()
    begin = time.perf_counter()
    try:
        for turn in range(1 + most):
            if turn > least and time.perf_counter() - begin > seconds:
                break
            for name, way in ways.items():
                if name in slow:
                    continue
                taken = once(way)
                if turn == 0 and taken > seconds / 4:
                    slow.add(name)
                if turn or name in slow:
                    times[name].append(taken)
    finally:
        gc.enable()
        gc.unfreeze()
    return {name: Times(statistics.median(t), min(t), max(t), len(t)) for name, t in times.items()}


def once(way: Way) -> float:
    """Return how long one run takes; freeing what it gives is not counted."""
    given = way.prepare()
    begin = time.perf_counter()
    result = way.run(given)
    taken = time.perf_counter() - begin
    del result
    return taken


def in_new_process(*arguments: object) -> dict[str, float]:
    """Run `worker.py` and return what it printed."""
    worker = Path(__file__).with_name("worker.py")
    command = [sys.executable, str(worker), *map(str, arguments)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
