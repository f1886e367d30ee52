"""Readers of files, tables and other tools' dictionaries, into entries that remember where they stood."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from kayan._core import KayanError
from kayan._gazetteer.checks import FIELDS, checked_name
from kayan._gazetteer.storage import ADDED, Entries
from kayan._inputs import decode, is_frame, is_null, library
from kayan._matches import plural
from kayan._renamed import refuse_old


def read_records(into: Entries, records: Iterable[str | tuple[Any, ...] | Mapping[str, Any]]) -> None:
    """Add dicts, tuples or names."""
    into._begin(*ADDED)
    for row, record in enumerate(records):
        if isinstance(record, str):
            into._put(row, record)
        elif isinstance(record, tuple) and 1 <= len(record) <= 3:
            into._put(row, *record[:2], id=record[2] if len(record) == 3 else None)
        elif isinstance(record, Mapping):
            cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
            into._put_cells(row, [cells.pop(field, None) for field in FIELDS], cells)
        else:
            raise TypeError(
                f"entry {row}: expected a dict, a name or a tuple (name, label, id), got {record!r:.80}"
            )


def read_csv(
    into: Entries,
    file: str | os.PathLike[str] | IO[str] | IO[bytes],
    fields: Sequence[str | None],
    delimiter: str | None,
    default_label: str | None,
) -> None:
    """Add the lines of a CSV or TSV file; `fields` are the headings of `FIELDS`."""
    text, source = _read(file)
    if delimiter is None:
        delimiter = "\t" if source.lower().endswith((".tsv", ".tab")) else ","
    into._begin("line ", f" of {source}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        header = [heading.strip() for heading in next(reader, [])]
        positions, others = _columns(header, source, fields)
        while True:
            line = reader.line_num + 1  # a quoted cell may hold line breaks: name the entry's first line
            cells = next(reader, None)
            if cells is None:
                return
            if len(cells) == len(header):
                own = [(cells[i].strip() or None) if i is not None else None for i in positions]
                own[1] = own[1] or default_label
                into._put_cells(line, own, {key: cells[i] for key, i in others if cells[i]})
            elif cells:
                found = plural(len(cells), "cell", "cells")
                raise KayanError(f"{into._where(line)}: {found} where the header has {len(header)}")
    except csv.Error as error:
        raise KayanError(f"{into._where(line)}: {error}") from None


def read_jsonl(into: Entries, file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> None:
    """Add the JSON objects of a file."""
    text, source = _read(file)
    into._begin("line ", f" of {source}")
    for line, record in _json_lines(into, text):
        cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
        into._put_cells(line, [cells.pop(field, None) for field in FIELDS], cells)


def _json_lines(into: Entries, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each line with its number, from 1, and the object in it."""
    # Not splitlines(): U+2028 and the like may stand in a JSON string.
    for line, content in enumerate(text.split("\n"), 1):
        if content.strip():
            try:
                record = json.loads(content)
            except json.JSONDecodeError as error:
                raise KayanError(
                    f"{into._where(line)}: not JSON: {error.msg} at column {error.colno}"
                ) from None
            except (ValueError, RecursionError) as error:  # a number that is too long, brackets too deep
                raise KayanError(f"{into._where(line)}: can't be read as JSON: {error}") from None
            if not isinstance(record, dict):
                raise KayanError(f"{into._where(line)}: expected a JSON object, got {content:.80}")
            yield line, record


def read_entity_ruler(
    into: Entries, patterns: str | os.PathLike[str] | IO[str] | IO[bytes] | Iterable[Mapping[str, Any]]
) -> None:
    """Add the patterns of spaCy's EntityRuler."""
    if isinstance(patterns, (str, os.PathLike)) or hasattr(patterns, "read"):
        text, source = _read(patterns)  # type: ignore[arg-type]
        into._begin("line ", f" of {source}")
        rows: Iterable[tuple[int, Any]] = _json_lines(into, text)
    else:
        into._begin("pattern ", "")
        rows = enumerate(patterns)
    entries: dict[object, tuple[int, Mapping[str, Any], list[str]]] = {}
    for row, pattern in rows:
        if not isinstance(pattern, Mapping):
            raise TypeError(f"{into._where(row)}: expected a dict, got {pattern!r:.80}")
        try:
            name = checked_name("pattern", _phrase(pattern.get("pattern")))
        except (KayanError, TypeError) as error:
            raise type(error)(f"{into._where(row)}: {error}") from None
        strict = _case_of_tokens(pattern["pattern"])
        key = row if pattern.get("id") is None else (pattern.get("label"), pattern["id"], strict)
        entries.setdefault(key, (row, pattern, []))[2].append(name)
    for row, pattern, (name, *aliases) in entries.values():
        others = {key: value for key, value in pattern.items() if key not in ("label", "pattern", "id")}
        into._put(
            row,
            name,
            pattern.get("label"),
            id=pattern.get("id"),
            aliases=aliases,
            strict=_case_of_tokens(pattern["pattern"]),
            metadata=others,
        )


