"""Results as data: filter, sort, sample, masks, joined batches, context, counts by any column."""

import copy
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan
import kayan.polars
from kayan import KayanError, Matcher

GAZETTEER = kayan.Gazetteer.from_records(
    [
        {"name": "القاهرة", "label": "CITY", "id": "Q85", "country": "EG"},
        {"name": "مصر", "label": "COUNTRY", "id": 79},
        {"name": "أحمد"},
    ]
)
TEXTS = ["سافر أحمد للقاهرة", None, "من مصر إلى القاهره", "لا شيء"]
MATCHER = Matcher(GAZETTEER)
MATCHES = MATCHER.find_batch(TEXTS)
EMPTY = MATCHER.find_batch([])
NAMES = ["أحمد", "القاهرة", "مصر", "القاهرة"]


def names(matches):
    return [match.name for _, match in matches]


FILTERS = [
    ({"label": "CITY"}, [1, 3], "a str is one label"),
    ({"label": ["CITY", "COUNTRY"]}, [1, 2, 3], "a list is several"),
    ({"label": [None]}, [0], "None in a list is no label"),
    ({"label": ["CITY", float("nan")]}, [0, 1, 3], "NaN is None"),
    ({"label": "CITI"}, [], "what no match has leaves nothing"),
    ({"label": []}, [], "an empty list leaves nothing"),
    ({"label": None}, [0, 1, 2, 3], "None is no condition"),
    ({"id": "Q85"}, [1, 3], "an id"),
    ({"id": 79}, [2], "ids are stored as str"),
    ({"id": np.array([79])}, [2], "numbers of numpy too"),
    ({"name": "القاهرة"}, [1, 3], "the canonical name, not the spelling"),
    ({"name": "القاهره"}, [], "a spelling isn't a name"),
    ({"label": "CITY", "rows": [True, True, True, False]}, [1, 3], "all conditions hold"),
    ({"label": "CITY", "name": "مصر"}, [], "all conditions hold"),
    ({"rows": [False, False, True, False]}, [2, 3], "one bool for each text"),
    ({"rows": pd.Series([True, False, False, None], index=[9, 8, 7, 6])}, [0, 1], "positions, not an index"),
    ({"rows": pl.Series([True, None, None, False])}, [0, 1], "null is False"),
    ({"rows": pa.array([False, False, True, True])}, [2, 3], "Arrow"),
    ({"min_similarity": 1}, [0, 1, 2, 3], "without fuzzy search all are 1.0"),
    ({"min_similarity": 0.0}, [0, 1, 2, 3], "the least"),
]


@pytest.mark.parametrize(("conditions", "kept", "why"), FILTERS)
def test_filter(conditions, kept, why):
    filtered = MATCHES.filter(**conditions)
    assert list(filtered) == [MATCHES[at] for at in kept], why
    assert filtered.rows == MATCHES.rows
    assert len(EMPTY.filter(**{key: value for key, value in conditions.items() if key != "rows"})) == 0


MASKS = [
    ([True, False, False, True], [0, 3]),
    (np.array([False, True, False, False]), [1]),
    (pd.Series([True, None, False, False], dtype="boolean"), [0]),
    (pl.Series([False, False, True, True]), [2, 3]),
    (pa.array([True, True, True, True]), [0, 1, 2, 3]),
    (MATCHES.to_pandas()["label"] == "CITY", [1, 3]),
]


@pytest.mark.parametrize(("mask", "kept"), MASKS)
def test_masks(mask, kept):
    assert list(MATCHES[mask]) == [MATCHES[at] for at in kept]


def test_positions_and_slices_are_as_before():
    assert MATCHES[np.int64(-1)] == MATCHES[3] == (2, MATCHES.by_row()[2][1])
    assert MATCHES[1:3] == [MATCHES[1], MATCHES[2]]


SORTS = [
    ("name", False, [0, 1, 3, 2], "by code points; equal ones keep their order"),
    ("name", True, [2, 1, 3, 0], "also from the greatest on"),
    (("row", "start"), False, [0, 1, 2, 3], "as they are found"),
    (["label", "start"], False, [1, 3, 2, 0], "None is last"),
    ("label", True, [2, 1, 3, 0], "None is last from the greatest on, too"),
]


