"""The commands: each reads batches of texts, calls the package, and writes batches of results."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import IO, Any

from kayan import _core
from kayan._core import KayanError
from kayan._evaluate import evaluate
from kayan._gazetteer.gazetteer import Gazetteer
from kayan._inputs import as_column
from kayan._matcher import Matcher
from kayan._matches import Match, Matches, plural
from kayan._normalizer import Normalizer
from kayan._report import _SUGGESTIONS
from kayan._views import page as views
from kayan._views.marked import NO_LABEL, Section
from kayan.cli._progress import progress
from kayan.cli._readers import STDIN, Batch, Problems, Reader, _is_whole, as_text, expanded, total_size
from kayan.cli._terminal import bar, bar_size, print_aligned, shows_bars
from kayan.cli._writers import Writer, format_of, table_file, whole_file

_FIELDS = ("start", "end", "text", "label", "id", "name", "prefix")
# Texts on a page: browsers are slow with more.
_HTML_TEXTS = 1000
_TABLE_FORMATS = ("table", "csv", "jsonl", "parquet")


class _Run:
    """The input of one command: files, a reader for them, what was wrong in them, and a progress bar."""

    def __init__(self, args: argparse.Namespace, also: Sequence[str] | None, by_line: bool) -> None:
        self.quiet: bool = args.quiet
        self.files = expanded(args.files, self.quiet)
        self.problems = Problems(args.errors, args.encoding)
        self.reader = Reader(args.column, also, args.input_format, by_line, self.problems, args.encoding)

    def batches(self, results_on_terminal: bool) -> Iterator[tuple[str, Iterator[Batch]]]:
        """Give each file with its batches, and report at the end what couldn't be read."""
        shown = not (results_on_terminal or self.quiet)
        with progress(total_size(self.files), shown) as advance:
            self.reader.advance = advance
            for file in self.files:
                yield file, self.reader.read(file)
        if str(self.problems):
            print(f"kayan: {self.problems}", file=sys.stderr)


def _to_terminal(args: argparse.Namespace) -> bool:
    return args.output in (None, STDIN) and sys.stdout.isatty()


def _tell(args: argparse.Namespace, message: str) -> None:
    if not args.quiet:
        print(message, file=sys.stderr)


# Options of a matcher that are switches of their own.
_SWITCHES = ("boundary", "overlap", "clitics", "require_context", "name_rules")


def _matcher(args: argparse.Namespace) -> Matcher:
    chosen = {option: getattr(args, option) for option in _SWITCHES if getattr(args, option) is not None}
    for option, value in args.set:
        if option in chosen and chosen[option] != value:
            raise KayanError(f"{option} is given twice: {chosen[option]!r} and {value!r}")
        chosen[option] = value
    if getattr(args, "matcher", None):
        given = [f"--{name}" for name in ("gazetteer", "builtin", "profile") if getattr(args, name)]
        given += [option.replace("_", "-") for option in chosen]
        if given:
            raise KayanError(
                f"--matcher has its names and options already: leave out {', '.join(given)}, or compile anew"
            )
        return Matcher.load(args.matcher)
    gazetteer = Gazetteer()
    for file in args.gazetteer:
        gazetteer |= _gazetteer(file)
    if args.builtin or not args.gazetteer:
        gazetteer |= Gazetteer.builtin(*args.builtin)
    return Matcher(gazetteer, profile=args.profile or "match", **chosen)


def _gazetteer(file: str) -> Gazetteer:
    is_json = os.path.splitext(file)[1].lower() in (".jsonl", ".ndjson")
    try:
        return Gazetteer.from_jsonl(file) if is_json else Gazetteer.from_csv(file)
    except TypeError as error:
        raise KayanError(str(error)) from None


