"""Every kind of column goes in, comes back as it was, and keeps its nulls."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan

TEXTS = ["سافر إلى القاهرة", None, "دبي ثم القاهرة"]
FOLDED = ["سافر الي القاهره", None, "دبي ثم القاهره"]
FOUND = [(0, 9, 16), (2, 0, 3), (2, 7, 14)]
MATCHER = kayan.Matcher({"القاهرة": "LOC", "دبي": "LOC"})

COLUMNS = {
    "list": TEXTS,
    "tuple": tuple(TEXTS),
    "list-nan": [TEXTS[0], float("nan"), TEXTS[2]],
    "list-na": [TEXTS[0], pd.NA, TEXTS[2]],
    "numpy-object": np.array(TEXTS, dtype=object),
    "pandas": pd.Series(TEXTS, index=[5, 6, 7], name="t"),
    "pandas-object": pd.Series(TEXTS, dtype=object, index=list("abc"), name="t"),
    "pandas-string-python": pd.Series(TEXTS, dtype="string[python]", name="t"),
    "pandas-string-pyarrow": pd.Series(TEXTS, dtype="string[pyarrow]", index=[5, 6, 7], name="t"),
    "pandas-arrow": pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string()), index=[5, 6, 7], name="t"),
    "pandas-arrow-large": pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string()), name="t"),
    "pandas-category": pd.Series(TEXTS, dtype="category", name="t"),
    "pandas-slice": pd.Series(["x", *TEXTS, "y"], name="t").iloc[1:4],
    "polars": pl.Series("t", TEXTS),
    "polars-slice": pl.Series("t", ["x", *TEXTS, "y"])[1:4],
    "polars-categorical": pl.Series("t", TEXTS, dtype=pl.Categorical),
    "polars-enum": pl.Series("t", TEXTS, dtype=pl.Enum([TEXTS[0], TEXTS[2]])),
    "pandas-arrow-dictionary": pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))),
    "pandas-category-ordered": pd.Series(
        TEXTS, dtype=pd.CategoricalDtype(TEXTS[::-2], ordered=True), name="t"
    ),
    "pyarrow-dictionary": pa.array(TEXTS).dictionary_encode(),
    "pyarrow-dictionary-slice": pa.array(["x", *TEXTS]).dictionary_encode()[1:],
    "pyarrow-dictionary-chunked": pa.chunked_array(
        [pa.array(TEXTS[:1]).dictionary_encode(), pa.array(TEXTS[1:]).dictionary_encode()]
    ),
    "pyarrow": pa.array(TEXTS),
    "pyarrow-large": pa.array(TEXTS, pa.large_string()),
    "pyarrow-slice": pa.array(["x", *TEXTS])[1:],
    "pyarrow-chunked": pa.chunked_array([TEXTS[:1], [], TEXTS[1:]]),
}
if hasattr(np.dtypes, "StringDType"):  # numpy 2
    COLUMNS["numpy-string"] = np.array(TEXTS, dtype=np.dtypes.StringDType(na_object=None))
if hasattr(pa, "string_view"):  # pyarrow 16
    COLUMNS["pyarrow-view"] = pa.array(TEXTS, pa.string_view())


@pytest.mark.parametrize("kind", COLUMNS)
def test_find_batch(kind):
    matches = MATCHER.find_batch(COLUMNS[kind])
    assert matches.rows == 3
    assert [(row, m.start, m.end) for row, m in matches] == FOUND


@pytest.mark.parametrize("kind", COLUMNS)
def test_count_and_contains(kind):
    assert [int(str(count)) for count in MATCHER.count(COLUMNS[kind])] == [1, 0, 2]
    assert [str(known).lower() for known in MATCHER.contains(COLUMNS[kind])] == ["true", "false", "true"]


@pytest.mark.parametrize("kind", COLUMNS)
def test_normalize_gives_the_same_kind(kind):
    column = COLUMNS[kind]
    result = kayan.normalize(column)
    assert type(result) is type(column)
    if isinstance(column, pd.Series):
        assert result.index.equals(column.index)
        assert result.name == column.name
        assert kind.startswith("pandas-category") or result.dtype == column.dtype
        assert [None if pd.isna(text) else text for text in result] == FOLDED
    elif isinstance(column, (pa.Array, pa.ChunkedArray)):
        assert result.type == column.type
        assert result.to_pylist() == FOLDED
    elif isinstance(column, pl.Series):
        dtype = pl.String if column.dtype == pl.String else pl.Categorical
        assert (result.name, result.dtype, result.to_list()) == ("t", dtype, FOLDED)
    else:
        assert list(result) == FOLDED


VARIANTS = ["أحمد", None, "احمد", "مكة", "أحمد"]


def test_values_that_become_equal_become_one():
    arrow = kayan.normalize(pa.array(VARIANTS).dictionary_encode())
    assert arrow.dictionary.to_pylist() == ["احمد", "مكه"]
    assert arrow.to_pylist() == ["احمد", None, "احمد", "مكه", "احمد"]
    series = kayan.normalize(pd.Series(VARIANTS, dtype="category", index=list("abcde"), name="n"))
    assert sorted(series.cat.categories) == ["احمد", "مكه"]
    assert [None if pd.isna(text) else text for text in series] == arrow.to_pylist()
    assert (list(series.index), series.name) == (list("abcde"), "n")
    null_value = pa.DictionaryArray.from_arrays(pa.array([0, 1, None], pa.uint8()), pa.array(["أ", None]))
    assert kayan.normalize(null_value).to_pylist() == ["ا", None, None]


@pytest.mark.parametrize("null", [None, float("nan"), ""])
def test_a_numpy_string_array_keeps_its_dtype(null):
    if not hasattr(np.dtypes, "StringDType"):
        pytest.skip("numpy 1")
    dtype = np.dtypes.StringDType() if null == "" else np.dtypes.StringDType(na_object=null)
    result = kayan.normalize(np.array(["أحمد", null], dtype=dtype))
    assert result.dtype == dtype
    assert result[0] == "احمد"
    assert (result[1] == "") if null == "" else not isinstance(result[1], str)


def test_an_unchanged_text_comes_back_as_the_same_object():
    text, other = "".join(["سلا", "م"]), "أحمد"
    normalizer = kayan.Normalizer()
    assert normalizer.normalize(text) is text
    assert kayan.Normalizer("social")(text) is text
    assert kayan.Normalizer("search", html=True, emoji="remove")(text) is text
    for column in (
        [text, other],
        (text, other),
        pd.Series([text, other], dtype=object),
        np.array([text, other], dtype=object),
    ):
        assert normalizer.normalize_batch(column)[0] is text


@pytest.mark.parametrize("kind", COLUMNS)
def test_text_that_gets_wider_has_room(kind):
    # The entity is an emoji, which a string of Arabic letters has no room for.
    column = (
        pd.Series(["x&#128512;ي"], dtype=COLUMNS[kind].dtype) if kind.startswith("pandas-string") else None
    )
    column = ["x&#128512;ي"] if column is None else column
    assert next(iter(kayan.normalize(column, html=True))) == "x😀ي"


@pytest.mark.parametrize(
    "column",
    [[], (), pd.Series([], dtype=object), pd.Series([], dtype="string[pyarrow]"), pl.Series("t", [], pl.String),
     pa.array([], pa.string()), pa.chunked_array([], pa.string()), [None], [""],
     pa.array([None], pa.null()), pl.Series("t", [None]), pl.Series("t", [], pl.Categorical),
     pl.Series("t", [None], pl.Categorical), pa.array([], pa.dictionary(pa.int8(), pa.string())),
     pa.array([None], pa.dictionary(pa.int8(), pa.string()))],
)  # fmt: skip
def test_no_text(column):
    assert MATCHER.find_batch(column).rows == len(column)
    assert MATCHER.find_batch(column).by_row() == [[]] * len(column)
    assert [str(count) for count in MATCHER.count(column)] == ["0"] * len(column)
    assert [str(text) for text in kayan.normalize(column)] == [str(text) for text in column]


def test_any_iterable_of_texts():
    assert MATCHER.find_batch(text for text in TEXTS).rows == 3
    assert kayan.normalize(dict.fromkeys(TEXTS).keys()) == FOLDED
    assert list(kayan.normalize(np.array(["أحمد"]))) == ["احمد"]


def test_lone_surrogate_in_a_series_is_kept():
    series = pd.Series(["\ud800 دبي"], dtype=object)
    assert kayan.normalize(series, profile="light")[0] == "\ud800 دبي"
    assert [m.start for _, m in MATCHER.find_batch(series)] == [2]


WRONG = [
    # column, part of the message, why
    ("دبي", "find()", "one text is not many: each letter would be a row"),
    (b"x", "bytes", "bytes are not text"),
    (None, "NoneType", "not a column"),
    (5, "int", "not a column"),
    (pd.DataFrame({"t": TEXTS}), "DataFrame", "iterating a DataFrame gives its headings"),
    (pl.DataFrame({"t": TEXTS}), "DataFrame", "which column?"),
    (pa.table({"t": TEXTS}), "Table", "which column?"),
    ({"t": "دبي"}, "dict", "keys or values?"),
    (np.array([["x"]], dtype=object), "one-dimensional", "rows of rows"),
    (["دبي", 5], "row 1", "the core names the row"),
    (["دبي", b"x"], "row 1", "bytes are not text"),
    (pd.Series([1, 2]), "row 0", "numbers"),
    (pa.array([1, 2]), "Arrow", "numbers"),
]


@pytest.mark.parametrize(("column", "message", "why"), WRONG)
def test_wrong_column(column, message, why):
    with pytest.raises(TypeError) as raised:
        MATCHER.find_batch(column)
    assert message in str(raised.value), why
    if not isinstance(column, str):
        with pytest.raises(TypeError):
            kayan.normalize(column)


def test_progress(capsys):
    done = []
    MATCHER.find_batch(TEXTS, progress=done.append)
    assert done[-1] == 3
    assert done == sorted(done)
    assert kayan.Normalizer().normalize_batch(TEXTS, progress=True) == FOLDED
    assert "3/3" in capsys.readouterr().err
    with pytest.raises(TypeError, match="progress must be"):
        MATCHER.find_batch(TEXTS, progress="yes")


def test_error_in_progress_stops_the_run():
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        MATCHER.find_batch(TEXTS, progress=stop)


@pytest.mark.parametrize("threads", [1, 2, None])
def test_threads_change_nothing(threads):
    assert len(MATCHER.find_batch(TEXTS * 50, threads=threads)) == 150


def test_an_arrow_column_that_is_not_utf8_is_refused():
    pa = pytest.importorskip("pyarrow")
    offsets, data = pa.py_buffer(b"\0\0\0\0\2\0\0\0\4\0\0\0"), pa.py_buffer(b"ab\xd9\xd9")
    column = pa.Array.from_buffers(pa.utf8(), 2, [None, offsets, data])
    for call in (kayan.Matcher(["بغداد"]).find_batch, kayan.normalize):
        with pytest.raises(kayan.KayanError, match="row 1 is not UTF-8"):
            call(column)
