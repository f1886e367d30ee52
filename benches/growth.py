"""How time grows with the size of what is given: at once, ten times and a hundred times as much.

``python benches/growth.py`` prints a table; a case that grows by more than its size, with a logarithm to
spare, is marked. ``tests/python/test_growth.py`` runs the same cases with smaller sizes.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import kayan

LETTERS = "ابتثجحخدرسشصطعفقكلمنهوي"


def word(number: int) -> str:
    """Return one of 24,000 and more words of four letters."""
    letters = []
    for _ in range(4):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters) + (LETTERS[number] if number else "")


def ambiguous_names(size: int) -> Callable[[], Any]:
    names = [f"{word(number)} {number}" for number in range(size)]

    def run() -> None:
        gazetteer = kayan.Gazetteer()
        gazetteer.add("الاسم", aliases=names, ambiguous=names)
        kayan.Matcher(gazetteer)

    return run


def words_with_one_first_word(size: int) -> Callable[[], Any]:
    words = [f"عبد {word(number)}" for number in range(size)]
    text = " ".join(words)

    def run() -> None:
        gazetteer = kayan.Gazetteer()
        gazetteer.add_word_list("given", words)
        gazetteer.add_rule("two", "given given", "NAME")
        assert kayan.Matcher(gazetteer).find(text)

    return run


def rules(size: int) -> Callable[[], Any]:
    def run() -> None:
        gazetteer = kayan.Gazetteer()
        gazetteer.add_word_list("given", ["محمد"])
        for number in range(size):
            gazetteer.add_rule(f"rule {number}", "given given", "NAME")
        kayan.Matcher(gazetteer)

    return run


def lint_of_a_long_name(size: int) -> Callable[[], Any]:
    gazetteer = kayan.Gazetteer()
    gazetteer.add(" ".join(word(number) for number in range(size)))
    gazetteer.add(" ".join(word(number) for number in range(size // 2)))
    return gazetteer.lint


def explain(size: int) -> Callable[[], Any]:
    matcher, text = kayan.Matcher(["دبي", "دبي دبي", "مصر"]), "دبي " * size
    return lambda: matcher.explain(text)


def explain_with_ambiguous_names(size: int) -> Callable[[], Any]:
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", label="CITY", aliases=["مدينة دبي"], ambiguous=["دبي"])
    gazetteer.add_triggers(["إمارة"], "CITY")
    matcher, text = kayan.Matcher(gazetteer), "في دبي ثم إمارة دبي مدينة دبي " * (size // 3)
    return lambda: matcher.explain(text)


def explain_without_support(size: int) -> Callable[[], Any]:
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", label="CITY", ambiguous=True)
    matcher, text = kayan.Matcher(gazetteer), "في دبي " * size
    return lambda: matcher.explain(text)


def evaluate(size: int) -> Callable[[], Any]:
    text = "دبي مصر " * size
    entities = [[8 * number + 4, 8 * number + 7, "A"] for number in range(size)]
    matcher = kayan.Matcher({"دبي": "B"})
    return lambda: kayan.evaluate(matcher, [{"text": text, "entities": entities}])


def evaluate_other_labels(size: int) -> Callable[[], Any]:
    text = "دبي مصر " * size
    entities = [[8 * number, 8 * number + 7, "A"] for number in range(size)]
    matcher = kayan.Matcher({"دبي": "B"})
    return lambda: kayan.evaluate(matcher, [{"text": text, "entities": entities}])


def to_iob(size: int) -> Callable[[], Any]:
    # The longest come last, so that each is put before those that are there.
    text = " ".join(["دبي مصر"] * size + ["دبي"] * size)
    found = kayan.Matcher({"دبي": "A", "دبي مصر": "B"}).find_batch([text])
    return lambda: found.to_iob([text])


def to_conll(size: int) -> Callable[[], Any]:
    matcher, text = kayan.Matcher({"دبي": "A"}), "دبي " * size
    return lambda: matcher.to_conll(text)


def merge_spans(size: int) -> Callable[[], Any]:
    existing = [(4 * number, 4 * number + 3, "A") for number in reversed(range(size))]
    matches = [(4 * number + 2, 4 * number + 5, "B") for number in range(size)]
    return lambda: kayan.merge_spans(existing, matches, "longest")


def merge_long_after_short(size: int) -> Callable[[], Any]:
    spans = []
    end = 0
    for number in range(size):
        spans.append((end, end + size - number, "A"))
        end += size - number + 1
    return lambda: kayan.merge_spans(reversed(spans), [])


def find(size: int) -> Callable[[], Any]:
    matcher, text = kayan.Matcher(["دبي", "دبي دبي"], overlap="all"), "دبي " * size
    return lambda: matcher.find(text)


# Each case with its smallest size.
CASES: dict[Callable[[int], Callable[[], Any]], int] = {
    ambiguous_names: 200,
    words_with_one_first_word: 200,
    rules: 100,
    lint_of_a_long_name: 100,
    explain: 1000,
    explain_with_ambiguous_names: 1000,
    explain_without_support: 1000,
    evaluate: 200,
    evaluate_other_labels: 200,
    to_iob: 500,
    to_conll: 1000,
    merge_spans: 1000,
    merge_long_after_short: 1000,
    find: 1000,
}


def seconds(run: Callable[[], Any], least: float = 0.05) -> float:
    """Return the shortest time of some runs, at least one."""
    best, spent = float("inf"), 0.0
    while spent < least:
        start = time.perf_counter()
        run()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return best


def main() -> int:
    """Print the table; return 1 if something grows too fast."""
    slow = 0
    print(f"{'case':30} {'1x':>10} {'10x':>10} {'100x':>10}   ms")
    for case, size in CASES.items():
        times = [seconds(case(size * factor)) * 1000 for factor in (1, 10, 100)]
        is_slow = times[2] > times[1] * 25
        slow += is_slow
        cells = " ".join(f"{took:>10.2f}" for took in times)
        print(f"{case.__name__:30} {cells}   {'more than linear' if is_slow else ''}", flush=True)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
