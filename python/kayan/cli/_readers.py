"""Files of texts as batches of some megabytes: plain text, CSV, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import glob
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any, NamedTuple

from kayan._core import KayanError
from kayan._inputs import not_utf8
from kayan._matches import plural
from kayan.cli._files import compression, files_below, hint, left_out, opened, plain_name, pyarrow_for

STDIN = "-"
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
# Plain text, if a folder is read.
_TEXTS = (".txt", ".text")
# Where a JSON object lacks a key that others have.
ABSENT = object()
_CHUNK_BYTES = 4 << 20
_PARQUET_ROWS = 10_000
# After a quote that is never closed, the rest of a file is one cell: this bounds it in memory.
_CELL_LIMIT = 20_000_000


class Batch(NamedTuple):
    """Texts that follow each other in a file.

    `texts` is a list of str and None, or an Arrow array. `numbers` says which each is: the row of a table,
    from 0, or the line of a text file, from 1; None if the file is one text. `columns` are those of a table
    that were chosen. `ends_line` says whether the last line of a text file has an end.
    """

    texts: Any
    numbers: Sequence[int] | None = None
    columns: Mapping[str, Any] = {}
    ends_line: bool = True


class Problems:
    """What is done about bytes and rows that can't be read: raise, replace, or skip; and how often it was."""

    def __init__(self, errors: str, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self.skip = errors == "skip"
        self._strict = errors == "strict"
        self._count = 0
        self._first = ""

    def meet(self, error: KayanError) -> None:
        """Raise the error, or count it."""
        if self._strict:
            raise error
        self._count += 1
        self._first = self._first or str(error)

    def decode(self, data: bytes, source: str, line: int, offset: int) -> str:
        """Decode lines that stand in a source from a line and a byte offset on."""
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            if self._strict:
                raise self._undecoded(source, error, line, offset, data) from None
        kept = []
        for piece in data.split(b"\n"):
            try:
                kept.append(piece.decode())
            except UnicodeDecodeError as error:
                self.meet(self._undecoded(source, error, line, offset, data))
                # A surrogate marks a line that is left out once its row is known.
                kept.append(piece.decode(errors="surrogateescape" if self.skip else "replace"))
            line += 1
            offset += len(piece) + 1
        return "\n".join(kept)

    def _undecoded(
        self, source: str, error: UnicodeDecodeError, line: int, offset: int, data: bytes
    ) -> KayanError:
        if self._encoding not in ("utf-8", "auto"):  # where in the file it stood is not known
            line += error.object.count(b"\n", 0, error.start)
            return KayanError(f"{source} is not {self._encoding}: line {line}")
        return KayanError(f"{not_utf8(source, error, line, offset)}{hint(data)}")

    def __str__(self) -> str:
        if not self._count:
            return ""
        what = "left out" if self.skip else "replaced"
        return f"{what} what couldn't be read, {plural(self._count, 'time', 'times')}; first: {self._first}"


class Reader:
    """Reads files as the options of the command line say.

    Parameters
    ----------
    column : the texts of a table.
    also : the other columns to read; None for all.
    kind : of all files; None to go by their names.
    by_line : take each line of a text file for a text.
    encoding : of all files but Parquet.

    `advance` is called with the number of bytes that were read.
    """

    def __init__(
        self,
        column: str,
        also: Sequence[str] | None,
        kind: str | None,
        by_line: bool,
        problems: Problems,
        encoding: str = "utf-8",
    ) -> None:
        self._column = column
        self._also = also
        self._kind = kind
        self._by_line = by_line
        self._problems = problems
        self._encoding = encoding
        self._counts = True
        self.advance: Callable[[int], object] = lambda _: None

    def kind(self, file: str) -> str:
        """Return ``"text"``, ``"csv"``, ``"jsonl"`` or ``"parquet"``."""
        return self._kind or SUFFIXES.get(os.path.splitext(plain_name(file))[1].lower(), "text")

    def read(self, file: str) -> Iterator[Batch]:
        """Give the texts of one file; ``"-"`` is standard input.

        Raises
        ------
        KayanError
            For a table without the columns; and, unless errors are replaced or skipped, for bytes that aren't
            UTF-8 and rows that can't be read; with file and line.
        """
        kind = self.kind(file)
        if kind == "parquet":
            if compression(file):
                raise KayanError(f"{file}: a Parquet file is compressed inside: decompress it first")
            yield from self._parquet(file)
            return
        stdin = sys.stdin.buffer if file == STDIN else None
        with opened(file, stdin, self._encoding, self.advance) as (stream, counted):
            self._counts = not counted
            source = "standard input" if file == STDIN else file
            read = {"csv": self._csv, "jsonl": self._jsonl}.get(kind, self._text)
            yield from read(stream, source)

    def _text(self, stream: IO[bytes], source: str) -> Iterator[Batch]:
        if self._by_line:
            for line, chunk in self._chunks(stream, source):
                ends_line = chunk.endswith("\n")
                texts = chunk.split("\n")[: -1 if ends_line else None]
                numbers: Sequence[int] = range(line, line + len(texts))
                if self._problems.skip and not _is_whole(chunk):
                    numbers = [at for at, text in zip(numbers, texts, strict=True) if _is_whole(text)]
                    texts = [texts[at - line] for at in numbers]
                yield Batch(texts, numbers, ends_line=ends_line)
            return
        text = "".join(chunk for _, chunk in self._chunks(stream, source))
        yield Batch([text] * (not self._problems.skip or _is_whole(text)))

    def _chunks(self, stream: IO[bytes], source: str) -> Iterator[tuple[int, str]]:
        """Give whole lines, some megabytes at a time, with the number of the first; no byte order mark."""
        line, offset = 1, 0
        rest: list[bytes] = []
        while True:
            data = _read(stream, _CHUNK_BYTES)
            if self._counts:
                self.advance(len(data))
            at_end = len(data) < _CHUNK_BYTES
            cut = len(data) if at_end else data.rfind(b"\n") + 1
            if not cut and not at_end:  # a line longer than a chunk
                rest.append(data)
                continue
            whole = b"".join([*rest, data[:cut]])
            rest = [data[cut:]]
            if not offset and whole.startswith(b"\xef\xbb\xbf"):
                whole, offset = whole[3:], 3
            if whole:
                yield line, self._problems.decode(whole, source, line, offset)
            if at_end:
                return
            line += whole.count(b"\n")
            offset += len(whole)

    def _csv(self, stream: IO[bytes], source: str) -> Iterator[Batch]:
        chunks = 0

        def lines() -> Iterator[str]:
            nonlocal chunks
            for _, chunk in self._chunks(stream, source):
                chunks += 1
                yield from (line + "\n" for line in chunk.removesuffix("\n").split("\n"))

        reader = csv.reader(lines(), delimiter=delimiter_of(source), strict=True)
        csv.field_size_limit(_CELL_LIMIT)
        header = self._cells(reader, source, None) or []
        wanted = self._wanted(header, source)
        rows: list[Sequence[Any]] = []
        numbers: list[int] = []
        number, batch = 0, chunks
        while (cells := self._cells(reader, source, len(header))) is not None:
            if cells:
                rows.append(cells)
                numbers.append(number)
            number += cells is not _BLANK
            if chunks != batch:
                yield self._batch(header, wanted, rows, numbers)
                rows, numbers, batch = [], [], chunks
        yield self._batch(header, wanted, rows, numbers)  # even an empty one has the columns

    def _cells(self, reader: Any, source: str, expected: int | None) -> Sequence[Any] | None:
        """Return the cells of the next row; `_BLANK` for an empty line, none for one to be left out."""
        line = reader.line_num + 1  # a quoted cell may hold line breaks: name the first line of the row
        try:
            cells: list[str] | None = next(reader, None)
        except csv.Error as error:
            self._problems.meet(KayanError(f"line {line} of {source}: {error}"))
            return _SKIPPED if self._problems.skip else (None,) * (expected or 0)
        if cells is None or not cells:
            return cells if cells is None else _BLANK
        if self._problems.skip and not _is_whole("".join(cells)):
            return _SKIPPED
        if expected is not None and len(cells) != expected:
            found = plural(len(cells), "cell", "cells")
            self._problems.meet(
                KayanError(f"line {line} of {source}: {found} where the header has {expected}")
            )
            return _SKIPPED if self._problems.skip else (None,) * expected
        return cells

    def _wanted(self, names: Sequence[str], source: str) -> list[str]:
        """Check that a table has the columns, and return the names of those to be read."""
        for name in (self._column, *(self._also or ())):
            if name not in names:
                raise KayanError(
                    f"{source} has no column {name!r}; its columns: {', '.join(names) or 'none'}"
                )
        wanted = list(dict.fromkeys([*(names if self._also is None else self._also), self._column]))
        repeated = [name for name in wanted if names.count(name) > 1]
        if repeated:
            raise KayanError(f"{source} has the column {repeated[0]!r} more than once")
        return wanted

    def _batch(
        self, header: Sequence[str], wanted: Sequence[str], rows: Sequence[Sequence[Any]], numbers: list[int]
    ) -> Batch:
        columns: dict[str, Any] = {}
        for name in wanted:
            at = header.index(name)
            columns[name] = [cells[at] for cells in rows]
        return Batch(columns[self._column], numbers, columns)

    def _jsonl(self, stream: IO[bytes], source: str) -> Iterator[Batch]:
        row = 0
        for first, chunk in self._chunks(stream, source):
            records: list[Mapping[str, Any]] = []
            numbers: list[int] = []
            for line, text in enumerate(chunk.split("\n"), start=first):
                if not text or text.isspace():
                    continue
                record = self._record(text, f"line {line} of {source}")
                if record is not None:
                    records.append(record)
                    numbers.append(row)
                row += 1
            names = dict.fromkeys(chain.from_iterable(records)) if self._also is None else self._also
            columns = {
                name: [record.get(name, ABSENT) for record in records]
                for name in dict.fromkeys([*names, self._column])
            }
            if records:
                yield Batch(columns[self._column], numbers, columns)

    def _record(self, line: str, origin: str) -> Mapping[str, Any] | None:
        """Return the object of a line, or None to leave it out."""
        if self._problems.skip and not _is_whole(line):
            return None
        needed = (self._column, *(self._also or ()))
        try:
            record = _parsed(line, origin, needed)
            text = record[self._column]
            if text is not None and not isinstance(text, str):
                raise KayanError(f"{origin}: {self._column!r} isn't a text: {text!r:.80}")
        except KayanError as error:
            self._problems.meet(error)
            return None if self._problems.skip else dict.fromkeys(needed)
        if "\\u" in line and not _is_whole(written := json.dumps(record, ensure_ascii=False)):
            self._problems.meet(KayanError(f"{origin} has a lone surrogate"))
            replaced = written.encode(errors="surrogatepass").decode(errors="replace")
            return None if self._problems.skip else json.loads(replaced)
        return record

    def _parquet(self, file: str) -> Iterator[Batch]:
        if file == STDIN:
            raise KayanError("Parquet can't be read from standard input: name the file")
        pa = pyarrow_for("Parquet")
        import pyarrow.parquet as pq

        try:
            # A buffer for each column, instead of whole columns of a row group, which may be the whole file.
            with pq.ParquetFile(file, memory_map=False, pre_buffer=False, buffer_size=1 << 20) as table:
                yield from self._row_groups(pa, table, file)
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.filename:  # it isn't there, or may not be read
                raise
            raise KayanError(f"{file} can't be read as Parquet: {error}") from None

    def _row_groups(self, pa: Any, table: Any, file: str) -> Iterator[Batch]:
        schema = table.schema_arrow
        wanted = self._wanted(schema.names, file)
        kind = schema.field(self._column).type
        if not _is_text(pa.types, kind):
            raise KayanError(f"{file}: the column {self._column!r} is {kind}, not text")
        rows, done, size = table.metadata.num_rows, 0, os.path.getsize(file)
        if not rows:
            columns = {name: pa.array([], schema.field(name).type) for name in wanted}
            yield Batch(columns[self._column], [], columns)
        for part in table.iter_batches(_rows_at_once(table.metadata, wanted), columns=wanted):
            numbers = range(done, done + part.num_rows)
            yield self._checked(pa, dict(zip(part.schema.names, part.columns, strict=True)), numbers, file)
            self.advance(size * numbers.stop // rows - size * done // rows)
            done = numbers.stop

    def _checked(self, pa: Any, columns: dict[str, Any], numbers: Sequence[int], file: str) -> Batch:
        """Return a batch whose texts are UTF-8, which a Parquet file only promises."""
        texts = columns[self._column]
        try:
            texts.validate(full=True)
            return Batch(texts, numbers, columns)
        except pa.ArrowInvalid:
            pass
        kind = texts.type
        if pa.types.is_dictionary(kind):
            texts, kind = texts.dictionary_decode(), kind.value_type
        kept: list[str | None] = []
        rows = []
        for at, data in enumerate(texts.cast(pa.large_binary()).to_pylist()):
            try:
                kept.append(data if data is None else data.decode())
            except UnicodeDecodeError:
                self._problems.meet(KayanError(f"row {numbers[at]} of {file} is not UTF-8"))
                if self._problems.skip:
                    continue
                kept.append(data.decode(errors="replace"))
            rows.append(at)
        columns = {name: column.take(pa.array(rows, pa.int64())) for name, column in columns.items()}
        columns[self._column] = pa.array(kept, kind)
        return Batch(columns[self._column], [numbers[at] for at in rows], columns)


def _read(stream: IO[bytes], size: int) -> bytes:
    """Read so many bytes, or all to the end; in pieces, so that Ctrl-C works in between."""
    pieces: list[bytes] = []
    while size and (piece := stream.read1(min(size, 1 << 20))):  # type: ignore[attr-defined]
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


_BLANK: Sequence[Any] = []
_SKIPPED: Sequence[Any] = ()


def _is_whole(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: it has no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parsed(line: str, origin: str, needed: Sequence[str]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise KayanError(f"{origin} is not JSON: {error}") from None
    if not isinstance(record, dict):
        raise KayanError(f"{origin}: expected an object, got {line!r:.80}")
    for name in needed:
        if name not in record:
            raise KayanError(f"{origin} has no {name!r}; its keys: {', '.join(record) or 'none'}")
    return record


def _rows_at_once(metadata: Any, wanted: Sequence[str]) -> int:
    """Return how many rows of a Parquet file make a batch: fewer of long texts."""
    longest = 1
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        columns = map(group.column, range(group.num_columns))
        size = sum(c.total_uncompressed_size for c in columns if c.path_in_schema.split(".")[0] in wanted)
        longest = max(longest, size // max(1, group.num_rows))
    return max(1, min(_PARQUET_ROWS, 4 * _CHUNK_BYTES // longest))


def _is_text(types: Any, kind: Any) -> bool:
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or str(kind) == "string_view")


def delimiter_of(name: str) -> str:
    """Return what separates the cells of a file of this name."""
    return "\t" if plain_name(name).lower().endswith((".tsv", ".tab")) else ","


def expanded(files: Sequence[str], quiet: bool = False) -> list[str]:
    """Return the files that names, folders and patterns (``news/*.csv``, ``**``) stand for.

    Nothing is standard input. Of a folder it is all files in it and below whose names say what they are; how
    many others there are is told on standard error.

    Raises
    ------
    KayanError
        For a pattern that no file matches, or a folder without files that can be read.
    OSError
        For a file that isn't there.
    """
    found: list[str] = []
    for name in files or [STDIN]:
        if name != STDIN and not os.path.exists(name) and glob.has_magic(name):
            matching = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
            if not matching:
                raise KayanError(f"no file matches {name!r}")
            found += matching
        elif os.path.isdir(name):
            below, others = files_below(name, _is_known)
            if not below:
                raise KayanError(
                    f"the folder {name!r} has no files that can be read: .txt, .csv, .tsv, .jsonl, .parquet, "
                    "or with .gz or .zst behind"
                )
            if others and not quiet:
                print(f"kayan: {left_out(name, others)}", file=sys.stderr)
            found += below
        else:
            if name != STDIN:
                os.stat(name)
            found.append(name)
    return found


def as_text(file: str) -> str:
    """Return the name of a file as text: bytes of it that aren't UTF-8 are written as escapes."""
    return os.fsencode(file).decode(errors="backslashreplace")


def _is_known(name: str) -> bool:
    return os.path.splitext(plain_name(name))[1].lower() in (*SUFFIXES, *_TEXTS)


def total_size(files: Sequence[str]) -> int | None:
    """Return how many bytes files have, or None where one of them is standard input."""
    return None if STDIN in files else sum(map(os.path.getsize, files))
