"""The rows of the table: each says what it measures, checks its answers, measures and gives a figure."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import glue
import peers
from corpora import Corpora, fresh, megabytes
from peers import CLEANERS, FINDERS, SUBSTRINGS, find_batch, kayan_cleaner
from timing import Times, Way, in_new_process, race
from worker import memory

import kayan

MILLION = 1_000_000


@dataclass
class Row:
    """A row of the table. `reached` says whether the target is met; None after a quick run."""

    work: str
    target: str
    ours: str
    theirs: str
    figure: str
    reached: bool | None
    compared: str
    times: dict[str, Times] = field(default_factory=dict)


def speed(size: float, times: Times) -> str:
    return f"{size / times.median:.0f} MB/s"


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 0.995 else f"{value * 1e3:.3g} ms"


def times_as_fast(times: dict[str, Times], ours: str, theirs: str) -> float:
    return times[theirs].median / times[ours].median


def clean(function: Callable[[list[str]], Any], texts: list[str]) -> Way:
    return Way(partial(fresh, texts), function)


def share_of_equal(a: list[str], b: list[str]) -> str:
    return f"{sum(x == y for x, y in zip(a, b, strict=True)) / len(a):.1%}"


# --- normalizing


def against_arabic_norm(data: Corpora, kind: str) -> Row:
    texts, size = data.texts(kind), megabytes(data.texts(kind))
    cleaner = CLEANERS["arabic-norm"]
    theirs, ours = cleaner.make(), kayan_cleaner("search")
    profile, options = cleaner.ours
    equal = share_of_equal(theirs(texts), kayan_cleaner(profile, **options)(texts))
    times = race({"kayan": clean(ours, texts), "arabic-norm": clean(theirs, texts)})
    ratio = times_as_fast(times, "kayan", "arabic-norm")
    name = {"mixed": "", "vocalized": ", vowelled text"}[kind]
    return Row(
        f"`normalize_batch(list)`, profile `search`{name}, against arabic-norm `normalize`",
        "3x",
        speed(size, times["kayan"]),
        speed(size, times["arabic-norm"]),
        f"{ratio:.1f}x",
        ratio >= 3,
        f"arabic-norm does less: marks, tatweel, alef, ى. With these alone, {equal} of kayan's texts equal its own",
        times,
    )


def against_a_copy(data: Corpora) -> Row:
    texts, size = data.texts("mixed"), megabytes(data.texts("mixed"))
    copy = clean(lambda given: [text + " " for text in given], texts)
    times = race({"kayan": clean(kayan_cleaner("search"), texts), "copy": copy})
    share = times_as_fast(times, "kayan", "copy")
    return Row(
        '`normalize_batch(list)` against making new texts, `t + " "`',
        "0.5 of its speed",
        speed(size, times["kayan"]),
        speed(size, times["copy"]),
        f"{share:.2f}",
        share >= 0.5,
        "not the same work: a copy is the limit for what gives new texts",
        times,
    )


def one_short_text(data: Corpora) -> Row:
    texts = [" ".join(text.split()[:5]) for text in data.texts("mixed") if text.count(" ") > 5][:20_000]
    theirs = peers.load("arabic_norm").normalize
    method = kayan.Normalizer("search").normalize
    ways = {"kayan": kayan.normalize, "kayan method": method, "arabic-norm": theirs}
    times = race({name: clean(peers.one_by_one(function), texts) for name, function in ways.items()}, 3)
    ratio = times["kayan"].median / times["arabic-norm"].median

    def each(name: str) -> str:
        return f"{times[name].median / len(texts) * 1e9:.0f} ns"

    return Row(
        "`normalize` of one text of 5 words: time against arabic-norm `normalize`",
        "at most 1x",
        each("kayan"),
        each("arabic-norm"),
        f"{ratio:.2f}x",
        ratio <= 1,
        f"as row 1; `Normalizer.normalize`, kept, takes {each('kayan method')}",
        times,
    )


def arrow(data: Corpora) -> Row:
    pa = peers.load("pyarrow")
    texts, size = data.texts("mixed"), megabytes(data.texts("mixed"))
    ours = kayan_cleaner("search")
    column = pa.array(texts)
    assert ours(column).to_pylist() == ours(texts), "Arrow and list give the same"
    times = race({"Arrow": Way(lambda: column, ours), "list": clean(ours, texts)})
    ratio = times_as_fast(times, "Arrow", "list")
    return Row(
        "the same, Arrow strings in and out, against row 1",
        "1.2x",
        speed(size, times["Arrow"]),
        speed(size, times["list"]),
        f"{ratio:.1f}x",
        ratio >= 1.2,
        "equal texts",
        times,
    )


# --- finding


def against_ahocorasick_rs(data: Corpora, entries: int) -> Row:
    names = [name for name, _ in data.names(entries)]
    texts, size = data.texts("mixed"), megabytes(data.texts("mixed"))
    ours, theirs = FINDERS["kayan"], FINDERS["ahocorasick_rs"]
    built, automaton = ours.build(names), theirs.build(names)
    counts = ours.count(ours.find(built, texts)), theirs.count(theirs.find(automaton, texts))
    times = race(
        {
            "kayan": clean(partial(ours.find, built), texts),
            "ahocorasick_rs": clean(partial(theirs.find, automaton), texts),
        },
        10,
    )
    ratio = times_as_fast(times, "kayan", "ahocorasick_rs")
    return Row(
        f"`find_batch(list)`, defaults, {len(names):,} names, against ahocorasick_rs on the raw text",
        "4x",
        speed(size, times["kayan"]),
        speed(size, times["ahocorasick_rs"]),
        f"{ratio:.1f}x",
        ratio >= 4,
        f"not the same work: {counts[0]:,} words with clitics, folded, against {counts[1]:,} raw substrings",
        times,
    )


def against_glue(data: Corpora) -> Row:
    names = [name for name, _ in data.names(100_000)]
    texts = data.sample(2_000_000)
    size = megabytes(texts)
    matcher, by_hand = kayan.Matcher(names, **glue.OPTIONS), glue.Glue(names)
    found = enumerate(find_batch(matcher, texts).by_row())
    ours = Counter((row, m.start, m.end, m.name) for row, matches in found for m in matches)
    theirs = Counter(
        (row, s, e, names[entry]) for row, t in enumerate(texts) for s, e, entry in by_hand.find(t)
    )
    assert ours == theirs, f"different matches: {list((ours - theirs) | (theirs - ours))[:5]}"
    times = race(
        {
            "kayan": clean(partial(find_batch, matcher), texts),
            "glue": clean(lambda given: [by_hand.find(text) for text in given], texts),
        }
    )
    ratio = times_as_fast(times, "kayan", "glue")
    return Row(
        f"the same work by hand: fold with an index list in Python, ahocorasick_rs, word filter; {len(names):,} names",
        "20x",
        speed(size, times["kayan"]),
        speed(size, times["glue"]),
        f"{ratio:.0f}x",
        ratio >= 20,
        f"equal: the same {ours.total():,} matches; kayan without clitics and stop words, all overlaps",
        times,
    )


def against_daachorse(data: Corpora) -> Row:
    names = [name for name, _ in data.names(100_000)]
    texts, size = data.texts("mixed"), megabytes(data.texts("mixed"))
    matcher = kayan.Matcher(names, **SUBSTRINGS)
    folded, positions = zip(*map(glue.fold, texts), strict=True)
    forms: dict[str, int] = Counter(glue.fold(name)[0].strip() for name in names)
    automaton = peers.build_daachorse(list(forms), longest=False)
    spelled = list(forms.values())
    ours = len(find_batch(matcher, texts))
    # A match that begins or ends inside a ligature is not one of the original text.
    splits = [{i for i in range(1, len(of)) if of[i - 1] == of[i]} for of in positions]
    theirs = sum(
        spelled[hit[2]]
        for text, inside in zip(folded, splits, strict=True)
        for hit in automaton.find_overlapping(text)
        if hit[0] not in inside and hit[1] not in inside
    )
    assert ours == theirs, f"{ours} matches against {theirs}"
    times = race(
        {
            "kayan": clean(partial(find_batch, matcher), texts),
            "daachorse": clean(lambda given: [automaton.find_overlapping(text) for text in given], folded),
        }
    )
    ratio = times_as_fast(times, "kayan", "daachorse")
    return Row(
        f'`boundary="none"`, {len(names):,} names, against daachorse `find_overlapping` on text already folded',
        "1.2x",
        speed(size, times["kayan"]),
        speed(size, times["daachorse"]),
        f"{ratio:.1f}x",
        ratio >= 1.2,
        f"equal counts, {ours:,}; kayan also folds and maps back, and gives columns; MB of the original text",
        times,
    )


# --- threads


def two_threads(data: Corpora) -> Row:
    texts, size = data.texts("mixed"), megabytes(data.texts("mixed"))
    normalizer = kayan.Normalizer("search")
    matcher = kayan.Matcher([name for name, _ in data.names(100_000)])
    assert find_batch(matcher, texts, 1).by_row() == find_batch(matcher, texts, 2).by_row()

    def normalize(threads: int) -> Way:
        return clean(lambda given: normalizer.normalize_batch(given, threads=threads), texts)

    def find(threads: int) -> Way:
        return clean(lambda given: find_batch(matcher, given, threads), texts)

    times = race(
        {"normalize 1": normalize(1), "normalize 2": normalize(2), "find 1": find(1), "find 2": find(2)}
    )
    ratios = [times_as_fast(times, f"{work} 2", f"{work} 1") for work in ("normalize", "find")]

    def both(threads: int) -> str:
        return " and ".join(speed(size, times[f"{work} {threads}"]) for work in ("normalize", "find"))

    return Row(
        f"two threads against one: `normalize_batch`, `find_batch` with {len(matcher):,} names",
        "1.7x",
        both(2),
        both(1),
        " and ".join(f"{ratio:.1f}x" for ratio in ratios),
        min(ratios) >= 1.7,
        "equal answers",
        times,
    )


# --- building, loading, memory


class Processes(NamedTuple):
    """What new processes said that built the largest matcher, or loaded it from `file` and searched."""

    folder: tempfile.TemporaryDirectory[str]
    file: Path
    texts: Path
    builds: list[dict[str, float]]
    loads: list[dict[str, float]]

    def median(self, task: str, key: str) -> float:
        """Return the middle of what the runs of a task said."""
        return statistics.median(run[key] for run in getattr(self, task))

    def times(self, task: str) -> dict[str, Times]:
        """Return how long the runs of a task took."""
        taken = [run["seconds"] for run in getattr(self, task)]
        return {task: Times(statistics.median(taken), min(taken), max(taken), len(taken))}


@cache
def processes(data: Corpora) -> Processes:
    """Build a matcher of the whole dictionary three times and load it five times."""
    pa = peers.load("pyarrow")
    folder = tempfile.TemporaryDirectory()
    table, texts, file = (Path(folder.name, name) for name in ("names.arrow", "texts", "names.kayan"))
    names, labels = zip(*data.names(MILLION), strict=True)
    columns = pa.table({"name": names, "label": labels, "id": [f"Q{i}" for i in range(len(names))]})
    with pa.OSFile(str(table), "wb") as sink, pa.ipc.new_file(sink, columns.schema) as writer:
        writer.write_table(columns)
    texts.write_text("\n".join(data.texts("mixed")), encoding="utf-8")
    builds = [in_new_process("build", table, file) for _ in range(3)]
    return Processes(folder, file, texts, builds, [in_new_process("load", file, texts) for _ in range(5)])


def building(data: Corpora) -> Row:
    runs = processes(data)
    taken, peak = runs.median("builds", "seconds"), runs.median("builds", "peak") / 1e6
    return Row(
        f"building a matcher of {runs.builds[0]['entries']:,} names, labels and ids from an Arrow table; peak "
        "memory above the table",
        "4 s, 300 MB",
        f"{seconds(taken)}, {peak:.0f} MB",
        "",
        f"{seconds(taken)}, {peak:.0f} MB",
        taken <= 4 and peak <= 300,
        "in processes of their own, median of three",
        runs.times("builds"),
    )


def loading(data: Corpora) -> Row:
    runs = processes(data)
    taken = runs.median("loads", "seconds")
    own = second_process(runs) / 1e6
    return Row(
        f"loading a saved matcher of {runs.builds[0]['entries']:,} names, the file in the page cache; memory that "
        "a second process takes",
        "50 ms",
        f"{seconds(taken)}, {own:.0f} MB",
        "",
        seconds(taken),
        taken <= 0.05,
        f"in processes of their own, median of five; the file has {runs.file.stat().st_size / 1e6:.0f} MB; a process "
        f"alone takes {runs.median('loads', 'rss') / 1e6:.0f} MB; both have searched all texts",
        runs.times("loads"),
    )


def second_process(runs: Processes) -> float:
    """Return what a process has for itself alone while another has loaded the same file."""
    worker = Path(__file__).with_name("worker.py")
    command = [sys.executable, str(worker), "load", str(runs.file), str(runs.texts), "wait"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as first, subprocess.Popen(command, **pipes) as second:
        first.stdout.readline()
        before = json.loads(second.stdout.readline())["own before"]
        own = memory(second.pid)["own"] - before
        first.stdin.close()
        second.stdin.close()
    return own


def resident(data: Corpora) -> Row:
    runs, names = processes(data), data.names(MILLION)
    loaded, built, said = (
        runs.median(task, key) / len(names)
        for task, key in (("loads", "rss"), ("builds", "kept"), ("builds", "said"))
    )
    letters = sum(len(name) for name, _ in names) / len(names)
    return Row(
        f"memory for each of {len(names):,} names with labels and ids, mean name {letters:.0f} letters",
        "120 bytes",
        f"{loaded:.0f} bytes loaded, {built:.0f} built",
        "",
        f"{loaded:.0f} bytes",
        loaded <= 120,
        "resident memory that loading and searching all texts adds to a new process, and that building adds; "
        f"`memory_usage` says {said:.0f}",
    )


# --- the worst case


def worst_case(data: Corpora) -> Row:
    # Every word begins every name, after its clitic too; the longest names fail at their last word.
    word, depth = "واو", 50
    names = [" ".join([word] * n) for n in range(1, depth + 1)]
    names += [" ".join([word] * n + ["باب"]) for n in range(1, depth + 1)]
    matcher = kayan.Matcher(names)
    words = max(250_000 // data.scale, 1_000 * depth)  # enough that the ends of texts don't matter
    texts = {f"{factor}x": " ".join([word] * (words * factor // 100)) for factor in (1, 10, 100)}
    for text in texts.values():
        found = matcher.find_batch([text], threads=1)
        assert len(found) == -(-text.count(word) // depth), "the longest name, again and again"
    times = race(
        {name: Way(partial(fresh, [text]), partial(find_batch, matcher)) for name, text in texts.items()}, 6
    )
    each = {name: times[name].median / len(text) * 1e9 for name, text in texts.items()}
    growth = each["100x"] / each["1x"]
    return Row(
        f"worst case: names of 1 to {depth + 1} words that share all prefixes, a text in which every word begins all; "
        f"{len(texts['1x']):,} letters, 10 and 100 times as many",
        "time linear in the text",
        ", ".join(f"{name} {value:.0f} ns" for name, value in each.items()) + " a letter",
        "",
        f"{growth:.2f}x at 100x",
        growth <= 1.5,
        "the longest name each time, counted",
        times,
    )


ROWS: dict[str, Callable[[Corpora], Row]] = {
    "1": partial(against_arabic_norm, kind="mixed"),
    "2": against_a_copy,
    "3": one_short_text,
    "4": partial(against_arabic_norm, kind="vocalized"),
    "5": arrow,
    "6": partial(against_ahocorasick_rs, entries=10_000),
    "7": partial(against_ahocorasick_rs, entries=100_000),
    "8": partial(against_ahocorasick_rs, entries=1_000_000),
    "9": against_glue,
    "10": against_daachorse,
    "11": two_threads,
    "12": building,
    "13": loading,
    "14": resident,
    "15": worst_case,
}
