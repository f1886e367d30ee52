"""Spark with two executors, each a process of its own: their answers are those of one machine."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

import kayan

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

from pyspark import cloudpickle
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import kayan.spark

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        shutil.which("java") is None, reason="needs Java 17 (on Debian: default-jre-headless)"
    ),
    # pyspark 4 warns of pandas 3, which these tests don't use.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
# The executors can't import this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def df(spark, news):
    rows = list(enumerate(news))
    return spark.createDataFrame(rows, "id long, text string").repartition(8)


def by_id(df, column, size):
    found = {row["id"]: row[column] for row in df.select("id", column).collect()}
    assert sorted(found) == list(range(size))
    return [found[id] for id in range(size)]


def expected(answers, news):
    """Return null for a null text, as in other functions of Spark."""
    return [None if text is None else found for found, text in zip(answers, news, strict=True)]


def as_tuples(found):
    return [None if matches is None else [tuple(match) for match in matches] for matches in found]


def test_find(df, places, news, answers):
    found = by_id(kayan.spark.find(df, "text", places), "matches", len(news))
    assert as_tuples(found) == expected(answers, news)


def test_find_in_large_strings(spark, df, places, news, answers):
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    try:
        found = by_id(kayan.spark.find(df, "text", places), "matches", len(news))
        normalized = by_id(kayan.spark.normalize(df, "text"), "text", len(news))
    finally:
        spark.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")
    assert as_tuples(found) == expected(answers, news)
    assert normalized == kayan.normalize(news)


def test_find_some_labels_in_rows(df, places, news):
    found = kayan.spark.find(df, "text", places, ["CITY"], output="cities")
    rows = found.select("id", F.inline("cities")).orderBy("id", "start").collect()
    one_by_one = [(row, *match, match.rule) for row, match in places.find_batch(news, ["CITY"])]
    assert [tuple(row) for row in rows] == one_by_one


def test_the_text_is_searched_once(df, places, capsys):
    kayan.spark.find(df, "text", places).select(F.inline("matches")).explain()
    assert capsys.readouterr().out.count("ArrowEvalPython") == 1


@pytest.mark.parametrize("output", [None, "normalized"])
def test_normalize(df, news, output):
    result = kayan.spark.normalize(df, "text", "light", output=output, ta_marbuta=True)
    assert result.columns == (["id", "text"] if output is None else ["id", "text", output])
    assert by_id(result, output or "text", len(news)) == kayan.normalize(news, "light", ta_marbuta=True)
    if output:
        assert by_id(result, "text", len(news)) == news


def test_each_process_loads_the_matcher_once(df, places):
    for labels in (None, ["CITY"]):
        kayan.spark.find(df, "text", places, labels).write.format("noop").mode("overwrite").save()

    @F.arrow_udf("string")
    def loads(texts: pa.Array) -> pa.Array:
        return pa.array([f"{os.getpid()}: {kayan.spark._loaded.cache_info().misses}"] * len(texts))

    seen = df.select(loads.asNondeterministic()("text").alias("loads")).distinct().collect()
    misses = [int(row["loads"].rpartition(" ")[2]) for row in seen]
    assert set(misses) <= {0, 1}
    assert misses.count(1) >= 2


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="finds the executor in /proc")
def test_an_executor_dies_in_the_middle(df, places, news, answers, tmp_path):
    killed = tmp_path / "killed"

    def kill_once(batches):
        for number, batch in enumerate(batches):
            if number:  # not before something was found
                try:
                    with killed.open("x") as file:
                        executor = os.getpid()
                        while (
                            "CoarseGrainedExecutorBackend"
                            not in Path(f"/proc/{executor}/cmdline").read_text()
                        ):
                            executor = parent_of(executor)
                        file.write(str(executor))
                    os.kill(executor, signal.SIGKILL)
                except FileExistsError:
                    pass
            yield batch

    found = kayan.spark.find(df, "text", places)
    survived = found.mapInArrow(kill_once, found.schema)
    assert as_tuples(by_id(survived, "matches", len(news))) == expected(answers, news)
    assert not Path(f"/proc/{killed.read_text()}").exists()
    # And again, with the executor that took its place.
    assert as_tuples(by_id(found, "matches", len(news))) == expected(answers, news)


def test_the_guide(spark, guide, places, news, tmp_path):
    exec(guide("Spark"), {"spark": spark})
    found = spark.read.parquet(str(tmp_path / "matches.parquet")).collect()
    assert sorted(map(tuple, found)) == sorted(
        (row, *match, match.rule) for row, match in places.find_batch(news)
    )


def test_errors(df, places):
    with pytest.raises(TypeError, match="expected a column of strings, got 'id' of bigint"):
        kayan.spark.find(df, "id", places)
    with pytest.raises(kayan.KayanError, match="no entry has the label 'X'"):
        kayan.spark.find(df, "text", places, "X")
    with pytest.raises(kayan.KayanError, match="serch"):
        kayan.spark.normalize(df, "text", "serch")
