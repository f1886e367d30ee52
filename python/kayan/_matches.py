"""What a search returns: `Match` for one occurrence, `Matches` for the columns of a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from kayan import _core

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

COLUMNS = ("row", "start", "end", "text", "label", "id", "name", "prefix", "suffix")


class _Fields(NamedTuple):
    start: int
    end: int
    text: str
    label: str | None
    id: str | None
    name: str
    prefix: str
    suffix: str


class Match(_Fields):
    """One occurrence of an entry in a text: a named tuple of the eight fields below, and `metadata`.

    Attributes
    ----------
    start, end : int
        Where it stands in the original text, in code points, end exclusive, clitics left out.
    text : str
        ``original[start:end]``, as it was written.
    label, id : str or None
        Those of the entry.
    name : str
        The canonical name of the entry, whichever of its spellings was found.
    prefix, suffix : str
        The clitics that were written together with the name, e.g. ``"ل"``; usually empty.
    metadata : mapping
        The other columns of the entry. Not a part of the tuple: equality and hash leave it out.
    """

    metadata: Mapping[str, object] = MappingProxyType({})


def make_match(found: tuple[Any, ...], metadata: Mapping[str, list[object]]) -> Match:
    """Make a `Match` of what the core found; `metadata` is that of the gazetteer, by column."""
    match = Match._make(found[:8])
    if metadata:
        match.metadata = metadata_of(metadata, found[8])
    return match


def metadata_of(metadata: Mapping[str, list[object]], entry: int) -> dict[str, object]:
    """Return the metadata of one entry; a column may be shorter than the gazetteer, and None is no value."""
    return {
        key: values[entry]
        for key, values in metadata.items()
        if entry < len(values) and values[entry] is not None
    }


class Matches:
    """All matches of a batch of texts, kept in columns; made by `Matcher.find_batch`.

    Iterating and indexing give ``(row, Match)`` pairs, in the order of the rows and of the text. An Arrow
    table to anything that reads Arrow (``__arrow_c_stream__``).

    Columns
    -------
    row : position of the text in the batch, from 0.
    start, end : code points of that text, end exclusive, clitics left out.
    text, label, id, name, prefix, suffix : as in `Match`.

    Examples
    --------
    >>> import kayan
    >>> matcher = kayan.Matcher({"القاهرة": "LOC", "دبي": "LOC"})
    >>> matches = matcher.find_batch(["سافر للقاهرة", None, "من القاهرة إلى دبي"])
    >>> matches
    Matches: 3 matches in 3 texts; LOC 3
    >>> [(row, match.start, match.name) for row, match in matches]
    [(0, 6, 'القاهرة'), (2, 3, 'القاهرة'), (2, 15, 'دبي')]
    """

    __slots__ = ("_columns", "_metadata")

    def __init__(self, columns: _core.Columns, metadata: Mapping[str, list[object]]) -> None:
        self._columns = columns
        self._metadata = metadata

    @property
    def rows(self) -> int:
        """Number of texts that were searched, nulls and texts without a match included."""
        return self._columns.rows

    def __len__(self) -> int:
        return len(self._columns)

    def _pair(self, index: int) -> tuple[int, Match]:
        row, found = self._columns.get(index)
        return row, make_match(found, self._metadata)

    @overload
    def __getitem__(self, index: int) -> tuple[int, Match]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, Match]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, Match] | list[tuple[int, Match]]:
        positions = range(len(self))[index]
        return self._pair(positions) if isinstance(positions, int) else [self._pair(i) for i in positions]

    def __iter__(self) -> Iterator[tuple[int, Match]]:
        return map(self._pair, range(len(self)))

    def by_row(self) -> list[list[Match]]:
        """Return one list of matches per text, empty for a null and for a text without a match."""
        lists: list[list[Match]] = [[] for _ in range(self.rows)]
        for row, match in self:
            lists[row].append(match)
        return lists

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the columns through the Arrow C interface, without copying."""
        return self._columns.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """Return a ``pyarrow.Table`` of the columns, without copying.

        Raises
        ------
        ImportError
            If pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError:
            raise ImportError('to_arrow() needs pyarrow: pip install "kayan[arrow]"') from None
        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """Return a ``polars.DataFrame`` of the columns, without copying.

        Raises
        ------
        ImportError
            If polars is not installed.
        """
        try:
            import polars
        except ImportError:
            raise ImportError('to_polars() needs polars: pip install "kayan[polars]"') from None
        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return a ``pandas.DataFrame``: one row per match, `label` as a category, the rest int64 and str.

        pyarrow makes it faster, and isn't needed.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        pd = _pandas("to_pandas()")
        try:
            import pyarrow as pa
        except ImportError:
            kinds = dict.fromkeys(COLUMNS, object) | dict.fromkeys(COLUMNS[:3], "int64")
            frame = pd.DataFrame(
                {name: pd.Series(self._columns.column(name), dtype=kinds[name]) for name in COLUMNS}
            ).infer_objects()
        else:
            # Plain integers and strings: unsigned positions wrap around below 0, and categories of every name
            # in the gazetteer would show up in each groupby.
            kinds = dict.fromkeys(COLUMNS, pa.large_string()) | dict.fromkeys(COLUMNS[:3], pa.int64())
            frame = self.to_arrow().select(COLUMNS).cast(pa.schema(kinds)).to_pandas()
        typed: pandas.DataFrame = frame.astype({"label": "category"})
        return typed

    def counts(self) -> pandas.DataFrame:
        """Return how often each entity was found: columns name, label, id, count, the most frequent first.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        pd = _pandas("counts()")
        found = Counter(zip(*(self._columns.column(name) for name in ("name", "label", "id")), strict=True))
        rows = [(*key, count) for key, count in found.most_common()]
        frame: pandas.DataFrame = pd.DataFrame(rows, columns=["name", "label", "id", "count"])
        return frame

    def __repr__(self) -> str:
        head = f"Matches: {plural(len(self), 'match', 'matches')} in {plural(self.rows, 'text', 'texts')}"
        return f"{head}; {label_counts(Counter(self._columns.column('label')))}" if len(self) else head

    def _repr_html_(self) -> str:
        from kayan import _html

        shown = self[:20]
        return _html.table(COLUMNS, [(row, *match) for row, match in shown], caption=repr(self))


def plural(count: int, one: str, many: str) -> str:
    """Return e.g. ``"1 match"`` or ``"1,234 matches"``."""
    return f"{count:,} {one if count == 1 else many}"


def label_counts(counts: Counter[Any]) -> str:
    """Return e.g. ``"LOC 800, PER 434"``, the most frequent first, at most eight."""
    shown = [f"{'no label' if label is None else label} {count:,}" for label, count in counts.most_common(8)]
    return ", ".join(shown + ["…"] * (len(counts) > 8))


def _pandas(caller: str) -> Any:
    try:
        import pandas
    except ImportError:
        raise ImportError(f'{caller} needs pandas: pip install "kayan[pandas]"') from None
    return pandas
