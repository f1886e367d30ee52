"""Dask: DataFrames normalized and searched partition by partition: ``pip install "kayan[dask]"``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kayan._matcher import Matcher
from kayan._normalizer import Normalizer

try:
    import dask.dataframe as dd
    from dask import delayed
except ImportError:
    raise ImportError('kayan.dask needs dask with its DataFrame: pip install "kayan[dask]"') from None

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions


def normalize(
    data: dd.DataFrame | dd.Series,
    column: str | None = None,
    profile: str = "search",
    *,
    output: str | None = None,
    **options: Unpack[NormalizerOptions],
) -> Any:
    """Normalize a Dask Series, or a column of a Dask DataFrame.

    Parameters
    ----------
    data : dask.dataframe.DataFrame or Series
        Nulls stay null.
    column : str, optional
        Which column of a DataFrame; not for a Series.
    profile, **options
        As on `kayan.Normalizer`.
    output : str, optional
        Name of the column for the normalized texts. Default: `column` itself is replaced.

    Returns
    -------
    dask.dataframe.DataFrame or Series
        As `data`, with the same index, dtypes and divisions. Lazy; each task runs on one thread.

    Raises
    ------
    KayanError
        For an unknown profile, option or value.
    TypeError
        If `data` is a DataFrame and no column is named, or a Series and one is.

    Examples
    --------
    >>> import dask.dataframe as dd, kayan.dask, pandas as pd
    >>> texts = dd.from_pandas(pd.Series(["أحمد", "مدرسة"]), npartitions=2)
    >>> kayan.dask.normalize(texts).compute().tolist()
    ['احمد', 'مدرسه']
    """
    normalizer = Normalizer(profile, **options)
    if isinstance(data, dd.DataFrame):
        if column is None:
            raise TypeError("normalize() of a DataFrame needs the name of a column")
        return data.assign(**{output or column: normalize(data[column], None, profile, **options)})
    if column is not None or output is not None:
        raise TypeError(f"expected a Dask DataFrame with a column, got {type(data).__name__}")
    return data.map_partitions(normalizer.normalize_batch, threads=1, meta=data._meta)


def find(
    df: dd.DataFrame,
    column: str,
    matcher: Matcher | str | os.PathLike[str],
    labels: str | Iterable[str] | None = None,
) -> dd.DataFrame:
    """Find entities in a column of a Dask DataFrame.

    Parameters
    ----------
    df : dask.dataframe.DataFrame
    column : str
        A column of strings; a null has no matches.
    matcher : Matcher, or path of a saved one
        A matcher travels to each worker once, in memory. A file must be readable under this path on every
        worker as here, and is loaded once by each worker process.
    labels : str or iterable of str, optional
        Report only entries with these labels.

    Returns
    -------
    dask.dataframe.DataFrame
        A row for each match, with the columns of `kayan.Match`. Its index says which text, as that of `df`
        does: give each text an index of its own, as in ``dd.read_parquet(path, index="article")``. Lazy; each
        task runs on one thread.

    Raises
    ------
    KayanError
        If no entry has one of the labels, or the file isn't a saved matcher.

    Examples
    --------
    >>> import dask.dataframe as dd, kayan.dask, pandas as pd
    >>> df = dd.from_pandas(pd.DataFrame({"text": ["إلى دبي", "إلى مصر"]}, index=[10, 11]), npartitions=2)
    >>> found = kayan.dask.find(df, "text", kayan.Matcher({"دبي": "LOC", "مصر": "LOC"}))
    >>> found[["start", "name"]].compute().to_records().tolist()
    [(10, 4, 'دبي'), (11, 4, 'مصر')]
    """
    if isinstance(matcher, Matcher):
        local, given = matcher, delayed(matcher, pure=True)
    else:
        stamp = os.stat(matcher)
        given = (os.fspath(matcher), stamp.st_mtime_ns, stamp.st_size)
        local = _loaded(*given)
    wanted = local._wanted(labels)
    meta = _find(df[[column]]._meta, local, wanted)
    return df[[column]].map_partitions(_find, given, wanted, meta=meta)


# A file that was written anew has another time or size.
@lru_cache(maxsize=4)
def _loaded(path: str, modified_ns: int, size: int) -> Matcher:
    return Matcher.load(path)


def _find(part: pandas.DataFrame, matcher: Any, labels: list[str] | None) -> pandas.DataFrame:
    matcher = matcher if isinstance(matcher, Matcher) else _loaded(*matcher)
    found = matcher.find_batch(part.iloc[:, 0], labels, threads=1).to_pandas()
    # Partitions with categories of their own can't be put together.
    found["label"] = found["label"].astype(found["name"].dtype)
    found.index = part.index[found.pop("row")]
    return found
