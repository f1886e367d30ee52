"""All peers beside each other, and what grows with what: the tables and plots below the rows."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import Any

from corpora import SIZES, Corpora, fresh, megabytes
from peers import CLEANERS, FINDERS, SAME_COUNT, find_batch, kayan_cleaner
from timing import Way, race

import kayan

Table = list[dict[str, Any]]


def finders(data: Corpora, log: Any) -> Table:
    """Measure every finder at every size of dictionary: MB/s, matches, and the time to build."""
    texts = data.sample(4_000_000)
    size = megabytes(texts)
    table: dict[str, dict[str, Any]] = {
        name: {
            "name": name,
            "title": finder.title,
            "does": finder.does,
            "speed": {},
            "found": {},
            "build": {},
        }
        for name, finder in FINDERS.items()
    }
    for entries in SIZES:
        names = [name for name, _ in data.names(entries)]
        ways, count = {}, len(names)
        for name, finder in FINDERS.items():
            if entries > finder.limit:
                continue
            begin = time.perf_counter()
            built = finder.build(names)
            table[name]["build"][count] = time.perf_counter() - begin
            table[name]["found"][count] = finder.count(finder.find(built, finder.prepare(texts)))
            ways[name] = Way(partial(finder.prepare, texts), partial(finder.find, built))
        for a, b in SAME_COUNT:
            assert table[a]["found"][count] == table[b]["found"][count], f"{a} and {b} find the same"
        for name, times in race(ways, 15, most=7).items():
            table[name]["speed"][count] = size / times.median
        log(f"finders, {count:,} names")
    return list(table.values())


def cleaners(data: Corpora, log: Any) -> Table:
    """Measure every normalizer on every kind of text in MB/s, beside kayan with the options nearest to it."""
    kinds = ("mixed", "vocalized", "tweets")
    samples = {kind: data.sample(4_000_000, kind) for kind in kinds}
    table: Table = [{"title": "kayan `normalize_batch`, profile `search`, one thread", "speed": {}}]
    ways = [{"theirs": kayan_cleaner("search")}]
    for cleaner in CLEANERS.values():
        profile, options = cleaner.ours
        ways.append({"theirs": cleaner.make(), "ours": kayan_cleaner(profile, **options)})
        table.append({"title": cleaner.title, "ours": profile, "speed": {}, "ours speed": {}, "equal": {}})
        for kind, texts in samples.items():
            theirs, ours = (ways[-1][who](texts) for who in ("theirs", "ours"))
            equal = sum(a == b for a, b in zip(theirs, ours, strict=True)) / len(texts)
            assert equal == 1 or not cleaner.same, f"{cleaner.title} gives what kayan gives"
            table[-1]["equal"][kind] = equal
    for kind, texts in samples.items():
        size = megabytes(texts)
        runs = {
            f"{number} {who}": Way(partial(fresh, texts), function)
            for number, both in enumerate(ways)
            for who, function in both.items()
        }
        for name, times in race(runs, 12, most=9).items():
            number, who = name.split()
            key = "speed" if who == "theirs" else "ours speed"
            table[int(number)][key][kind] = size / times.median
        log(f"normalizers, {kind}")
    return table


def text_sizes(data: Corpora, log: Any) -> Table:
    """Measure seconds against the size of the text, from one kilobyte on."""
    texts = data.texts("mixed")
    names = [name for name, _ in data.names(100_000)]
    functions = {
        f"kayan find_batch, {len(names):,} names": partial(find_batch, kayan.Matcher(names)),
        "ahocorasick_rs, the same names": partial(
            FINDERS["ahocorasick_rs"].find, FINDERS["ahocorasick_rs"].build(names)
        ),
        "kayan normalize_batch": kayan_cleaner("search"),
        "arabic-norm normalize": CLEANERS["arabic-norm"].make(),
    }
    table: Table = [{"title": title, "seconds": {}} for title in functions]
    step = 1
    cuts = []
    while step < len(texts):
        cuts.append(texts[:: len(texts) // step])
        step *= 4
    for part in [*cuts, texts]:
        size = megabytes(part)
        ways = {title: Way(partial(fresh, part), function) for title, function in functions.items()}
        for line, times in zip(table, race(ways, 3, most=9).values(), strict=True):
            line["seconds"][size] = times.median
    log("sizes of the text")
    return table


def threads(data: Corpora, log: Any) -> Table:
    """Measure MB/s against the number of threads, up to that of the processors."""
    texts = data.texts("mixed")
    size = megabytes(texts)
    matcher = kayan.Matcher([name for name, _ in data.names(100_000)])
    normalizer = kayan.Normalizer("search")
    table: Table = [
        {"title": f"kayan find_batch, {len(matcher):,} names", "speed": {}},
        {"title": "kayan normalize_batch", "speed": {}},
    ]
    counts = range(1, 1 + (os.cpu_count() or 1))
    ways = {}
    for count in counts:
        ways[f"0 {count}"] = Way(partial(fresh, texts), partial(find_batch, matcher, threads=count))
        ways[f"1 {count}"] = Way(partial(fresh, texts), partial(normalizer.normalize_batch, threads=count))
    for name, times in race(ways, 4 * len(counts), most=9).items():
        line, count = name.split()
        table[int(line)]["speed"][count] = size / times.median
    log("threads")
    return table


SERIES = {"finders": finders, "normalizers": cleaners, "text": text_sizes, "threads": threads}
