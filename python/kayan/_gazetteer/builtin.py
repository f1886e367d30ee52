"""The gazetteers, triggers, word lists and rules that come with the package."""

from __future__ import annotations

import csv
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kayan._core import KayanError
from kayan._gazetteer.storage import Entries, listed

_PACKAGE = Path(__file__).parent.parent
_RULES = _PACKAGE / "rules"


def builtin_names() -> list[str]:
    """Return the names of the gazetteers of the package, sorted."""
    return sorted(path.stem for path in (_PACKAGE / "gazetteers").glob("*.csv"))


def read_builtin(into: Entries, names: tuple[str, ...]) -> None:
    """Add gazetteers of the package, all of them if none is named, and the words that belong to them."""
    files = {path.stem: path for path in (_PACKAGE / "gazetteers").glob("*.csv")}
    unknown = [name for name in names if name not in files]
    if unknown:
        raise KayanError(f"no built-in gazetteer {unknown[0]!r}; there are: {', '.join(sorted(files))}")
    for name in names or sorted(files):
        into._extend(_shipped(files[name]))
    _add_words(into, with_rules=not names or "people" in names)


def _add_words(into: Entries, with_rules: bool) -> None:
    """Add the triggers of the package, and what composes names."""
    for labels, words in _grouped("triggers.csv"):
        into._triggers.setdefault(tuple(labels) or None, {}).update(words)
    if with_rules:
        for kinds, words in _grouped("word_lists.csv"):
            for kind in kinds:
                into._word_lists.setdefault(kind, {}).update(words)
        for id, pattern, _ in _rows(_RULES / "name_rules.csv")[1:]:
            into._add_rule(id, pattern, "NAME", -1)


def _grouped(file: str) -> Iterator[tuple[list[str], dict[str, None]]]:
    """Give the words of the first column by the list in the second."""
    groups: dict[str, dict[str, None]] = {}
    for word, group in _rows(_RULES / file)[1:]:
        groups.setdefault(group, {})[word] = None
    for group, words in groups.items():
        yield listed(group), words


def _shipped(file: Path) -> Entries:
    """Read a file of the package as a reader of CSV does, but by columns and unchecked, which is quicker."""
    entries = Entries()
    entries._begin("line ", f" of the built-in {file.name}")
    header, *rows = _rows(file)
    columns: dict[str, Any] = dict(zip(header, zip(*rows, strict=True), strict=True))

    def lists(cells: Iterable[str]) -> list[tuple[str, ...]]:
        return [tuple(cell.split("|")) if cell else () for cell in cells]

    entries._names = list(columns.pop("name"))
    entries._labels = [sys.intern(label) for label in columns.pop("label")]
    entries._ids = list(columns.pop("id"))
    entries._aliases = lists(columns.pop("aliases"))
    entries._ambiguous = lists(columns.pop("ambiguous"))
    entries._priorities = [0] * len(rows)
    entries._strictness = [()] * len(rows)
    entries._rows = array("q", range(2, len(rows) + 2))
    entries._metadata = {key: [cell or None for cell in cells] for key, cells in columns.items()}
    return entries


def _rows(file: Path) -> list[list[str]]:
    """Return the rows of a CSV file of the package, whose cells hold no line breaks."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened, strict=True))
