"""Later mentions of full names: the option, what a match says of them, and random texts against the reference."""

import os
import pickle
import random

import pytest

import kayan
from reference import matching

TEXTS = int(os.environ.get("KAYAN_EXAMPLES", "0")) or 60


def people():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("هيلاري كلينتون", label="PERSON", id="Q6294", born=1947)
    gazetteer.add_word_list("given", ["محمد", "أبو", "ابن"])
    gazetteer.add_word_list("family", ["الزيات", "العقاد"])
    gazetteer.add_rule("full", "given+ family")
    gazetteer.add_coreference("PERSON")
    return gazetteer


TEXT = "هيلاري كلينتون ومحمد الزيات، وقال الزيات لكلينتون"


def test_a_later_mention_is_the_same_person():
    found = kayan.Matcher(people()).find(TEXT)
    assert [(m.text, m.name, m.id, m.label, m.rule) for m in found] == [
        ("هيلاري كلينتون", "هيلاري كلينتون", "Q6294", "PERSON", None),
        ("محمد الزيات", "محمد الزيات", "name:محمد الزيات", "PERSON", "full"),
        ("الزيات", "محمد الزيات", "name:محمد الزيات", "PERSON", "coreference"),
        ("كلينتون", "هيلاري كلينتون", "Q6294", "PERSON", "coreference"),
    ]
    assert found[3].metadata == {"born": 1947}
    assert found[3].prefix == "ل"
    assert repr(found[3]).endswith("suffix='', rule='coreference')")
    assert pickle.loads(pickle.dumps(found[3])).rule == "coreference"


def test_columns_say_the_same_and_counts_count_a_person_once():
    matches = kayan.Matcher(people()).find_batch([None, TEXT, TEXT])
    single = kayan.Matcher(people()).find(TEXT)
    assert matches.by_row() == [[], single, single]
    rules = [None, "full", "coreference", "coreference"] * 2
    assert [m.rule for _, m in matches] == rules
    assert matches.to_arrow()["rule"].to_pylist() == rules
    assert [m.rule for _, m in pickle.loads(pickle.dumps(matches))] == rules
    assert matches.counts()[["name", "count"]].values.tolist() == [["هيلاري كلينتون", 4], ["محمد الزيات", 4]]


def test_it_is_explained_and_saved(tmp_path):
    matcher = kayan.Matcher(people())
    decisions = [d for d in matcher.explain(TEXT) if d.accepted]
    assert [d.match for d in decisions] == matcher.find(TEXT)
    assert decisions[3].reason == "a match (a later mention of 'هيلاري كلينتون' at 0-14)"
    matcher.save(tmp_path / "x.kayan")
    assert kayan.Matcher.load(tmp_path / "x.kayan").find(TEXT) == matcher.find(TEXT)
    assert len(kayan.Matcher(people(), coreference=False).find(TEXT)) == 2


def test_wrong_values_are_refused():
    with pytest.raises(kayan.KayanError, match="part takes 'last'; got 'first'"):
        kayan.Gazetteer().add_coreference("PERSON", part="first")
    with pytest.raises(TypeError, match="label must be str, got int"):
        kayan.Gazetteer().add_coreference(1)
    both = kayan.Gazetteer.from_dict({"سامر الخطيب": "PERSON"}) | people()
    assert kayan.Matcher(both).count("سامر الخطيب ثم الخطيب") == 2


SPELLINGS = [
    # texts of one person, its id
    (["محمد الزيات", "محـــمد  الزيات", "مُحَمَّد_الزيات", "ومحمد الزيات"], "name:محمد الزيات"),
    (["أبو محمد الزيات", "أبي محمد الزيات", "ابا محمد الزيات"], "name:ابومحمد الزيات"),
    (["محمد بن محمد الزيات", "محمد ابن محمد الزيات"], "name:محمد بن محمد الزيات"),
    (["عبد الله الزيات", "عبدالله الزيات"], "name:عبدالله الزيات"),
    (["نصر الله الزيات", "نصرالله الزيات"], "name:نصرالله الزيات"),
    (["سيف الدين الزيات", "سيف الدّين الزيات"], "name:سيفالدين الزيات"),
]


