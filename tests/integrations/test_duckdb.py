"""kayan.duckdb: SQL functions on vectors of texts, in one thread and in several."""

import threading

import pytest

import kayan

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")
kayan_duckdb = pytest.importorskip("kayan.duckdb")


@pytest.fixture
def con(matcher):
    with duckdb.connect() as con:
        kayan_duckdb.register(con, matcher)
        yield con


def rows(con, query, table):
    con.register("news", table)
    return [row[0] for row in con.execute(query).fetchall()]


def test_answers_are_those_of_a_list(con, matcher, texts, found):
    table = pa.table({"n": range(8), "t": texts})
    structs = rows(con, "SELECT kayan_find(t) FROM news ORDER BY n", table)
    assert [None if row is None else [tuple(m.values())[:8] for m in row] for row in structs] == found
    contains = rows(con, "SELECT kayan_contains(t) FROM news ORDER BY n", table)
    assert contains == [None if row is None else bool(row) for row in found]
    assert rows(con, "SELECT kayan_normalize(t) FROM news ORDER BY n", table) == kayan.normalize(texts)


@pytest.mark.parametrize("texts", [[], [None], [None] * 5000, ["", ""]])
def test_no_text(con, texts):
    table = pa.table({"t": pa.array(texts, pa.string())})
    assert rows(con, "SELECT kayan_find(t) FROM news", table) == [None if t is None else [] for t in texts]
    assert rows(con, "SELECT kayan_normalize(t) FROM news", table) == texts


def test_a_constant_and_an_expression(con):
    assert con.execute("SELECT kayan_contains('سافر للقاهرة'), kayan_normalize(NULL)").fetchall() == [
        (True, None)
    ]
    assert con.execute("SELECT kayan_normalize(upper('أب' || x)) FROM range(3) t(x)").fetchall() == [
        ("اب0",), ("اب1",), ("اب2",)
    ]  # fmt: skip


def test_many_rows_in_several_threads(con, matcher, texts, found):
    con.execute("SET threads TO 4")
    con.register("few", pa.table({"i": range(8), "t": texts}))
    con.execute("CREATE TABLE many AS SELECT r * 8 + i AS n, t FROM range(20000) x(r), few")
    in_threads = set()

    class Watched(kayan.Normalizer):
        def normalize_batch(self, *args):
            in_threads.add(threading.get_ident())
            return super().normalize_batch(*args)

    kayan_duckdb.register(con, matcher, Watched("search"))
    lengths = con.execute("SELECT len(kayan_find(t)), kayan_normalize(t) FROM many ORDER BY n").fetchall()
    expected = [
        (None if row is None else len(row), text)
        for row, text in zip(found, kayan.normalize(texts), strict=True)
    ]
    assert lengths == expected * 20000
    assert len(in_threads) > 1
    (total,) = con.execute("SELECT count(*) FROM many WHERE kayan_contains(t)").fetchone()
    assert total == 4 * 20000


def test_registering_again_replaces(con):
    kayan_duckdb.register(con, kayan.Matcher(["لندن"]), kayan.Normalizer("light"))
    row = con.execute(
        "SELECT kayan_contains('لندن'), kayan_contains('دبي'), kayan_normalize('أب')"
    ).fetchone()
    assert row == (True, False, "أب")


def test_a_normalizer_alone():
    with duckdb.connect() as con:
        kayan_duckdb.register(con)
        assert con.execute("SELECT kayan_normalize('مدرسة')").fetchone() == ("مدرسه",)
        with pytest.raises(duckdb.CatalogException, match="kayan_find"):
            con.execute("SELECT kayan_find('دبي')")
