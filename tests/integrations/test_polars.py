"""kayan.polars: the plugin in eager, lazy and streaming queries says what `find_batch` says of a list."""

import io
import subprocess
import sys

import pytest

import kayan

pl = pytest.importorskip("polars")
pytest.importorskip("kayan.polars")


def in_frame(frame, expression):
    return frame.select(expression)


def lazily(frame, expression):
    return frame.lazy().select(expression).collect()


def streaming(frame, expression):
    return frame.lazy().select(expression).collect(engine="streaming")


ENGINES = pytest.mark.parametrize("run", [in_frame, lazily, streaming])
FRAMES = {
    "plain": lambda texts: pl.DataFrame({"t": texts}),
    "slice": lambda texts: pl.DataFrame({"t": ["دبي", *texts, "دبي"]})[1:-1],
    "chunks": lambda texts: pl.concat(
        [pl.DataFrame({"t": part}, {"t": pl.String}) for part in (texts[:1], [], texts[1:5], texts[5:])],
        rechunk=False,
    ),
    "categorical": lambda texts: pl.DataFrame({"t": pl.Series(texts, dtype=pl.Categorical)}),
    "enum": lambda texts: pl.DataFrame(
        {"t": pl.Series(texts, dtype=pl.Enum([*dict.fromkeys(texts[2:6]), *texts[7:], texts[0]]))}
    ),
}


@ENGINES
@pytest.mark.parametrize("kind", FRAMES)
def test_answers_are_those_of_a_list(kind, run, matcher, texts, found):
    frame, t = FRAMES[kind](texts), pl.col("t").kayan
    new = run(frame, [
        t.find(matcher).alias("found"),
        t.count(matcher).alias("count"),
        t.contains(matcher).alias("contains"),
        t.normalize().alias("normal"),
        t.normalize("light", tatweel=False).alias("light"),
        t.replace(matcher, {"LOC": "×"}, "LOC").alias("replaced"),
        t.mask(matcher).alias("masked"),
    ])  # fmt: skip
    rows = new["found"].to_list()
    assert [None if row is None else [tuple(m.values())[:8] for m in row] for row in rows] == found
    assert new["count"].to_list() == [None if row is None else len(row) for row in found]
    assert new["contains"].to_list() == [None if row is None else bool(row) for row in found]
    assert new["normal"].to_list() == kayan.normalize(texts)
    assert new["light"].to_list() == kayan.normalize(texts, "light", tatweel=False)
    assert new["replaced"].to_list() == matcher.replace(texts, {"LOC": "×"}, "LOC")
    assert new["masked"].to_list() == matcher.mask(texts)


def test_types_are_known_before_a_query_runs(matcher):
    t = pl.col("t").kayan
    lazy = pl.LazyFrame({"t": ["دبي"]}).select(
        find=t.find(matcher), count=t.count(matcher), contains=t.contains(matcher), normal=t.normalize(),
        mask=t.mask(matcher),
    )  # fmt: skip
    string = dict.fromkeys((*kayan.Match._fields, "rule"), pl.String)
    numbers = {"start": pl.Int32, "end": pl.Int32, "edits": pl.Int32, "similarity": pl.Float64}
    assert lazy.collect_schema() == {
        "find": pl.List(pl.Struct(string | numbers)),
        "count": pl.Int64,
        "contains": pl.Boolean,
        "normal": pl.String,
        "mask": pl.String,
    }
    assert lazy.collect().schema == lazy.collect_schema()
    assert lazy.collect(engine="streaming").schema == lazy.collect_schema()


@ENGINES
@pytest.mark.parametrize("column", [pl.Series("t", [], pl.String), pl.Series("t", [None, None], pl.String),
                                    pl.Series("t", [None, None], pl.Null),
                                    pl.Series("t", [None], pl.Categorical), pl.Series("t", ["", ""])])  # fmt: skip
def test_no_text(column, run, matcher):
    t = pl.col("t").kayan
    new = run(
        pl.DataFrame(column), [t.find(matcher).alias("f"), t.count(matcher).alias("c"), t.mask(matcher)]
    )
    assert new["f"].to_list() == [None if text is None else [] for text in column]
    assert new["c"].to_list() == [None if text is None else 0 for text in column]
    assert new["t"].to_list() == column.to_list()


@ENGINES
def test_many_rows_in_many_parts(run, matcher, texts, found):
    frame = pl.DataFrame({"t": texts * 30_000, "n": range(len(texts) * 30_000)})
    new = run(frame, [pl.col("n"), pl.col("t").kayan.find(matcher).list.len().alias("c")])
    assert new["n"].equals(frame["n"])
    assert new["c"].to_list() == [None if row is None else len(row) for row in found] * 30_000


