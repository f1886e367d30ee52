"""From what a user gives as a dictionary to the core's matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kayan import _core
from kayan._core import KayanError
from kayan._gazetteer.checks import STRICTNESS
from kayan._gazetteer.readers import read_dataframe, read_records
from kayan._gazetteer.storage import Entries
from kayan._inputs import as_column, holds_text, is_frame, library


class Compiled(NamedTuple):
    """The core's matcher, and the metadata of its entries, which stay in Python."""

    native: _core.Matcher
    metadata: Mapping[str, list[object]]


def compiled(given: Any, profile: str, options: dict[str, object]) -> Compiled:
    """Compile a dictionary of any kind.

    A table of names, labels and ids that lie in Arrow is compiled from its columns, without a Python object
    for each entry; anything else by way of `Entries`.
    """
    columns = _text_columns(given)
    if columns is not None:
        return Compiled(_of_columns(columns, profile, options), {})
    entries = _entries_of(given)
    return Compiled(_of_entries(entries, profile, options), entries._metadata)


def _text_columns(given: Any) -> dict[str, Any] | None:
    """Return the columns of a table that has but name, label and id, all of them texts in Arrow."""
    if not is_frame(given) or not hasattr(given, "shape"):
        return None
    header = [str(heading) for heading in getattr(given, "column_names", given.columns)]
    if "name" not in header or len(set(header)) < len(header) or set(header) - {"name", "label", "id"}:
        return None
    if not all(holds_text(given[heading]) for heading in header):
        return None
    columns = {heading: as_column(given[heading], "Matcher") for heading in header}
    if any(kind != "arrow" for kind, _ in columns.values()) or _padded(given["name"]):
        return None
    return {heading: column for heading, (_, column) in columns.items()}


def _padded(names: Any) -> bool:
    """Tell whether any name has blanks around it, which `Entries` takes away."""
    kind = library(names)
    if kind == "polars":
        import polars

        plain = names.cast(polars.String)
        return bool((plain != plain.str.strip_chars()).any())
    if kind == "pandas":
        return bool((names.astype("string") != names.astype("string").str.strip()).any())
    import pyarrow.compute as pc

    plain = names.cast("string")
    return bool(pc.any(pc.not_equal(plain, pc.utf8_trim_whitespace(plain))).as_py())


def _of_columns(columns: Mapping[str, Any], profile: str, options: dict[str, object]) -> _core.Matcher:
    """Compile columns of Arrow; an error names the row."""
    try:
        return _core.Matcher.from_columns(
            columns["name"], columns.get("label"), columns.get("id"), profile, options
        )
    except KayanError as error:
        # The core counts the entries, which are the rows.
        raise KayanError(re.sub(r"^entry (\d+)", r"row \1 of the DataFrame", str(error))) from None


def _of_entries(entries: Entries, profile: str, options: dict[str, object]) -> _core.Matcher:
    """Compile entries; an error names the place that an entry came from."""
    surfaces: list[str] = []
    entry_of: list[int] = []
    ambiguous: list[int] = []
    for entry, (name, aliases) in enumerate(zip(entries._names, entries._aliases, strict=True)):
        spellings = (name, *aliases)
        if marked := set(entries._ambiguous[entry]):
            ambiguous += [len(surfaces) + at for at, one in enumerate(spellings) if one in marked]
        surfaces += spellings
        entry_of += [entry] * len(spellings)
    return _core.Matcher(
        surfaces,
        entry_of,
        entries._names,
        entries._labels,
        entries._ids,
        entries._priorities,
        [sum(STRICTNESS[word] for word in set(strict)) for strict in entries._strictness],
        (
            ambiguous,
            [(list(words), None if key is None else list(key)) for key, words in entries._triggers.items()],
            [(kind, list(words)) for kind, words in entries._word_lists.items()],
            [(id, *rule) for id, rule in entries._rules.items()],
            list(entries._coreferences),
        ),
        profile,
        options,
        entries._origin,
    )


def _entries_of(given: Any) -> Entries:
    """Return a dictionary of any kind as entries.

    Raises
    ------
    KayanError, TypeError
        If it isn't a dictionary, or an entry is refused.
    """
    if isinstance(given, Entries):
        return given
    entries = Entries()
    if is_frame(given):
        read_dataframe(entries, given)
    elif isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        kind = type(given).__name__
        hints = {
            "str": "; for one name, put it in a list, and for a file, Gazetteer.from_csv(path)",
            "Matcher": ", which is one already",
            "NoneType": ": was it returned by add(), which changes a Gazetteer and returns nothing?",
        }
        raise TypeError(
            f"Matcher() expected a Gazetteer, a dict {{name: label}}, a list or a DataFrame, got {kind}"
            f"{hints.get(kind, '')}"
        )
    else:
        read_records(entries, given.items() if isinstance(given, Mapping) else given)
    return entries
