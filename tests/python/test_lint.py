"""The rules of `Gazetteer.lint`, each with what it must say and what it must not."""

import sys
import time

import pytest

import kayan
from kayan import Gazetteer, KayanError

RULES = [
    # records, options, (severity, rule, entry) of each finding, why
    ([("عُمان", "LOC", "Q842"), ("عَمّان", "LOC", "Q3805")], {}, [("warning", "ambiguous", 1)], "two ids"),
    ([("علي بابا", "PER"), ("على بابا", "WORK")], {}, [("warning", "ambiguous", 1)], "two labels"),
    ([("أحمد", "PER"), ("احمد", "PER"), ("أحمد", "PER")], {},
     [("info", "duplicate", 1), ("info", "duplicate", 2)], "one label and no ids"),
    ([("أحمد", "PER"), ("احمد", "PER")], {"alef": False}, [], "the options say what folds"),
    ([("على", "PER")], {}, [("warning", "common-word", 0)], "a function word"),
    ([("عَلـى", "PER")], {}, [("warning", "common-word", 0)], "marks don't make it another word"),
    ([("علي", "PER")], {}, [("info", "common-word", 0)], "folds to one, which the matcher refuses"),
    ([("علي", "PER")], {"stop_words": False}, [("warning", "common-word", 0)], "which nothing refuses"),
    ([("علي", "PER")], {"alef_maqsura": False}, [], "doesn't fold to one"),
    ([("كتاب", "X")], {"stop_words": ["كتاب"]}, [("warning", "common-word", 0)], "one's own stop words"),
    ([("علي صالح", "PER")], {}, [], "two words are safe"),
    ([("قم", "LOC")], {}, [("info", "short-stem", 0)], "two letters"),
    ([("قم", "LOC")], {"min_stem": 2}, [], "two letters are enough"),
    ([("قم", "LOC"), ("UK", "LOC")], {"clitics": "off"}, [], "no clitics at all"),
    ([("UK", "LOC")], {}, [], "Latin letters are told from clitics"),
    ([("غزة", "LOC"), ("بغزة", "LOC")], {}, [("warning", "clitic-form", 1)], "ب + غزة"),
    ([("القاهرة", "LOC"), ("وللقاهرة", "LOC")], {}, [("warning", "clitic-form", 1)], "و + ل + القاهرة"),
    ([("البنك المركزي", "ORG"), ("بالبنك المركزي", "ORG")], {}, [("warning", "clitic-form", 1)], "several words"),
    ([{"name": "غزة", "aliases": ["بغزة"]}], {}, [("warning", "clitic-form", 0)], "an alias of its own"),
    ([("ليد", "LOC"), ("وليد", "PER")], {}, [("info", "clitic-form", 1)], "another label: a name of its own"),
    ([("غزة", "LOC"), ("كغزة", "LOC")], {}, [], "ك isn't a clitic by default"),
    ([("غزة", "LOC"), ("كغزة", "LOC")], {"clitics": "all"}, [("warning", "clitic-form", 1)], "but may be"),
    ([("غزة", "LOC"), ("بغزة", "LOC")], {"clitics": "off"}, [], "without clitics it is needed"),
    ([("البنك", "X"), ("البنك المركزي", "X"), ("محافظ البنك المركزي", "X")], {},
     [("info", "inside", 0), ("info", "inside", 1)], "parts of others"),
    ([("بنك", "X"), ("البنك المركزي", "X")], {}, [], "whole words only"),
    ([("_", "X"), ("دبي", "LOC")], {}, [("error", "empty", 0)], "the matcher would refuse it"),
    ([], {}, [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "options", "expected", "why"), RULES)
def test_rules(records, options, expected, why):
    frame = Gazetteer.from_records(records).lint(**options)
    assert list(frame[["severity", "rule", "entry"]].itertuples(index=False, name=None)) == expected, why


def test_columns_and_words():
    gazetteer = Gazetteer.from_records([("غزة", "LOC", "Q1"), ("بغزة", "LOC", "Q2")])
    assert gazetteer.lint().to_dict("records") == [
        {
            "severity": "warning",
            "rule": "clitic-form",
            "entry": 1,
            "name": "بغزة",
            "label": "LOC",
            "id": "Q2",
            "detail": "«بغزة» is ب and «غزه», a form of entry 0, «غزة»",
            "suggestion": "drop it, unless it is a name of its own: clitics are found by themselves",
        }
    ]
    (inside,) = Gazetteer.from_records(["دبي", "إمارة دبي", "نادي دبي"]).lint()["detail"]
    assert inside == "it is inside 2 longer forms, such as «إمارة دبي»"


def test_in_texts():
    gazetteer = Gazetteer.from_records(["_", "مصر", "بيان", "يان", "القاهرة", "قطر", "دبي"])
    texts = ["مصر", "مصر", "مصر", "مصر", "مصر ومصر", "ببيان", "وبيان", "لبيان", "بيان", "للقاهرة", None] + [
        "دبي"
    ] * 4
    texts += ["بالقاهرة"] * 3 + ["لا"] * 10
    frame = gazetteer.lint(texts, often=0.1)
    found = {(row.rule, row.name): row.detail for row in frame.itertuples() if row.entry != 0}
    assert found[("often", "مصر")] == "in 5 of 28 texts (18%)"
    assert found[("clitic-readings", "بيان")].startswith("after clitics 3 times, else 1 times: «ببيان» 1")
    assert found[("never", "قطر")] == "in none of 28 texts"
    rules = [rule for rule, _ in found]
    assert (rules.count("often"), rules.count("clitic-readings"), rules.count("never")) == (1, 1, 2), (
        "four texts are too few, and the article makes a clitic reading safe"
    )
    assert ("often", "مصر") not in {
        (row.rule, row.name) for row in gazetteer.lint(texts, often=0.2).itertuples()
    }


def test_severe_findings_come_first():
    severities = Gazetteer.from_records(["قم", "على", "_"]).lint(["x"])["severity"].tolist()
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_options_are_checked():
    with pytest.raises(KayanError, match="min_stem"):
        Gazetteer().lint(minstem=2)


def test_a_frequent_word_is_reported():
    frame = Gazetteer.from_records([("واحد", "ORG")]).lint()
    assert frame["detail"].tolist() == ["«واحد» is a common word"]


def test_a_large_gazetteer_takes_seconds():
    names = [f"{a}{b} {c}{d}" for a in "بتثجح" for b in "دذرزس" for c in "شصضطظعغ" for d in "فقكلمنهوي"]
    gazetteer = Gazetteer.from_records([f"{name} {n}" for n in range(64) for name in names])
    start = time.perf_counter()
    assert len(gazetteer) > 100_000
    assert gazetteer.lint().empty
    assert time.perf_counter() - start < 60, "linear, with much room for slow machines"


def test_lint_needs_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r'pip install "kayan\[pandas\]"'):
        kayan.Gazetteer().lint()