@pytest.mark.parametrize(("by", "descending", "order", "why"), SORTS)
def test_sort(by, descending, order, why):
    result = MATCHES.sort(by, descending=descending)
    assert list(result) == [MATCHES[at] for at in order], why
    assert list(result.sort()) == list(MATCHES)
    assert len(EMPTY.sort(by)) == 0


def test_sample():
    assert list(MATCHES.sample(2, seed=3)) == list(MATCHES.sample(2, seed=3))
    assert len({tuple(MATCHES.sample(2, seed=seed)) for seed in range(20)}) > 1
    assert list(MATCHES.sample(99)) == list(MATCHES)
    assert len(MATCHES.sample(0)) == len(EMPTY.sample(3)) == 0


@pytest.mark.parametrize("options", [{}, {"offsets": "byte"}, {"span": "token"}])
@pytest.mark.parametrize("change", ["filter", "sort", "mask", "sample", "joined"])
def test_what_is_chosen_is_like_what_was_found(options, change):
    found = MATCHER.find_batch(TEXTS, **options)
    chosen = {
        "filter": lambda: found.filter("CITY"),
        "sort": lambda: found.sort("name", descending=True),
        "mask": lambda: found[[True, True, False, False]],
        "sample": lambda: found.sample(3, seed=0),
        "joined": lambda: found + found,
    }[change]()
    pairs = list(chosen)
    assert {match for _, match in pairs} <= {match for _, match in found}
    for again in (pickle.loads(pickle.dumps(chosen)), copy.copy(chosen), copy.deepcopy(chosen)):
        assert list(again) == pairs
        assert [match.metadata for _, match in again] == [match.metadata for _, match in pairs]
    assert [tuple(row) for row in chosen.to_arrow().to_pylist()] == [tuple(kayan._matches.COLUMNS)] * len(
        pairs
    )
    for frame in (chosen.to_pandas()["start"].tolist(), chosen.to_polars()["start"].to_list()):
        assert frame == [match.start for _, match in pairs]
    texts = TEXTS * 2 if change == "joined" else TEXTS
    assert len(chosen.to_iob(texts)) == chosen.rows == len(texts)
    assert chosen.counts()["count"].sum() == len(pairs)
    assert str(len(pairs)) in repr(chosen)
    chosen.cooccurrence()
    chosen.show(texts)
    chosen.concordance(texts)
    chosen._repr_html_()


def test_sorting_changes_nothing_that_goes_by_text():
    mixed = MATCHES.sort("name", descending=True)
    assert mixed.to_iob(TEXTS) == MATCHES.to_iob(TEXTS)
    assert mixed.cooccurrence().equals(MATCHES.cooccurrence())
    assert str(mixed.show(TEXTS)) == str(MATCHES.show(TEXTS))


def test_joined_batches_are_one():
    joined = MATCHER.find_batch(TEXTS[:2]) + MATCHER.find_batch(TEXTS[2:])
    assert list(joined) == list(MATCHES)
    assert joined.rows == 4
    assert [match.metadata for _, match in joined] == [match.metadata for _, match in MATCHES]
    assert list(sum([MATCHES, EMPTY, MATCHES])) == list(MATCHES + MATCHES)


def test_joined_batches_of_two_matchers_keep_their_metadata():
    other = kayan.Gazetteer()
    other.add("دبي", country="AE", rank=1)
    joined = MATCHES + Matcher(other).find_batch(["دبي", "x"]) + Matcher(["x"]).find_batch(["x"])
    found = [(row, match.name, match.metadata) for row, match in joined][-2:]
    assert found == [(4, "دبي", {"country": "AE", "rank": 1}), (6, "x", {})]
    assert joined[1][1].metadata == {"country": "EG"}


def test_joined_batches_of_two_units_keep_them():
    joined = MATCHES + MATCHER.find_batch(TEXTS, span="token")
    assert [match.text for _, match in joined.filter("CITY")] == ["لقاهرة", "القاهره", "للقاهرة", "القاهره"]


