"""Every page runs: the Python and the command lines of README.md and docs/ do what is shown below them.

The Python blocks of a page run from top to bottom in one namespace. What a block prints stands in a ``text`` block
after it; one that prints nothing has none. A ``pycon`` block is a doctest. In a ``console`` block each line that
begins with ``$ `` runs in a shell, and prints the lines up to the next; one without such a line is not run. A page
that needs more libraries than the tests install says so, ``<!-- needs: spacy -->``, and belongs to the integration
tests; a block that can't run says why, ``<!-- not run: takes a cluster -->``.

``KAYAN_UPDATE=1 pytest tests/python/test_pages.py`` writes what is printed now into the pages.
"""

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.joinpath("docs").rglob("*.md"))]
UPDATE = os.environ.get("KAYAN_UPDATE") == "1"
LANGUAGES = {"console", "csv", "html", "javascript", "json", "pycon", "python", "rust", "sql", "text", "toml"}
FENCE = re.compile(
    r"(?P<head>(?P<skip><!-- not run: [^>]+ -->\s*)?^(?P<space> *)```(?P<language>\w*)\n)(?P<code>.*?)^(?P=space)```\n"
    r"(?P<below>\n(?P=space)```text\n.*?^(?P=space)```\n)?",
    re.MULTILINE | re.DOTALL,
)
SHIM = f'kayan() {{ "{sys.executable}" -m kayan "$@"; }}\n'


def needs(page):
    return re.findall(r"<!-- needs: (.+?) -->", page.read_text(encoding="utf-8"))


def as_shown(text):
    """Return the text without the blanks with which pandas pads lines."""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def printed_by(code, namespace, where):
    page, line = where
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile("\n" * line + code, page, "exec"), namespace)
    return as_shown(out.getvalue())


def run_doctest(code, namespace, where):
    example = doctest.DocTestParser().get_doctest(code, namespace, "the page", *where)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    report = io.StringIO()
    runner.run(example, out=report.write, clear_globs=False)
    namespace.update(example.globs)
    assert not runner.failures, report.getvalue()


def run_commands(code):
    commands = re.findall(r"^\$ ((?:.*\\\n)*.*)$", code, re.MULTILINE)
    for command in commands:
        shell = ["bash", "-c", SHIM + command]
        done = subprocess.run(shell, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        assert done.returncode == 0, f"failed: {command}"
        yield f"$ {command}\n{as_shown(done.stdout)}"
    if not commands:
        yield code


def as_run(page):
    """Return the text of a page with what its blocks print now."""
    namespace = {"__name__": "__main__"}
    text = page.read_text(encoding="utf-8")

    def run(block):
        where = (str(page), text.count("\n", 0, block.start("code")))
        head, space, code = block["head"], block["space"], dedent(block["code"])
        if not block["skip"] and block["language"] == "python":
            shown = printed_by(code, namespace, where)
            below = indent(f"\n```text\n{shown}```\n", space) if shown else ""
            return f"{head}{block['code']}{space}```\n{below}"
        if not block["skip"] and block["language"] == "console":
            return f"{head}{indent(''.join(run_commands(code)), space)}{space}```\n{block['below'] or ''}"
        if not block["skip"] and block["language"] == "pycon":
            run_doctest(code, namespace, where)
        return block[0]

    return FENCE.sub(run, text)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            marks=[pytest.mark.integration] if needs(page) else [],
            id=page.relative_to(ROOT).as_posix(),
        )
        for page in PAGES
    ],
)
def test_page_does_what_it_shows(page, tmp_path, monkeypatch):
    for libraries in needs(page):
        for library in libraries.split(", "):
            pytest.importorskip(library)
    # A folder to write into, with the examples in it.
    tmp_path.joinpath("examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    now = as_run(page)
    if UPDATE:
        page.write_text(now, encoding="utf-8")
    assert now.splitlines() == page.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_has_a_language(page):
    # README.md is also the front page of the Rust documentation, where a block without one is Rust.
    fences = re.findall(r"^ *```(\w*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*fences[::2]} <= LANGUAGES
    assert not any(fences[1::2])
