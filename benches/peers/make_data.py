"""Make texts and a dictionary for the comparison: the same on every machine, from words in this repository.

The words are those of the built-in gazetteers and of the list of frequent words, and forms of them with
clitics and endings. A text is words drawn by Zipf's law with a name now and then: real words, no real
sentences, so its figures are near to those of real text but not the same. The vowelled text has a mark on
four letters of five.

Usage: ``python benches/peers/make_data.py DIR [--scale N]`` (N times less of everything)
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections.abc import Iterator
from itertools import accumulate, product
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKS = "\u064e\u064f\u0650\u0652\u0651\u064b\u064d"  # FATHA, DAMMA, KASRA, SUKUN, SHADDA, FATHATAN, KASRATAN
MARK_WEIGHTS = [40, 15, 20, 15, 6, 2, 2]
BEFORE = ["", "ال", "و", "ب", "ل", "وال", "بال", "ف"]
BEHIND = ["", "ها", "هم", "ات", "ين", "ي", "ية", "ون", "نا", "ه"]
NAMES = 1_000_000
# File, bytes of UTF-8, (words a text, weight), vowelled
TEXTS = [
    ("mixed", 20_000_000, [(8, 50), (25, 30), (90, 15), (700, 5)], False),
    ("vocalized", 4_000_000, [(60, 1), (140, 1)], True),
    ("tweets", 2_500_000, [(8, 1), (16, 1), (25, 1)], False),
]


def builtin() -> Iterator[tuple[str, str]]:
    """Yield each name and alias of the built-in gazetteers with its label."""
    for kind in ("countries", "cities", "nationalities"):
        with (ROOT / f"python/kayan/gazetteers/{kind}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                    yield name, row["label"]


def dictionary(count: int, words: list[str], rare: list[str], choose: random.Random) -> dict[str, str]:
    """Return `count` names with labels: the built-in ones, then pairs and triples of words and rare words."""
    names = dict(builtin())
    spare = iter(rare)
    while len(names) < count:
        if choose.random() < 0.3 and (word := next(spare, None)):
            names.setdefault(word, "WORD")
        else:
            names.setdefault(" ".join(choose.choices(words, k=choose.choice((2, 2, 3)))), "PERSON")
    return dict(list(names.items())[:count])


def texts(
    size: int,
    lengths: list[tuple[int, int]],
    vowelled: bool,
    vocabulary: list[str],
    names: list[str],
    choose: random.Random,
) -> Iterator[str]:
    """Yield texts until they have `size` bytes; one word of thirty is a name."""
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))
    while size > 0:
        count = choose.choices([n for n, _ in lengths], [w for _, w in lengths])[0]
        drawn = choose.choices(vocabulary, cum_weights=weights, k=choose.randint(count // 2, count * 2))
        for at in range(choose.randrange(30), len(drawn), 30):
            drawn[at] = choose.choice(names)
        for at in range(choose.randrange(12), len(drawn), 12):
            drawn[at] += choose.choice("،،.:؛")
        text = " ".join(drawn)
        if vowelled:
            marks = iter(choose.choices(MARKS, MARK_WEIGHTS, k=len(text)))
            text = "".join(c + next(marks) if c.isalpha() and choose.random() < 0.8 else c for c in text)
        size -= len(text.encode()) + 1
        yield text


def write(path: Path, lines: Iterator[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.writelines(line + "\n" for line in lines)


def make(folder: Path, scale: int = 1) -> None:
    """Write ``corpus/*.txt.gz``, a text a line, and ``gazetteers/1m.tsv.gz``, a name, tab and label a line."""
    choose = random.Random(2024)
    frequent = ROOT.joinpath("src/script/frequent_words.txt").read_text(encoding="utf-8").split()
    words = list(dict.fromkeys(word for name, _ in builtin() for word in name.split() if word.isalpha()))
    forms = [before + word + behind for before, word, behind in product(BEFORE, words, BEHIND)]
    choose.shuffle(forms)
    # Frequent words of the texts aren't names; of the rest, half may be.
    vocabulary = list(dict.fromkeys([*frequent, *forms[:60_000]]))
    names = dictionary(NAMES // scale, words, forms[30_000:], choose)
    write(folder / "gazetteers/1m.tsv.gz", (f"{name}\t{label}" for name, label in names.items()))
    planted = list(names)[: 100_000 // scale]
    for kind, size, lengths, vowelled in TEXTS:
        made = texts(size // scale, lengths, vowelled, vocabulary, planted, choose)
        write(folder / f"corpus/{kind}.txt.gz", made)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=int, default=1)
    given = parser.parse_args()
    make(given.folder, given.scale)
