"""Readers of files, tables and other tools' dictionaries, into entries that remember where they stood."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from kayan._core import KayanError
from kayan._gazetteer.checks import FIELDS, checked_name, is_blank, refuse_near
from kayan._gazetteer.storage import ADDED, Entries
from kayan._inputs import decode, is_frame, is_null, library
from kayan._matches import plural
from kayan._mistakes import did_you_mean, nearest
from kayan._renamed import refuse_old


def read_records(into: Entries, records: Iterable[str | tuple[Any, ...] | Mapping[str, Any]]) -> None:
    """Add dicts, tuples or names."""
    if isinstance(records, (str, bytes, Mapping)) or not isinstance(records, Iterable):
        hint = "; from_dict() takes {name: label}" if isinstance(records, Mapping) else ""
        hint = "; from_dataframe() takes tables" if is_frame(records) else hint
        hint = "; put one name in a list" if isinstance(records, str) else hint
        raise TypeError(
            f"from_records() takes a list of dicts, tuples or names, got {type(records).__name__}{hint}"
        )
    into._begin(*ADDED)
    for row, record in enumerate(records):
        if isinstance(record, str):
            into._put(row, record)
        elif isinstance(record, tuple) and 1 <= len(record) <= 3:
            into._put(row, *record[:2], id=record[2] if len(record) == 3 else None)
        elif isinstance(record, Mapping):
            cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
            refuse_near(cells, cells, f"{into._where(row)}: ", "key")
            if "name" not in cells:
                keys = ", ".join(map(str, record)) or "none"
                raise KayanError(f"{into._where(row)}: name is empty or missing; its keys: {keys}")
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
    alias_separator: str | Iterable[str] = "|",
    skip_blank: bool = False,
) -> None:
    """Add the lines of a CSV or TSV file; `fields` are the headings of `FIELDS`."""
    separators = _separators(alias_separator)
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
        raise TypeError(f"from_csv(delimiter=) takes one character such as ';', got {delimiter!r:.80}")
    text, source = _read(file, "from_csv()")
    given = delimiter
    if delimiter is None:
        delimiter = "\t" if source.lower().endswith((".tsv", ".tab")) else ","
    into._begin("line ", f" of {source}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    skipped: list[int] | None = [] if skip_blank else None
    try:
        header = [heading.strip() for heading in next(reader, [])]
        _check_delimiter(header, source, fields[0], given)
        positions, others = _columns(header, source, fields)
        while True:
            line = reader.line_num + 1  # a quoted cell may hold line breaks: name the entry's first line
            cells = next(reader, None)
            if cells is None:
                break
            if len(cells) == len(header):
                own = [(cells[i].strip() or None) if i is not None else None for i in positions]
                own[1] = own[1] or default_label
                _put_named(
                    into, line, own, {key: cells[i] for key, i in others if cells[i]}, separators, skipped
                )
            elif cells:
                found = plural(len(cells), "cell", "cells")
                raise KayanError(f"{into._where(line)}: {found} where the header has {len(header)}")
    except csv.Error as error:
        raise KayanError(f"{into._where(line)}: {error}") from None
    _report_skipped(source, "line", skipped)


def read_excel(
    into: Entries,
    file: str | os.PathLike[str] | IO[bytes],
    fields: Sequence[str | None],
    sheet: str | int,
    default_label: str | None,
    alias_separator: str | Iterable[str],
    skip_blank: bool,
) -> None:
    """Add the rows of a sheet of an Excel workbook; rows without any value are left out."""
    try:
        import openpyxl
    except ImportError:
        raise ImportError('from_excel() needs openpyxl: pip install "kayan[excel]"') from None
    from zipfile import BadZipFile

    separators = _separators(alias_separator)
    source = _named(file, "from_excel()")
    try:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException):
        raise KayanError(
            f"{source} isn't a workbook that from_excel() reads: .xlsx or .xlsm. Save it as one, or as CSV"
        ) from None
    try:
        titles = workbook.sheetnames
        if isinstance(sheet, str) and sheet not in titles:
            raise KayanError(
                f"{source} has no sheet {sheet!r}{did_you_mean(sheet, titles)} sheets: {', '.join(titles)}"
            )
        if not isinstance(sheet, str) and sheet not in range(len(titles)):
            raise KayanError(f"{source} has no sheet {sheet!r:.80}, from 0; sheets: {', '.join(titles)}")
        title = sheet if isinstance(sheet, str) else titles[sheet]
        rows = enumerate(workbook[title].iter_rows(values_only=True), 1)
        filled = [(row, cells) for row, cells in rows if not all(map(is_blank, cells))]
    finally:
        workbook.close()
    _, head = filled[0] if filled else (0, ())
    kept = [i for i, heading in enumerate(head) if not is_blank(heading)]
    header = [str(head[i]).strip() for i in kept]
    positions, others = _columns(header, source, fields)
    into._begin("row ", f" of {source}")
    skipped: list[int] | None = [] if skip_blank else None
    for row, every in filled[1:]:
        cells = [every[i] if i < len(every) else None for i in kept]
        cells = [None if is_blank(cell) or _is_empty(cell) else cell for cell in cells]
        own = [cells[i] if i is not None else None for i in positions]
        own = [cell.strip() if isinstance(cell, str) else cell for cell in own]
        own[1] = default_label if own[1] is None else own[1]
        _put_named(into, row, own, {key: cells[i] for key, i in others}, separators, skipped)
    _report_skipped(source, "row", skipped)


def read_jsonl(into: Entries, file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> None:
    """Add the JSON objects of a file."""
    text, source = _read(file, "from_jsonl()")
    into._begin("line ", f" of {source}")
    for line, record in _json_lines(into, text):
        cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
        refuse_near(cells, cells, f"{into._where(line)}: ", "key")
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
        text, source = _read(patterns, "from_entity_ruler()")  # type: ignore[arg-type]
        into._begin("line ", f" of {source}")
        rows: Iterable[tuple[int, Any]] = _json_lines(into, text)
    elif not isinstance(patterns, Iterable) or isinstance(patterns, Mapping):
        kind = type(patterns).__name__
        raise TypeError(f"from_entity_ruler() takes a path, an open file or a list of dicts, got {kind}")
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
    if not isinstance(keywords, Mapping):
        kind = type(keywords).__name__
        raise TypeError(f"from_flashtext() takes a dict {{canonical name: [surface, ...]}}, got {kind}")
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
    into: Entries,
    df: Any,
    fields: Sequence[str | None] = FIELDS,
    default_label: str | None = None,
    alias_separator: str | Iterable[str] = "|",
    skip_blank: bool = False,
) -> None:
    """Add the rows of a table; `fields` are the columns of `FIELDS`."""
    separators = _separators(alias_separator)
    if not is_frame(df) or not hasattr(df, "shape"):  # a polars LazyFrame has no shape
        kind = type(df).__name__
        hints = {"dict": "; from_dict() takes {name: label}", "list": "; from_records() takes lists"}
        hints |= {"str": "; from_csv() reads files", "LazyFrame": "; collect() it first"}
        raise TypeError(
            f"from_dataframe() expected a pandas or polars DataFrame or a pyarrow Table, got {kind}"
            f"{hints.get(kind, '')}"
        )
    header = [str(heading) for heading in getattr(df, "column_names", df.columns)]
    positions, others = _columns(header, "the DataFrame", fields)
    if library(df) == "pandas":
        values = [df.iloc[:, i].tolist() for i in range(len(header))]
    elif library(df) == "polars":
        values = [df[heading].to_list() for heading in header]
    else:
        values = [df.column(heading).to_pylist() for heading in header]
    into._begin("row ", " of the DataFrame")
    skipped: list[int] | None = [] if skip_blank else None
    for row, all_cells in enumerate(zip(*values, strict=True)):
        cells = [None if _is_empty(cell) else cell for cell in all_cells]
        own = [cells[i] if i is not None else None for i in positions]
        own = [(cell.strip() or None) if isinstance(cell, str) else cell for cell in own]
        own[1] = default_label if own[1] is None else own[1]
        _put_named(into, row, own, {key: cells[i] for key, i in others}, separators, skipped)
    _report_skipped("the DataFrame", "row", skipped)


def _separators(given: Any) -> tuple[str, ...]:
    """Check what separates the aliases of a cell."""
    separators = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if not separators or not all(isinstance(one, str) and one for one in separators):
        raise TypeError(f"alias_separator takes a str such as '،' or a list of them, got {given!r:.80}")
    return separators


def _check_delimiter(header: list[str], source: str, name: str | None, delimiter: str | None) -> None:
    """Refuse a header that another delimiter would split into columns with that of the names."""
    if name in header or len(header) != 1:
        return
    for other in (",", ";", "\t", "|", "،", "؛"):
        cells = [cell.strip() for cell in header[0].split(other)]
        if len(cells) > 1:
            what = "pass" if delimiter is None else f"it isn't {delimiter!r}: pass"
            raise KayanError(
                f"{source} has no column {name!r}, but one heading {header[0]!r:.80}: if {other!r} separates "
                f"its cells, {what} delimiter={other!r}"
            )


def _put_named(
    into: Entries,
    row: int,
    own: list[Any],
    metadata: Mapping[str, Any],
    separators: tuple[str, ...],
    skipped: list[int] | None,
) -> None:
    """Add a row; if it has no name, put it among those that are `skipped`, or refuse it where none may be."""
    if skipped is not None and is_blank(own[0]):
        skipped.append(row)
        return
    if own[0] is None or own[0] == "":
        raise KayanError(
            f"{into._where(row)}: name is empty or missing; skip_blank=True leaves such rows out"
        )
    into._put_cells(row, own, metadata, separators)


def _report_skipped(source: str, what: str, rows: list[int] | None) -> None:
    """Warn of rows that were left out since they have no name."""
    if rows:
        shown = ", ".join(map(str, rows[:10])) + (", …" if len(rows) > 10 else "")
        left = plural(len(rows), what, what + "s")
        # The caller of `Gazetteer.from_csv` and the like, which two decorators wrap.
        warnings.warn(f"{source}: {left} without a name left out: {shown}", UserWarning, stacklevel=6)


def _named(file: Any, caller: str) -> str:
    """Return what to call a file.

    Raises
    ------
    OSError
        If it is a path of nothing or of a directory.
    TypeError
        If it is neither a path nor an open file.
    """
    if not isinstance(file, (str, os.PathLike)):
        if not hasattr(file, "read"):
            hint = "; from_dataframe() takes tables" if is_frame(file) else ""
            raise TypeError(f"{caller} takes a path or an open file, got {type(file).__name__}{hint}")
        return str(getattr(file, "name", "the file"))
    source = os.fspath(file)
    if os.path.isdir(source):
        raise IsADirectoryError(errno.EISDIR, f"{caller} takes a file, and this is a directory", source)
    if "\n" in source:
        raise FileNotFoundError(
            errno.ENOENT, f"{caller} takes a path; for a text, io.StringIO(text). No such file", source[:80]
        )
    return source


def _read(file: str | os.PathLike[str] | IO[str] | IO[bytes], caller: str) -> tuple[str, str]:
    """Return the text of a file, and what to call the file."""
    source = _named(file, caller)
    if isinstance(file, (str, os.PathLike)):
        with open(file, "rb") as opened:
            content: str | bytes = opened.read()
    else:
        content = file.read()
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), source
    try:
        return decode(content, source), source
    except KayanError as error:
        advice = f'open it with its encoding, {caller[:-1]}open(path, encoding="windows-1256", newline=""))'
        raise KayanError(f"{error}; {advice}") from None


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
            near = nearest(heading, header)
            if near is not None:
                advice = f": did you mean {near!r}? Rename it, or read it with {field}={near!r};"
            else:
                advice = f"; {field}= says which one it is;" * bool(header)
                advice = advice or ";"
            raise KayanError(
                f"{source} has no column {heading!r}{advice} its columns: {', '.join(header) or 'none'}"
            )
    repeated = [heading for heading, count in Counter(header).items() if count > 1]
    if repeated:
        raise KayanError(f"{source} has the column {repeated[0]!r} more than once")
    others = [(heading, i) for i, heading in enumerate(header) if heading not in headings]
    refuse_old("field", (heading for heading, _ in others), f"{source}: ")
    pairs = zip(FIELDS, headings, strict=True)
    given = {field for field, heading in pairs if heading is None or heading in header}
    for heading, _ in others:
        try:
            refuse_near([heading], given, f"{source}: ", "column")
        except KayanError as error:
            field = str(error).rsplit("'", 2)[1]
            raise KayanError(f"{error} Rename it, or pass {field}={heading!r}") from None
    return [header.index(heading) if heading in header else None for heading in headings], others
