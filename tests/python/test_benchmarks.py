"""The comparison with other tools runs, and what is written of it is what it measured."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPARE = ROOT / "benches" / "compare"
WRITTEN = ROOT / "docs" / "benchmarks"
PEERS = ROOT / ".venv-bench" / "bin" / "python"


def run(python, *arguments):
    return subprocess.run(
        [python, COMPARE, "--quick", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, COMPARE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rows_that_need_no_peer(tmp_path):
    done = run(sys.executable, "--rows", "2,5,12,13,14,15", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert list(results["rows"]) == ["2", "5", "12", "13", "14", "15"]
    assert all(times["median"] > 0 for row in results["rows"].values() for times in row["times"].values())
    assert not any(row["reached"] for row in results["rows"].values())  # the targets are for the whole
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == loaded("report").page(results)


def test_wrong_rows_are_refused():
    done = run(sys.executable, "--rows", "2,99")
    assert done.returncode == 2
    assert "unknown rows: 99" in done.stderr


@pytest.mark.skipif(not PEERS.exists(), reason="`make bench-quick` installs the peers")
def test_every_row(tmp_path):
    done = run(PEERS, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert list(results["rows"]) == [str(number) for number in range(1, 16)]
    assert {path.name for path in tmp_path.glob("*.svg")} == {"dictionary.svg", "text.svg", "threads.svg"}


@pytest.mark.skipif(not (WRITTEN / "results.json").exists(), reason="`make bench` writes it")
def test_the_tables_are_those_of_the_results():
    report = loaded("report")
    results = json.loads((WRITTEN / "results.json").read_text(encoding="utf-8"))
    assert (WRITTEN / "README.md").read_text(encoding="utf-8") == report.page(results)
    shown = report.MARKERS.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown[0] == report.readme(results)
