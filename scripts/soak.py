"""Use the package in threads and forked processes; the answers stay right and memory doesn't grow.

``make soak`` runs ten minutes; ``SECONDS=30 make soak`` less. Each operation is random, and its answer is
compared with that of a matcher or normalizer that was built for it alone. After a warm-up of two fifths of
the time, memory may not grow by more than 5 %.
"""

from __future__ import annotations

import gc
import os
import pickle
import random
import sys
import threading
import time
from collections.abc import Callable

import kayan

NAMES = ["القاهرة", "دبي", "عبد الله", "أبو ظبي", "محمد", "وليد", "علي", "😀", "CIA", "الأمم المتحدة"]
WORDS = [*NAMES, "قال", "للقاهرة", "ودبي", "على", "في", "http://x.com", "مُحَمَّد", "الحشـد", "\n", "@user"]
OPTIONS: list[dict[str, object]] = [
    {},
    {"overlap": "all"},
    {"clitics": "off"},
    {"boundary": "none"},
    {"engine": "aho-corasick"},
    {"name_variants": "all"},
    {"enclitics": True, "whitespace": "inline"},
]
PROFILES = ["light", "search", "match", "social"]
GROWTH = 1.05


def made(number: int) -> kayan.Matcher:
    """Return a matcher, built anew."""
    return kayan.Matcher({name: "X" for name in NAMES}, **OPTIONS[number])  # type: ignore[arg-type]


MATCHERS = [made(number) for number in range(len(OPTIONS))]
NORMALIZERS = [kayan.Normalizer(profile) for profile in PROFILES]
failures: list[str] = []


def texts(chance: random.Random) -> list[str | None]:
    """Return some texts of words that matter."""
    count = chance.choice([1, 3, 50, 2000])
    return [" ".join(chance.choices(WORDS, k=chance.randrange(12))) or None for _ in range(count)]


def operate(chance: random.Random) -> None:
    """Do something at random, twice, and compare."""
    column, number = texts(chance), chance.randrange(len(OPTIONS))
    matcher, normalizer = MATCHERS[number], NORMALIZERS[chance.randrange(len(PROFILES))]
    threads = chance.choice([None, 1, 2, 5])
    kind = chance.randrange(5)
    if kind == 0:
        fresh = made(number)
        answer, right = (
            matcher.find_batch(column, threads=threads).by_row(),
            [fresh.find(t or "") for t in column],
        )
    elif kind == 1:
        fresh = pickle.loads(pickle.dumps(matcher))
        answer, right = matcher.count(column), fresh.count(column)
    elif kind == 2:
        fresh = kayan.Matcher.from_bytes(matcher.to_bytes())
        answer, right = matcher.contains(column), fresh.contains(column)
    elif kind == 3:
        fresh = kayan.Normalizer(normalizer.profile)
        answer = normalizer.normalize_batch(column, threads=threads)
        right = [None if text is None else fresh.align(text).text for text in column]
    else:
        text = column[0] or ""
        answer = [d.match for d in matcher.explain(text) if d.accepted]
        right = sorted(made(number).find(text), key=answer.index) if answer else made(number).find(text)
    if answer != right:
        failures.append(f"operation {kind}, options {OPTIONS[number]}: {column[:3]!r:.200}")


def work(seed: int, until: float, do: Callable[[random.Random], None] = operate) -> int:
    """Do it until then; return how often it was done."""
    chance, done = random.Random(seed), 0
    while time.monotonic() < until and not failures:
        do(chance)
        done += 1
    return done


def fork(seed: int) -> bool:
    """Tell whether a forked child, while threads work, does its work and ends."""
    child = os.fork()
    if child == 0:
        work(seed, time.monotonic() + 0.2)
        os._exit(len(failures) > 0)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


def resident() -> int:
    """Return the bytes of memory that the process has."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Run; return 1 if an answer is wrong, a child hangs or memory grows."""
    seconds = float(os.environ.get("SECONDS") or 600)
    start = time.monotonic()
    seed = int(os.environ.get("SEED") or 0) or time.time_ns() % 1_000_000
    print(f"seed {seed}, {seconds:.0f} seconds", flush=True)
    counts = [0] * 4
    until = start + seconds

    def counted(at: int) -> None:
        counts[at] = work(seed + at, until)

    workers = [threading.Thread(target=counted, args=(at,)) for at in range(len(counts))]
    for worker in workers:
        worker.start()
    forks = 0
    warm = 0
    most = 0
    while time.monotonic() < until and not failures:
        time.sleep(0.3)
        forks += 1
        if not fork(seed + 1000 + forks):
            failures.append(f"the forked child {forks} hung or failed")
        gc.collect()
        if time.monotonic() - start < seconds * 2 / 5:
            warm = max(warm, resident())
        else:
            most = max(most, resident())
    for worker in workers:
        worker.join()
    grown = most / warm if warm and most else 1.0
    print(f"{sum(counts):,} operations, {forks:,} forks, memory {warm >> 20} MB, then {grown:.3f} times that")
    if grown > GROWTH:
        failures.append(f"memory grew by {grown - 1:.1%}")
    print("\n".join(failures) or "no failures")
    return int(len(failures) > 0)


if __name__ == "__main__":
    sys.exit(main())
