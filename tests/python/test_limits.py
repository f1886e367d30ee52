"""The limits of docs/limits.md: up to them it works, beyond them an error says so."""

import random
import sys
import threading
import tracemalloc

import pytest

import kayan


def rule(items):
    gazetteer = kayan.Gazetteer()
    gazetteer.add_word_list("given", ["محمد"])
    gazetteer.add_rule("r", " ".join(["given"] * items), "NAME")
    return kayan.Matcher(gazetteer)


def test_items_of_a_rule():
    rule(16)
    with pytest.raises(kayan.KayanError, match="at most 16 items; got 17"):
        rule(17)


def test_words_of_a_composed_name():
    gazetteer = kayan.Gazetteer()
    gazetteer.add_word_list("given", ["محمد"])
    gazetteer.add_rule("r", "given+", "NAME")
    found = kayan.Matcher(gazetteer).find(" ".join(["محمد"] * 12))
    assert [len(match.text.split()) for match in found] == [8, 4]


def test_kinds_of_word_lists():
    gazetteer = kayan.Gazetteer()
    for number in range(56):
        gazetteer.add_word_list(f"k{number}", ["محمد"])
    gazetteer.add_rule("r", "k0 k55", "NAME")
    assert kayan.Matcher(gazetteer).contains("محمد محمد")
    gazetteer.add_word_list("k56", ["محمد"])
    with pytest.raises(kayan.KayanError, match="at most 56 kinds; 'k56' is one more"):
        kayan.Matcher(gazetteer)


@pytest.mark.parametrize("priority", [2**31 - 1, -(2**31)])
def test_priority(priority):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", priority=priority)
    assert kayan.Matcher(gazetteer).contains("دبي")
    with pytest.raises(kayan.KayanError, match="32 bits"):
        gazetteer.add("دبي", priority=priority + (1 if priority > 0 else -1))


def test_a_very_long_name_and_text():
    name = "ا" * 1_000_000
    assert kayan.Matcher([name]).find(name)[0].end == len(name)
    text = "كتاب " * 400_000 + "دبي"
    assert kayan.Matcher(["دبي"]).find(text)[0].start == len(text) - 3


@pytest.mark.slow
def test_the_longest_text():
    text = "a" * (2**31)
    for run in (kayan.Matcher(["دبي"]).find, kayan.Normalizer().normalize):
        with pytest.raises(kayan.KayanError, match="is longer than 2147483647"):
            run(text)


def test_memory_of_matches_does_not_hold_the_texts():
    texts = ["كتاب " * 2_000 + "دبي"] * 50
    found = kayan.Matcher(["دبي"]).find_batch(texts)
    assert len(found) == 50
    tracemalloc.start()
    objects = [match for _, match in found]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / len(objects) < 1_500


def test_many_threads_use_one_matcher_and_one_normalizer():
    # Each thread compares with answers that were found alone.
    names = ["القاهرة", "دبي", "عبد الله", "محمد", "الأمم المتحدة"]
    gazetteer = kayan.Gazetteer()
    for name in names:
        gazetteer.add(name, label="X", note=name)
    matcher, normalizer = kayan.Matcher(gazetteer), kayan.Normalizer("social")
    chance = random.Random(0)
    words = [*names, "قال", "ودبي", "للقاهرة", "http://x.com"]
    texts = [" ".join(chance.choices(words, k=20)) for _ in range(300)]
    right = [(row, tuple(match), match.metadata) for row, match in matcher.find_batch(texts, threads=1)]
    normalized = normalizer.normalize_batch(texts, threads=1)
    bytes_of = matcher.to_bytes()
    wrong = []

    def work(number):
        for turn in range(6):
            threads = 1 + (number + turn) % 5
            found = matcher.find_batch(texts, threads=threads)
            if [(row, tuple(match), match.metadata) for row, match in found] != right:
                wrong.append("find_batch")
            if normalizer.normalize_batch(texts, threads=threads) != normalized:
                wrong.append("normalize_batch")
            if sum(len(matcher.find(text)) for text in texts) != len(right):
                wrong.append("find")
            if matcher.to_bytes() != bytes_of or not matcher.explain(texts[turn]):
                wrong.append("to_bytes")

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    finally:
        sys.setswitchinterval(interval)
    assert not any(thread.is_alive() for thread in threads)
    assert not wrong
