"""What can be asked of the command ``kayan``."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from kayan._core import __version__, unicode_version

_TABLES = ("csv", "jsonl", "parquet")
_INPUT = """\
Files are plain text, CSV (.csv, .tsv), JSON Lines (.jsonl, .ndjson) or Parquet (.parquet, .pq): their names
say which, or --input-format. All but Parquet are UTF-8. Names may be patterns (news/*.csv). Without files, or
for "-", standard input is read. However large the files are, memory stays bounded"""
_EPILOG = """\
exit codes:
  0    done
  1    kayan lint found errors or warnings
  2    wrong usage, input or output
  130  stopped by Ctrl-C

An output file is there as a whole or not at all."""
_DESCRIPTIONS = {
    "match": f"""\
Find the entities of gazetteers. Without --gazetteer and --builtin, all built-in gazetteers are used.

{_INPUT};
but a file of plain text is one text, unless --lines.

The table that is printed by default has each entity with its number, for each file. As csv, jsonl or
parquet there is a row for each match: file, line or row, start, end, text, label, id, name, prefix; and
text_id after the row, if --id-column is given.

start and end count code points of the text from 0, end exclusive. In plain text, line counts from 1, newlines
count as they are in the file (CR LF is two), and a byte order mark doesn't count. In a table, row counts
from 0.""",
    "normalize": f"""\
Normalize plain text line by line, or a column of tables whose other columns stay as they are. The output has
the format of the input, unless --format or the suffix of --output says otherwise.

{_INPUT}.""",
    "describe": f"""\
Count what texts are made of, to choose a profile and its options by. Each line of plain text is a text.

{_INPUT}.""",
    "lint": f"""\
Look for entries of a gazetteer that will be found too often, too rarely or together with others. TEXTS are a
sample of what is to be searched: with them, also for entries that are suspiciously frequent or absent there.
Each line of plain text is a text.

{_INPUT};
but the sample is kept as a whole.""",
    "evaluate": """\
Compare what is found with texts whose entities are marked: precision, recall and F by label, by span and by
token, and the most frequent mistakes in context.

A gold set is JSON, lines or one array (text, entities: [[start, end, label], ...], in code points), lines of
token, tab and IOB tag with a blank line between sentences (.conll, .iob, .bio, .tsv, .txt), or lines of text
with [words](LABEL) in them (.md, .txt); .gz is read too.""",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"kayan: error: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser; its result has the name of the command in `command`."""
    top = _Parser(
        prog="kayan",
        description="Arabic text normalization and dictionary entity matching.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "--version", action="version", version=f"kayan {__version__} (Unicode {unicode_version})"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=_DESCRIPTIONS[name],
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    match = command("match", "find the entities of gazetteers in files")
    _add_input(match, "FILE")
    match.add_argument("--id-column", metavar="NAME", help="a column to write beside each match, as text_id")
    match.add_argument("--lines", action="store_true", help="each line of plain text is a text")
    _add_gazetteers(match)
    match.add_argument("--label", action="append", metavar="LABEL", help="only this one; may be repeated")
    _add_output(match, ("table", *_TABLES), "table")
    match.add_argument("--html", metavar="OUT.html", help="also write the texts with marked entities")
    _add_threads(match)

    normalize = command("normalize", "normalize files")
    _add_input(normalize, "FILE")
    normalize.add_argument("--profile", default="search", help="default: search")
    normalize.add_argument(
        "--set",
        type=_option,
        action="append",
        default=[],
        metavar="OPTION=VALUE",
        help="override an option of the profile, e.g. alef=false, digits=arabic, diacritics=harakat,sukun",
    )
    _add_output(normalize, ("text", *_TABLES), "that of the input")
    _add_threads(normalize)

    describe = command("describe", "count what texts are made of")
    _add_input(describe, "FILE")
    _add_output(describe, ("table", *_TABLES), "table")

    lint = command("lint", "look for entries that will be found wrongly")
    lint.add_argument("gazetteer", metavar="GAZETTEER", help="a .csv, .tsv or .jsonl file")
    _add_input(lint, "TEXTS")
    _add_output(lint, ("table", *_TABLES), "table")

    evaluate = command("evaluate", "compare what is found with marked texts")
    evaluate.add_argument("--gold", required=True, metavar="FILE", help="the marked texts")
    _add_gazetteers(evaluate)
    evaluate.add_argument(
        "--labels",
        type=_mapping,
        metavar="coarse|A=B,...",
        help="what to call labels on both sides: B for A, nothing (A=) to leave A out; "
        "coarse: LOC, ORG, PER and MISC for the built-in and the usual ones; coarse,A=B: both",
    )
    evaluate.add_argument(
        "--gold-clitics",
        choices=("either", "outside", "inside"),
        default="either",
        help="where marked entities have the clitics of their words (default: either is right)",
    )
    evaluate.add_argument(
        "--documents",
        type=int,
        metavar="N",
        help="join N texts in a row to one, for sentences that have lost their documents",
    )
    evaluate.add_argument("--html", metavar="OUT.html", help="also write the report as a page")
    _add_output(evaluate, ("table", "json"), "table")
    return top


def _add_input(command: argparse.ArgumentParser, files: str) -> None:
    command.add_argument("files", nargs="*", metavar=files)
    command.add_argument(
        "--column", default="text", metavar="NAME", help="the column of the texts (default: text)"
    )
    command.add_argument(
        "--input-format", choices=("text", *_TABLES), help="default: by the names of the files, else text"
    )
    command.add_argument(
        "--errors",
        choices=("strict", "replace", "skip"),
        default="strict",
        help="for bytes that aren't UTF-8 and rows that can't be read: stop (the default); put U+FFFD and "
        "rows without a text in their place; or leave the row or text out. Standard error says how many they "
        "were",
    )


def _add_output(command: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    command.add_argument("--output", metavar="FILE", help="default: standard output")
    command.add_argument(
        "--format", choices=formats, help=f"default: by the suffix of --output, else {default}"
    )


def _add_threads(command: argparse.ArgumentParser) -> None:
    command.add_argument("--threads", type=int, metavar="N", help="default: one for each processor")


def _add_gazetteers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--gazetteer",
        action="append",
        default=[],
        metavar="FILE",
        help=".csv, .tsv or .jsonl; may be repeated",
    )
    command.add_argument("--builtin", type=_names, default=[], metavar="NAME,...", help="built-in gazetteers")
    command.add_argument("--profile", default="match", help="default: match")
    command.add_argument("--boundary", choices=("word", "none"))
    command.add_argument("--overlap", choices=("longest", "all", "first", "priority"))
    command.add_argument("--clitics", choices=("off", "safe", "all"))
    command.add_argument(
        "--no-require-context",
        dest="require_context",
        action="store_false",
        default=None,
        help="find ambiguous names wherever they stand",
    )
    command.add_argument(
        "--no-name-rules",
        dest="name_rules",
        action="store_false",
        default=None,
        help="find only names that a gazetteer has, and none that rules compose",
    )


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


def _mapping(text: str) -> dict[str, str | None]:
    from kayan._evaluate import COARSE

    mapping: dict[str, str | None] = {}
    for part in _names(text):
        old, equals, new = (piece.strip() for piece in part.partition("="))
        if part == "coarse":
            mapping = {**COARSE, **mapping}
        elif equals and old:
            mapping[old] = new or None
        else:
            raise argparse.ArgumentTypeError(f"expected coarse or A=B, got {part!r}")
    return mapping
