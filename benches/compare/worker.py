"""What is measured in a process of its own: building, loading, and the memory that they take.

Usage: ``worker.py build TABLE FILE`` builds a matcher from an Arrow table and saves it; ``worker.py load FILE
TEXTS [wait]`` loads it and finds names. Both print JSON; `wait` keeps the process until its input ends.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import kayan


def memory(process: int | str = "self") -> dict[str, int]:
    """Return the bytes that a process holds in memory (Linux), and those that no other process shares with it."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    found = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
    return {"rss": found["Rss"], "own": found["Private_Clean"] + found["Private_Dirty"]}


def peak() -> int:
    """Return the most that this process has held since `forget_peak`."""
    (line,) = (s for s in Path("/proc/self/status").read_text().splitlines() if s.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def timed(run: Callable[[], kayan.Matcher]) -> tuple[float, kayan.Matcher]:
    begin = time.perf_counter()
    made = run()
    return time.perf_counter() - begin, made


def build(table: str, file: str) -> None:
    import pyarrow as pa

    with pa.OSFile(table) as source:
        columns = pa.ipc.open_file(source).read_all()
    kayan.Matcher(columns.slice(0, 10))  # what is imported on first use
    before = memory()["rss"]
    forget_peak()
    seconds, matcher = timed(lambda: kayan.Matcher(columns))
    found = {"seconds": seconds, "peak": peak() - before, "kept": memory()["rss"] - before}
    print(json.dumps({**found, "entries": len(matcher), "said": matcher.memory_usage}))
    matcher.save(file)


def load(file: str, texts: str, wait: bool) -> None:
    lines = Path(texts).read_text(encoding="utf-8").split("\n")
    kayan.Matcher(["بغداد"]).find_batch(lines, threads=1)  # what is imported and allocated on first use
    before = memory()
    seconds, matcher = timed(lambda: kayan.Matcher.load(file))
    found = len(matcher.find_batch(lines, threads=1))
    after = memory()
    kept = {key: after[key] - before[key] for key in ("rss", "own")}
    print(json.dumps({"seconds": seconds, "found": found, "own before": before["own"], **kept}), flush=True)
    if wait:
        sys.stdin.read()


def main() -> None:
    task, *rest = sys.argv[1:]
    if task == "build":
        build(*rest)
    else:
        load(*rest[:2], wait="wait" in rest)


if __name__ == "__main__":
    main()
