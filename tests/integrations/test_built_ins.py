"""Each integration with the built-in gazetteers: labels, ids, composed names and ambiguous ones, and nulls."""

import pytest

import kayan

TEXTS = [
    "التقى الرئيس الفرنسي إيمانويل ماكرون بالدكتور سامر الخطيب في القاهرة",
    None,
    "",
    "وصل الوفد للعراق ثم إلى مدينة فاس",
]
# Row, start and label, as README.md has them for the first text.
FOUND = [
    (0, 6, "OFFICE"),
    (0, 21, "PERSON"),
    (0, 46, "PERSON"),
    (0, 61, "CITY"),
    (3, 11, "COUNTRY"),
    (3, 30, "CITY"),
]


@pytest.fixture(scope="module")
def matcher():
    return kayan.Matcher(kayan.Gazetteer.builtin())


@pytest.fixture(scope="module")
def found():
    return FOUND


def test_core(matcher, found):
    assert [
        (row, m.start, m.label) for row, text in enumerate(TEXTS) if text for m in matcher.find(text)
    ] == found


def rows(frame):
    return [(int(row), int(start), label) for row, start, label in zip(*frame, strict=True)]


def test_pandas(matcher, found):
    pandas = pytest.importorskip("pandas")
    import kayan.pandas  # noqa: F401 (registers what is used below)

    table = pandas.Series(TEXTS).kayan.find(matcher)
    assert rows((table["row"], table["start"], table["label"])) == found
    table = pandas.DataFrame({"text": TEXTS}).kayan.find("text", matcher)
    assert len(table) == len(found)


def test_polars(matcher, found):
    polars = pytest.importorskip("polars")
    import kayan.polars  # noqa: F401 (registers what is used below)

    table = polars.DataFrame({"text": TEXTS}).select(n=polars.col("text").kayan.count(matcher))
    assert table["n"].to_list() == [4, None, 0, 2]
    labels = polars.DataFrame({"text": TEXTS}).select(m=polars.col("text").kayan.find(matcher)).explode("m")
    assert [one["label"] for one in labels["m"].to_list() if one] == [label for *_, label in found]


def test_arrow(matcher, found):
    pyarrow = pytest.importorskip("pyarrow")
    table = matcher.find_batch(pyarrow.array(TEXTS)).to_arrow()
    assert rows(table[name].to_pylist() for name in ("row", "start", "label")) == found


def test_duckdb(matcher, found):
    duckdb = pytest.importorskip("duckdb")
    import kayan.duckdb

    connection = duckdb.connect()
    kayan.duckdb.register(connection, matcher)
    rows = connection.execute("select kayan_find(t) from (select unnest(?) as t)", [TEXTS]).fetchall()
    assert [one if one is None else len(one) for (one,) in rows] == [4, None, 0, 2]
    assert [match["label"] for (one,) in rows for match in one or []] == [label for *_, label in found]


def test_dask(matcher, found):
    frames = pytest.importorskip("dask.dataframe")
    import pandas

    import kayan.dask

    frame = frames.from_pandas(pandas.DataFrame({"text": TEXTS}), npartitions=2)
    assert sorted(kayan.dask.find(frame, "text", matcher).compute()["label"]) == sorted(
        label for *_, label in found
    )


def test_sklearn(matcher, found):
    pytest.importorskip("sklearn")
    from kayan.sklearn import EntityCounts

    counter = EntityCounts(matcher).fit(TEXTS)
    counts, names = counter.transform(TEXTS), counter.get_feature_names_out().tolist()
    assert counts.sum(axis=1).tolist() == [4, 0, 0, 2]
    # Composed names have a label that no entry has.
    assert counts[0, names.index("PERSON")] == 1


def test_spacy(matcher, found):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("ar")
    nlp.add_pipe("kayan_entities").matcher = matcher
    labels = [entity.label_ for text in TEXTS if text for entity in nlp(text).ents]
    assert labels == [label for *_, label in found]


@pytest.mark.parametrize("chart", ["bar", "network"])
def test_plot(matcher, chart, tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    matplotlib.use("Agg")
    import kayan.plot

    drawn = getattr(kayan.plot, chart)(matcher.find_batch(TEXTS))
    drawn.figure.savefig(tmp_path / "chart.svg")
    assert "القاهرة" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
