"""What can be asked of the command ``kayan``."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from kayan._core import __version__, unicode_version
from kayan.cli._files import known_encoding

_TABLES = ("csv", "jsonl", "parquet")
_INPUT = """\
Files are plain text, CSV (.csv, .tsv), JSON Lines (.jsonl, .ndjson) or Parquet (.parquet, .pq): their names
say which, or --input-format. With .gz or .zst behind they are decompressed. All but Parquet are UTF-8, or
what --encoding says. Names may be patterns (news/*.csv) and folders, whose files are read with those of the
folders in them. Without files, or for "-", standard input is read. However large the files are, memory stays
bounded"""
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
    "mask": f"""\
Write [LABEL] for the entities of gazetteers, in plain text line by line or in a column of tables whose other
columns stay as they are. Clitics stay: وللقاهرة becomes ول[LOC]. Without --gazetteer and --builtin, all
built-in gazetteers are used. The output has the format of the input, unless --format or the suffix of
--output says otherwise.

{_INPUT}.""",
    "compile": """\
Build a matcher and save it, for --matcher and Matcher.load: a start in milliseconds, however many names there
are. The options belong to the matcher, and can't be changed afterwards.""",
    "explain": """\
List every place of a text where the letters of a name stand, with the rule that decided whether it is found.

start and end count code points of the text from 0, end exclusive.""",
    "completion": """\
Print a script that completes commands, options and their values.

  bash  kayan completion bash > ~/.local/share/bash-completion/completions/kayan
  zsh   kayan completion zsh > _kayan     into a folder of $fpath
  fish  kayan completion fish > ~/.config/fish/completions/kayan.fish""",
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


def parser() -> argparse.ArgumentParser:  # noqa: PLR0915 (a list, line by line)
    """Return the parser; its result has the name of the command in `command`."""
    top = _Parser(
        prog="kayan",
        description="Arabic text normalization and dictionary entity matching.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "-V", "--version", action="version", version=f"kayan {__version__} (Unicode {unicode_version})"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=summary,
            description=_DESCRIPTIONS[name],
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.add_argument(
            "-q", "--quiet", action="store_true", help="nothing on standard error but what went wrong"
        )
        return made

    match = command("match", "find the entities of gazetteers in files")
    _add_input(match, "FILE")
    match.add_argument("--id-column", metavar="NAME", help="a column to write beside each match, as text_id")
    match.add_argument("--lines", action="store_true", help="each line of plain text is a text")
    _add_gazetteers(match)
    _add_label(match)
    _add_output(match, ("table", *_TABLES), "table")
    match.add_argument("--html", metavar="OUT.html", help="also write the texts with marked entities")
    _add_threads(match)

    normalize = command("normalize", "normalize files")
    _add_input(normalize, "FILE")
    normalize.add_argument("--profile", default="search", help="default: search")
    _add_set(normalize, "alef=false, digits=arabic, diacritics=harakat,sukun")
    _add_output(normalize, ("text", *_TABLES), "that of the input")
    _add_threads(normalize)

    mask = command("mask", "write [LABEL] for the entities in files")
    _add_input(mask, "FILE")
    _add_gazetteers(mask)
    _add_label(mask)
    _add_output(mask, ("text", *_TABLES), "that of the input")

    explain = command("explain", "tell why names are found in a text, or not")
    explain.add_argument("text", nargs="?", metavar="TEXT", help="default: standard input")
    _add_gazetteers(explain)
    _add_label(explain)
    _add_output(explain, ("table", *_TABLES), "table")

    compile_ = command("compile", "save a matcher")
    _add_gazetteers(compile_, saved=False)
    compile_.add_argument("--output", required=True, metavar="FILE.kayan", help="the saved matcher")

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

    shell = command("completion", "print a script that completes commands in a shell")
    shell.add_argument("shell", choices=("bash", "zsh", "fish"))
    return top


def summaries() -> str:
    """Return what bare ``kayan`` prints."""
    commands = {name: text for name, text in parsers()[0]}
    width = max(map(len, commands))
    lines = "\n".join(f"  {name:{width}}  {text}" for name, text in commands.items())
    return f"""\
kayan {__version__}: Arabic text normalization and dictionary entity matching

{lines}

  kayan match news.txt    the built-in names in a file
  kayan COMMAND --help    every option, with what it does"""


def parsers() -> tuple[list[tuple[str, str]], dict[str, argparse.ArgumentParser]]:
    """Return the commands with what they do, and the parser of each."""
    (action,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return [(one.dest, one.help or "") for one in action._choices_actions], dict(action.choices)


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
    command.add_argument(
        "--encoding",
        type=_encoding,
        default="utf-8",
        metavar="NAME",
        help="of the files, e.g. windows-1256 (default: utf-8); auto: for each file UTF-8, UTF-16 or "
        "Windows-1256, whichever its beginning looks like",
    )


def _add_output(command: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    command.add_argument("--output", metavar="FILE", help="default: standard output")
    command.add_argument(
        "--format", choices=formats, help=f"default: by the suffix of --output, else {default}"
    )


def _add_threads(command: argparse.ArgumentParser) -> None:
    command.add_argument("--threads", type=int, metavar="N", help="default: one for each processor")


def _add_label(command: argparse.ArgumentParser) -> None:
    command.add_argument("--label", action="append", metavar="LABEL", help="only this one; may be repeated")


def _add_set(command: argparse.ArgumentParser, examples: str) -> None:
    command.add_argument(
        "--set",
        type=_option,
        action="append",
        default=[],
        metavar="OPTION=VALUE",
        help=f"set any option, e.g. {examples}; may be repeated",
    )


def _add_gazetteers(command: argparse.ArgumentParser, saved: bool = True) -> None:
    if saved:
        command.add_argument(
            "--matcher", metavar="FILE.kayan", help="a saved matcher, instead of gazetteers and options"
        )
    command.add_argument(
        "--gazetteer",
        action="append",
        default=[],
        metavar="FILE",
        help=".csv, .tsv or .jsonl; may be repeated",
    )
    command.add_argument("--builtin", type=_names, default=[], metavar="NAME,...", help="built-in gazetteers")
    command.add_argument("--profile", help="default: match")
    _add_set(command, "enclitics=true, min_stem=3, never_split=وسام,ولاء")
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


def _encoding(name: str) -> str:
    try:
        return known_encoding(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


# Options whose value is a list, also if it has one element.
_LISTS = ("diacritics", "stop_words", "never_split", "common_words", "name_variants")


def _option(text: str) -> tuple[str, Any]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise argparse.ArgumentTypeError(f"expected OPTION=VALUE, got {text!r}")
    name = name.replace("-", "_")
    if value in ("true", "false"):
        return name, value == "true"
    if value.isdecimal() and value.isascii():
        return name, int(value)
    if name in _LISTS and value != "all":
        return name, tuple(_names(value))
    return name, value


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
