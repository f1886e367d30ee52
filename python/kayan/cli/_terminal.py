"""Lines for people: columns of equal width, and bars where a terminal shows them."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import IO

_BAR = 24
_PARTS = " \N{LEFT ONE EIGHTH BLOCK}\N{LEFT ONE QUARTER BLOCK}\N{LEFT THREE EIGHTHS BLOCK}"
_PARTS += (
    "\N{LEFT HALF BLOCK}\N{LEFT FIVE EIGHTHS BLOCK}\N{LEFT THREE QUARTERS BLOCK}\N{LEFT SEVEN EIGHTHS BLOCK}"
)
_FULL = "\N{FULL BLOCK}"
# Keeps a cell of Arabic letters, and the number beside it, in their columns where a terminal reorders lines.
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes; what a font joins or lacks is not known here."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def shows_bars(out: IO[str]) -> bool:
    """Tell whether lines go to a terminal that draws blocks."""
    return out is sys.stdout and out.isatty() and os.environ.get("TERM") != "dumb"


def bar(count: int, most: int, size: int) -> str:
    """Return a bar whose length is to `size` as `count` is to `most`; never empty if anything was counted.

    >>> bar(3, 4, 4), bar(1, 1000, 4)
    ('███', '▏')
    """
    eighths = max(1, round(8 * size * count / most)) if count else 0
    return _FULL * (eighths // 8) + _PARTS[eighths % 8].strip()


def bar_size() -> int:
    """Return how many cells a bar may have, a quarter of the terminal at most."""
    return min(_BAR, shutil.get_terminal_size().columns // 4)


def print_aligned(rows: Iterable[Sequence[str]], out: IO[str]) -> None:
    """Print rows in columns. What is Arabic goes last: terminals differ in how wide they draw its letters."""
    cells = list(rows)
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)][:-1]
    marked = out is sys.stdout and out.isatty()
    for *front, last in cells:
        line = [*(_padded(cell, size, marked) for cell, size in zip(front, widths, strict=True)), last]
        print("  ".join(line).rstrip(), file=out)


def _padded(cell: str, size: int, marked: bool) -> str:
    mark = _LEFT_TO_RIGHT if marked and is_right_to_left(cell) else ""
    return cell + mark + " " * (size - width(cell))
