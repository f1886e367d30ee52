"""Threads, forks and interrupts: batches keep their promises outside the main path."""

import multiprocessing
import signal
import subprocess
import sys
import threading
import time

import pytest

import kayan

TEXTS = ["سافر الوفد إلى القاهرة ثم عاد إلى بغداد في اليوم التالي"] * 20_000


@pytest.fixture(scope="module")
def matcher():
    return kayan.Matcher({"القاهرة": "CITY", "بغداد": "CITY"})


def columns(matches):
    return [(row, tuple(match)) for row, match in matches]


def test_one_thread_and_many_give_the_same(matcher):
    texts = [f"{text} {number}" for number, text in enumerate(TEXTS)]
    one = matcher.find_batch(texts, threads=1)
    assert len(one) == 2 * len(texts)
    assert columns(matcher.find_batch(texts, threads=4)) == columns(one)
    normalizer = kayan.Normalizer()
    assert normalizer.normalize_batch(texts, threads=4) == normalizer.normalize_batch(texts, threads=1)


def test_a_huge_text_among_small_ones(matcher):
    huge = " ".join(TEXTS)
    found = matcher.find_batch(["القاهرة", huge, "بغداد"], threads=2)
    assert len(found) == 2 + 2 * len(TEXTS)
    assert [row for row, _ in found][:2] == [0, 1]
    assert found[-1][0] == 2


def count_in_child(matcher, texts, results):
    results.put(
        (len(matcher.find_batch(texts, threads=2)), len(kayan.Normalizer().normalize_batch(texts, threads=2)))
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_works_after_the_parent_used_its_threads(matcher):
    assert len(matcher.find_batch(TEXTS, threads=2)) == 2 * len(TEXTS)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=count_in_child, args=(matcher, TEXTS, results))
    child.start()
    try:
        assert results.get(timeout=60) == (2 * len(TEXTS), len(TEXTS))
    finally:
        child.join(10)
        if child.is_alive():
            child.kill()


def test_python_threads_share_a_matcher(matcher):
    counts = []
    threads = [
        threading.Thread(target=lambda: counts.append(len(matcher.find_batch(TEXTS[:2000], threads=2))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts == [4000] * 8


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")
def test_ctrl_c_stops_a_batch(matcher):
    texts = [" ".join(TEXTS)] * 200
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            matcher.find_batch(texts)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert time.monotonic() - start < 10


def test_progress_counts_rows_to_the_end(matcher):
    seen = []
    matcher.find_batch(TEXTS * 5, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 5 * len(TEXTS)
    assert len(seen) > 1


@pytest.mark.parametrize("threads", [0, -1, 1.5, "2"])
def test_a_count_of_threads_is_checked(matcher, threads):
    with pytest.raises(kayan.KayanError, match="threads must be a whole number"):
        matcher.find_batch(["x"], threads=threads)
    with pytest.raises(kayan.KayanError, match="threads must be a whole number"):
        kayan.Normalizer().normalize_batch(["x"], threads=threads)


FORK_DURING_FIRST_USE = """
import os, signal, sys, threading, time
import kayan

def work():
    kayan.Matcher({"القاهرة": "CITY"}, profile=sys.argv[2]).find_batch(["إلى القاهرة"] * 3)
    kayan.Normalizer("social").align("القاهرة http://x.com")
    kayan.describe_texts(["القاهرة"])

thread = threading.Thread(target=work)
thread.start()
time.sleep(float(sys.argv[1]))
child = os.fork()
if child == 0:
    signal.alarm(20)  # a child that hangs dies of it
    work()
    os._exit(7)
_, status = os.waitpid(child, 0)
thread.join()
sys.exit(0 if os.waitstatus_to_exitcode(status) == 7 else 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("profile", ["match", "search"])
def test_a_child_that_is_forked_during_the_first_use_works(profile):
    # Tables are made at first use: nowhere in it may a child find a lock that nobody will open.
    for step in range(4):
        command = [sys.executable, "-W", "ignore", "-c", FORK_DURING_FIRST_USE, str(step / 700), profile]
        assert subprocess.run(command, check=False, timeout=60).returncode == 0, (
            f"forked after {step / 0.7} ms"
        )
