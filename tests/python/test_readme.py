"""What README.md shows is what happens: its Python, its command lines and its table of examples."""

import re
import shlex
import textwrap
from pathlib import Path

import pytest

import kayan
from kayan.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    (language, textwrap.dedent(content))
    for _, language, content in re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", README, re.MULTILINE | re.DOTALL)
]
EXAMPLES = [
    [cell.strip(" `").replace(r"\n", "\n") for cell in line.strip("|").split("|")]
    for line in README.partition("| in the text |")[2].partition("\n\n")[0].splitlines()[2:]
]


@pytest.fixture(autouse=True)
def in_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def as_printed(text):
    """Without what pandas pads the ends of lines with."""
    return [line.rstrip() for line in text.splitlines()]


def test_python_prints_what_is_shown(capsys):
    namespace = {}
    ran = 0
    for (language, code), (after, shown) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        if language != "python":
            continue
        exec(compile(code, "README.md", "exec"), namespace)
        printed = capsys.readouterr().out
        assert as_printed(printed) == (as_printed(shown) if after == "text" else []), code
        ran += 1
    assert ran


def test_command_lines_print_what_is_shown(capsys):
    sessions = [content for language, content in BLOCKS if language == "console" and content.startswith("$ ")]
    assert sessions
    for session in sessions:
        command, _, shown = session.partition("\n")
        program, *arguments = shlex.split(command.removeprefix("$ "))
        assert program == "kayan"
        assert main(arguments) == 0
        assert as_printed(capsys.readouterr().out) == as_printed(shown), command


@pytest.mark.parametrize("row", EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_table_of_examples(row):
    _, text, name, found, place = row
    matches = [(m.text, f"{m.start}, {m.end}") for m in kayan.Matcher([name]).find(text)]
    assert matches == ([] if found == "nothing" else [(found, place)])


def test_every_block_has_a_language():
    # README.md is also the front page of the Rust documentation, where a block without one is Rust.
    assert {language for language, _ in BLOCKS} == {"console", "python", "rust", "text"}
    assert README.count("```") == 2 * len(BLOCKS)
