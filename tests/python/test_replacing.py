"""Replacing by name and id, whole tokens, and pseudonyms."""

import pandas as pd
import polars as pl
import pytest

import kayan
import kayan.pandas
import kayan.polars
from kayan import Gazetteer, KayanError, Matcher

GAZETTEER = Gazetteer.from_records(
    [("القاهرة", "CITY", "Q85"), ("أحمد", "PER"), ("سالم", "PER"), ("دبي", None, 612), ("النيل", "RIVER")]
)
MATCHER = Matcher(GAZETTEER)
TEXT = "سافر أحمد وللقاهرة طريقان"

REPLACE = [
    # how, options, text, why
    ({"القاهرة": "مدينة"}, {"by": "name"}, "سافر أحمد ولمدينة طريقان", "by name; others stay"),
    ({"Q85": "العاصمة"}, {"by": "id"}, "سافر أحمد وللعاصمة طريقان", "by id; ل and the article join"),
    ({"Q85": "العاصمة"}, {"by": "id", "span": "token"}, "سافر أحمد العاصمة طريقان", "the clitics go, too"),
    ({None: "×"}, {"by": "id"}, "سافر × وللقاهرة طريقان", "None is no id"),
    ({"PER": "فلان"}, {}, "سافر فلان وللقاهرة طريقان", "by label, as it was"),
    ({"PER": "فلان"}, {"span": "token"}, "سافر فلان وللقاهرة طريقان", "what stays keeps its clitics"),
    ("×", {"span": "token"}, "سافر × × طريقان", "a str"),
    (
        lambda match: match.prefix,
        {"span": "token"},
        "سافر  ول طريقان",
        "a function may write the clitics itself",
    ),
    ({}, {"by": "name"}, TEXT, "no key changes nothing"),
]


@pytest.mark.parametrize(("how", "options", "expected", "why"), REPLACE)
def test_replace(how, options, expected, why):
    assert MATCHER.replace(TEXT, how, **options) == expected, why
    assert MATCHER.replace([TEXT, None], how, **options) == [expected, None]
    assert pd.Series([TEXT]).kayan.replace(MATCHER, how, **options).tolist() == [expected]
    assert pl.Series([TEXT]).kayan.replace(MATCHER, how, **options).to_list() == [expected]


WRONG_KEYS = [
    ({"CITI": "x"}, {}, "replace(): no entry has the label 'CITI': did you mean 'CITY'? labels: CITY, PER, RIVER"),
    ({"القاهرة": "x"}, {}, "'القاهرة': it is a name; pass by=\"name\", labels: CITY, PER, RIVER"),
    ({"Q85": "x"}, {}, "'Q85': it is an id; pass by=\"id\", labels: CITY, PER, RIVER"),
    ({"القاهره": "x"}, {"by": "name"}, "replace(): no entry has the name 'القاهره'"),
    ({"CITY": "x"}, {"by": "name"}, "replace(): no entry has the name 'CITY': it is a label; pass by=\"label\""),
    ({"Q86": "x"}, {"by": "id"}, "replace(): no entry has the id 'Q86'"),
]  # fmt: skip


@pytest.mark.parametrize(("how", "options", "message"), WRONG_KEYS)
def test_a_key_that_nothing_has_is_refused(how, options, message):
    with pytest.raises(KayanError) as raised:
        MATCHER.replace(TEXT, how, **options)
    assert message in str(raised.value)


def test_names_that_rules_compose_are_keys():
    gazetteer = Gazetteer()
    gazetteer.add_word_list("given", ["محمد", "سالم"])
    gazetteer.add_rule("two", "given given", label="PER")
    matcher = Matcher(gazetteer)
    assert matcher.replace("جاء محمد سالم", {"محمد سالم": "فلان"}, by="name") == "جاء فلان"
    with pytest.raises(KayanError):
        matcher.replace("جاء محمد سالم", {"محمد": "فلان"}, by="name")


MASK = [
    ({}, "سافر [PER] ول[CITY] طريقان", "labels"),
    ({"span": "token"}, "سافر [PER] [CITY] طريقان", "with clitics"),
    ({"pseudonyms": True}, "سافر شخص-1 ولمدينة-1 طريقان", "numbered"),
    ({"pseudonyms": True, "span": "token"}, "سافر شخص-1 مدينة-1 طريقان", "both"),
    ({"pseudonyms": False}, "سافر [PER] ول[CITY] طريقان", "not"),
    ({"labels": "PER", "pseudonyms": True}, "سافر شخص-1 وللقاهرة طريقان", "only some labels"),
]


@pytest.mark.parametrize(("options", "expected", "why"), MASK)
def test_mask(options, expected, why):
    assert MATCHER.mask(TEXT, **options) == expected, why
    assert MATCHER.mask(pd.Series([TEXT, None]), **options)[0] == expected
    assert pd.Series([TEXT]).kayan.mask(MATCHER, **options).tolist() == [expected]


def test_one_entity_has_one_pseudonym_everywhere():
    texts = ["لقي أحمد سالم", None, "قال سالم لأحمد في القاهره", "دبي والنيل ودبي"]
    key = {}
    masked = MATCHER.mask(texts, pseudonyms=key)
    assert masked == ["لقي شخص-1 شخص-2", None, "قال شخص-2 لشخص-1 في مدينة-1", "كيان-1 وRIVER-1 وكيان-1"]
    assert key == {
        ("PER", "أحمد"): "شخص-1",
        ("PER", "سالم"): "شخص-2",
        ("CITY", "Q85"): "مدينة-1",
        (None, "612"): "كيان-1",
        ("RIVER", "النيل"): "RIVER-1",
    }
    assert MATCHER.mask(["سالم"], pseudonyms=key) == ["شخص-2"], "the next column goes on with it"
    assert MATCHER.mask(["سالم"], pseudonyms=True) == ["شخص-1"], "without it, each column counts for itself"


def test_pseudonyms_that_are_given_are_used_and_not_given_again():
    key = {("PER", "سالم"): "شخص-1"}
    assert MATCHER.mask("أحمد وسالم", pseudonyms=key) == "شخص-2 وشخص-1"


def test_labels_that_share_a_noun_share_its_numbers():
    matcher = Matcher({"أحمد": "PER", "سالم": "PERSON"})
    assert matcher.mask("أحمد وسالم", pseudonyms=True) == "شخص-1 وشخص-2"


def test_the_column_stays_what_it_was():
    series = pd.Series(["أحمد", None], index=["a", "b"], name="t")
    assert MATCHER.mask(series, pseudonyms=True).index.tolist() == ["a", "b"]
    assert MATCHER.mask(pl.Series("t", ["أحمد", None]), pseudonyms=True).to_list() == ["شخص-1", None]
    assert kayan.Matcher([]).mask([], pseudonyms=True) == []
