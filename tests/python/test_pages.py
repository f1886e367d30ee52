"""Every page runs: the Python and the command lines of README.md and docs/ do what is shown below them.

The Python blocks of a page run from top to bottom in one namespace. What a block prints is the ``text`` block
behind it, or nothing; a ``pycon`` block is a doctest. In a ``console`` block, each line that begins with ``$ ``
runs in a shell, and prints the lines up to the next. A page that needs more than what the tests install says so,
``<!-- needs: spacy -->``, and belongs to the integration tests; a block that can't run says why,
``<!-- not run: takes a cluster -->``.
"""

import doctest
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.joinpath("docs").rglob("*.md"))]
LANGUAGES = {"console", "csv", "html", "javascript", "json", "pycon", "python", "rust", "sql", "text", "toml"}
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
FENCE = re.compile(r"(<!-- not run: [^>]+? -->\s*)?^( *)```(\w*)[^\n]*\n(.*?)^\2```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of a page, and what stands in the `text` block behind it."""

    line: int
    language: str
    code: str
    runs: bool
    shown: str


def blocks(page):
    text = page.read_text(encoding="utf-8")
    found = [
        (text.count("\n", 0, m.start(3)), m[3], textwrap.dedent(m[4]), not m[1]) for m in FENCE.finditer(text)
    ]
    after = [*found[1:], (0, "", "", True)]
    # The last of `after` has no block before it on a page without any.
    return [
        Block(*block, then[2] if then[1] == "text" else "") for block, then in zip(found, after, strict=False)
    ]


def needs(page):
    return re.findall(r"[\w.]+", " ".join(re.findall(r"<!-- needs: (.+?) -->", page.read_text(encoding="utf-8"))))


def as_printed(text):
    """Without what pandas pads the ends of lines with."""
    return [line.rstrip() for line in text.splitlines()]


def parameters():
    for page in PAGES:
        marks = [pytest.mark.integration] if needs(page) else []
        yield pytest.param(page, marks=marks, id=page.relative_to(ROOT).as_posix())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to write into, with the examples in it; `kayan` on the command line is this one."""
    tmp_path.joinpath("examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    return tmp_path


def in_shell(command):
    shim = f'kayan() {{ "{sys.executable}" -m kayan "$@"; }}\n'
    done = subprocess.run(["bash", "-c", shim + command], capture_output=True, encoding="utf-8", check=False)
    return done.stdout, done.stderr


@pytest.mark.parametrize("page", list(parameters()))
def test_page_does_what_it_shows(page, folder, capsys):
    for library in needs(page):
        pytest.importorskip(library)
    namespace = {"__name__": "__main__"}
    for line, language, code, runs, shown in blocks(page):
        where = f"{page.name}, line {line + 1}"
        if not runs:
            continue
        if language == "python":
            exec(compile("\n" * (line + 1) + code, page.name, "exec"), namespace)
            assert as_printed(capsys.readouterr().out) == as_printed(shown), where
        elif language == "pycon":
            examples = doctest.DocTestParser().get_doctest(code, namespace, where, page.name, line + 1)
            runner = doctest.DocTestRunner(optionflags=FLAGS)
            runner.run(examples, clear_globs=False)
            namespace.update(examples.globs)
            assert not runner.failures, capsys.readouterr().out
        elif language == "console":
            for session in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
                command, _, printed = session.partition("\n")
                out, errors = in_shell(command)
                assert as_printed(out) == as_printed(printed), f"{where}: {command}\n{errors}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_has_a_language(page):
    # README.md is also the front page of the Rust documentation, where a block without one is Rust.
    assert {block.language for block in blocks(page)} <= LANGUAGES
    assert page.read_text(encoding="utf-8").count("```") == 2 * len(blocks(page))
