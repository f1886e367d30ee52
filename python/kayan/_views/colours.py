"""Colours of labels: equal labels have equal colours in each page and plot of a session."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import count

# Chosen for distance: any two are at least 11 apart in OKLab (of 100), 4.9 as the colour-blind see them
# (protan, deutan, tritan), and those that are close have different lines; `tests/python/test_colours.py`.
PALETTE = (
    "#386be2", "#ef8f07", "#80bd60", "#9949c3", "#5cb9c7", "#b92366", "#f7c323", "#435e4f",
    "#fb6188", "#977953", "#bed3a6", "#cfadfc", "#65558e", "#4131b0", "#db6dd9", "#e35413",
    "#9b8afe", "#91052d", "#4b9b7f", "#e89da1", "#904c0b", "#22e7e2", "#7f057f", "#a687ad",
)  # fmt: skip
# The second sign of a label, a line under its marks.
LINES = ("solid", "dashed", "double", "dotted")
PAPER = ("#ffffff", "#17181c")  # light, dark
INK = ("#1b1b20", "#ededf2")
_TINT = (0.26, 0.36)  # how much of the colour is in the background of a mark

_BUILTIN = (
    "COUNTRY", "CITY", "PERSON", "ORG", "REGION", "OFFICE", "COMPANY", "GOVERNMENT",
    "NATIONALITY", "BANK", "MINISTRY", "CURRENCY", "ARMED_GROUP", "MEDIA", "UNIVERSITY", "PARTY",
    "NAME", "CLUB", "TOURNAMENT", "LANGUAGE", "MONTH", "WEEKDAY",
)  # fmt: skip
_ALIASES = {
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "PLACE"), "COUNTRY"),
    **dict.fromkeys(("PER", "PERS"), "PERSON"),
    **dict.fromkeys(("ORGANIZATION", "ORGANISATION"), "ORG"),
    "MISC": "NATIONALITY",
    "ENTITY": "NAME",
}
_FIXED = {label: slot for slot, label in enumerate(_BUILTIN)}
_WANTED = {alias: _FIXED[label] for alias, label in _ALIASES.items()}
_LOCK = threading.Lock()


def slots(labels: Iterable[str]) -> dict[str, int]:
    """Return a slot for each label, no two equal; see `strong` and `line` for what a slot looks like.

    Labels of the built-in gazetteers have slots of their own. Any other takes one when it is first seen and
    keeps it, unless another label that is shown with it has it already.
    """
    every = set(labels)
    chosen = {label: _FIXED[label] for label in every & _FIXED.keys()}
    taken = set(chosen.values())
    with _LOCK:
        for label in sorted(every - _FIXED.keys(), key=lambda label: (label not in _WANTED, label)):
            if label not in _WANTED:
                used = {*_WANTED.values(), *taken}
                fresh = (slot for slot in range(len(PALETTE)) if slot not in used)
                _WANTED[label] = next(fresh, len(_WANTED) % len(PALETTE))
        order = {label: at for at, label in enumerate(_WANTED)}
        moved = []
        for label in sorted(every - _FIXED.keys(), key=order.__getitem__):
            if _WANTED[label] in taken:
                moved.append(label)
            else:
                chosen[label] = _WANTED[label]
                taken.add(_WANTED[label])
        # After a whole turn of the palette the lines differ; see `line`.
        free = (slot for slot in count() if slot not in taken)
        chosen.update(zip(moved, free, strict=False))
    return chosen


def strong(slot: int) -> str:
    """Return the full colour of a slot, for tags, lines and plots."""
    return PALETTE[slot % len(PALETTE)]


def line(slot: int) -> str:
    """Return the style of the line under marks of a slot."""
    return LINES[(slot + slot // len(PALETTE)) % len(LINES)]


def tint(slot: int, dark: bool) -> str:
    """Return the background of marks: the colour of the slot mixed with the paper."""
    return mixed(strong(slot), PAPER[dark], _TINT[dark])


def on_strong(slot: int) -> str:
    """Return black or white, whichever is read better on the full colour."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, strong(slot)))


def mixed(colour: str, other: str, share: float) -> str:
    """Mix `share` of a colour with another, in sRGB as browsers do."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((_luminance(colour), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
