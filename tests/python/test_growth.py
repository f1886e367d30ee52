"""Time grows with the size of what is given, not with its square; absurd numbers of threads are refused."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kayan

pytest.importorskip("pandas")  # of lint

spec = importlib.util.spec_from_file_location("growth", Path(__file__).parents[2] / "benches" / "growth.py")
growth = importlib.util.module_from_spec(spec)
spec.loader.exec_module(growth)


@pytest.mark.parametrize("case", growth.CASES, ids=lambda case: case.__name__)
def test_time_grows_with_the_size(case):
    # What is quadratic takes 256 times as long for 16 times as much. The least of some tries, since the machine
    # has other things to do.
    small = growth.CASES[case] * 2
    ratio = min(
        growth.seconds(case(small * 16), least=1e-9) / max(growth.seconds(case(small), least=1e-9), 1e-4)
        for _ in range(4)
    )
    assert ratio < 80


@pytest.mark.parametrize("threads", [4097, 10**9, 10**30])
def test_absurd_numbers_of_threads_are_refused(threads):
    for run in (kayan.Matcher(["دبي"]).find_batch, kayan.Normalizer().normalize_batch):
        with pytest.raises(kayan.KayanError, match="threads must be at most 4,096"):
            run(["x"], threads=threads)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads can't be counted")
def test_no_more_threads_than_a_small_multiple_of_the_processors():
    before = len(list(Path("/proc/self/task").iterdir()))
    texts = ["إلى دبي " * 40_000] * 8
    assert len(kayan.Matcher(["دبي"]).find_batch(texts, threads=4096)) == 8 * 40_000
    assert len(list(Path("/proc/self/task").iterdir())) - before <= 8 * os.cpu_count()


# A process of its own: an interrupt that falls into what the test runner calls on the side is lost.
INTERRUPTED = """
import signal, sys, time
import kayan

run, text = getattr(kayan.Matcher(["دبي"]), sys.argv[1]), "دبي " * 2_000_000
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.2)
start = time.monotonic()
try:
    run(text)
except KeyboardInterrupt:
    print(time.monotonic() - start)
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
@pytest.mark.parametrize("method", ["find", "explain"])
def test_ctrl_c_stops_the_work_on_one_long_text(method):
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, method], check=False, capture_output=True, timeout=60
    )
    assert result.stderr == b""
    assert float(result.stdout) < 5
