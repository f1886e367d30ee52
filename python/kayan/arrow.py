"""Compute functions on pyarrow columns: an answer for each text, null for a null.

An Array gives an Array, a ChunkedArray a ChunkedArray. ``Matcher.find_batch`` takes the same columns and
gives a table instead; to ``Matcher.contains`` a null is a text without matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kayan._core import KayanError
from kayan._inputs import as_column
from kayan._matcher import Matcher
from kayan._mistakes import check_matcher
from kayan._normalizer import Normalizer, normalizer_for

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError:
    raise ImportError('kayan.arrow needs pyarrow: pip install "kayan[arrow]"') from None

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions

_Labels = str | Iterable[str] | None


def normalize(array: Any, profile: str | Normalizer = "search", **options: Unpack[NormalizerOptions]) -> Any:
    """Normalize a column of strings; the result has its type. Options as in `kayan.normalize`.

    Examples
    --------
    >>> import kayan.arrow, pyarrow as pa
    >>> kayan.arrow.normalize(pa.array(["المدرسة", None])).to_pylist()
    ['المدرسه', None]
    """
    return normalizer_for(profile, options).normalize_batch(_column(array))


def find(array: Any, matcher: Matcher, labels: _Labels = None) -> Any:
    """Find the entities in each text.

    Returns
    -------
    pyarrow.Array or pyarrow.ChunkedArray
        Of lists of structs with the fields of a `kayan.Match`: start, end, text, label, id, name, prefix,
        suffix. A text without matches has an empty list.

    Examples
    --------
    >>> import kayan, kayan.arrow, pyarrow as pa
    >>> found = kayan.arrow.find(pa.array(["إلى دبي", None]), kayan.Matcher(["دبي"]))
    >>> [row and [match["name"] for match in row] for row in found.to_pylist()]
    [['دبي'], None]
    """
    check_matcher("kayan.arrow.find()", matcher)
    return _like(array, matcher._native.find_nested(_column(array), matcher._wanted(labels)))


def contains(array: Any, matcher: Matcher, labels: _Labels = None) -> Any:
    """Tell whether anything is found in each text, as booleans.

    Examples
    --------
    >>> import kayan, kayan.arrow, pyarrow as pa
    >>> kayan.arrow.contains(pa.array(["إلى دبي", None]), kayan.Matcher(["دبي"])).to_pylist()
    [True, None]
    """
    check_matcher("kayan.arrow.contains()", matcher)
    return _like(array, matcher._native.tally_arrow(_column(array), matcher._wanted(labels), True))


def count(array: Any, matcher: Matcher, labels: _Labels = None) -> Any:
    """Return how many matches each text has, as int64.

    Examples
    --------
    >>> import kayan, kayan.arrow, pyarrow as pa
    >>> kayan.arrow.count(pa.array(["دبي ودبي", None]), kayan.Matcher(["دبي"])).to_pylist()
    [2, None]
    """
    check_matcher("kayan.arrow.count()", matcher)
    return _like(array, matcher._native.tally_arrow(_column(array), matcher._wanted(labels), False))


def find_reader(reader: Any, column: str, matcher: Matcher, labels: _Labels = None) -> Any:
    """Find the entities in a stream of record batches, batch by batch.

    Parameters
    ----------
    reader : pyarrow.RecordBatchReader, or any table with an Arrow C stream
        Read while the result is read: of both, one batch at a time is in memory.
    column : str
        Which column has the texts.
    matcher, labels
        As in `find`.

    Returns
    -------
    pyarrow.RecordBatchReader
        Batches of the table that `kayan.Matches.to_arrow` gives: a row for each match; `row` counts the
        texts of the whole stream, from 0.

    Raises
    ------
    KayanError
        If there is no such column.

    Examples
    --------
    >>> import kayan, kayan.arrow, pyarrow as pa
    >>> texts = pa.table({"t": pa.chunked_array([["من دبي"], [None, "إلى دبي"]])})
    >>> kayan.arrow.find_reader(texts, "t", kayan.Matcher(["دبي"])).read_all()["row"].to_pylist()
    [0, 2]
    """
    check_matcher("kayan.arrow.find_reader()", matcher)
    batches = pa.RecordBatchReader.from_stream(reader)
    if batches.schema.get_field_index(column) < 0:
        raise KayanError(f"expected one column {column!r}; columns: {', '.join(batches.schema.names)}")

    def found() -> Iterator[Any]:
        first = 0
        for batch in batches:
            table = matcher.find_batch(batch.column(column), labels).to_arrow()
            rows = pc.add(table["row"], first)
            first += len(batch)
            yield from table.set_column(0, table.schema.field(0), rows).to_batches()

    schema = matcher.find_batch([], labels).to_arrow().schema
    return pa.RecordBatchReader.from_batches(schema, found())


def _column(array: Any) -> Any:
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        raise TypeError(f"expected a pyarrow Array or ChunkedArray, got {type(array).__name__}")
    return as_column(array, "kayan.arrow")[1]


def _like(array: Any, answers: Any) -> Any:
    chunked = pa.chunked_array(answers)
    return chunked if isinstance(array, pa.ChunkedArray) else chunked.combine_chunks()
