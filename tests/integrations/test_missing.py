"""Integrations import nothing until they are used, and their errors say what to install."""

import subprocess
import sys

import pytest

import kayan

NEEDS = [
    ("pandas", "pandas", "pandas"),
    ("polars", "polars", "polars"),
    ("arrow", "pyarrow", "pyarrow"),
    ("duckdb", "duckdb", "duckdb and pyarrow"),
    ("duckdb", "pyarrow", "duckdb and pyarrow"),
]


@pytest.mark.parametrize(("module", "missing", "needed"), NEEDS)
def test_a_missing_library_is_named(module, missing, needed, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    for loaded in ("arrow", module):
        monkeypatch.delitem(sys.modules, f"kayan.{loaded}", raising=False)
        monkeypatch.delattr(kayan, loaded, raising=False)
    message = f'kayan.{module} needs {needed}: pip install "kayan[{module}]"'
    with pytest.raises(ImportError) as raised:
        __import__(f"kayan.{module}")
    assert str(raised.value) == message


def test_importing_kayan_imports_no_library():
    code = "import sys, kayan; print(sorted({'pandas', 'polars', 'pyarrow', 'duckdb', 'numpy'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
