"""Great numbers of random texts against the references: quicker for each text than `test_laws.py`, which shrinks
what it finds. A failure names the seed of its text.
"""

import os
import random
import unicodedata

import pytest

import kayan
from reference import matching, normalization
from reference.alphabets import (
    ARABIC,
    CLITICS,
    ENDINGS,
    GAPS,
    HOT,
    JOINTS,
    LETTERS,
    LIGATURES,
    MARKS,
    MATCHER_LETTERS,
    NET,
    OPTIONS,
    RESPELLINGS,
    SPACES,
    STABLE,
    WORDS,
)

LONG = int(os.environ.get("KAYAN_EXAMPLES", "0")) > 1000
TEXTS = 200_000 if LONG else 2_000
SEARCHES = 200_000 if LONG else 800
POOLS = [HOT, LETTERS + MARKS, LETTERS, ARABIC, SPACES, NET]
# Function words and names that folding or clitics make like them.
GUARDED = [
    "على",
    "علي",
    "عليّ",
    "بأن",
    "بان",
    "فإن",
    "فان",
    "ين",
    "بين",
    "كلا",
    "ولا",
    "لا",
    "الى",
    "إلي",
    "كل",
]


def pick(source, *pools):
    return source.choice(source.choice(pools))


@pytest.mark.parametrize("profile", list(normalization.PROFILES))
def test_profiles_equal_their_reference(profile):
    normalizer, reference = kayan.Normalizer(profile), normalization.PROFILES[profile]
    for block in range(0, TEXTS, 1000):
        texts = []
        for seed in range(block, block + 1000):
            source = random.Random(seed)
            texts.append("".join(pick(source, *POOLS) for _ in range(source.randrange(16))))
        for seed, text, found in zip(
            range(block, block + 1000), texts, normalizer.normalize_batch(texts), strict=True
        ):
            assert ascii(found) == ascii(reference(text)), (seed, ascii(text))


def a_name(source):
    if source.random() < 0.7:
        return pick(source, WORDS, GUARDED)
    parts = [pick(source, MATCHER_LETTERS, WORDS, CLITICS, JOINTS, LIGATURES, STABLE) for _ in range(3)]
    parts[source.randrange(3)] = source.choice(MATCHER_LETTERS)
    return "".join(parts)


def an_occurrence(source, name):
    form = source.randrange(8)
    if form == 0:
        letter, other = source.choice(RESPELLINGS)
        name = name.replace(letter, other)
    elif form == 1:
        name = source.choice(["لل", "ولل", "ل"]) + name[2:]
    elif form == 2:
        at = source.randrange(len(name) + 1)
        name = name[:at] + source.choice(JOINTS) + name[at:]
    elif form == 3:
        name = unicodedata.normalize("NFD", name)
    clitics = source.choice(["", "", "", "وب", "فل", "وال", *CLITICS])
    return clitics + name + source.choice(["", "", "", *ENDINGS])


def a_search(seed):
    source = random.Random(seed)
    entries = [
        {
            "pattern": a_name(source),
            "label": source.choice(["LOC", None]),
            "priority": source.randrange(-1, 2),
        }
        for _ in range(source.randrange(1, 5))
    ]
    text = "".join(
        (
            an_occurrence(source, source.choice(entries)["pattern"])
            if source.random() < 0.6
            else pick(source, WORDS, GUARDED, JOINTS, MATCHER_LETTERS)
        )
        + pick(source, GAPS)
        for _ in range(source.randrange(1, 8))
    )
    changed = source.sample(sorted(OPTIONS), source.choice([0, 0, 1, 1, 2, 4]))
    chosen = {name: source.choice(OPTIONS[name]) for name in ["common_words", *changed]}
    return entries, text, chosen


def test_matchers_equal_their_reference():
    found_some = 0
    for seed in range(SEARCHES):
        entries, text, options = a_search(seed)
        gazetteer = kayan.Gazetteer()
        for number, entry in enumerate(entries):
            gazetteer.add(entry["pattern"], label=entry["label"], id=number, priority=entry["priority"])
        matches = kayan.Matcher(gazetteer, **options).find(text)
        found = [(m.start, m.end, m.label, int(m.id), m.prefix) for m in matches]
        expected = [
            (m["start"], m["end"], m["label"], m["pattern"], m["prefix"])
            for m in matching.find(entries, text, options)
        ]
        assert found == expected, (seed, ascii(text), entries, options)
        found_some += bool(found)
    # Random texts in which nothing is found would prove little.
    assert found_some > SEARCHES / 4