def read_flashtext(
    into: Entries, keywords: Mapping[str, Iterable[str]], label: str | None, canonical: bool
) -> None:
    """Add the keywords of a flashtext processor."""
    into._begin(*ADDED)
    for row, (name, surfaces) in enumerate(keywords.items()):
        if isinstance(surfaces, (str, bytes)):
            into._put(row, name, label, aliases=surfaces)  # which refuses them
        elif canonical:
            others = [surface for surface in surfaces if surface != name]
            into._put(row, name, label, aliases=others)
        elif listed := list(surfaces):
            into._put(row, listed[0], label, id=name, aliases=listed[1:])


def read_dataframe(
    into: Entries, df: Any, fields: Sequence[str | None] = FIELDS, default_label: str | None = None
) -> None:
    """Add the rows of a table; `fields` are the columns of `FIELDS`."""
    if not is_frame(df) or not hasattr(df, "shape"):  # a polars LazyFrame has no shape
        raise TypeError(f"expected a pandas or polars DataFrame or a pyarrow Table, got {type(df).__name__}")
    header = [str(heading) for heading in getattr(df, "column_names", df.columns)]
    positions, others = _columns(header, "the DataFrame", fields)
    if library(df) == "pandas":
        values = [df.iloc[:, i].tolist() for i in range(len(header))]
    elif library(df) == "polars":
        values = [df[heading].to_list() for heading in header]
    else:
        values = [df.column(heading).to_pylist() for heading in header]
    into._begin("row ", " of the DataFrame")
    for row, all_cells in enumerate(zip(*values, strict=True)):
        cells = [None if _is_empty(cell) else cell for cell in all_cells]
        own = [cells[i] if i is not None else None for i in positions]
        own[1] = default_label if own[1] is None else own[1]
        into._put_cells(row, own, {key: cells[i] for key, i in others})


def _read(file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> tuple[str, str]:
    """Return the text of a file, and what to call the file."""
    if isinstance(file, (str, os.PathLike)):
        source = os.fspath(file)
        with open(file, "rb") as opened:
            content: str | bytes = opened.read()
    else:
        source = str(getattr(file, "name", "the file"))
        content = file.read()
    return decode(content, source) if isinstance(content, bytes) else content.removeprefix("\ufeff"), source


def _phrase(pattern: object) -> str:
    """Return the words of a pattern of spaCy's EntityRuler, with spaces between."""
    if isinstance(pattern, str):
        return pattern
    if not isinstance(pattern, Sequence) or not pattern:
        raise KayanError(f"pattern must be a str or a list of tokens, got {pattern!r:.80}")
    words: list[str] = []
    for token in pattern:
        plain = isinstance(token, Mapping) and len(token) == 1
        key, word = next(iter(token.items())) if plain else ("", None)
        if (
            str(key).upper() not in ("ORTH", "TEXT", "LOWER", "NORM")
            or not isinstance(word, str)
            or not any(map(str.isalnum, word))
        ):
            raise KayanError(
                f"token {token!r:.80} isn't supported: only one word under ORTH, TEXT, LOWER or NORM is"
            )
        words.append(word)
    return " ".join(words)


def _case_of_tokens(pattern: Any) -> tuple[str, ...]:
    """Return what a pattern of EntityRuler is strict about: the case, if all its tokens are ORTH or TEXT."""
    if isinstance(pattern, str):
        return ()
    exact = all(str(key).upper() in ("ORTH", "TEXT") for token in pattern for key in token)
    return ("case",) if exact else ()


def _is_empty(cell: object) -> bool:
    """Tell whether a cell holds no value."""
    return cell == "" if isinstance(cell, str) else is_null(cell)


def _columns(
    header: list[str], source: str, headings: Sequence[str | None]
) -> tuple[list[int | None], list[tuple[str, int]]]:
    """Return the position of each of `FIELDS` among the columns, and the other columns: the metadata."""
    for field, heading in zip(FIELDS, headings, strict=True):
        if heading not in header and (field == "name" or heading not in (field, None)):
            raise KayanError(
                f"{source} has no column {heading!r}; its columns: {', '.join(header) or 'none'}"
            )
    repeated = [heading for heading, count in Counter(header).items() if count > 1]
    if repeated:
        raise KayanError(f"{source} has the column {repeated[0]!r} more than once")
    others = [(heading, i) for i, heading in enumerate(header) if heading not in headings]
    refuse_old("field", (heading for heading, _ in others), f"{source}: ")
    return [header.index(heading) if heading in header else None for heading in headings], others
