"""Misspelt names: random dictionaries and texts against the reference, and what bad input gets."""

import os
import random

import pytest

import kayan
from reference import fuzzy

SEEDS = int(os.environ.get("KAYAN_EXAMPLES", "0")) or 100
WORDS = (
    "محمد", "محمود", "حمد", "علي", "عليا", "القاهرة", "الله", "غوتيريش", "باتروشيف", "عبدالرحمن", "الرحمن", "عبد",
    "بن", "ابن", "سلمان", "سليمان", "في", "من", "كوفيد", "19", "2030", "كريم", "الكريم", "الاسكندرية", "و", "Dubai",
    "مليون", "مايون", "الحرب", "النشر", "أمريكا", "أمريكي", "سلالة", "صلالة",
)  # fmt: skip
LETTERS = "ابتدرسعلمنهويةىإأ ـ\u064e"
BETWEEN = (" ", " ", " ", "  ", "، ", "-", "\n", "\n\n", ". ", "")


def damaged(word, source):
    """The word with up to two random edits."""
    for _ in range(source.choice((0, 0, 1, 1, 2))):
        at = source.randrange(len(word) + 1)
        kind = source.randrange(4)
        if kind == 0:
            word = word[:at] + source.choice(LETTERS) + word[at:]
        elif kind == 1:
            word = word[:at] + word[at + 1 :]
        elif kind == 2:
            word = word[:at] + source.choice(LETTERS) + word[at + 1 :]
        else:
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word


def name(source):
    return " ".join(source.choice(WORDS) for _ in range(source.choice((1, 1, 2, 2, 3))))


def case(seed):
    source = random.Random(seed)
    entries = []
    for number in range(source.choice((1, 2, 4, 8))):
        entry = {"pattern": name(source), "label": source.choice("AB"), "priority": source.choice((0, 0, 1))}
        if source.random() < 0.15:
            entry["strict"] = ["hamza"]
        if source.random() < 0.15:
            entry["ambiguous"] = [entry["pattern"]]
        if source.random() < 0.2:
            entry["aliases"] = [name(source)]
        entries.append({**entry, "label": f"{entry['label']}{number}"})
    pieces = []
    for _ in range(source.choice((2, 4, 8))):
        piece = name(source) if source.random() < 0.4 else source.choice(entries)["pattern"]
        pieces += [
            source.choice(("", "", "و", "ل", "ب", "وال", "لل")) + damaged(piece, source),
            source.choice(BETWEEN),
        ]
    options = {"fuzzy": source.choice((1, 2))}
    choices = {
        "fuzzy_known": (True,), "overlap": ("all", "priority"), "clitics": ("off", "all"), "duplicates": ("all", "first"),
        "min_stem": (2, 5), "stop_words": (False,), "common_words": (False, ("كريم", "سلمان")), "article": (True,),
        "never_split": (("وكريم", "لعلي"),), "ta_marbuta": (True,), "script_boundary": (False,), "whitespace": ("inline",),
        "engine": ("aho-corasick",), "require_context": (False,),
    }  # fmt: skip
    for option, values in choices.items():
        if source.random() < 0.2:
            options[option] = source.choice(values)
    return entries, "".join(pieces), options


@pytest.mark.parametrize("part", range(10))
def test_misspelt_names_are_those_of_the_reference(part):
    found_any = 0
    for seed in range(part, SEEDS, 10):
        entries, text, options = case(seed)
        gazetteer = kayan.Gazetteer()
        for entry in entries:
            gazetteer.add(entry["pattern"], **{key: entry[key] for key in entry if key != "pattern"})
        found = kayan.Matcher(gazetteer, **options).find(text)
        expected = fuzzy.find(entries, text, options)
        assert [
            (m.start, m.end, m.text, m.label, m.prefix, m.edits, round(m.similarity, 9)) for m in found
        ] == [
            (
                m["start"],
                m["end"],
                m["surface"],
                m["label"],
                m["prefix"],
                m["edits"],
                round(m["similarity"], 9),
            )
            for m in expected
        ], (seed, entries, text, options)
        found_any += sum(m.edits > 0 for m in found)
    assert found_any


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fuzzy": 3}, "option 'fuzzy' takes 0, 1 or 2, a number of edits; got 3"),
        ({"fuzzy": -1}, "option 'fuzzy' takes 0, 1 or 2"),
        ({"fuzzy": True}, "option 'fuzzy' takes 0, 1 or 2"),
        ({"fuzzy": "1"}, "option 'fuzzy' takes 0, 1 or 2"),
        ({"fuzzy": 1, "boundary": "none"}, "fuzzy finds whole words: it needs boundary='word'"),
        ({"fuzzy_known": 1}, "option 'fuzzy_known' takes"),
    ],
)
def test_wrong_options_say_what_is_allowed(options, message):
    with pytest.raises(kayan.KayanError, match="^" + message.replace("(", "\\(")):
        kayan.Matcher(["غوتيريش"], **options)


def test_saved_and_pickled_matchers_find_the_same(tmp_path):
    matcher = kayan.Matcher({"غوتيريش": "PERSON"}, fuzzy=1)
    text = "قال غوتيريس"
    matcher.save(tmp_path / "names.kayan")
    for other in (kayan.Matcher.load(tmp_path / "names.kayan"), kayan.Matcher.from_bytes(matcher.to_bytes())):
        assert [(m.text, m.name, m.edits) for m in other.find(text)] == [("غوتيريس", "غوتيريش", 1)]


def test_tables_have_edits_and_similarity():
    matches = kayan.Matcher(["غوتيريش", "دبي"], fuzzy=1).find_batch(["غوتيريس في دبي", "غوتيريش"])
    table = matches.to_arrow()
    assert table["edits"].to_pylist() == [1, 0, 0]
    assert table["similarity"].to_pylist() == [pytest.approx(6 / 7), 1.0, 1.0]
    assert matches.to_pandas()["edits"].tolist() == [1, 0, 0]
    assert len(matches.filter(min_similarity=0.9)) == 2
    assert "1 edit from 'غوتيريش'" in kayan.Matcher(["غوتيريش"], fuzzy=1).explain("غوتيريس")[0].reason
