"""Measure how fast each integration finds names, and write docs/integrations.md.

Usage: ``python scripts/bench_integrations.py CORPUS GAZETTEER.tsv [--runs 5] [--only polars | --alone]``

CORPUS is a text file, one text a line; GAZETTEER has a name, a tab and a label a line; both may be ``.gz``.
Each way is set up outside of the time that counts: the texts are in its own columns already, the matcher is
compiled. Before it is timed, it must have found as many matches as `find_batch` on a list. The best of the
runs counts.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import os
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import kayan

PAGE = Path(__file__).parents[1] / "docs" / "integrations.md"
Run = Callable[[], int]


class Way(NamedTuple):
    """One way to find names: what `setup` returns is timed, and says how many matches there are."""

    name: str
    libraries: tuple[str, ...]
    setup: Callable[[list[str], kayan.Matcher], Run]
    check: str


def on_list(texts: list[str], matcher: kayan.Matcher) -> Run:
    return lambda: len(matcher.find_batch(texts))


def on_pandas(texts: list[str], matcher: kayan.Matcher, dtype: str = "str") -> Run:
    import pandas as pd

    importlib.import_module("kayan.pandas")
    series = pd.Series(texts, dtype=dtype)
    return lambda: len(series.kayan.find(matcher))


def on_pandas_objects(texts: list[str], matcher: kayan.Matcher) -> Run:
    return on_pandas(texts, matcher, "object")


def on_polars(engine: str) -> Callable[[list[str], kayan.Matcher], Run]:
    def setup(texts: list[str], matcher: kayan.Matcher) -> Run:
        import polars as pl

        importlib.import_module("kayan.polars")
        frame = pl.DataFrame({"t": texts})
        found: Any = pl.col("t").kayan.find(matcher)
        if engine == "eager":
            return lambda: frame.with_columns(found=found)["found"].list.len().sum()
        query = frame.lazy().with_columns(found=found)
        return lambda: query.collect(engine=engine)["found"].list.len().sum()

    return setup


def on_arrow(texts: list[str], matcher: kayan.Matcher) -> Run:
    import pyarrow as pa
    import pyarrow.compute as pc

    arrow = importlib.import_module("kayan.arrow")
    array = pa.array(texts)
    return lambda: pc.sum(pc.list_value_length(arrow.find(array, matcher))).as_py()


def on_arrow_stream(texts: list[str], matcher: kayan.Matcher) -> Run:
    import pyarrow as pa

    arrow = importlib.import_module("kayan.arrow")
    table = pa.table({"t": texts})
    return lambda: sum(
        map(len, arrow.find_reader(table.to_reader(max_chunksize=8192), "t", matcher)),
    )


def on_duckdb(texts: list[str], matcher: kayan.Matcher) -> Run:
    import duckdb
    import pyarrow as pa

    con = duckdb.connect()
    importlib.import_module("kayan.duckdb").register(con, matcher)
    con.register("given", pa.table({"t": texts}))
    con.execute("CREATE TABLE news AS SELECT t FROM given")
    return lambda: con.execute("SELECT sum(len(kayan_find(t)))::BIGINT FROM news").fetchone()[0]


def on_dask(texts: list[str], matcher: kayan.Matcher) -> Run:
    import dask.dataframe as dd
    import pandas as pd
    from distributed import Client, LocalCluster, wait

    find = importlib.import_module("kayan.dask").find
    Client(LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None))
    df = dd.from_pandas(pd.DataFrame({"t": texts}), npartitions=8).persist()
    wait(df)
    return lambda: len(find(df, "t", matcher))


def on_spark(texts: list[str], matcher: kayan.Matcher) -> Run:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.log.level": "ERROR"}
    spark = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    df = spark.createDataFrame([(text,) for text in texts], "t string").repartition(8).cache()
    df.count()
    found = importlib.import_module("kayan.spark").find(df, "t", matcher)
    return lambda: found.agg(F.sum(F.size("matches"))).first()[0]


def on_sklearn(texts: list[str], matcher: kayan.Matcher) -> Run:
    counts = importlib.import_module("kayan.sklearn").EntityCounts(matcher).fit(texts)
    return lambda: int(counts.transform(texts).sum())


def on_spacy(texts: list[str], matcher: kayan.Matcher) -> Run:
    import spacy

    importlib.import_module("kayan.spacy")
    nlp = spacy.blank("ar")
    nlp.add_pipe("kayan_entities", config={"spans_key": "all"}).matcher = matcher
    return lambda: sum(len(doc.spans["all"]) for doc in nlp.pipe(texts))


def on_datasets(texts: list[str], matcher: kayan.Matcher) -> Run:
    import datasets
    import pyarrow as pa

    datasets.disable_caching()
    datasets.disable_progress_bars()
    given = datasets.Dataset.from_dict({"t": texts}).with_format("arrow")

    def count(batch: Any) -> Any:
        return pa.table({"n": [len(matcher.find_batch(batch["t"]))]})

    def run() -> int:
        counted = given.map(count, batched=True, batch_size=10_000, num_proc=2, remove_columns=["t"])
        return sum(counted.with_format(None)["n"])

    return run


# What an engine takes where nothing is looked for: rows are handed to a function that does no work.


def duckdb_alone(texts: list[str]) -> Run:
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc

    con = duckdb.connect()
    con.create_function("alone", lambda given: pc.utf8_length(given), ["VARCHAR"], "INTEGER", type="arrow")  # noqa: PLW0108 - DuckDB counts parameters
    con.register("given", pa.table({"t": texts}))
    con.execute("CREATE TABLE news AS SELECT t FROM given")
    return lambda: con.execute("SELECT sum(alone(t))::BIGINT FROM news").fetchone()[0]


def dask_alone(texts: list[str]) -> Run:
    import dask.dataframe as dd
    import pandas as pd
    from distributed import Client, LocalCluster, wait

    Client(LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None))
    df = dd.from_pandas(pd.DataFrame({"t": texts}), npartitions=8).persist()
    wait(df)
    return lambda: len(df.map_partitions(lambda part: part.copy(), meta=df._meta))


def spark_alone(texts: list[str]) -> Run:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.log.level": "ERROR"}
    spark = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    df = spark.createDataFrame([(text,) for text in texts], "t string").repartition(8).cache()
    df.count()
    same = F.arrow_udf(lambda given: given, "string")
    return lambda: df.agg(F.sum(F.length(same("t")))).first()[0]


def spacy_alone(texts: list[str]) -> Run:
    import spacy

    nlp = spacy.blank("ar")
    return lambda: sum(map(len, nlp.pipe(texts)))


def datasets_alone(texts: list[str]) -> Run:
    import datasets
    import pyarrow as pa

    datasets.disable_caching()
    datasets.disable_progress_bars()
    given = datasets.Dataset.from_dict({"t": texts}).with_format("arrow")

    def count(batch: Any) -> Any:
        return pa.table({"n": [len(batch)]})

    def run() -> int:
        counted = given.map(count, batched=True, batch_size=10_000, num_proc=2, remove_columns=["t"])
        return sum(counted.with_format(None)["n"])

    return run


ALONE = {
    "DuckDB": duckdb_alone,
    "datasets": datasets_alone,
    "Dask": dask_alone,
    "Spark": spark_alone,
    "spaCy": spacy_alone,
}

# A new integration is a row here.
WAYS = [
    Way("`find_batch` on a list", (), on_list, "make test"),
    Way("pandas, `str`", ("pandas", "pyarrow"), on_pandas, "pytest tests/integrations/test_pandas.py"),
    Way("pandas, `object`", ("pandas",), on_pandas_objects, "pytest tests/integrations/test_pandas.py"),
    Way("polars, eager", ("polars",), on_polars("eager"), "pytest tests/integrations/test_polars.py"),
    Way("polars, lazy", ("polars",), on_polars("in-memory"), "pytest tests/integrations/test_polars.py"),
    Way("polars, streaming", ("polars",), on_polars("streaming"), "pytest tests/integrations/test_polars.py"),
    Way("pyarrow, array", ("pyarrow",), on_arrow, "pytest tests/integrations/test_arrow.py"),
    Way("pyarrow, reader", ("pyarrow",), on_arrow_stream, "pytest tests/integrations/test_arrow.py"),
    Way("DuckDB, SQL function", ("duckdb", "pyarrow"), on_duckdb, "pytest tests/integrations/test_duckdb.py"),
    Way("scikit-learn, `EntityCounts`", ("scikit-learn",), on_sklearn, "make test-integrations"),
    Way("spaCy, its tokens included", ("spacy",), on_spacy, "make test-integrations"),
    Way("datasets, 2 processes", ("datasets",), on_datasets, "make test-integrations"),
    Way("Dask, 2 processes of 1 thread", ("dask",), on_dask, "make test-integrations"),
    Way("Spark, `local[2]`", ("pyspark",), on_spark, "make test-integrations"),
]


def best_of(runs: int, run: Run) -> float:
    """Return the seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def lines_of(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8").splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("gazetteer", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="names of libraries, with commas; the page is not written")
    parser.add_argument("--alone", action="store_true", help="only what the engines take without kayan")
    args = parser.parse_args()
    texts = lines_of(args.corpus)
    if args.alone:
        for name, setup in ALONE.items():
            run = setup(texts)
            run()
            print(f"| {name} | {len(texts) / best_of(args.runs, run):,.0f} |", flush=True)
        return
    pairs = [line.split("\t") for line in lines_of(args.gazetteer)]
    matcher = kayan.Matcher({name: label for name, label in pairs})
    wanted = set(filter(None, args.only.split(",")))
    expected = len(matcher.find_batch(texts))
    rows = []
    base = 0.0
    for way in WAYS:
        if wanted and way.libraries and not wanted & set(way.libraries):
            continue
        run = way.setup(texts, matcher)
        if (found := run()) != expected:
            raise SystemExit(f"{way.name}: found {found:,} matches instead of {expected:,}")
        rate = len(texts) / best_of(args.runs, run)
        base = base or rate
        versions = ", ".join(f"{library} {version(library)}" for library in way.libraries)
        rows.append(f"| {way.name} | {versions} | {rate:,.0f} | {rate / base:.2f} | `{way.check}` |")
        print(rows[-1], flush=True)
    if not wanted:
        size = args.corpus.name.removesuffix(".gz").removesuffix(".txt")
        PAGE.write_text(page(rows, size, len(texts), len(matcher), expected), encoding="utf-8")


def page(rows: list[str], corpus: str, texts: int, entries: int, matches: int) -> str:
    return f"""# Integrations: what each costs

Finding {entries:,} names in the {texts:,} texts of `{corpus}`, which hold {matches:,} matches. Each way finds
the same ones; its tests, which the last column runs, compare them row by row. The list path is the measure of
1. What an engine adds is its own hand-over of rows: DuckDB hands over at most 2,048 at a time.

Python {platform.python_version()}, kayan {kayan.__version__}, the best of several runs on all cores. Measure
it on your machine: `python scripts/bench_integrations.py CORPUS GAZETTEER`.

| integration | version | texts per second | to the list | checked by |
|---|---|---:|---:|---|
{chr(10).join(rows)}
"""


if __name__ == "__main__":  # Dask's workers import this file
    main()
