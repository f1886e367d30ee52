"""Writers: the entries of a gazetteer as files and tables that the readers read back."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from kayan._core import KayanError
from kayan._files import write
from kayan._gazetteer.checks import FIELDS
from kayan._gazetteer.storage import Entries
from kayan._matches import pandas_for

if TYPE_CHECKING:
    import pandas


def as_dataframe(entries: Entries) -> pandas.DataFrame:
    """Return the entries as a table."""
    pd = pandas_for("to_dataframe()")
    columns: dict[str, list[Any]] = {
        "name": entries._names,
        "label": entries._labels,
        "id": entries._ids,
        "aliases": entries._aliases,
        "priority": entries._priorities,
        "strict": entries._strictness,
        "ambiguous": entries._ambiguous,
    }
    for key, values in entries._metadata.items():
        columns[key] = values + [None] * (len(entries) - len(values))
    frame: pandas.DataFrame = pd.DataFrame(columns)
    return frame


def write_csv(entries: Entries, file: str | os.PathLike[str] | IO[str] | None) -> str | None:
    """Write the entries as CSV, or return the text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*FIELDS, *entries._metadata], lineterminator="\n")
    writer.writeheader()
    for entry, record in enumerate(_records(entries)):
        for field, kind in (("aliases", "alias"), ("ambiguous", "ambiguous name")):
            barred = next((name for name in record[field] if "|" in name), None)
            if barred is not None:
                raise KayanError(f"entry {entry}: {kind} {barred!r:.80} has a '|', which separates them")
        writer.writerow(
            record | {field: "|".join(record[field]) for field in ("aliases", "strict", "ambiguous")}
        )
    return _write(out.getvalue(), file)


def write_jsonl(entries: Entries, file: str | os.PathLike[str] | IO[str] | None) -> str | None:
    """Write the entries as JSON Lines, or return the text."""
    lines = []
    for entry, record in enumerate(_records(entries)):
        optional = ("aliases", "priority", "strict", "ambiguous")
        defaults = {field for field in optional if not record[field]}
        kept = {key: cell for key, cell in record.items() if cell is not None and key not in defaults}
        try:
            lines.append(json.dumps(kept, ensure_ascii=False, default=_plain_number) + "\n")
        except TypeError as error:
            raise TypeError(f"entry {entry}: {error}") from None
    return _write("".join(lines), file)


def _records(entries: Entries) -> Iterator[dict[str, Any]]:
    """Give each entry as a dict of its fields and its metadata."""
    clash = next((key for key in entries._metadata if key in FIELDS), None)
    if clash is not None:
        raise KayanError(f"the metadata key {clash!r} would take the place of the field")
    for entry in entries:
        fields = (*entry[:5], entry.strict, entry.ambiguous)
        yield {**dict(zip(FIELDS, fields, strict=True)), **entry.metadata}


def _write(text: str, file: str | os.PathLike[str] | IO[str] | None) -> str | None:
    """Write a text to a file in UTF-8; without a file, return it."""
    if file is None:
        return text
    if isinstance(file, (str, os.PathLike)):
        write(file, text)
    elif hasattr(file, "write"):
        file.write(text)
    else:
        raise TypeError(f"expected a path or a file, got {type(file).__name__}")
    return None


def _plain_number(value: Any) -> Any:
    """Return a number of another library as one of Python."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"JSON has no type for {value!r:.80}")
