"""Texts with marked entities, for `kayan.evaluate`: JSON, tokens with tags, inline markup, DataFrames."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import index
from typing import Any, NamedTuple

from kayan._core import KayanError
from kayan._inputs import decode, is_frame, library

_JSON_LINES = (".jsonl", ".ndjson", ".json")
_TOKEN_LINES = (".conll", ".iob", ".iob2", ".bio", ".tsv", ".txt")
_MARKED_LINES = (".md", ".markdown")
# [بغداد](CITY), and what a backslash takes from its meaning.
_MARKUP = re.compile(r"\\([\[\]\\])|\[((?:[^\[\]\\\n]|\\[\[\]\\])+)\]\(([^\s()]+)\)")
_BETWEEN = "\n\n"
_ESCAPED = re.compile(r"\\([\[\]\\])")
# B and I, with E and S of BIOES, and L and U, which BILOU calls them.
_TAG = re.compile(r"(?:O|([BIESLU])-(\S.*))")


class Marked(NamedTuple):
    """A text with its entities as ``(start, end, label)`` in code points, and where both came from."""

    text: str
    spans: list[tuple[int, int, str]]
    origin: str


def read_gold(gold: Any) -> list[Marked]:
    """Read a gold set; see `kayan.evaluate` for the kinds.

    Raises
    ------
    KayanError
        At the first text that is wrong, with its line or row.
    TypeError
        If `gold` is nothing of the kind.
    """
    if isinstance(gold, (str, os.PathLike)):
        return list(_read_file(os.fspath(gold)))
    if is_frame(gold):
        gold = _rows(gold)
    if isinstance(gold, Mapping) or not isinstance(gold, Iterable):
        raise TypeError(f"gold must be a path, a DataFrame or dicts, got {type(gold).__name__}")
    return [
        read_markup(record, f"row {row}") if isinstance(record, str) else _marked(record, f"row {row}")
        for row, record in enumerate(gold)
    ]


def read_markup(line: str, origin: str) -> Marked:
    """Read a text in which entities are marked as in ``[بغداد](CITY)``."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    read_to = length = 0
    for found in _MARKUP.finditer(line):
        escaped, words, label = found.groups()
        before = line[read_to : found.start()]
        inside = escaped or _ESCAPED.sub(r"\1", words)
        parts += before, inside
        length += len(before) + len(inside)
        if label:
            spans.append((length - len(inside), length, label))
        read_to = found.end()
    return Marked("".join((*parts, line[read_to:])), spans, origin)


def join_documents(texts: list[Marked], count: int) -> list[Marked]:
    """Join each `count` texts in a row to one; no name is found across the empty line between two."""
    joined = []
    for first in range(0, len(texts), count):
        text = ""
        spans: list[tuple[int, int, str]] = []
        for marked in texts[first : first + count]:
            start = len(text) + len(_BETWEEN) if text else 0
            text += _BETWEEN * bool(text) + marked.text
            spans += ((start + a, start + b, label) for a, b, label in marked.spans)
        joined.append(Marked(text, spans, texts[first].origin))
    return joined


def _rows(frame: Any) -> Iterator[dict[str, Any]]:
    names = list(frame.column_names if library(frame) == "pyarrow" else frame.columns)
    missing = [name for name in ("text", "entities") if name not in names]
    if missing:
        raise KayanError(f"the table has no column {missing[0]!r}; its columns: {', '.join(map(str, names))}")
    texts, entities = (
        frame[name].to_list() if hasattr(frame[name], "to_list") else frame[name].to_pylist()
        for name in ("text", "entities")
    )
    for pair in zip(texts, entities, strict=True):
        yield dict(zip(("text", "entities"), pair, strict=True))


def _read_file(path: str) -> Iterator[Marked]:
    with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as file:
        lines = decode(file.read(), path).split("\n")
    kind = os.path.splitext(path.removesuffix(".gz"))[1].lower()
    if kind == ".json" and next(filter(str.strip, lines), "").lstrip().startswith("["):
        yield from _read_json_array("\n".join(lines), path)
    elif kind in _JSON_LINES:
        yield from _read_json_lines(lines, path)
    elif kind in _MARKED_LINES or (kind == ".txt" and any(map(_is_marked, lines))):
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_markup(line.rstrip("\r"), f"line {number}")
    elif kind in _TOKEN_LINES:
        yield from _read_token_lines(lines, path)
    else:
        raise KayanError(
            f"{path}: can't tell what kind of gold set it is; JSON is called "
            f"{', '.join(_JSON_LINES)}, tokens with tags {', '.join(_TOKEN_LINES)}, "
            f"texts with [words](LABEL) {', '.join(_MARKED_LINES)}"
        )


