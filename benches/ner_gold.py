"""What a dictionary is worth: precision, recall and F of three ways to look names up, on a gold set.

The gold set is JSON Lines with ``text`` and ``entities`` as ``[start, end, label]`` in code points. It is
split in halves by sentence: the names of one half are the dictionary, the other half is the test, and the
other way round. A hit counts for the tokens (runs without a space) that it touches, so all ways are measured
alike, whether they split clitics off or not.

Usage: ``python benches/ner_gold.py GOLD.jsonl[.gz]`` (needs ahocorasick_rs for the two rivals)
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ahocorasick_rs

import kayan

Sentence = dict[str, Any]
Finder = Callable[[str], Iterator[tuple[int, int, str]]]


def read(path: Path) -> list[Sentence]:
    """Return the sentences of a gold set."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [json.loads(line) for line in file]


def names_of(sentences: list[Sentence]) -> dict[str, str]:
    """Return each name with the label that it has most often."""
    labels: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for start, end, label in sentence["entities"]:
            labels.setdefault(sentence["text"][start:end], Counter())[label] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in labels.items()}


def exact(names: dict[str, str]) -> Finder:
    """Return Aho-Corasick on the raw text, hits that are whole words."""
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    labels = list(names.values())

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        for index, start, end in automaton.find_matches_as_indexes(text):
            if is_word(text, start, end):
                yield start, end, labels[index]

    return find


FOLD = str.maketrans("أإآٱىة", "اااايه")
MARKS = re.compile("[\u064b-\u0652\u0640]")


def folded(names: dict[str, str]) -> Finder:
    """Return the usual recipe: names and text folded, Aho-Corasick, hits with no word character beside them."""
    forms = {MARKS.sub("", name).translate(FOLD): label for name, label in names.items()}
    inner = exact({form: label for form, label in forms.items() if form})

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        kept = [i for i, c in enumerate(text) if not MARKS.match(c)]
        for start, end, label in inner("".join(text[i] for i in kept).translate(FOLD)):
            yield kept[start], kept[end - 1] + 1, label

    return find


def with_kayan(names: dict[str, str], sentences: list[Sentence]) -> tuple[int, int, int]:
    """Return how many labelled tokens are right, found and marked, with the defaults of kayan."""
    return kayan.evaluate(kayan.Matcher(names), sentences).token_total


def is_word(text: str, start: int, end: int) -> bool:
    """Tell whether no word character stands beside a hit."""
    return not re.match(r"\w", text[start - 1 : start]) and not re.match(r"\w", text[end : end + 1])


def tokens(text: str, spans: Iterator[tuple[int, int, str]] | list[list[Any]]) -> set[tuple[int, str]]:
    """Return the tokens that spans touch, by number, with the label."""
    number_at, number = [], 0
    for char in text:
        number += char == " "
        number_at.append(number)
    return {
        (number_at[at], label) for start, end, label in spans for at in range(start, end) if text[at] != " "
    }


def counted(find: Finder, sentences: list[Sentence]) -> tuple[int, int, int]:
    """Return how many labelled tokens are right, found and marked, as `kayan.evaluate` counts them."""
    right = found = gold = 0
    for sentence in sentences:
        marked = tokens(sentence["text"], sentence["entities"])
        hits = tokens(sentence["text"], find(sentence["text"]))
        right, found, gold = right + len(marked & hits), found + len(hits), gold + len(marked)
    return right, found, gold


def main() -> None:
    """Print the table."""
    sentences = read(Path(sys.argv[1]))
    halves = sentences[::2], sentences[1::2]
    print(f"{'':<32} {'P':>6} {'R':>6} {'F':>6}")
    for title, way in [
        ("exact Aho-Corasick", lambda names, test: counted(exact(names), test)),
        ("fold + Aho-Corasick + \\w filter", lambda names, test: counted(folded(names), test)),
        ("kayan, defaults", with_kayan),
    ]:
        parts = [way(names_of(train), test) for train, test in (halves, halves[::-1])]
        right, found, gold = map(sum, zip(*parts, strict=True))
        precision, recall = right / found, right / gold
        print(
            f"{title:<32} {precision:6.3f} {recall:6.3f} {2 * precision * recall / (precision + recall):6.3f}"
        )


if __name__ == "__main__":
    main()
