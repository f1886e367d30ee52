"""Columns of texts as lists of str, and values for each text in the kind of column the texts came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kayan._inputs import as_column, categories_of, is_null, library, like


def as_list(texts: Any, caller: str) -> list[str | None]:
    """Return the texts of any column as a list, nulls as None.

    Raises
    ------
    TypeError
        If `texts` isn't a column, or an item is neither a str nor null; the message names its row.
    """
    kind, column = as_column(texts, caller)
    if kind == "arrow":
        if library(column) == "pandas":
            column = column.tolist()
        elif hasattr(column, "to_pylist"):
            column = column.to_pylist()
        elif hasattr(column, "to_list"):
            column = column.to_list()
        else:
            try:
                import pyarrow
            except ImportError:
                raise ImportError(f'{caller} needs pyarrow here: pip install "kayan[arrow]"') from None
            column = pyarrow.chunked_array(column).to_pylist()
    items: list[str | None] = []
    for row, text in enumerate(column):
        if isinstance(text, str):
            items.append(text)
        elif is_null(text):
            items.append(None)
        else:
            raise TypeError(f"row {row}: expected str or a null, got {type(text).__name__}")
    return items


def like_column(texts: Any, values: Sequence[Any], kind: type) -> Any:
    """Return one value for each of `texts`, in the same kind of column, with its index and name.

    `kind` is the type of the values: bool, int, or str, of which some may be None.
    """
    source = library(texts)
    if source == "polars":
        import polars

        dtypes: dict[type, Any] = {bool: polars.Boolean, int: polars.Int64, str: polars.String}
        column = polars.Series(texts.name, values, dtype=dtypes[kind])
        categorical = kind is str and texts.dtype in (polars.Categorical, polars.Enum)
        return column.cast(polars.Categorical) if categorical else column
    if source == "pyarrow":
        import pyarrow

        types = {bool: pyarrow.bool_(), int: pyarrow.int64(), str: pyarrow.string()}
        if kind is str and not pyarrow.types.is_dictionary(texts.type):
            types[str] = texts.type
        array = pyarrow.array(values, types[kind])
        return pyarrow.chunked_array([array]) if type(texts).__name__ == "ChunkedArray" else array
    if (kind is str and categories_of(texts) is None) or source not in ("pandas", "numpy"):
        return like(texts, list(values))
    if source == "pandas" and hasattr(texts, "iloc"):
        import pandas

        # New texts are new categories.
        dtype = "category" if kind is str else kind
        return pandas.Series(values, index=texts.index, name=texts.name, dtype=dtype)
    import numpy

    return numpy.array(values, dtype=kind)