def match(args: argparse.Namespace) -> int:
    """Find entities: a table of their numbers for each file, or every match."""
    run = _Run(args, [args.id_column] if args.id_column else [], args.lines)
    kind = format_of(args.output, args.format, "table", _TABLE_FORMATS)
    tables = {run.reader.kind(file) != "text" for file in run.files}
    if args.id_column and tables == {False}:
        raise KayanError("--id-column is for tables; a text file has no columns")
    matcher = _matcher(args)
    units = [unit for unit, is_table in (("line", False), ("row", True)) if is_table in tables]
    shown: list[Section] = []
    labels: Counter[str] = Counter()
    texts = found = with_match = 0
    with ExitStack() as stack:
        page = stack.enter_context(whole_file(args.html)) if args.html else None
        results: _Counts | _Rows
        if kind == "table":
            results = _Counts(stack.enter_context(whole_file(args.output)), several=len(run.files) > 1)
        else:
            names = ["file", *units, *["text_id"] * bool(args.id_column), *_FIELDS]
            writer = stack.enter_context(table_file(args.output, kind, names))
            results = _Rows(writer, run.reader, units, args.id_column)
        for file, batches in run.batches(kind != "table" and _to_terminal(args)):
            for batch in batches:
                matches = matcher.find_batch(batch.texts, args.label, threads=args.threads)
                texts += len(batch.texts)
                found += len(matches)
                results.add(file, batch, matches)
                if page:
                    shown += _sections(file, batch, matches, _HTML_TEXTS - len(shown))
                    labels.update(str(label or NO_LABEL) for label in matches._columns.column("label"))
                    with_match += len(set(matches._columns.column("row")))
            results.end(file)
        if page:
            page.write(views.texts_page(shown, "kayan", labels, _cut(shown, with_match, found)))
    of = plural(texts, "text", "texts") if True in tables or args.lines else plural(texts, "file", "files")
    _tell(args, f"{plural(found, 'match', 'matches')} in {of}")
    return 0


class _Counts:
    """Prints each entity of a file once, by label, the most frequent first.

    Names come last: terminals differ in how wide they draw Arabic letters.
    """

    def __init__(self, out: IO[str], several: bool) -> None:
        self._out = out
        self._several = several
        self._bars = bar_size() if shows_bars(out) else 0
        self._counts: Counter[tuple[Any, ...]] = Counter()

    def add(self, file: str, batch: Batch, matches: Matches) -> None:
        columns = (matches._columns.column(name) for name in ("label", "id", "name"))
        self._counts.update(zip(*columns, strict=True))

    def end(self, file: str) -> None:
        if self._several:
            print(f"{file}: {plural(self._counts.total(), 'match', 'matches')}", file=self._out)
        found = sorted(self._counts.items(), key=lambda item: (item[0][0] or "-", -item[1]))
        most = max(self._counts.values(), default=0)
        digits = max((len(f"{count:,}") for _, count in found), default=0)
        print_aligned(
            (
                (
                    label or "-",
                    *[bar(count, most, self._bars)] * bool(self._bars),
                    f"{count:,}".rjust(digits if self._bars else 0),
                    id or "-",
                    name,
                )
                for (label, id, name), count in found
            ),
            self._out,
        )
        self._counts.clear()


class _Rows:
    """Writes a row for each match."""

    def __init__(self, writer: Writer, reader: Reader, units: Sequence[str], id_column: str | None) -> None:
        self._writer = writer
        self._reader = reader
        self._units = units
        self._id_column = id_column

    def add(self, file: str, batch: Batch, matches: Matches) -> None:
        if len(matches):
            columns = self._as_arrow if self._writer.takes_arrow else self._as_lists
            self._writer.write(columns(file, batch, matches))

    def end(self, file: str) -> None:
        pass

    def _as_lists(self, file: str, batch: Batch, matches: Matches) -> dict[str, Any]:
        found: dict[str, list[Any]] = {name: matches._columns.column(name) for name in ("row", *_FIELDS)}
        rows = found.pop("row")
        front: dict[str, Any] = {"file": [as_text(file)] * len(rows), **self._empty(len(rows))}
        if batch.numbers is None:
            front["line"] = _line_numbers(batch.texts[0], found["start"])
        else:
            front[self._unit(file)] = [batch.numbers[row] for row in rows]
        if self._id_column:
            ids = batch.columns.get(self._id_column, [None] * len(batch.texts))
            ids = ids.to_pylist() if hasattr(ids, "to_pylist") else ids
            front["text_id"] = [ids[row] for row in rows]
        return front | found

    def _unit(self, file: str) -> str:
        return "line" if self._reader.kind(file) == "text" else "row"

    def _empty(self, length: int) -> dict[str, Any]:
        """Return columns for what numbers the texts: of text files and tables together, both."""
        return {unit: [None] * length for unit in self._units}

    def _as_arrow(self, file: str, batch: Batch, matches: Matches) -> dict[str, Any]:
        import pyarrow as pa

        found = matches.to_arrow()
        front: dict[str, Any] = {"file": pa.array([as_text(file)] * len(found)).dictionary_encode()}
        front |= {unit: pa.nulls(len(found), pa.int64()) for unit in self._units}
        if batch.numbers is None:
            front["line"] = _line_numbers(batch.texts[0], found["start"].to_pylist())
        else:
            front[self._unit(file)] = pa.array(batch.numbers, pa.int64()).take(found["row"])
        if self._id_column:
            ids = batch.columns.get(self._id_column, [None] * len(batch.texts))
            front["text_id"] = (ids if hasattr(ids, "take") else pa.array(ids)).take(found["row"])
        return front | {name: found[name] for name in _FIELDS}


