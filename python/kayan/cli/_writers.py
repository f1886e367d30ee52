"""Tables as CSV, JSON Lines or Parquet, written batch by batch into files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from json.encoder import encode_basestring  # what json.dumps quotes text with
from typing import IO, Any, Protocol

from kayan import _files
from kayan._core import KayanError
from kayan.cli._files import compression, packed, plain_name, pyarrow_for
from kayan.cli._readers import ABSENT, STDIN, SUFFIXES, delimiter_of

_PARQUET_ROWS = 100_000  # in a row group


class Writer(Protocol):
    """Writes a table; every batch is a column of values for each name, all equally long."""

    # Whether it takes Arrow columns as they are.
    takes_arrow: bool

    def write(self, columns: Mapping[str, Any]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Write what is left to write at the end."""


def format_of(output: str | None, chosen: str | None, default: str, known: Sequence[str]) -> str:
    """Return the format: the given one, that of the output's suffix, or the default.

    Raises
    ------
    KayanError
        For a suffix that says nothing, or a format that this output can't have.
    """
    to_file = output not in (None, STDIN)
    kind = chosen
    if kind is None and to_file:
        suffix = os.path.splitext(plain_name(str(output)))[1].lower()
        kind = SUFFIXES.get(suffix, default if suffix == ".txt" else None)
        if kind not in known:
            raise KayanError(f"can't tell the format of {output}: name one with --format {'|'.join(known)}")
    kind = kind or default
    if kind == "parquet" and not to_file:
        raise KayanError("Parquet can't be written to standard output: name a file with --output")
    if kind == "parquet" and compression(output):
        raise KayanError(f"{output}: a Parquet file is compressed inside: leave out the last suffix")
    return kind


@contextmanager
def whole_file(path: str | None, binary: bool = False) -> Iterator[IO[Any]]:
    """Open a file that is there only once everything is written; None is standard output."""
    if path is None or path == STDIN:
        yield sys.stdout
        return
    kind = compression(path)
    with _files.whole_file(path, binary or kind is not None) as file:
        if binary:
            yield file
        else:
            with _as_text(file, kind) as stream:
                yield stream


@contextmanager
def _as_text(file: IO[Any], kind: str | None) -> Iterator[IO[Any]]:
    """Give a file as it is, or a text that is compressed into it."""
    if kind is None:
        yield file
        return
    with packed(file, kind) as stream, io.TextIOWrapper(stream, encoding="utf-8", newline="") as text:
        yield text


@contextmanager
def table_file(path: str | None, kind: str, names: Sequence[str] | None = None) -> Iterator[Writer]:
    """Open a whole file for a table with these columns; without names, those of its first rows."""
    if kind == "parquet":
        pyarrow_for("Parquet")
    with whole_file(path, binary=kind == "parquet") as file:
        writer: Writer
        if kind == "csv":
            writer = _Csv(file, names, delimiter_of(path or ""))
        else:
            writer = {"jsonl": _JsonLines, "parquet": _Parquet}[kind](file, names)
        try:
            yield writer
        except BaseException:
            with suppress(Exception):
                writer.close()
            raise
        writer.close()


class _Csv:
    takes_arrow = False

    def __init__(self, file: IO[str], names: Sequence[str] | None, delimiter: str) -> None:
        self._writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        self._quoting = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._names: Sequence[str] = ()
        if names:
            self._begin(names)

    def _begin(self, names: Sequence[str]) -> None:
        self._names = names
        self._writer.writerow(names)

    def write(self, columns: Mapping[str, Any]) -> None:
        if not self._names:
            self._begin(list(columns))
        length = _check_columns(columns, self._names)
        cells = [_for_csv(columns[name]) if name in columns else [None] * length for name in self._names]
        # Before 3.13, csv doesn't quote a cell for a lone carriage return, and can't read it back.
        bare = any(type(cell) is str and "\r" in cell for values in cells for cell in values)
        (self._quoting if bare else self._writer).writerows(zip(*cells, strict=True))

    def close(self) -> None:
        pass


class _JsonLines:
    takes_arrow = False

    def __init__(self, file: IO[str], names: Sequence[str] | None) -> None:
        del names  # each line has its own
        self._file = file

    def write(self, columns: Mapping[str, Any]) -> None:
        if any(isinstance(values, list) and ABSENT in values for values in columns.values()):
            for row in zip(*columns.values(), strict=True):
                pairs = zip(columns, row, strict=True)
                record = {name: value for name, value in pairs if value is not ABSENT}
                self._file.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
            return
        pattern = ", ".join(f"{_json(name)}: ".replace("%", "%%") + "%s" for name in columns)
        encoded = [_json_values(values) for values in columns.values()]
        self._file.writelines(map(f"{{{pattern}}}\n".__mod__, zip(*encoded, strict=True)))

    def close(self) -> None:
        pass


class _Parquet:
    takes_arrow = True

    def __init__(self, file: IO[bytes], names: Sequence[str] | None) -> None:
        self._file = file
        self._names = names or ()
        self._schema: Any = None
        self._writer: Any = None
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, columns: Mapping[str, Any]) -> None:
        import pyarrow as pa

        names = self._names or list(columns)
        length = _check_columns(columns, names)
        try:
            table = pa.table(
                {name: _for_arrow(columns[name]) if name in columns else pa.nulls(length) for name in names}
            )
            if self._schema is None:
                self._schema = pa.schema(
                    [
                        pa.field(field.name, pa.string() if pa.types.is_null(field.type) else field.type)
                        for field in table.schema
                    ]
                )
            self._names = names
            table = table.cast(self._schema)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
            raise KayanError(
                f"a column's values are of several types, which Parquet can't hold: {error}"
            ) from None
        self._waiting.append(table)
        self._rows += length
        if self._rows >= _PARQUET_ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._writer = pq.ParquetWriter(self._file, self._schema)
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        import pyarrow as pa

        if self._schema is None:
            self._schema = pa.schema([pa.field(name, pa.string()) for name in self._names])
        self._flush()
        self._writer.close()


def _check_columns(columns: Mapping[str, Any], names: Sequence[str]) -> int:
    """Return how many rows there are, if their columns are those of the table or some of them."""
    other = next((name for name in columns if name not in names), None)
    if other is not None:
        raise KayanError(f"the column {other!r} isn't in what was written before: {', '.join(names)}")
    return len(next(iter(columns.values()), ()))


def _for_csv(values: Any) -> Sequence[Any]:
    if hasattr(values, "to_pylist"):
        values = values.to_pylist()
    if set(map(type, values)) <= {str, int, float, type(None)}:
        return list(values)
    return [None if v is ABSENT else _json(v) if isinstance(v, (bool, list, dict)) else v for v in values]


def _for_arrow(values: Any) -> Any:
    return [None if v is ABSENT else v for v in values] if isinstance(values, list) else values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _json_values(values: Any) -> Sequence[Any]:
    if hasattr(values, "to_pylist"):
        values = values.to_pylist()
    kinds = set(map(type, values))
    if kinds == {str}:
        return list(map(encode_basestring, values))
    if kinds == {int}:
        return list(values)
    return [encode_basestring(value) if type(value) is str else _json(value) for value in values]
