"""A matcher from a table: the same whatever library it is of, and whether or not its columns lie in Arrow."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan
from kayan import KayanError, Matcher
from kayan._inputs import holds_text

RECORDS = [("القاهرة", "CITY", "c1"), ("دبي", None, None), ("الأمم المتحدة", "ORG", "o1")]
TEXT = "وصل وفد الأمم المتحدة من القاهرة إلى دبي"
COLUMNS = {name: [record[at] for record in RECORDS] for at, name in enumerate(("name", "label", "id"))}


def arrow(columns):
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


TABLES = {
    "pandas, objects": lambda columns: pd.DataFrame(columns, dtype=object),
    "pandas, str": pd.DataFrame,
    "pandas, Arrow": lambda columns: pd.DataFrame(columns, dtype=pd.ArrowDtype(pa.string())),
    "polars": pl.DataFrame,
    "polars, categories": lambda columns: pl.DataFrame(columns).with_columns(pl.all().cast(pl.Categorical)),
    "pyarrow": arrow,
    "pyarrow, batch": lambda columns: arrow(columns).to_batches()[0],
    "pyarrow, dictionary": lambda columns: pa.table(
        {name: pa.array(values, pa.string()).dictionary_encode() for name, values in columns.items()}
    ),
    "pyarrow, with metadata": lambda columns: arrow({**columns, "note": [None] * len(columns["name"])}),
}


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("names", [["name"], ["name", "label"], ["id", "name", "label"]], ids=len)
def test_a_matcher_is_the_same_from_any_table(make, names):
    columns = {name: COLUMNS[name] for name in names}
    matcher = Matcher(make(columns))
    expected = Matcher([dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)])
    assert matcher.find(TEXT) == expected.find(TEXT)
    assert len(matcher.find(TEXT)) == 3
    assert (repr(matcher), matcher.labels) == (repr(expected), expected.labels)


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("name", [None, "", " ", "\u064b", "\u200f"], ids=ascii)
def test_an_error_names_the_row(make, name):
    with pytest.raises(KayanError, match=r"^row 1 of the DataFrame(:| has| is) "):
        Matcher(make({"name": ["دبي", name, "القاهرة"]}))


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
def test_an_error_of_the_options_is_told_once(make):
    with pytest.raises(KayanError, match=r"^option 'clitics' takes 'off', 'safe', 'all'; got 'some'$"):
        Matcher(make(COLUMNS), clitics="some")
    with pytest.raises(KayanError, match="unknown profile 'mach'"):
        Matcher(make(COLUMNS), profile="mach")


@pytest.mark.parametrize(
    "table",
    [
        arrow(COLUMNS).set_column(2, "id", pa.array([1, None, 3])),
        pl.DataFrame({**COLUMNS, "id": [1, None, 3]}),
        pd.DataFrame({**COLUMNS, "id": pd.array([1, None, 3], dtype=pd.ArrowDtype(pa.int64()))}),
    ],
    ids=["pyarrow", "polars", "pandas"],
)
def test_ids_may_be_numbers(table):
    assert [match.id for match in Matcher(table).find(TEXT)] == ["3", "1", None]


@pytest.mark.parametrize("make", [arrow, TABLES["polars"], TABLES["pandas, Arrow"]])
def test_columns_in_arrow_are_not_copied(make, monkeypatch):
    def refused(*_):
        raise AssertionError("an object for each entry")

    monkeypatch.setattr("kayan._gazetteer.compiled.read_dataframe", refused)
    assert len(Matcher(make(COLUMNS))) == 3


TEXTS = [
    # column, whether its type is one of texts
    (pa.array(["x"]), True),
    (pa.array(["x"], pa.large_string()), True),
    (pa.array(["x"], pa.string_view()), True),
    (pa.chunked_array([["x"], [None]]), True),
    (pa.array(["x"]).dictionary_encode(), True),
    (pa.array([None]), True),
    (pa.array([1]), False),
    (pa.array([1]).dictionary_encode(), False),
    (pa.array([b"x"]), False),
    (pa.array([["x"]]), False),
    (pl.Series(["x"]), True),
    (pl.Series(["x"], dtype=pl.Categorical), True),
    (pl.Series(["x"], dtype=pl.Enum(["x"])), True),
    (pl.Series([1]), False),
    (pl.Series([["x"]]), False),
    (pd.Series(["x"], dtype=object), False),
    (pd.Series(["x"], dtype="string[pyarrow]"), True),
    (pd.Series(["x"], dtype=pd.ArrowDtype(pa.string())), True),
    (pd.Series([1], dtype=pd.ArrowDtype(pa.int64())), False),
    (pd.Series([1]), False),
]


@pytest.mark.parametrize(
    ("column", "is_text"), TEXTS, ids=lambda value: str(getattr(value, "type", value))[:30]
)
def test_which_columns_hold_texts(column, is_text):
    assert holds_text(column) == is_text


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (5, TypeError, "expected a Gazetteer, a dict {name: label}, a list or a DataFrame, got int"),
        (
            pl.LazyFrame({"name": ["x"]}),
            TypeError,
            "expected a pandas or polars DataFrame or a pyarrow Table",
        ),
        (
            pa.table({"names": ["x"]}),
            KayanError,
            "did you mean 'names'? Rename it, or read it with name='names'; its columns: names",
        ),
        (pa.table([["x"], ["y"]], names=["name", "name"]), KayanError, "the column 'name' more than once"),
        (kayan.Gazetteer, TypeError, "got type"),
    ],
)
def test_what_is_no_dictionary(given, error, message):
    with pytest.raises(error) as raised:
        Matcher(given)
    assert message in str(raised.value)