def _is_marked(line: str) -> bool:
    """Tell whether a line has inline markup, and isn't one of a token with its tag."""
    found = _MARKUP.search(line)
    return found is not None and found[3] is not None


def _read_json_array(content: str, path: str) -> Iterator[Marked]:
    try:
        records = json.loads(content)
    except ValueError as error:
        raise KayanError(f"{path} is not JSON: {error}") from None
    for number, record in enumerate(records):
        yield _marked(record, f"item {number}", f" of {path}")


def _read_json_lines(lines: list[str], path: str) -> Iterator[Marked]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise KayanError(f"line {number} of {path} is not JSON: {error}") from None
        yield _marked(record, f"line {number}", f" of {path}")


def _marked(record: Any, origin: str, source: str = "") -> Marked:
    try:
        return Marked(*_checked(record), origin)
    except KayanError as error:
        raise KayanError(f"{origin}{source}{error}") from None


def _checked(record: Any) -> tuple[str, list[tuple[int, int, str]]]:
    if not isinstance(record, Mapping) or not {"text", "entities"} <= record.keys():
        raise KayanError(f": expected an object with text and entities, got {record!r:.80}")
    text, entities = record["text"], record["entities"]
    if not isinstance(text, str):
        raise KayanError(f": text must be str, got {type(text).__name__}")
    if hasattr(entities, "tolist"):  # what pandas and polars make of a list in a cell
        entities = entities.tolist()
    if not isinstance(entities, (list, tuple)):
        raise KayanError(f": entities must be a list of [start, end, label], got {type(entities).__name__}")
    spans: dict[tuple[int, int, str], None] = {}
    for number, entity in enumerate(entities):
        try:
            span = _span(entity, text)
            if span in spans:
                raise KayanError(f"{list(span)} is there twice")
        except KayanError as error:
            raise KayanError(f", entity {number}: {error}") from None
        spans[span] = None
    return text, list(spans)


def _span(entity: Any, text: str) -> tuple[int, int, str]:
    if isinstance(entity, Mapping):  # what Arrow makes of a struct
        entity = [entity.get(key) for key in ("start", "end", "label")]
    if hasattr(entity, "tolist"):
        entity = entity.tolist()
    if not isinstance(entity, (list, tuple)) or len(entity) != 3:
        raise KayanError(f"expected [start, end, label], got {entity!r:.80}")
    *ends, label = entity
    whole = all(hasattr(end, "__index__") and not isinstance(end, bool) for end in ends)
    if not whole or not isinstance(label, str) or not label:
        raise KayanError(f"expected two whole numbers and a label, got {entity!r:.80}")
    start, end = map(index, ends)
    if start >= end:
        raise KayanError(f"span {start}:{end} ends where it starts, or before")
    if start < 0 or end > len(text):
        raise KayanError(f"span {start}:{end} is outside of the text, which has {len(text)} code points")
    return start, end, label


def _read_token_lines(lines: list[str], path: str) -> Iterator[Marked]:
    tokens: list[tuple[str, str]] = []
    first = 1
    for number, line in enumerate([*lines, ""], start=1):
        cells = line.split("\t") if "\t" in line else line.split()
        if not line.strip():
            if tokens:
                yield _joined(tokens, f"line {first}")
            tokens = []
        elif cells[0] != "-DOCSTART-":
            token, tag = cells[0].strip(), cells[-1].strip()
            if len(cells) < 2 or not token or not _TAG.fullmatch(tag):
                raise KayanError(
                    f"line {number} of {path}: expected a token, a tab and O, B-LABEL or I-LABEL, "
                    f"got {line!r:.80}"
                )
            first = first if tokens else number
            tokens.append((token, tag))


def _joined(tokens: list[tuple[str, str]], origin: str) -> Marked:
    """Join tokens with blanks, and tags to spans: B and S begin one, as does I or E that continues none."""
    spans: list[tuple[int, int, str]] = []
    open_label = None
    start = 0
    for token, tag in tokens:
        kind, label = _TAG.fullmatch(tag).groups()  # type: ignore[union-attr]
        if kind and kind in "IEL" and label == open_label:
            spans[-1] = (spans[-1][0], start + len(token), label)
        elif kind:
            spans.append((start, start + len(token), label))
        open_label = label if kind and kind in "BI" else None
        start += len(token) + 1
    return Marked(" ".join(token for token, _ in tokens), spans, origin)
