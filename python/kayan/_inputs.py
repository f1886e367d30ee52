"""From what users give to what the core takes: columns of texts, nulls, UTF-8 files, progress bars.

No optional library is imported to find out what an object is: its own module names it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from kayan._core import KayanError

_ARROW_TEXTS = {"string", "large_string", "string_view", "null"}
# No machine has more processors; the core starts at most eight threads for each.
MOST_THREADS = 4096
_ONE_OR_MANY = {"mask()", "replace()", "contains()", "count()", "to_conll()", "normalize()"}
# True: a tqdm bar; a callable gets the number of rows done so far.
Progress: TypeAlias = bool | Callable[[int], object]


def library(value: object) -> str:
    """Return which of the data libraries the type of `value` comes from or derives from, or ``""``."""
    for base in type(value).__mro__:
        if (package := base.__module__.partition(".")[0]) in {"pandas", "polars", "pyarrow", "numpy"}:
            return package
    return ""


def is_frame(value: object) -> bool:
    """Tell whether `value` is a table (not a column) of pandas, polars or pyarrow."""
    names = {base.__name__ for base in type(value).__mro__}
    return bool(library(value) and names & {"DataFrame", "LazyFrame", "Table", "RecordBatch"})


def is_null(value: object) -> bool:
    """Tell whether `value` is None, a float NaN, ``pd.NA`` or ``pd.NaT``."""
    if value is None or isinstance(value, str):
        return value is None
    return (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in {"NAType", "NaTType"}


def as_column(texts: Any, caller: str) -> tuple[Literal["arrow", "list"], Any]:
    """Return ``("list", list of items)`` or ``("arrow", object with an Arrow C interface)``.

    Raises
    ------
    TypeError
        If `texts` is one text, a table, a mapping or not iterable; items are checked by the core.
    """
    if isinstance(texts, list):
        return "list", texts
    if isinstance(texts, (str, bytes, bytearray)):
        hint = ", or call find() for one text" if caller == "find_batch()" else ""
        raise TypeError(f"{caller} takes many texts, got one {type(texts).__name__}; pass a list{hint}")
    if is_frame(texts) or isinstance(texts, Mapping):
        raise TypeError(
            f"{caller} takes a column of texts, got {type(texts).__name__}; pass one column of it"
        )
    if library(texts) == "pandas":
        # Only for a Series that is in Arrow already: one of objects may hold lone surrogates or other types,
        # which a list keeps, or which an error names by row.
        dtype = getattr(texts, "dtype", None)
        if getattr(dtype, "storage", None) != "pyarrow" and type(dtype).__name__ != "ArrowDtype":
            return "list", texts.tolist()
        if not hasattr(texts, "__arrow_c_stream__"):  # pandas 2
            import pyarrow

            texts = pyarrow.array(texts, from_pandas=True)
        return "arrow", texts
    if library(texts) == "polars" and str(getattr(texts, "dtype", None)) == "Null":
        texts = texts.to_list()  # its Arrow form has a buffer too many
    if hasattr(texts, "__arrow_c_stream__") or hasattr(texts, "__arrow_c_array__"):
        return "arrow", texts
    if library(texts) == "numpy":
        if texts.ndim != 1:
            raise TypeError(f"{caller} takes a one-dimensional array, got {texts.ndim} dimensions")
        return "list", texts.tolist()
    if not isinstance(texts, Iterable):
        one = "one str, or " if caller in _ONE_OR_MANY else ""
        raise TypeError(
            f"{caller} takes {one}a list, a Series or another column of texts, got {type(texts).__name__}"
        )
    return "list", list(texts)


def holds_text(column: Any) -> bool:
    """Tell whether a column of pandas, polars or pyarrow is of a type for texts in Arrow, or of nulls."""
    if library(column) == "polars":
        import polars

        return bool(column.dtype in (polars.String, polars.Categorical, polars.Enum, polars.Null))
    dtype = getattr(column, "dtype", None)
    arrow = column.type if library(column) == "pyarrow" else getattr(dtype, "pyarrow_dtype", None)
    if arrow is None:
        return getattr(dtype, "storage", None) == "pyarrow"
    return str(arrow.value_type if str(arrow).startswith("dictionary<") else arrow) in _ARROW_TEXTS


def categories_of(texts: Any) -> list[object] | None:
    """Return the categories of a categorical pandas Series, or None for anything else."""
    if library(texts) != "pandas" or type(getattr(texts, "dtype", None)).__name__ != "CategoricalDtype":
        return None
    return list(texts.dtype.categories) if hasattr(texts, "cat") else None


def recoded(texts: Any, categories: list[object]) -> Any:
    """Return a categorical Series with other categories; those that became equal become one."""
    import pandas

    numbers: dict[object, int] = {}
    number_of = [numbers.setdefault(category, len(numbers)) for category in categories]
    codes = [-1 if code < 0 else number_of[code] for code in texts.cat.codes]
    values = pandas.Categorical.from_codes(codes, list(numbers), ordered=texts.dtype.ordered)
    return pandas.Series(values, index=texts.index, name=texts.name)


def like(texts: Any, result: Any) -> Any:
    """Return the normalized `result` of `texts` in the same kind of container, with its index and name."""
    kind, source = type(texts).__name__, library(texts)
    if isinstance(texts, tuple):
        return tuple(result)
    if source == "numpy":
        return _array(texts, result)
    if source == "pandas" and hasattr(texts, "iloc"):  # a Series, or one derived from it
        return _series(texts, result)
    if source == "polars":
        import polars

        column = polars.Series(result).alias(texts.name)
        return column.cast(polars.Categorical) if texts.dtype in (polars.Categorical, polars.Enum) else column
    if source == "pyarrow":
        import pyarrow

        column = pyarrow.chunked_array(result)
        return column if kind == "ChunkedArray" else column.combine_chunks()
    return result


def _array(texts: Any, result: Any) -> Any:
    import numpy

    if texts.dtype.kind == "T":  # StringDType: a null is what its dtype says
        null = getattr(texts.dtype, "na_object", None)
        return numpy.array([null if row is None else row for row in result], dtype=texts.dtype)
    return numpy.array(result, dtype=object if texts.dtype == object else None)


def _series(texts: Any, result: Any) -> Any:
    import pandas

    dtype = texts.dtype
    if isinstance(result, list):
        return pandas.Series(result, index=texts.index, name=texts.name, dtype=dtype)
    import pyarrow

    values = pandas.arrays.ArrowExtensionArray(pyarrow.chunked_array(result))
    return pandas.Series(values, index=texts.index, name=texts.name).astype(dtype)


def decode(data: bytes, source: str) -> str:
    """Decode UTF-8, with or without a byte order mark; newlines stay as they are.

    Raises
    ------
    KayanError
        At the first bytes that are not UTF-8, with `source`, the line, the offset and the bytes in hex.
    """
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        return data[mark:].decode()
    except UnicodeDecodeError as error:
        raise not_utf8(source, error, 1, mark) from None


def not_utf8(source: str, error: UnicodeDecodeError, line: int, offset: int) -> KayanError:
    """Make the error for bytes that stood in `source` from a line, counted from 1, and a byte offset on."""
    line += error.object.count(b"\n", 0, error.start)
    bad = error.object[error.start : max(error.start + 1, error.end)].hex(" ")
    return KayanError(f"{source} is not UTF-8: line {line}, byte offset {offset + error.start}: bytes {bad}")


def checked_threads(threads: int | None) -> int | None:
    """Return the number of threads that was given.

    Raises
    ------
    KayanError
        If it is not a whole number of at least 1, or an absurd one.
    """
    if isinstance(threads, int) and threads > MOST_THREADS:
        raise KayanError(
            f"threads must be at most {MOST_THREADS:,}, got {threads:,}; None is one per processor"
        )
    if threads is not None and (not isinstance(threads, int) or threads < 1):
        raise KayanError(f"threads must be a whole number of at least 1, or None; got {threads!r}")
    return threads


@contextmanager
def reporter(progress: Progress, total: int | None) -> Iterator[Callable[[int], object] | None]:
    """Give the core its progress callback: None, the user's own, or one that moves a tqdm bar."""
    if progress is False or progress is None:
        yield None
    elif progress is True:
        try:
            from tqdm import tqdm
        except ImportError:
            raise ImportError('progress=True needs tqdm: pip install "kayan[progress]"') from None
        with tqdm(total=total, unit=" texts") as bar:
            yield lambda done: bar.update(done - bar.n)
    elif callable(progress):
        yield progress
    else:
        raise TypeError(f"progress must be True, False or a function, got {type(progress).__name__}")