@pytest.mark.parametrize(("texts", "id"), SPELLINGS)
def test_a_person_has_one_id(texts, id):
    gazetteer = people()
    words = ["أبي", "ابا", "بن", "عبد الله", "عبدالله", "نصر الله", "نصرالله", "سيف الدين"]
    gazetteer.add_word_list("given", words)
    matches = kayan.Matcher(gazetteer).find_batch(texts)
    assert {match.id for _, match in matches} == {id}
    assert matches.counts()["count"].tolist() == [len(texts)]
    assert not {match.name for _, match in matches} & {"محـــمد  الزيات", "مُحَمَّد_الزيات"}


WORDS = [
    "الزيات",
    "زيات",
    "كلينتون",
    "بن",
    "آل",
    "أبو",
    "عبد",
    "الدين",
    "محمد",
    "سليم",
    "قال",
    "أمام",
    "على",
    "علي",
]
CLITICS = ["", "", "", "", "", "و", "ل", "ب", "ول", "ك"]
GAPS = [" ", " ", " ", " ", "  ", "_", "، ", "\n\n", "\u064e ", ""]


@pytest.mark.parametrize("seed", range(TEXTS))
def test_later_mentions_equal_their_reference(seed):
    source = random.Random(seed)

    def name():
        return " ".join(source.choices(WORDS, k=source.randrange(1, 4)))

    entries = [
        {
            "pattern": pattern,
            "label": source.choice(["PERSON", "PERSON", "CITY"]),
            "priority": source.randrange(2),
            "aliases": [],
            "ambiguous": [pattern] if source.random() < 0.1 else [],
        }
        for pattern in (name() for _ in range(source.randrange(1, 5)))
    ]
    given = {
        "word_lists": {
            "given": source.sample(WORDS, 3),
            "family": source.sample(WORDS, 3),
            **{kind: source.sample(WORDS, 1) for kind in ("weak", "title", "word") if source.random() < 0.4},
        },
        "rules": [{"id": "full", "pattern": "given family+"}] if source.random() < 0.6 else [],
        "coreferences": source.choice([["PERSON"], ["PERSON", "CITY"]]),
    }
    pieces = [source.choice([*(entry["pattern"] for entry in entries), *WORDS]) for _ in range(12)]
    text = ""
    for piece in pieces:
        clitic = source.choice(CLITICS)
        swallows = clitic.endswith("ل") and piece.startswith("ال")
        text += clitic + (piece[1:] if swallows else piece) + source.choice(GAPS)
    options = {
        "overlap": source.choice(["longest", "longest", "all", "priority"]),
        "clitics": source.choice(["safe", "all", "off"]),
        "coreference": source.random() < 0.9,
    }
    gazetteer = kayan.Gazetteer()
    for entry in entries:
        gazetteer.add(
            entry["pattern"], entry["label"], priority=entry["priority"], ambiguous=entry["ambiguous"]
        )
    for kind, words in given["word_lists"].items():
        gazetteer.add_word_list(kind, words)
    for rule in given["rules"]:
        gazetteer.add_rule(**rule)
    for label in given["coreferences"]:
        gazetteer.add_coreference(label)
    labels = source.choice([None, None, ["PERSON"]])
    matcher = kayan.Matcher(gazetteer, **options)
    if labels and not set(labels) <= set(matcher.labels):
        labels = None
    found = [(m.start, m.end, m.label, m.rule, m.prefix) for m in matcher.find(text, labels)]
    expected = [
        (m["start"], m["end"], m["label"], m["rule"], m["prefix"])
        for m in matching.find(entries, text, options, **given, labels=labels)
    ]
    assert found == expected, (ascii(text), entries, given, options, labels)
    accepted = {
        (d.match.start, d.match.end, d.match.rule) for d in matcher.explain(text, labels) if d.accepted
    }
    assert accepted == {(start, end, rule) for start, end, _, rule, _ in found}
