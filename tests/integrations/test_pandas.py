"""kayan.pandas: the accessors keep index, name and dtype, and say what `find_batch` says."""

import pytest

import kayan

pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")
pytest.importorskip("kayan.pandas")

DTYPES = {
    "object": object,
    "str": "str",
    "string[python]": "string[python]",
    "string[pyarrow]": "string[pyarrow]",
    "arrow": pd.ArrowDtype(pa.string()),
    "arrow-large": pd.ArrowDtype(pa.large_string()),
}
INDEXES = {
    "range": range(8),
    "numbers": [10, 20, 30, 40, 50, 60, 70, 80],
    "duplicates": list("aabbaabb"),
    "dates": pd.date_range("2024-01-01", periods=8, freq="D", name="day"),
    "multi": pd.MultiIndex.from_product([["s", "t"], [1, 2, 2, 3]], names=["source", "page"]),
}


def series_of(texts, dtype="object", index="range"):
    return pd.Series(texts, dtype=DTYPES[dtype], index=INDEXES[index], name="news")


def plain(series):
    return [None if pd.isna(text) else text for text in series]


@pytest.mark.parametrize("dtype", DTYPES)
def test_texts_keep_dtype_index_and_name(dtype, matcher, texts):
    series = series_of(texts, dtype, "duplicates")
    for new, expected in [
        (series.kayan.normalize(), kayan.normalize(texts)),
        (series.kayan.normalize("light", tatweel=False), kayan.normalize(texts, "light", tatweel=False)),
        (series.kayan.replace(matcher, "×"), matcher.replace(texts, "×")),
        (series.kayan.replace(matcher, {"LOC": "×"}, "LOC"), matcher.replace(texts, {"LOC": "×"}, "LOC")),
        (series.kayan.mask(matcher), matcher.mask(texts)),
    ]:
        assert plain(new) == expected
        assert new.dtype == series.dtype
        assert new.index.equals(series.index)
        assert new.name == "news"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("index", INDEXES)
def test_matches_have_the_index_of_their_texts(dtype, index, matcher, texts, found):
    series = series_of(texts, dtype, index)
    table = series.kayan.find(matcher)
    rows = [(row, *m, None, 0, 1.0) for row, matches in enumerate(found) for m in matches or []]
    assert [tuple(None if pd.isna(value) else value for value in row) for row in table.to_numpy()] == rows
    assert list(table.columns) == ["row", *kayan.Match._fields, "rule", "edits", "similarity"]
    assert table.index.equals(series.index[[row[0] for row in rows]])
    assert table.index.names == series.index.names
    texts_of = series.iloc[table["row"]]
    assert [t[s:e] for t, s, e in zip(texts_of, table["start"], table["end"], strict=True)] == list(
        table["text"]
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_counts_are_one_for_each_text(dtype, matcher, texts, found):
    series = series_of(texts, dtype, "multi")
    counts, contains = series.kayan.count(matcher), series.kayan.contains(matcher)
    assert counts.tolist() == [len(row or []) for row in found]
    assert contains.tolist() == [bool(row) for row in found]
    assert (contains.dtype, contains.name) == (bool, "news")
    assert contains.index.equals(series.index)
    assert len(series[contains]) == 4
    assert series.kayan.count(matcher, "ORG").sum() == 1


def test_a_frame_finds_in_one_of_its_columns(matcher, texts):
    frame = pd.DataFrame({"id": range(8), 7: texts}, index=INDEXES["multi"])
    table = frame.kayan.find(7, matcher, labels="LOC")
    pd.testing.assert_frame_equal(table, frame[7].kayan.find(matcher, "LOC"))
    with pytest.raises(kayan.KayanError):
        frame.kayan.find("text", matcher)
    assert frame.iloc[table["row"]]["id"].tolist() == table["row"].tolist()


@pytest.mark.parametrize("dtype", DTYPES)
def test_empty_series(dtype, matcher):
    empty = pd.Series([], dtype=DTYPES[dtype], index=pd.Index([], dtype="int64"), name="news")
    assert empty.kayan.normalize().dtype == empty.dtype
    assert list(empty.kayan.find(matcher).columns) == [
        "row",
        *kayan.Match._fields,
        "rule",
        "edits",
        "similarity",
    ]
    assert len(empty.kayan.find(matcher)) == 0
    assert empty.kayan.count(matcher).tolist() == []
    assert empty.kayan.contains(matcher).dtype == bool


def test_wrong_columns_are_named(matcher):
    with pytest.raises(TypeError, match="row 1: expected str or a null, got int"):
        pd.Series(["دبي", 5], dtype=object).kayan.find(matcher)
    with pytest.raises(TypeError, match="row 1: expected str or a null, got int"):
        pd.Series(["دبي", 5], dtype=object).kayan.count(matcher)
    with pytest.raises(TypeError, match="row 0: expected str or a null"):
        pd.Series([1, 2]).kayan.normalize()
    with pytest.raises(TypeError, match="got DataFrame"):
        pd.DataFrame([["a", "b"]], columns=["t", "t"]).kayan.find("t", matcher)
