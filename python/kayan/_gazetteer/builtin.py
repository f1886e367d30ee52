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
from kayan._mistakes import did_you_mean

_PACKAGE = Path(__file__).parent.parent
_RULES = _PACKAGE / "rules"
# Of several entries on one span, the one that is meant: «اللغة الفرنسية» is a language, and «الحكومة
# السعودية» has a nationality where the evidence for it stands.
# The club, if its city's name stands for it.
_PRIORITIES = {"nationalities": -1, "football": 1}
_ALSO_NATIONALITIES: dict[tuple[str, str | None], int] = {
    ("countries", "SA"): -2,
    ("countries", "SY"): -2,
    ("regions", "region:korea"): -2,
}


def names() -> list[str]:
    """Return the names of the gazetteers of the package."""
    return sorted(path.stem for path in (_PACKAGE / "gazetteers").glob("*.csv"))


def add_latin(entries: Entries) -> None:
    """Add the English name of each entry to its aliases, without what stands in it after a comma."""
    for at, name in enumerate(entries._metadata.get("name_en", ())):
        latin = str(name or "").partition(",")[0].strip()
        if latin and latin not in entries._aliases[at]:
            entries._aliases[at] = (*entries._aliases[at], latin)


def builtin_names() -> list[str]:
    """Return the names of the gazetteers of the package, sorted."""
    return sorted(path.stem for path in (_PACKAGE / "gazetteers").glob("*.csv"))


def read_builtin(into: Entries, names: tuple[str, ...]) -> None:
    """Add gazetteers of the package, all of them if none is named, and the words that belong to them."""
    files = {path.stem: path for path in (_PACKAGE / "gazetteers").glob("*.csv")}
    for name in names:
        if not isinstance(name, str):
            kind = type(name).__name__
            raise TypeError(f'builtin() takes names one by one, builtin("countries", "cities"), got {kind}')
        if name not in files:
            hint = did_you_mean(name, files)
            raise KayanError(f"no built-in gazetteer {name!r}{hint} there are: {', '.join(sorted(files))}")
    for name in names or sorted(files):
        into._extend(_shipped(files[name]))
    _add_words(into, with_rules=not names or "people" in names)
    if not names or {"people", "organisations"} <= {*names}:
        _add_institutions(into)


def _add_words(into: Entries, with_rules: bool) -> None:
    """Add the triggers of the package, and what composes names."""
    for labels, words in _grouped("triggers.csv"):
        into._triggers.setdefault(tuple(labels) or None, {}).update(words)
    if with_rules:
        for file in ("word_lists.csv", "formulas.csv"):
            for kinds, words in _grouped(file):
                for kind in kinds:
                    into._word_lists.setdefault(kind, {}).update(words)
        for id, pattern, _ in _rows(_RULES / "name_rules.csv")[1:]:
            into._add_rule(id, pattern, "" if id.startswith("not-") else "PERSON", -1)
        into._coreferences["PERSON", "last"] = None


def _add_institutions(into: Entries) -> None:
    """Add what composes names of bodies, some of whose words are names of people."""
    for kinds, words in _grouped("institution_words.csv"):
        for kind in kinds:
            into._word_lists.setdefault(kind, {}).update(words)
    for id, pattern, label, _ in _rows(_RULES / "institution_rules.csv")[1:]:
        into._add_rule(id, pattern, sys.intern(label), -1)


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
    usual = _PRIORITIES.get(file.stem, 0)
    entries._priorities = [_ALSO_NATIONALITIES.get((file.stem, id), usual) for id in entries._ids]
    entries._strictness = [()] * len(rows)
    entries._rows = array("q", range(2, len(rows) + 2))
    entries._metadata = {key: [cell or None for cell in cells] for key, cells in columns.items()}
    return entries


def _rows(file: Path) -> list[list[str]]:
    """Return the rows of a CSV file of the package, whose cells hold no line breaks."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened, strict=True))