def test_in_filters_groups_and_tables_of_matches(matcher, texts):
    frame = pl.DataFrame({"n": range(8), "t": texts, "g": list("aabbaabb")})
    kept = frame.lazy().filter(pl.col("t").kayan.contains(matcher)).select("n").collect()
    assert kept["n"].to_list() == [0, 3, 4, 7]
    sums = frame.group_by("g", maintain_order=True).agg(pl.col("t").kayan.count(matcher).sum())
    assert sums.rows() == [("a", 4), ("b", 4)]
    over = frame.select(pl.col("t").kayan.count(matcher).sum().over("g"))
    assert over["t"].to_list() == [4] * 8
    table = (
        frame.lazy().select("n", m=pl.col("t").kayan.find(matcher)).drop_nulls().filter(pl.col("m").list.len() > 0)
        .explode("m").unnest("m").collect(engine="streaming")
    )  # fmt: skip
    assert table.rename({"n": "row"}).sort("row", "start").rows() == [
        (row, *match, match.rule, match.edits, match.similarity) for row, match in matcher.find_batch(texts)
    ]


def test_series_have_the_same_methods(matcher, texts, found):
    series = pl.Series("t", texts)
    assert series.kayan.count(matcher).to_list() == [None if row is None else len(row) for row in found]
    assert series.kayan.normalize(alef=False).to_list() == kayan.normalize(texts, alef=False)
    assert series.kayan.mask(matcher, labels="ORG").name == "t"
    assert pl.Series(["دبي"]).kayan.contains(matcher).to_list() == [True]
    with pytest.raises(AttributeError):
        series.kayan.nothing()


def test_labels_tell_expressions_of_one_matcher_apart(matcher, texts):
    t = pl.col("t").kayan
    new = pl.DataFrame({"t": texts}).select(
        all=t.count(matcher), loc=t.count(matcher, "LOC"), org=t.count(matcher, ["ORG"])
    )
    assert new.sum().row(0) == (8, 6, 1)
    with pytest.raises(kayan.KayanError, match="no entry has the label 'XYZ'"):
        t.find(matcher, "XYZ")


def test_more_matchers_than_are_kept():
    names = ["دبي", "مصر", "قطر", "لندن", "باريس", "روما", "مدريد", "برلين", "طوكيو", "دلهي"]
    frame = pl.LazyFrame({"t": [" ".join(names)]})
    query = frame.select(pl.col("t").kayan.find(kayan.Matcher([name])).alias(name) for name in names)
    for _ in range(2):
        (row,) = query.collect().rows()
        assert [[match["name"] for match in found] for found in row] == [[name] for name in names]


def test_a_plan_works_in_another_process(matcher, texts):
    t = pl.col("t").kayan
    plan = pl.LazyFrame({"t": texts}).select(
        t.count(matcher, "LOC"), n=t.normalize("search", ta_marbuta=False)
    )
    # Without `import kayan` there: the plan brings what it needs.
    code = (
        "import sys, io, polars as pl\n"
        "new = pl.LazyFrame.deserialize(io.BytesIO(sys.stdin.buffer.read())).collect()\n"
        "sys.stdout.buffer.write(new.serialize())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], input=plan.serialize(), capture_output=True, check=True
    )
    assert pl.DataFrame.deserialize(io.BytesIO(made.stdout)).equals(plan.collect())


WRONG = [
    # what makes the expression of a matcher, in a frame with the columns n and t, part of the message
    (pl.col("n").kayan.find, "expected a column of strings, got Arrow type Int64"),
    (lambda m: pl.col("n").kayan.normalize(), "expected a column of strings, got Arrow type Int64"),
    (pl.col("x").kayan.find, "x"),
]


@pytest.mark.parametrize(("expression", "message"), WRONG)
def test_wrong_columns_are_refused_before_a_query_runs(expression, message, matcher):
    with pytest.raises(pl.exceptions.PolarsError, match=message):
        pl.LazyFrame({"n": [1], "t": ["دبي"]}).select(expression(matcher)).collect_schema()


def test_bytes_that_are_not_from_kayan_are_refused():
    from polars.plugins import register_plugin_function

    for packet in (b"x", b"kayan-packet:", b"kayan-packet:" + bytes(16) + b"\xff" * 8):
        expression = register_plugin_function(
            plugin_path=kayan._core.__file__,
            function_name="kayan_find",
            args=pl.col("t"),
            kwargs={"kayan": packet},
        )
        with pytest.raises(pl.exceptions.ComputeError, match="not one of kayan's"):
            pl.LazyFrame({"t": ["دبي"]}).select(expression).collect()


def test_memory_is_given_back(matcher, texts):
    resource = pytest.importorskip("resource")
    frame = pl.DataFrame({"t": texts * 2_000})
    t, runs = pl.col("t").kayan, 25

    def run():
        return frame.select(t.find(matcher), n=t.normalize(), c=t.count(matcher))

    def peak(times):
        for _ in range(times):
            run()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    warm = peak(5)
    assert peak(runs) - warm < runs * run().estimated_size() / 2