CONTEXTS = [
    # width, before, after, why
    (40, "سافر أحمد", "أمس مع أخيه", "the whole text"),
    (6, "أحمد", "أمس", "cut between words"),
    (0, "", "", "nothing"),
]


@pytest.mark.parametrize(("width", "before", "after", "why"), CONTEXTS)
@pytest.mark.parametrize("span", ["entity", "token"])
def test_context(width, before, after, why, span):
    texts = [None, "سافر أحمد للقاهرة أمس\nمع أخيه"]
    frame = MATCHER.find_batch(texts, "CITY", span=span).to_pandas(texts, context=width)
    assert frame[["before", "after"]].values.tolist() == [[before, after]], why
    assert frame.columns.tolist() == [*kayan._matches.COLUMNS, "before", "after"]


def test_context_goes_with_each_match_in_any_order():
    frame = MATCHES.sort("name", descending=True).to_pandas(TEXTS)
    assert frame["before"].tolist() == ["من", "سافر أحمد", "من مصر إلى", "سافر"]
    assert EMPTY.to_pandas([], context=3).empty


COUNTS = [
    ("label", [["CITY", 2], [None, 1], ["COUNTRY", 1]]),
    ("id", [["Q85", 2], [None, 1], ["79", 1]]),
    ("name", [["القاهرة", 2], ["أحمد", 1], ["مصر", 1]]),
    ("text", [["أحمد", 1], ["لقاهرة", 1], ["مصر", 1], ["القاهره", 1]]),
    (["id", "name"], [["Q85", "القاهرة", 2], [None, "أحمد", 1], ["79", "مصر", 1]]),
]


@pytest.mark.parametrize(("by", "rows"), COUNTS)
def test_counts(by, rows):
    frame = MATCHES.counts(by)
    assert frame.astype(object).where(frame.notna(), None).values.tolist() == rows
    assert EMPTY.counts(by).columns.tolist() == frame.columns.tolist()


def test_what_is_wrong_is_refused():
    # The messages are in test_messages.py.
    with pytest.raises(KayanError):
        MATCHES.filter(rows=[True])
    with pytest.raises(TypeError):
        MATCHES[["CITY"]]


FRAMES = [
    # options, columns, rows, why
    ({}, None, [(0, 5, 9, "أحمد"), (0, 11, 17, "القاهرة"), (2, 3, 6, "مصر"), (2, 11, 18, "القاهرة")], "rows"),
    ({"labels": "COUNTRY"}, None, [(2, 3, 6, "مصر")], "a label"),
    (
        {"keep": ["id", "text"], "prefix": "m_"},
        ("id", "text", "m_row", "m_text"),
        [
            (1, TEXTS[0], 0, "أحمد"),
            (1, TEXTS[0], 0, "لقاهرة"),
            (3, TEXTS[2], 2, "مصر"),
            (3, TEXTS[2], 2, "القاهره"),
        ],
        "names that clash",
    ),
]


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize(("options", "columns", "rows", "why"), FRAMES)
def test_frames_of_polars(options, columns, rows, why, lazy):
    frame = pl.DataFrame({"id": [1, 2, 3, 4], "text": TEXTS})
    found = (frame.lazy() if lazy else frame).kayan.find("text", MATCHER, **options)
    assert isinstance(found, pl.LazyFrame if lazy else pl.DataFrame)
    chosen = found.lazy().collect().select(columns or ("row", "start", "end", "name"))
    assert chosen.rows() == rows, why
    if not options:
        plain = found.lazy().collect()
        assert plain.equals(MATCHES.to_polars().cast(dict(plain.schema)))
    nothing = frame.head(0).kayan.find("text", MATCHER, **options)
    assert nothing.schema == found.lazy().collect_schema()


def test_similarity_counts_where_the_search_has_it():
    columns = {
        name: [0, 1] if name in ("row", "start", "end") else ["x", "y"] for name in kayan._matches.COLUMNS
    }
    columns |= {"similarity": [1.0, 0.8], "entry": [None, None]}
    matches = kayan.Matches(kayan._matches.Kept(2, columns), {})
    assert [len(matches.filter(min_similarity=least)) for least in (0.5, 0.8, 0.81, 1)] == [2, 2, 1, 1]