# Words that are names, titles and function words at once, whole and as parts of others.
SMALL = [
    "محمد",
    "علي",
    "على",
    "حسن",
    "فاس",
    "مدينة",
    "السيد",
    "الأمين العام",
    "اللواء",
    "د.",
    "بن",
    "كلا",
    "زيد",
]
ITEMS = ["a", "b", "a|b", "a!b", "b!a", "any", "c", "loan", "a?", "b*", "a+", "any?", "c|a+"]


def a_context(source):
    entries = []
    for name in source.sample(SMALL, source.randrange(4)):
        aliases = source.sample(SMALL, source.randrange(2))
        entries.append(
            {
                "pattern": name,
                "label": source.choice(["LOC", None]),
                "priority": source.randrange(-2, 2),
                "aliases": aliases,
                "ambiguous": [n for n in (name, *aliases) if source.random() < 0.7],
            }
        )
    triggers = [
        {"words": source.sample(SMALL, 2), "labels": source.choice([None, ["LOC"], ["LOC", "NAME"]])}
        for _ in range(source.randrange(3))
    ]
    word_lists = {kind: source.sample(SMALL, source.randrange(2, 7)) for kind in "abc"}
    rules = []
    for number in range(source.randrange(1, 4)):
        before, inside, after = (source.sample(ITEMS, source.randrange(2)) for _ in range(3))
        # A span needs an item that isn't optional.
        inside.insert(source.randrange(len(inside) + 1), source.choice(["a", "b", "a|b"]))
        pattern = " ".join([*before, "[", *inside, "]", *after])
        label = source.choice(["LOC", "NAME", "NAME", None])
        rules.append({"id": str(number), "pattern": pattern, "label": label, "priority": number - 1})
    text = ""
    for _ in range(source.randrange(3, 12)):
        word = source.choice(SMALL)
        if word.startswith("ال") and source.random() < 0.3:
            word = "ل" + word[1:]
        text += source.choice(["", "", "", "", *CLITICS, "ول"]) + word
        text += source.choice([" ", " ", " ", " ", "، ", "\n", "", "\u064e ", " CIA "])
    return entries, text, {"triggers": triggers, "word_lists": word_lists, "rules": rules}


def test_ambiguous_and_composed_names_equal_their_reference():
    found_some = 0
    searches = SEARCHES if LONG else SEARCHES // 5  # the reference is slow with many rules
    for seed in range(searches):
        source = random.Random(seed)
        entries, text, given = a_context(source)
        changed = source.sample(sorted(OPTIONS), source.choice([0, 0, 0, 1, 2]))
        options = {name: source.choice(OPTIONS[name]) for name in ["common_words", *changed]}
        gazetteer = kayan.Gazetteer()
        for entry in entries:
            extra = {key: entry[key] for key in ("priority", "aliases", "ambiguous")}
            gazetteer.add(entry["pattern"], entry["label"], **extra)
        for group in given["triggers"]:
            gazetteer.add_triggers(group["words"], group["labels"])
        for kind, words in given["word_lists"].items():
            gazetteer.add_word_list(kind, words)
        for rule in given["rules"]:
            gazetteer.add_rule(**rule)
        matcher = kayan.Matcher(gazetteer, **options)
        labels = ["LOC"] if "LOC" in matcher.labels and source.random() < 0.2 else None
        found = [(m.start, m.end, m.label, m.rule, m.prefix) for m in matcher.find(text, labels)]
        expected = [
            (m["start"], m["end"], m["label"], m["rule"], m["prefix"])
            for m in matching.find(entries, text, options, **given, labels=labels)
        ]
        assert found == expected, (seed, ascii(text), entries, options, given, labels)
        found_some += bool(found)
    assert found_some > searches / 4
