"""Dask with two worker processes: its answers are those of one machine."""

import os
import signal
import sys

import pytest

import kayan

pytest.importorskip("dask.dataframe")
pytest.importorskip("distributed")

import cloudpickle
import dask.dataframe as dd
import pandas as pd
from distributed import Client, LocalCluster

import kayan.dask

pytestmark = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame"),  # of dask's own call
]
# The workers can't import this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def client():
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def df(client, news):
    frame = pd.DataFrame({"text": news, "n": range(len(news))})
    return dd.from_pandas(frame.set_index(frame["n"] * 10), npartitions=8)


@pytest.fixture(scope="module")
def rows(answers):
    """Return what `find` gives, as tuples that begin with the index."""
    return [(row * 10, *match, None, 0, 1.0) for row, matches in enumerate(answers) for match in matches]


def as_tuples(frame):
    return list(frame.astype(object).where(frame.notna(), None).itertuples(name=None))


@pytest.mark.parametrize("saved", [False, True], ids=["matcher", "file"])
def test_find(df, places, rows, tmp_path, saved):
    path = tmp_path / "places"
    places.save(path)
    lazy = kayan.dask.find(df, "text", path if saved else places)
    found = lazy.compute()
    assert as_tuples(found) == rows
    assert found.dtypes.equals(lazy.dtypes)
    assert lazy.divisions == df.divisions


def test_find_some_labels_and_nothing(df, places, rows):
    cities = kayan.dask.find(df, "text", places, "CITY").compute()
    assert as_tuples(cities) == [
        (row * 10, *match, match.rule) for row, match in places.find_batch(df["text"].compute(), "CITY")
    ]
    nothing = kayan.dask.find(df, "text", kayan.Matcher(["كلمة"]))
    assert len(nothing.compute()) == 0
    assert nothing.compute().dtypes.equals(nothing.dtypes)


def test_a_file_that_was_written_anew(df, tmp_path):
    path = tmp_path / "names"
    for name in ("لبنان", "الوزير"):
        kayan.Matcher([name]).save(path)
        assert set(kayan.dask.find(df, "text", path)["name"].compute()) == {name}


@pytest.mark.parametrize("output", [None, "normalized"])
def test_normalize(df, news, output):
    lazy = kayan.dask.normalize(df, "text", "light", output=output, ta_marbuta=True)
    result = lazy.compute()
    assert list(result) == (["text", "n"] if output is None else ["text", "n", output])
    column = result[output or "text"]
    assert [None if pd.isna(text) else text for text in column] == kayan.normalize(
        news, "light", ta_marbuta=True
    )
    assert result.dtypes.equals(lazy.dtypes)
    assert result.index.equals(df.index.compute())


def test_normalize_a_series(df, news):
    lazy = kayan.dask.normalize(df["text"])
    result = lazy.compute()
    assert (result.name, result.dtype) == (lazy.name, lazy.dtype) == ("text", df["text"].dtype)
    assert [None if pd.isna(text) else text for text in result] == kayan.normalize(news)


def test_a_worker_dies_in_the_middle(client, df, places, rows, tmp_path):
    killed = tmp_path / "killed"

    def kill_once(part, number):
        if number["number"] > 2:  # not before something was found
            try:
                with killed.open("x") as file:
                    file.write(str(os.getpid()))
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                pass
        return part

    found = kayan.dask.find(df, "text", places)
    survived = found.map_partitions(
        lambda part, partition_info=None: kill_once(part, partition_info or {"number": 0}), meta=found._meta
    )
    workers = set(client.run(os.getpid).values())
    assert as_tuples(survived.compute()) == rows
    assert int(killed.read_text()) in workers
    client.wait_for_workers(2, timeout=60)
    assert int(killed.read_text()) not in client.run(os.getpid).values()
    assert as_tuples(found.compute()) == rows


def test_the_guide(client, guide, answers, tmp_path):
    exec(guide("Dask"), {})
    found = dd.read_parquet(tmp_path / "matches.parquet").compute()
    assert as_tuples(found) == [
        (row, *match, None, 0, 1.0) for row, matches in enumerate(answers) for match in matches
    ]


def test_errors(df, places, tmp_path):
    with pytest.raises(kayan.KayanError, match="no entry has the label 'X'"):
        kayan.dask.find(df, "text", places, "X")
    with pytest.raises(TypeError, match="needs the name of a column"):
        kayan.dask.normalize(df)
    with pytest.raises(TypeError, match="expected a Dask DataFrame with a column, got Series"):
        kayan.dask.normalize(df["text"], "text")
    broken = tmp_path / "broken"
    broken.write_bytes(b"no matcher")
    with pytest.raises(kayan.KayanError, match="broken: "):
        kayan.dask.find(df, "text", broken)
