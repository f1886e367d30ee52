"""Compare kayan with its peers: the Python part of `make bench`.

Usage: ``python benches/compare [--data DIR --about TEXT] [--rows 1,6,7] [--quick] [--out DIR]``

Without ``--data``, the texts and names are made (`peers/make_data.py`); the shape of a folder is told in
`corpora.py`. A whole run takes about ten minutes and writes ``docs/benchmarks`` and the section of README.md.
With ``--rows`` (numbers of the table, or finders, normalizers, text, threads) only these are measured, and with
``--quick`` a fiftieth of everything, in a minute, whose figures say little; both write only where ``--out`` says.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import report
from corpora import QUICK, ROOT, Corpora, made
from peers import versions
from rows import ROWS
from series import SERIES

# Rows whose memory is read from Linux's /proc.
READ_PROC = ("12", "13", "14")


def environment(data: Corpora) -> dict[str, Any]:
    """Return the machine, the commit and the day."""
    return {
        "cpu": processor(),
        "cores": os.cpu_count(),
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": commit(),
        "date": date.today().isoformat(),
        "data": data.describe(),
    }


def processor() -> str:
    if Path("/proc/cpuinfo").exists():
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def commit() -> str:
    run = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=, with changes", "--exclude=*"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def measure(chosen: list[str], data: Corpora) -> report.Results:
    """Return all that is written of the chosen rows and series."""
    results: report.Results = {
        "environment": environment(data),
        "versions": versions(),
        "rows": {},
        "series": {},
    }
    begin = time.perf_counter()

    def log(line: str) -> None:
        print(f"{time.perf_counter() - begin:4.0f} s  {line}", flush=True)

    for name in chosen:
        if name in SERIES:
            results["series"][name] = SERIES[name](data, log)
        else:
            results["rows"][name] = (row := asdict(ROWS[name](data)))
            row["times"] = {way: times._asdict() for way, times in row["times"].items()}
            if data.scale > 1:  # the targets are for the whole of it
                row["reached"] = None
            log(f"{name:>2}  {row['figure']:<16} {row['work']}: {row['ours']}; {row['theirs'] or '–'}")
    # As it will be read again.
    return dict(json.loads(json.dumps(results)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare kayan with its peers.")
    parser.add_argument("--data", type=Path, help="a folder with corpus/ and gazetteers/")
    parser.add_argument("--about", default="texts of our own", help="what is in that folder, for the tables")
    parser.add_argument("--rows", help="numbers of the table, or: " + ", ".join(SERIES))
    parser.add_argument("--quick", action="store_true", help="a fiftieth of everything")
    parser.add_argument("--out", type=Path, help="where to write the tables")
    given = parser.parse_args()
    every = [name for name in (*ROWS, *SERIES) if name not in READ_PROC or sys.platform == "linux"]
    chosen = given.rows.split(",") if given.rows else every
    if unknown := set(chosen) - set(every):
        parser.error(f"unknown rows: {', '.join(sorted(unknown))}; rows: {', '.join(every)}")
    scale = QUICK if given.quick else 1
    data = Corpora(given.data, given.about, scale, scale) if given.data else made(scale)
    results = measure(chosen, data)
    whole = chosen == every and not given.quick
    out = given.out or (ROOT / "docs" / "benchmarks" if whole else None)
    if out:
        report.write(results, out)
    if whole and not given.out:
        report.put_into(ROOT / "README.md", report.readme(results))


if __name__ == "__main__":
    main()
