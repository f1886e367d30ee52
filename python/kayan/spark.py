"""Spark: columns of a DataFrame normalized and searched on its executors, in batches of Arrow.

Needs pyspark 4.1, here and on the executors: ``pip install "kayan[spark]"``.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kayan._files import write
from kayan._matcher import Matcher
from kayan._matches import COLUMNS
from kayan._normalizer import Normalizer

try:
    import numpy as np
    import pyarrow as pa
    from pyspark import SparkFiles
    from pyspark.sql import functions as F
    from pyspark.sql.types import StringType
except ImportError:
    raise ImportError('kayan.spark needs pyspark and pyarrow: pip install "kayan[spark]"') from None

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions

_FIELDS = {"start": "int", "end": "int", **dict.fromkeys(COLUMNS[3:], "string")}
_SCHEMA = pa.schema(
    [(name, {"int": pa.int32(), "string": pa.string()}[kind]) for name, kind in _FIELDS.items()]
)
_MATCHES = f"array<struct<{','.join(f'{name}:{kind}' for name, kind in _FIELDS.items())}>>"


def normalize(
    df: DataFrame,
    column: str,
    profile: str = "search",
    *,
    output: str | None = None,
    **options: Unpack[NormalizerOptions],
) -> DataFrame:
    """Normalize a column of a Spark DataFrame.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
    column : str
        A column of strings; nulls stay null.
    profile, **options
        As on `kayan.Normalizer`.
    output : str, optional
        Name of the column for the normalized texts. Default: `column` itself is replaced.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy, as everything in Spark. Only this column travels to Python; each task runs on one thread.

    Raises
    ------
    KayanError
        For an unknown profile, option or value.
    TypeError
        If the column isn't one of strings.

    Examples
    --------
    >>> df = kayan.spark.normalize(df, "text", "light", output="clean")  # doctest: +SKIP
    """
    normalizer = Normalizer(profile, **options)

    def kayan_normalize(texts: pa.Array) -> pa.Array:
        return normalizer.normalize_batch(texts, threads=1)

    return _with_column(df, column, output or column, kayan_normalize, "string")


def find(
    df: DataFrame,
    column: str,
    matcher: Matcher,
    labels: str | Iterable[str] | None = None,
    *,
    output: str = "matches",
) -> DataFrame:
    """Find entities in a column of a Spark DataFrame.

    The saved matcher is sent to each executor once, as a file, and loaded once by each of its Python
    processes.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
    column : str
        A column of strings.
    matcher : Matcher
    labels : str or iterable of str, optional
        Report only entries with these labels.
    output : str, default "matches"
        Name of the new column.

    Returns
    -------
    pyspark.sql.DataFrame
        With the column `output`, an array of structs with the fields of `kayan.Match` in text order: empty
        for a text without a match, null for a null. Lazy; only `column` travels to Python; each task runs on
        one thread.

    Raises
    ------
    KayanError
        If no entry has one of the labels, or metadata of the matcher can't be saved.
    TypeError
        If the column isn't one of strings.

    Examples
    --------
    A row for each match:

    >>> found = kayan.spark.find(df, "text", matcher)  # doctest: +SKIP
    >>> found.select("article", F.inline("matches"))  # doctest: +SKIP
    """
    wanted = matcher._wanted(labels)  # an unknown label is an error here, not on an executor
    name = _ship(df, matcher)

    def kayan_find(texts: pa.Array) -> pa.Array:
        found = _loaded(name).find_batch(texts, wanted, threads=1).to_arrow().combine_chunks()
        matches = found.select(_SCHEMA.names).cast(_SCHEMA).to_struct_array()
        firsts: Any = np.searchsorted(found["row"], np.arange(len(texts) + 1)).astype("int32")
        return pa.ListArray.from_arrays(firsts, matches.combine_chunks(), mask=texts.is_null())

    return _with_column(df, column, output, kayan_find, _MATCHES)


def _with_column(
    df: DataFrame, column: str, output: str, run: Callable[[pa.Array], pa.Array], kind: str
) -> DataFrame:
    given = df.select(df[column]).schema[0].dataType
    if not isinstance(given, StringType):
        raise TypeError(f"expected a column of strings, got {column!r} of {given.simpleString()}")
    # Spark may run a deterministic function twice: in a filter that it pushes down, and for the column.
    return df.withColumn(output, F.arrow_udf(run, kind).asNondeterministic()(df[column]))


@cache
def _folder() -> Path:
    # Executors that start later fetch the file too, so it stays as long as this process.
    folder = tempfile.mkdtemp(prefix="kayan-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _ship(df: DataFrame, matcher: Matcher) -> str:
    """Send the saved matcher to the executors, unless they have it; return the name of its file."""
    data = matcher.to_bytes()
    path = _folder() / f"kayan-{hashlib.sha256(data).hexdigest()}"
    if not path.exists():
        write(path, data)
    df.sparkSession.addArtifacts(str(path), file=True)
    return path.name


# The name holds the digest of what is in the file.
@lru_cache(maxsize=4)
def _loaded(name: str) -> Matcher:
    return Matcher.load(SparkFiles.get(name))
