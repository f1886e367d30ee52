"""SQL functions in DuckDB that work on vectors of texts.

Examples
--------
>>> import duckdb
>>> import kayan, kayan.duckdb
>>> con = duckdb.connect()
>>> kayan.duckdb.register(con, kayan.Matcher({"القاهرة": "LOC"}))
>>> con.sql("SELECT kayan_normalize('سافر للقاهرة')").fetchall()
[('سافر للقاهره',)]
>>> news = "(VALUES ('سافر للقاهرة'), (NULL), ('سافر')) news(text)"
>>> con.sql(f"SELECT kayan_contains(text) FROM {news}").fetchall()
[(True,), (None,), (False,)]
>>> con.sql(f"SELECT m.start, m.name FROM (SELECT unnest(kayan_find(text)) m FROM {news})").fetchall()
[(6, 'القاهرة')]
>>> con.close()
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kayan._matcher import Matcher
from kayan._normalizer import Normalizer

try:
    import duckdb

    from kayan import arrow
except ImportError:
    raise ImportError('kayan.duckdb needs duckdb and pyarrow: pip install "kayan[duckdb]"') from None

_MATCHES = (
    'STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "label" VARCHAR, "id" VARCHAR, "name" VARCHAR, '
    '"prefix" VARCHAR, "suffix" VARCHAR, "rule" VARCHAR, "edits" INTEGER, "similarity" DOUBLE)[]'
)


def register(
    con: duckdb.DuckDBPyConnection, matcher: Matcher | None = None, normalizer: Normalizer | None = None
) -> None:
    """Give a connection the functions of kayan; registering again replaces them.

    - ``kayan_normalize(VARCHAR) -> VARCHAR``
    - ``kayan_find(VARCHAR) -> STRUCT(start, end, text, label, id, name, prefix, suffix)[]``
    - ``kayan_contains(VARCHAR) -> BOOLEAN``

    NULL gives NULL. DuckDB calls them with some thousand rows at a time, from several threads, which wait for
    each other only while rows are handed over: for whole tables, ``matcher.find_batch`` is faster.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The functions are there until it is closed.
    matcher : Matcher, optional
        Without it, ``kayan_normalize`` alone is registered.
    normalizer : Normalizer, optional
        Default: that of the profile ``"search"``.

    Examples
    --------
    >>> import duckdb, kayan, kayan.duckdb
    >>> with duckdb.connect() as connection:
    ...     kayan.duckdb.register(connection, kayan.Matcher(["دبي"]))
    ...     connection.sql("SELECT kayan_contains('إلى دبي')").fetchall()
    [(True,)]
    """
    used = Normalizer() if normalizer is None else normalizer
    _replace(con, "kayan_normalize", lambda texts: arrow.normalize(texts, used), "VARCHAR")
    if matcher is not None:
        _replace(con, "kayan_find", lambda texts: arrow.find(texts, matcher), _MATCHES)
        _replace(con, "kayan_contains", lambda texts: arrow.contains(texts, matcher), "BOOLEAN")


def _replace(con: Any, name: str, function: Callable[[Any], Any], returns: str) -> None:
    with suppress(duckdb.InvalidInputException):  # it is not there
        con.remove_function(name)
    con.create_function(name, function, ["VARCHAR"], returns, type="arrow")
