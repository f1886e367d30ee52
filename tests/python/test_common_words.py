"""`Matcher.fit_common_words`: which words a matcher learns not to split, and what becomes of the matcher."""

import pandas as pd
import pytest

import kayan

# A singer, and the name of a credit bureau.
SAMPLE = ["غنت بسمة", "قالت بسمة", "بسمة نجمة الحفل", "عادت بسمة", "حضرت بسمة"]
TEXT = "صرحت بسمة"
LEARNING = [
    # options, texts, whether the name is still found, why
    ({}, SAMPLE, False, "five times, and never the name alone"),
    ({}, SAMPLE[:4], True, "four times are too few"),
    ({}, [*SAMPLE, "بسمة", "سمة", "سمة"], False, "three times as often as the name alone"),
    ({}, [*SAMPLE, "بسمة", "سمة", "سمة", "سمة"], True, "only twice as often"),
    ({}, [], True, "nothing to learn from"),
    ({}, [None, *SAMPLE], False, "a null isn't a text"),
    ({"common_words": False}, SAMPLE, False, "without the list of the package"),
    ({"common_words": ["واحد"]}, SAMPLE, False, "with a list of one's own"),
    ({"profile": "none"}, SAMPLE, False, "whatever is folded"),
]


@pytest.mark.parametrize(("options", "texts", "found", "why"), LEARNING)
def test_what_is_learned(options, texts, found, why):
    matcher = kayan.Matcher({"سمة": "ORG"}, **options)
    assert matcher.contains(TEXT)
    learned = matcher.fit_common_words(texts)
    assert learned.contains(TEXT) == found, why
    assert matcher.contains(TEXT), "the matcher itself stays as it is"
    assert (learned.options, learned.labels, repr(learned)) == (
        matcher.options,
        matcher.labels,
        repr(matcher),
    )


def test_the_listed_words_still_count():
    matcher = kayan.Matcher(["أحد"])
    assert not matcher.contains("واحد")
    assert not matcher.fit_common_words(SAMPLE).contains("واحد")
    own = kayan.Matcher(["أحد"], common_words=["بسمة"])
    assert own.contains("واحد"), "a list of one's own takes the place of that of the package"
    assert own.fit_common_words(SAMPLE).contains("واحد")


@pytest.mark.parametrize("make", [tuple, iter, pd.Series])
def test_any_column_can_be_learned_from(make):
    assert not kayan.Matcher(["سمة"]).fit_common_words(make(SAMPLE)).contains(TEXT)


def test_a_second_lesson_replaces_the_first():
    learned = kayan.Matcher(["سمة"]).fit_common_words(SAMPLE)
    assert learned.fit_common_words([]).contains(TEXT)


def test_loaded_matchers_learn_too_and_keep_what_they_have(tmp_path):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("سمة", label="ORG", id="Q1", country="SA")
    kayan.Matcher(gazetteer).save(tmp_path / "m")
    loaded = kayan.Matcher.load(tmp_path / "m")
    learned = loaded.fit_common_words(SAMPLE)
    assert loaded.contains(TEXT)
    assert not learned.contains(TEXT)
    assert (learned.first("سمة"), learned.first("سمة").metadata) == (loaded.first("سمة"), {"country": "SA"})
    assert not kayan.Matcher.from_bytes(learned.to_bytes()).contains(TEXT)


@pytest.mark.parametrize(
    ("texts", "message"), [("بسمة", "fit_common_words.. takes many texts, got one str"), ([1], "row 0")]
)
def test_what_is_no_column_of_texts(texts, message):
    with pytest.raises(TypeError, match=message):
        kayan.Matcher(["سمة"]).fit_common_words(texts)
