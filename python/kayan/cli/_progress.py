"""How far a long run is, on a terminal: a tqdm bar, or a line of our own without tqdm."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_DELAY = 1.0  # seconds before anything is shown, since most runs are over by then
_INTERVAL = 0.1


@contextmanager
def progress(total: int | None, shown: bool) -> Iterator[Callable[[int], object]]:
    """Give a function that takes the number of bytes that were read, of `total` if that is known.

    It shows on standard error how many they are, how many a second, and how long the rest will take; nothing
    if standard error isn't a terminal.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        from tqdm import tqdm
    except ImportError:
        line = _Line(total)
        try:
            yield line.advance
        finally:
            line.clear()
        return
    with tqdm(total=total, unit="B", unit_scale=True, delay=_DELAY, leave=False, file=sys.stderr) as bar:
        yield bar.update


class _Line:
    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._start = self._shown = time.monotonic()
        self._width = 0

    def advance(self, size: int) -> None:
        self._done += size
        now = time.monotonic()
        if now - self._start < _DELAY or now - self._shown < _INTERVAL:
            return
        self._shown = now
        rate = self._done / (now - self._start)
        text = f"{self._done / 1e6:,.0f} MB  {rate / 1e6:,.1f} MB/s"
        if self._total and rate:
            left = round((self._total - self._done) / rate)
            text = f"{self._done / self._total:4.0%}  {text}  {left // 60}:{left % 60:02} left"
        self._width = max(self._width, len(text))
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()

    def clear(self) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
