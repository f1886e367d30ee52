"""The command ``kayan``: find entities in files, or normalize them."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from kayan import _html
from kayan._core import KayanError, __version__, unicode_version
from kayan._gazetteer import Gazetteer
from kayan._inputs import decode
from kayan._matcher import Matcher
from kayan._matches import Match, plural
from kayan._normalizer import Normalizer

_FIELDS = ("file", "line", "start", "end", "text", "label", "id", "name", "prefix")
_MATCH_HELP = """\
Each file is one document; without files, or for "-", standard input is read. Files are UTF-8.
Without --gazetteer and --builtin, all built-in gazetteers are used.

start and end count code points of the file from 0, end exclusive; line counts from 1. Newlines count as they
are in the file (CR LF is two), a byte order mark doesn't count."""
_NORMALIZE_HELP = """\
Files, or standard input, are normalized line by line and written to standard output."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"kayan: error: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, 2 for wrong usage or input, 130 for Ctrl-C."""
    try:
        args = _parser().parse_args(arguments)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone; keep Python from failing again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    except KayanError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 0


def _failed(message: str) -> int:
    print(f"kayan: error: {message}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kayan", description="Arabic text normalization and dictionary entity matching.")
    parser.add_argument(
        "--version", action="version", version=f"kayan {__version__} (Unicode {unicode_version})"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    match = commands.add_parser(
        "match",
        help="find the entities of a gazetteer in files",
        description=_MATCH_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    match.set_defaults(run=_match)
    match.add_argument("files", nargs="*", metavar="FILE")
    match.add_argument("--gazetteer", action="append", default=[], metavar="FILE.csv", help="may be repeated")
    match.add_argument("--builtin", type=_names, default=[], metavar="NAME,...", help="built-in gazetteers")
    match.add_argument("--format", choices=("table", "jsonl", "csv"), default="table", help="default: table")
    match.add_argument("--html", metavar="OUT.html", help="also write the documents with marked entities")
    match.add_argument("--label", action="append", metavar="LABEL", help="only this one; may be repeated")
    match.add_argument("--profile", default="match", help="default: match")
    match.add_argument("--boundary", choices=("word", "none"))
    match.add_argument("--overlap", choices=("longest", "all", "first", "priority"))
    match.add_argument("--clitics", choices=("off", "safe", "all"))

    normalize = commands.add_parser("normalize", help="normalize files", description=_NORMALIZE_HELP)
    normalize.set_defaults(run=_normalize)
    normalize.add_argument("files", nargs="*", metavar="FILE")
    normalize.add_argument("--profile", default="search", help="default: search")
    normalize.add_argument(
        "--set",
        type=_option,
        action="append",
        default=[],
        metavar="OPTION=VALUE",
        help="override an option of the profile, e.g. alef=false, digits=arabic, diacritics=harakat,sukun",
    )
    return parser


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _option(text: str) -> tuple[str, Any]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise argparse.ArgumentTypeError(f"expected OPTION=VALUE, got {text!r}")
    if value in ("true", "false"):
        return name, value == "true"
    if value.isdecimal() and value.isascii():
        return name, int(value)
    return name, tuple(_names(value)) if "," in value or name == "diacritics" else value


def _read(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    for file in files or ["-"]:
        source = "standard input" if file == "-" else file
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        yield file, decode(data, source)


def _match(args: argparse.Namespace) -> None:
    chosen = {"boundary": args.boundary, "overlap": args.overlap, "clitics": args.clitics}
    gazetteer = Gazetteer()
    for file in args.gazetteer:
        gazetteer |= Gazetteer.from_csv(file)
    if args.builtin or not args.gazetteer:
        gazetteer |= Gazetteer.builtin(*args.builtin)
    matcher = Matcher(gazetteer, profile=args.profile, **chosen)
    documents = [(file, text, matcher.find(text, args.label)) for file, text in _read(args.files)]
    if args.html:
        Path(args.html).write_text(_html.page(documents, title="kayan"), encoding="utf-8")
    {"table": _print_table, "jsonl": _print_jsonl, "csv": _print_csv}[args.format](documents)
    total = sum(len(matches) for _, _, matches in documents)
    found = f"{plural(total, 'match', 'matches')} in {plural(len(documents), 'file', 'files')}"
    print(found, file=sys.stderr)


_Documents = list[tuple[str, str, list[Match]]]


def _rows(documents: _Documents) -> Iterator[tuple[object, ...]]:
    for file, text, matches in documents:
        line, counted = 1, 0
        for match in matches:
            line += text.count("\n", counted, match.start)
            counted = match.start
            yield (file, line, *match[:7])


def _print_jsonl(documents: _Documents) -> None:
    for row in _rows(documents):
        print(json.dumps(dict(zip(_FIELDS, row, strict=True)), ensure_ascii=False))


def _print_csv(documents: _Documents) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows(_rows(documents))


def _print_table(documents: _Documents) -> None:
    """Print each entity once per file, by label, the most frequent first.

    Names come last: terminals differ in how wide they draw Arabic letters.
    """
    for file, _, matches in documents:
        if len(documents) > 1:
            print(f"{file}: {plural(len(matches), 'match', 'matches')}")
        counts = Counter((match.label or "-", match.id or "-", match.name) for match in matches)
        found = sorted(counts.items(), key=lambda item: (item[0][0], -item[1]))
        _print_aligned((label, f"{count:,}", id, name) for (label, id, name), count in found)


def _print_aligned(rows: Iterable[Sequence[str]]) -> None:
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    for *front, last in cells:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(front, widths, strict=True)), last]))


def _normalize(args: argparse.Namespace) -> None:
    normalizer = Normalizer(args.profile, **dict(args.set))
    for _, text in _read(args.files):
        sys.stdout.write("\n".join(normalizer.normalize_batch(text.split("\n"))))