def _line_numbers(text: str, starts: Iterable[Any]) -> list[int]:
    numbers: list[int] = []
    line, counted = 1, 0
    for start in starts:
        line += text.count("\n", counted, start)
        counted = start
        numbers.append(line)
    return numbers


def _sections(file: str, batch: Batch, matches: Matches, room: int) -> Iterator[Section]:
    """Give a text with its matches, each file or the first rows with a match, for a page."""
    found: dict[int, list[Match]] = {} if batch.numbers is not None else {0: []}
    for row, match in matches:
        if row not in found and len(found) >= room:
            break
        found.setdefault(row, []).append(match)
    for row, row_matches in found.items():
        if row >= len(batch.texts):
            continue
        text = batch.texts[row]
        number = None if batch.numbers is None else batch.numbers[row]
        yield Section(as_text(file), number, text if isinstance(text, str) else text.as_py(), row_matches)


def _cut(shown: Sequence[Section], texts: int, matches: int) -> str:
    """Say what a page leaves out."""
    rows = sum(bool(section.matches) for section in shown)
    if rows >= texts:
        return ""
    of, every = plural(texts, "text", "texts"), plural(matches, "match", "matches")
    return f"The first {rows:,} of {of} with a match. The legend counts all {every}."


def normalize(args: argparse.Namespace) -> int:
    """Normalize lines of text, or a column of tables."""
    normalizer = Normalizer(args.profile, **dict(args.set))
    return _rewritten(args, lambda texts: normalizer.normalize_batch(texts, threads=args.threads))


def mask(args: argparse.Namespace) -> int:
    """Write the labels of entities in their places, in lines of text or a column of tables."""
    matcher = _matcher(args)
    return _rewritten(args, lambda texts: matcher.mask(texts, args.label))


def _rewritten(args: argparse.Namespace, write: Callable[[Any], Any]) -> int:
    """Write the input with other texts, in its own format or another."""
    run = _Run(args, None, by_line=True)
    kinds = {run.reader.kind(file) for file in run.files}
    default = kinds.pop() if len(kinds) == 1 else "jsonl"
    kind = format_of(args.output, args.format, default, ("text", *_TABLE_FORMATS[1:]))
    if kind == "text" and (kinds or default != "text"):
        raise KayanError("tables can't be written as text: choose --format csv, jsonl or parquet")
    with ExitStack() as stack:
        if kind == "text":
            out = stack.enter_context(whole_file(args.output))
        else:
            writer = stack.enter_context(table_file(args.output, kind))
        for _, batches in run.batches(_to_terminal(args)):
            for batch in batches:
                texts = write(batch.texts)
                if kind == "text":
                    out.write("\n".join(texts) + "\n" * (batch.ends_line and len(texts) > 0))
                else:
                    writer.write({**batch.columns, args.column: texts})
    return 0


def compile_command(args: argparse.Namespace) -> int:
    """Save a matcher."""
    if args.output == STDIN:
        raise KayanError("a matcher can't be written to standard output: name a file with --output")
    matcher = _matcher(args)
    matcher.save(args.output)
    names, size = plural(len(matcher), "entry", "entries"), os.path.getsize(args.output)
    _tell(args, f"{args.output}: {names}, {size:,} bytes")
    return 0


def explain(args: argparse.Namespace) -> int:
    """List the places where the letters of names stand, with what decided on each."""
    text = args.text
    if text is None:
        text = Problems("strict").decode(sys.stdin.buffer.read(), "standard input", 1, 0).removesuffix("\n")
    elif not _is_whole(text):
        raise KayanError("TEXT is not UTF-8: give it on standard input")
    kind = format_of(args.output, args.format, "table", _TABLE_FORMATS)
    decisions = _matcher(args).explain(text, args.label)
    if kind == "table":
        with whole_file(args.output) as out:
            print_aligned(
                (
                    (
                        "+" if one.accepted else "-",
                        f"{one.match.start}-{one.match.end}",
                        one.match.label or "-",
                        one.match.id or "-",
                        one.rule,
                        one.reason,
                        _with_name(one.match.text, one.surface),
                    )
                    for one in decisions
                ),
                out,
            )
    else:
        columns: dict[str, list[Any]] = {
            name: [getattr(one.match, name) for one in decisions] for name in _FIELDS
        }
        for name in ("surface", "accepted", "rule", "reason"):
            columns[name] = [getattr(one, name) for one in decisions]
        with table_file(args.output, kind, list(columns)) as writer:
            writer.write(columns)
    if not decisions:
        _tell(args, "no name stands in this text")
    return 0


