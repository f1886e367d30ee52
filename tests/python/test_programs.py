"""Whole programs that were written for other tools run with a changed import, and print the same.

`tests/programs` has the programs with the import of the tool, and beside each what it prints with that tool
(PyArabic 0.6.15, flashtext 2.7, pyahocorasick 2.3.1). Where the tool is installed, it runs too.
``KAYAN_UPDATE=1`` with the tools installed writes what they print.
"""

import contextlib
import io
import os
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parents[1] / "programs"
# program, module of the tool, its import, the import that takes its place
IMPORTS = [
    ("cleaner", "pyarabic", "import pyarabic.araby as araby", "import kayan.compat.pyarabic as araby"),
    ("tagger", "flashtext", "from flashtext import", "from kayan.compat.flashtext import"),
    ("counter", "ahocorasick", "import ahocorasick", "import kayan.compat.pyahocorasick as ahocorasick"),
]


def printed(source, name):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, name, "exec"), {"__name__": "__main__"})
    return out.getvalue()


@pytest.mark.parametrize(("name", "module", "before", "after"), IMPORTS)
def test_a_changed_import_is_all(name, module, before, after):
    source = PROGRAMS.joinpath(f"{name}.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) >= 50
    assert source.count(before) == 1
    expected = PROGRAMS.joinpath(f"{name}.txt").read_text(encoding="utf-8")
    assert printed(source.replace(before, after), name) == expected


@pytest.mark.parametrize(("name", "module", "before", "after"), IMPORTS)
def test_the_tool_itself_prints_that(name, module, before, after):
    pytest.importorskip(module)
    source = PROGRAMS.joinpath(f"{name}.py").read_text(encoding="utf-8")
    target = PROGRAMS / f"{name}.txt"
    if os.environ.get("KAYAN_UPDATE") == "1":
        target.write_text(printed(source, name), encoding="utf-8")
    assert printed(source, name) == target.read_text(encoding="utf-8")