def _with_name(text: str, name: str) -> str:
    return text if text == name else f"{text} ({name})"


def completion(args: argparse.Namespace) -> int:
    """Print a script for a shell."""
    from kayan.cli._completion import script

    print(script(args.shell), end="")
    return 0


def describe(args: argparse.Namespace) -> int:
    """Count what texts are made of."""
    run = _Run(args, [], by_line=True)
    kind = format_of(args.output, args.format, "table", _TABLE_FORMATS)
    texts = words = 0
    in_texts: Counter[str] = Counter()
    in_words: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for _, batches in run.batches(results_on_terminal=False):
        for batch in batches:
            how, column = as_column(batch.texts, "describe")
            count = _core.profile_arrow if how == "arrow" else _core.profile_list
            some_texts, some_words, properties = count(column)
            texts += some_texts
            words += some_words
            for name, name_texts, name_words, example in properties:
                in_texts[name] += name_texts
                in_words[name] += name_words
                if example is not None:
                    examples.setdefault(name, example)
    rows = [
        {
            "property": name,
            "texts": in_texts[name],
            "text_share": in_texts[name] / texts if texts else 0.0,
            "words": in_words[name],
            "word_share": in_words[name] / words if words else 0.0,
            "example": examples.get(name),
            "suggestion": suggestion if in_texts[name] else "",
        }
        for name, suggestion in _SUGGESTIONS.items()
    ]
    if kind != "table":
        with table_file(args.output, kind, list(rows[0])) as writer:
            writer.write({name: [row[name] for row in rows] for name in rows[0]})
        return 0
    with whole_file(args.output) as out:
        print(f"{plural(texts, 'text', 'texts')}, {plural(words, 'word', 'words')}", file=out)
        print_aligned(
            [("property", "texts", "share", "words", "share", "suggestion", "example")]
            + [
                (
                    str(row["property"]),
                    f"{row['texts']:,}",
                    f"{row['text_share']:.1%}",
                    f"{row['words']:,}",
                    f"{row['word_share']:.1%}",
                    str(row["suggestion"]),
                    str(row["example"]),
                )
                for row in rows
                if row["texts"]
            ],
            out,
        )
    return 0


def lint(args: argparse.Namespace) -> int:
    """Report what will go wrong with a gazetteer; return 1 if that is more than infos."""
    kind = format_of(args.output, args.format, "table", _TABLE_FORMATS)
    gazetteer = _gazetteer(args.gazetteer)
    sample: list[str | None] | None = None
    if args.files:
        run = _Run(args, [], by_line=True)
        sample = []
        for _, batches in run.batches(results_on_terminal=False):
            for batch in batches:
                sample += batch.texts if isinstance(batch.texts, list) else batch.texts.to_pylist()
    findings = gazetteer.lint(sample)
    columns = {name: findings[name].tolist() for name in findings.columns}
    columns["origin"] = [gazetteer.origin(entry) for entry in columns["entry"]]
    if kind == "table":
        shown = ("severity", "rule", "origin", "name", "detail", "suggestion")
        rows = zip(*(columns[name] for name in shown), strict=True)
        with whole_file(args.output) as out:
            print_aligned(((*front, f"{name}: {detail}; {todo}") for *front, name, detail, todo in rows), out)
    else:
        with table_file(args.output, kind, list(columns)) as writer:
            writer.write(columns)
    severities = Counter(columns["severity"])
    counted = (plural(severities[one], one, f"{one}s") for one in ("error", "warning", "info"))
    _tell(args, ", ".join(counted))
    return 1 if severities["error"] or severities["warning"] else 0


def evaluate_command(args: argparse.Namespace) -> int:
    """Compare what is found with marked texts."""
    options = {"labels": args.labels, "clitics": args.gold_clitics, "documents": args.documents}
    report = evaluate(_matcher(args), args.gold, **options)
    if args.html:
        with whole_file(args.html) as page:
            page.write(report.html())
    kind = args.format or ("json" if str(args.output).lower().endswith(".json") else "table")
    with whole_file(args.output) as out:
        out.write(json.dumps(report.to_dict(), ensure_ascii=False) if kind == "json" else str(report))
        out.write("\n")
    return 0


COMMANDS = {
    "match": match,
    "normalize": normalize,
    "mask": mask,
    "explain": explain,
    "compile": compile_command,
    "describe": describe,
    "lint": lint,
    "evaluate": evaluate_command,
    "completion": completion,
}
