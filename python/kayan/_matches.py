"""What a search returns: `Match` for one occurrence, `Matches` for the columns of a batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from kayan import _core, _mistakes, _selected, _spans
from kayan._columns import as_list
from kayan._core import KayanError
from kayan._spans import Offsets, SpanKind, Tokenizer
from kayan._views import page
from kayan._views.concordance import Concordance, line_of
from kayan._views.marked import Section
from kayan._views.shown import Shown
from kayan._views.summaries import matches_html

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

plural = page.plural
COLUMNS = (
    *("row", "start", "end", "text", "label", "id", "name", "prefix", "suffix", "rule"),
    *("edits", "similarity"),
)
_NUMBERS = {"row": "int64", "start": "int64", "end": "int64", "edits": "int64", "similarity": "float64"}
# The order in which the core gives the fields of a match, after its row.
_KEPT = (*COLUMNS[:9], "entry", *COLUMNS[9:])


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
    """One occurrence of an entry in a text: a named tuple of eight fields, `rule` and `metadata`.

    Attributes
    ----------
    start, end : int
        Where it stands in the original text, in code points, end exclusive, clitics left out; unless the
        search was given other `offsets` or another `span`.
    text : str
        ``original[start:end]``, as it was written.
    label, id : str or None
        Those of the entry. What a rule composed has the id ``name:`` and the folded name, in which أبي is
        أبو, ابن is بن and compounds are one word: the same for each spelling of a name.
    name : str
        The canonical name of the entry, whichever of its spellings was found; of what a rule composed, the
        name as it is written, with single blanks and without marks and tatweel.
    prefix, suffix : str
        The clitics that were written together with the name, e.g. ``"ل"``; usually empty.
    rule : str or None
        The rule that composed the name (`add_rule`); ``"coreference"`` for a later mention
        of a name (`Gazetteer.add_coreference`), which has its label, id and name; None for a listed name. Not
        a part of the tuple, as `metadata`.
    edits : int
        How many letters were inserted, left out, replaced or exchanged with their neighbour, with the option
        `fuzzy`; 0 for a name as it is listed. Not a part of the tuple.
    similarity : float
        1 less the share of edits in the letters of the longer of name and text, spaces counted; 1.0 for a
        name as it is listed. Not a part of the tuple.
    metadata : mapping
        The other columns of the entry. Not a part of the tuple: equality and hash leave it out.

    Examples
    --------
    >>> import kayan
    >>> match = kayan.Matcher({"القاهرة": "LOC"}).find("سافر للقاهرة")[0]
    >>> match.start, match.end, match.text, match.name, match.prefix
    (6, 12, 'لقاهرة', 'القاهرة', 'ل')
    """

    rule: str | None = None
    edits: int = 0
    similarity: float = 1.0
    metadata: Mapping[str, object] = MappingProxyType({})

    def __repr__(self) -> str:
        fields = super().__repr__()
        if self.edits:
            fields = f"{fields[:-1]}, edits={self.edits}, similarity={self.similarity:.3g})"
        return fields if self.rule is None else f"{fields[:-1]}, rule={self.rule!r})"


def make_match(found: tuple[Any, ...], metadata: Mapping[str, list[object]]) -> Match:
    """Make a `Match` of what the core found; `metadata` is that of the gazetteer, by column."""
    match = Match._make(found[:8])
    if found[9] is not None:
        match.rule = found[9]
    if found[10]:
        match.edits, match.similarity = found[10:12]
    if metadata and found[8] is not None:  # a rule has none
        match.metadata = metadata_of(metadata, found[8])
    return match


def metadata_of(metadata: Mapping[str, list[object]], entry: int) -> dict[str, object]:
    """Return the metadata of one entry; columns may be shorter than the gazetteer, and None is left out."""
    return {
        key: values[entry]
        for key, values in metadata.items()
        if entry < len(values) and values[entry] is not None
    }


def checked_names(what: str, names: Iterable[str]) -> list[str]:
    """Return the names as a list, each once; refuse a str in their place."""
    if isinstance(names, str):
        raise TypeError(f"{what} must be a list of str, got the str {names!r}")
    listed = list(dict.fromkeys(names))
    for name in listed:
        if not isinstance(name, str):
            raise TypeError(f"{what} must be str, got {type(name).__name__}")
    return listed


class Placed:
    """The columns of the core with their spans in another unit, or taking in the clitics."""

    def __init__(
        self, base: _core.Columns | Kept, texts: Sequence[str | None], offsets: Offsets, span: SpanKind
    ) -> None:
        self.base = base
        self.changed: dict[str, list[Any]] = {name: base.column(name) for name in ("start", "end", "text")}
        if span == "token":
            prefixes: list[Any] = base.column("prefix")
            suffixes: list[Any] = base.column("suffix")
            starts, ends, pieces = self.changed.values()
            self.changed = {
                "start": [start - len(prefix) for start, prefix in zip(starts, prefixes, strict=True)],
                "end": [end + len(suffix) for end, suffix in zip(ends, suffixes, strict=True)],
                "text": list(map("".join, zip(prefixes, pieces, suffixes, strict=True))),
            }
        if offsets != "codepoint":
            self._convert(texts, offsets)

    @classmethod
    def of(cls, base: _core.Columns | Kept, changed: dict[str, list[Any]]) -> Placed:
        """Return the columns of a pickle."""
        placed = cls.__new__(cls)
        placed.base = base
        placed.changed = changed
        return placed

    def _convert(self, texts: Sequence[str | None], offsets: Offsets) -> None:
        starts, ends, _ = self.changed.values()
        at = 0
        for row, hits in groupby(self.base.column("row")):
            past = at + sum(1 for _ in hits)
            text = texts[row]
            units = _spans.units_before(text, (*starts[at:past], *ends[at:past]), offsets)
            starts[at:past] = [units[start] for start in starts[at:past]]
            ends[at:past] = [units[end] for end in ends[at:past]]
            at = past

    @property
    def rows(self) -> int:
        return self.base.rows

    def __len__(self) -> int:
        return len(self.base)

    def get(self, index: int) -> tuple[int, tuple[Any, ...]]:
        row, found = self.base.get(index)
        return row, (*(column[index] for column in self.changed.values()), *found[3:])

    def column(self, name: str) -> list[Any]:
        return self.changed[name] if name in self.changed else self.base.column(name)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        pa = _pyarrow("offsets and span in an Arrow table")
        table = pa.table(self.base)
        for name, values in self.changed.items():
            at = table.schema.get_field_index(name)
            field = table.schema.field(at)
            table = table.set_column(at, field, pa.array(values, field.type))
        return table.__arrow_c_stream__(requested_schema)


class Kept:
    """Columns as lists, of a `Matches` that was pickled."""

    def __init__(self, rows: int, columns: Mapping[str, list[Any]]) -> None:
        self.rows = rows
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns["row"])

    def get(self, index: int) -> tuple[int, tuple[Any, ...]]:
        row, *found = (values[index] for values in self._columns.values())
        return row, tuple(found)

    def column(self, name: str) -> list[Any]:
        return self._columns[name]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        pa = _pyarrow("matches that were pickled, in an Arrow table,")
        kinds = dict.fromkeys(COLUMNS, pa.large_string())
        kinds |= {"row": pa.int64(), "start": pa.int32(), "end": pa.int32(), "edits": pa.int32()}
        kinds["similarity"] = pa.float64()
        kinds["label"] = pa.dictionary(pa.int32(), pa.string())
        fields = [
            pa.field(name, kind, nullable=name in ("label", "id", "rule")) for name, kind in kinds.items()
        ]
        values = [pa.array(self._columns[name], kinds[name]) for name in COLUMNS]
        return pa.table(values, schema=pa.schema(fields)).__arrow_c_stream__(requested_schema)


def _unpickled(
    rows: int,
    columns: Mapping[str, list[Any]],
    changed: dict[str, list[Any]] | None,
    metadata: Mapping[str, list[object]],
) -> Matches:
    return Matches(_placed(Kept(rows, columns), changed), metadata)


def _placed(kept: Kept, changed: dict[str, list[Any]] | None) -> Placed | Kept:
    return kept if changed is None else Placed.of(kept, changed)


class Matches:
    """All matches of a batch of texts, kept in columns; made by `Matcher.find_batch`.

    Iterating and indexing give ``(row, Match)`` pairs, in the order of the rows and of the text; indexing
    with a mask, a bool for each match, gives `Matches`. ``a + b`` joins the matches of two batches: the rows
    of `b` count on after those of `a`, as its texts do in ``texts_a + texts_b``. An Arrow table to anything
    that reads Arrow (``__arrow_c_stream__``).

    Columns
    -------
    row : position of the text in the batch, from 0.
    start, end : code points of that text, end exclusive, clitics left out; unless the search was given
    other `offsets` or another `span`.
    text, label, id, name, prefix, suffix, rule, edits, similarity : as in `Match`.

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

    def __init__(self, columns: _core.Columns | Placed | Kept, metadata: Mapping[str, list[object]]) -> None:
        self._columns = columns
        self._metadata = metadata

    def _lists(self) -> tuple[dict[str, list[Any]], dict[str, list[Any]] | None]:
        """Return the columns in code points and without clitics, and those in another unit or span."""
        changed = self._columns.changed if isinstance(self._columns, Placed) else None
        base = self._columns.base if isinstance(self._columns, Placed) else self._columns
        return {name: base.column(name) for name in _KEPT}, changed

    def __reduce__(self) -> tuple[Any, ...]:
        columns, changed = self._lists()
        # The metadata of what was found, not those of the whole gazetteer.
        found = (entry for entry in columns["entry"] if entry is not None)  # a rule has none
        number = {entry: at for at, entry in enumerate(dict.fromkeys(found))}
        columns["entry"] = [number.get(entry) for entry in columns["entry"]]
        metadata = {
            key: [values[entry] if entry < len(values) else None for entry in number]
            for key, values in self._metadata.items()
        }
        return _unpickled, (self.rows, columns, changed, metadata)

    def __copy__(self) -> Matches:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Matches:
        # Matches can't be changed, so they may serve as their copy.
        return self

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
    @overload
    def __getitem__(self, index: Iterable[Any]) -> Matches: ...
    def __getitem__(self, index: Any) -> tuple[int, Match] | list[tuple[int, Match]] | Matches:
        if isinstance(index, slice):
            return [self._pair(i) for i in range(len(self))[index]]
        if hasattr(index, "__index__") and not hasattr(index, "__len__"):
            try:
                return self._pair(range(len(self))[index])
            except IndexError:
                raise IndexError(f"there is no match {index}: it has {len(self):,}, from 0") from None
        if isinstance(index, (str, bytes, Mapping)) or not isinstance(index, Iterable):
            raise TypeError(
                "Matches are indexed by a position, a slice or a mask with a bool for each match, got "
                f"{index!r:.80}; to_pandas() has columns"
            )
        hint = f"; for one for each of the {self.rows:,} texts, filter(rows=mask)"
        mask = _selected.flags(index, len(self), "match", hint)
        return self._take([at for at, keep in enumerate(mask) if keep])

    def _column(self, name: str) -> list[Any]:
        return self._columns.column(name)

    def _take(self, positions: Sequence[int]) -> Matches:
        """Return the matches at some positions, in their order."""
        columns, changed = (
            lists and {name: [values[at] for at in positions] for name, values in lists.items()}
            for lists in self._lists()
        )
        return Matches(_placed(Kept(self.rows, columns or {}), changed), self._metadata)

    @_mistakes.suggests
    def filter(
        self,
        label: str | Iterable[str | None] | None = None,
        *,
        id: str | int | Iterable[str | int | None] | None = None,
        name: str | Iterable[str] | None = None,
        min_similarity: float | None = None,
        rows: Iterable[Any] | None = None,
    ) -> Matches:
        """Return the matches that fit all of the conditions.

        Parameters
        ----------
        label, id, name : str or iterable of str, optional
            Those of the entry; None in a list stands for no label or no id. What no match has leaves nothing.
        min_similarity : float, optional
            Only matches that are at least as similar to their name, from 0 to 1. What was found without
            searching for similar names has 1.0.
        rows : column of bool, optional
            One for each text that was searched, to keep the matches of some texts; a null is False.

        Returns
        -------
        Matches
            `rows` and the positions of the texts stay as they are, so that the same texts go with it. The
            columns are copied. For a condition of your own, ``matches[mask]`` takes a mask with a bool for
            each match.

        Raises
        ------
        KayanError
            For a similarity that isn't from 0 to 1, or a mask of another length.
        TypeError
            For a value of the wrong type.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher({"دبي": "CITY", "مصر": "COUNTRY"})
        >>> matches = matcher.find_batch(["من دبي", "مصر", "دبي ومصر"])
        >>> matches.filter("CITY")
        Matches: 2 matches in 3 texts; CITY 2
        >>> matches.filter(name="مصر", rows=[False, False, True])
        Matches: 1 match in 3 texts; COUNTRY 1
        >>> matches[matches.to_pandas()["start"] > 0]
        Matches: 2 matches in 3 texts; CITY 1, COUNTRY 1
        """
        positions: Iterable[int] = range(len(self))
        for column, given in (("label", label), ("id", id), ("name", name)):
            if (chosen := _selected.wanted(column, given)) is not None:
                values = self._column(column)
                positions = [at for at in positions if values[at] in chosen]
        if min_similarity is not None:
            least = _selected.checked_similarity(min_similarity)
            values = self._column("similarity")
            positions = [at for at in positions if values[at] >= least]
        if rows is not None:
            hint = f"; for one for each of the {plural(len(self), 'match', 'matches')}, matches[mask]"
            keep = _selected.flags(rows, self.rows, "text", hint)
            values = self._column("row")
            positions = [at for at in positions if keep[values[at]]]
        return self._take(list(positions))

    @_mistakes.suggests
    def sort(self, by: str | Iterable[str] = ("row", "start"), *, descending: bool = False) -> Matches:
        """Return the matches in another order.

        Parameters
        ----------
        by : str or iterable of str, default ("row", "start")
            Columns; the first decides first. Equal ones keep their order, and None is last.
        descending : bool, default False
            The greatest first.

        Raises
        ------
        KayanError
            For an unknown column.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي", "مصر", "قطر"]).find_batch(["مصر ودبي", "قطر"])
        >>> [match.name for _, match in matches.sort("name")]
        ['دبي', 'قطر', 'مصر']
        """
        names = _selected.column_names("sort", by, COLUMNS)
        return self._take(_selected.ordered([self._columns.column(name) for name in names], descending))

    @_mistakes.suggests
    def sample(self, n: int, seed: int | None = None) -> Matches:
        """Return `n` matches chosen at random, in their order, or all if there are fewer.

        Parameters
        ----------
        n : int
            How many.
        seed : int, optional
            The same choice for the same number.

        Raises
        ------
        KayanError
            If `n` is below 0.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي"]).find_batch(["دبي"] * 100)
        >>> matches.sample(5, seed=1)
        Matches: 5 matches in 100 texts; no label 5
        """
        return self._take(_selected.drawn(len(self), n, seed))

    def __add__(self, other: Matches) -> Matches:
        """Return the matches of two batches as of one: the rows of `other` count on after those of this."""
        if not isinstance(other, Matches):
            return NotImplemented
        columns, changed = self._lists()
        others, others_changed = other._lists()
        others["row"] = [row + self.rows for row in others["row"]]
        metadata = self._metadata
        if metadata is not other._metadata and (metadata or other._metadata):
            first = 1 + max((entry for entry in columns["entry"] if entry is not None), default=-1)
            others["entry"] = [entry if entry is None else entry + first for entry in others["entry"]]
            metadata = {}
            for key in {**self._metadata, **other._metadata}:
                values = self._metadata.get(key, [])[:first]
                blanks = [None] * (first - len(values))
                metadata[key] = [*values, *blanks, *other._metadata.get(key, [])]
        joined = {name: values + others[name] for name, values in columns.items()}
        if changed or others_changed:
            both = (changed or columns, others_changed or others)
            changed = {name: both[0][name] + both[1][name] for name in ("start", "end", "text")}
        return Matches(_placed(Kept(self.rows + other.rows, joined), changed), metadata)

    def __radd__(self, other: object) -> Matches:
        return self if other == 0 else NotImplemented  # the start of sum()

    def __iter__(self) -> Iterator[tuple[int, Match]]:
        return map(self._pair, range(len(self)))

    def by_row(self) -> list[list[Match]]:
        """Return one list of matches per text, empty for a null and for a text without a match.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي"]).find_batch(["إلى دبي", None])
        >>> [[match.start for match in row] for row in matches.by_row()]
        [[4], []]
        """
        lists: list[list[Match]] = [[] for _ in range(self.rows)]
        for row, match in self:
            lists[row].append(match)
        return lists

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the columns through the Arrow C interface."""
        return self._columns.__arrow_c_stream__(requested_schema)

    def _with_metadata(self, names: Iterable[str]) -> dict[str, list[object]]:
        """Return metadata of the entries that were found, by name, a value for each match."""
        chosen = checked_names("metadata", names)
        if not chosen:
            return {}
        entries: list[Any] = self._columns.column("entry")
        columns: dict[str, list[object]] = {}
        for name in chosen:
            if name in COLUMNS:
                raise KayanError(f"metadata {name!r} has the name of another column")
            if name not in self._metadata:
                there = ", ".join(map(repr, self._metadata)) or "none"
                raise KayanError(f"no entry has metadata {name!r}; there are: {there}")
            values = self._metadata[name]
            columns[name] = [
                values[entry] if entry is not None and entry < len(values) else None for entry in entries
            ]
        return columns

    def to_arrow(self, metadata: Iterable[str] = ()) -> pyarrow.Table:
        """Return a ``pyarrow.Table`` of the columns.

        Parameters
        ----------
        metadata : iterable of str
            Metadata of the entries to add as columns, such as ``["name_en"]``; null where an entry has none
            of that name, and for what a rule composed.

        Raises
        ------
        KayanError
            For metadata that no entry of the gazetteer has, or that are called like another column.
        ImportError
            If pyarrow is not installed.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["دبي"]).find_batch(["إلى دبي"]).to_arrow().select(["row", "name"]).to_pylist()
        [{'row': 0, 'name': 'دبي'}]
        """
        pa = _pyarrow("to_arrow()")
        table: pyarrow.Table = pa.table(self)
        for name, values in self._with_metadata(metadata).items():
            table = table.append_column(name, pa.array(values))
        return table

    def to_polars(self, metadata: Iterable[str] = ()) -> polars.DataFrame:
        """Return a ``polars.DataFrame`` of the columns.

        Parameters
        ----------
        metadata : iterable of str
            Metadata of the entries to add as columns, such as ``["name_en"]``; null where an entry has none
            of that name, and for what a rule composed.

        Raises
        ------
        KayanError
            For metadata that no entry of the gazetteer has, or that are called like another column.
        ImportError
            If polars is not installed.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["دبي"]).find_batch(["إلى دبي"]).to_polars().select("row", "name").rows()
        [(0, 'دبي')]
        """
        try:
            import polars
        except ImportError:
            raise ImportError('to_polars() needs polars: pip install "kayan[polars]"') from None
        added = self._with_metadata(metadata)
        frame = polars.DataFrame(self)
        return frame.with_columns(polars.Series(name, values) for name, values in added.items())

    @_mistakes.suggests
    def to_pandas(
        self, texts: Any = None, *, context: int | None = None, metadata: Iterable[str] = ()
    ) -> pandas.DataFrame:
        """Return a ``pandas.DataFrame``: one row per match, `label` as a category, the rest int64 and str.

        pyarrow makes it faster, and isn't needed.

        Parameters
        ----------
        texts : column of str, optional
            The same as were given to `Matcher.find_batch`, for `context`.
        context : int, optional
            Add columns `before` and `after`: that many code points of the text on each side of the word that
            holds the match, cut between words, on one line. Its clitics are in `prefix` and `suffix`. 40 if
            only `texts` are given.
        metadata : iterable of str
            Metadata of the entries to add as columns, such as ``["name_en"]``; null where an entry has none
            of that name, and for what a rule composed.

        Raises
        ------
        ImportError
            If pandas is not installed.
        KayanError
            If the texts aren't those that were searched, `context` comes without them, or is below 0; for
            metadata that no entry of the gazetteer has, or that are called like another column.

        Examples
        --------
        >>> import kayan
        >>> frame = kayan.Matcher(["دبي"]).find_batch(["إلى دبي"]).to_pandas()
        >>> frame[["row", "start", "name"]].values.tolist()
        [[0, 4, 'دبي']]
        >>> texts = ["سافر أحمد إلى دبي أمس"]
        >>> frame = kayan.Matcher(["دبي"]).find_batch(texts).to_pandas(texts, context=10)
        >>> frame[["before", "text", "after"]].values.tolist()
        [['أحمد إلى', 'دبي', 'أمس']]

        With the English names of built-in entries:

        >>> matcher = kayan.Matcher(kayan.Gazetteer.builtin("countries"))
        >>> frame = matcher.find_batch(["من مصر إلى تونس"]).to_pandas(metadata=["name_en"])
        >>> frame[["name", "name_en"]].values.tolist()
        [['مصر', 'Egypt'], ['تونس', 'Tunisia']]
        """
        pd = pandas_for("to_pandas()")
        around = self._context(texts, context)
        added = self._with_metadata(metadata)
        try:
            import pyarrow as pa
        except ImportError:
            kinds = dict.fromkeys(COLUMNS, object) | _NUMBERS
            frame = pd.DataFrame(
                {name: pd.Series(self._columns.column(name), dtype=kinds[name]) for name in COLUMNS}
            ).infer_objects()
        else:
            # Plain integers and strings: unsigned positions wrap around below 0, and categories of every name
            # in the gazetteer would show up in each groupby.
            kinds = dict.fromkeys(COLUMNS, pa.large_string())
            kinds |= {
                name: pa.int64() if kind == "int64" else pa.float64() for name, kind in _NUMBERS.items()
            }
            frame = self.to_arrow().select(COLUMNS).cast(pa.schema(kinds)).to_pandas()
        typed: pandas.DataFrame = frame.astype({"label": "category"})
        columns = {name: pd.Series(values, dtype=str) for name, values in around.items()}
        columns |= {name: pd.Series(values, dtype=object) for name, values in added.items()}
        return typed.assign(**columns)

    def _context(self, texts: Any, width: int | None) -> dict[str, list[str]]:
        """Return what stands before and after each match, as columns, or nothing if it isn't asked for."""
        if texts is None and width is None:
            return {}
        if texts is None:
            raise KayanError("to_pandas(context=) needs the texts: to_pandas(texts, context=40)")
        width = 40 if width is None else width
        if isinstance(width, bool) or not isinstance(width, int):
            raise TypeError(f"to_pandas(context=) takes a number of code points, got {width!r:.80}")
        if width < 0:
            raise KayanError(f"to_pandas(context=) takes 0 or more code points, got {width}")
        given = [text for text, _ in self._with_texts(texts, "to_pandas()")]
        columns = self._columns.base if isinstance(self._columns, Placed) else self._columns
        lines = [line_of(row, given[row], match, width) for row, match in Matches(columns, {})]
        return {"before": [line.before for line in lines], "after": [line.after for line in lines]}

    @_mistakes.suggests
    def counts(self, by: str | Iterable[str] = ("name", "label", "id")) -> pandas.DataFrame:
        """Return how often each entity was found, the most frequent first.

        Parameters
        ----------
        by : str or iterable of str, default ("name", "label", "id")
            What to count: the columns that tell one from another, such as ``"label"``, ``"id"``, or
            ``"text"`` for the spellings.

        Returns
        -------
        pandas.DataFrame
            The columns of `by`, and count. What has none, such as a label, counts as None.

        Raises
        ------
        ImportError
            If pandas is not installed.
        KayanError
            For an unknown column.

        Examples
        --------
        >>> import kayan
        >>> counts = kayan.Matcher(["دبي", "مصر"]).find_batch(["إلى دبي", "دبي ومصر"]).counts()
        >>> counts[["name", "count"]].values.tolist()
        [['دبي', 2], ['مصر', 1]]
        >>> kayan.Matcher(["دبي"]).find_batch(["دبي", "دُبي", "دبي"]).counts("text")["count"].tolist()
        [2, 1]
        """
        pd = pandas_for("counts()")
        names = _selected.column_names("counts", by, COLUMNS)
        found = Counter(zip(*(self._columns.column(name) for name in names), strict=True))
        # Spellings of a composed name have one id: its most frequent one stands for all.
        entities: dict[Any, list[Any]] = {}
        for values, count in found.most_common():
            row = dict(zip(names, values, strict=True))
            id = row.get("id")
            if isinstance(id, str) and id.startswith("name:"):
                row.pop("name", None)
            entities.setdefault(tuple(row.items()), [*values, 0])[-1] += count
        rows = sorted(entities.values(), key=lambda row: row[-1], reverse=True)
        frame: pandas.DataFrame = pd.DataFrame(rows, columns=[*names, "count"])
        return frame

    def cooccurrence(self) -> pandas.DataFrame:
        """Return which entities were found in the same texts.

        Returns
        -------
        pandas.DataFrame
            Columns left, right (two names, the one that sorts first on the left) and count: the number of
            texts in which both were found, the greatest first. Pairs that are in no text are left out. For a
            matrix, ``frame.pivot(index="left", columns="right", values="count")``.

        Raises
        ------
        ImportError
            If pandas is not installed.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي", "مصر", "قطر"]).find_batch(["مصر ودبي", "دبي ومصر وقطر", "قطر"])
        >>> matches.cooccurrence().values.tolist()
        [['دبي', 'مصر', 2], ['دبي', 'قطر', 1], ['قطر', 'مصر', 1]]
        """
        pd = pandas_for("cooccurrence()")
        pairs: Counter[tuple[Any, Any]] = Counter()
        names: defaultdict[int, set[str]] = defaultdict(set)
        for row, name in zip(self._columns.column("row"), self._columns.column("name"), strict=True):
            names[row].add(name)
        for together in names.values():
            pairs.update(combinations(sorted(together), 2))
        rows = [(*pair, count) for pair, count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]
        frame: pandas.DataFrame = pd.DataFrame(rows, columns=["left", "right", "count"])
        return frame

    @_mistakes.suggests
    def timeline(self, dates: Any, freq: str = "D") -> pandas.DataFrame:
        """Count the matches of each entity by period.

        Parameters
        ----------
        dates : column of dates, or of anything that ``pandas.to_datetime`` reads
            One for each text that was searched. Texts without a date are left out. Dates with a time zone
            count by their local day.
        freq : str, default "D"
            A pandas period alias: ``"D"``, ``"W"``, ``"M"``, ``"Q"``, ``"Y"``...

        Returns
        -------
        pandas.DataFrame
            A row for each period from the first to the last with a match, those without matches included; a
            column for each name, the most frequent first; ready for ``.plot()``.

        Raises
        ------
        ImportError
            If pandas is not installed.
        KayanError
            If there aren't as many dates as texts.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي", "مصر"]).find_batch(["دبي ودبي", "مصر", "دبي"])
        >>> months = matches.timeline(["2024-01-05", "2024-03-01", "2024-03-09"], freq="M")
        >>> months["دبي"].to_dict()
        {Period('2024-01', 'M'): 2, Period('2024-02', 'M'): 0, Period('2024-03', 'M'): 1}
        """
        pd = pandas_for("timeline()")
        given = pd.Series(dates).reset_index(drop=True)
        if len(given) != self.rows:
            texts = plural(self.rows, "text", "texts")
            raise KayanError(f"timeline() takes a date for each of {texts}, got {len(given):,}")
        try:
            times = pd.Series(pd.to_datetime(given))
        except (ValueError, TypeError) as error:
            raise KayanError(
                f"timeline() can't read the dates: {error}; pandas.to_datetime(dates, format=...) says how"
            ) from None
        try:
            periods = times.dt.tz_localize(None).dt.to_period(freq)
        except ValueError:
            raise KayanError(
                f"timeline(freq=) takes a period alias of pandas: 'D', 'W', 'M', 'Q', 'Y'; got {freq!r:.80}"
            ) from None
        frame = pd.DataFrame(
            {
                "period": periods.take(self._columns.column("row")).array,
                "name": pd.Series(self._columns.column("name"), dtype=object),
            }
        ).dropna()
        if frame.empty:
            return pd.DataFrame(index=pd.PeriodIndex([], freq=freq, name="period"), dtype="int64")
        table = pd.crosstab(frame["period"], frame["name"])
        every = pd.period_range(table.index.min(), table.index.max(), name="period")
        order = table.sum().sort_values(ascending=False, kind="stable").index
        filled: pandas.DataFrame = table.reindex(every, fill_value=0)[order]
        return filled

    @_mistakes.suggests
    def to_iob(self, texts: Any, tokenize: Tokenizer | None = None) -> list[list[tuple[str, str]]]:
        """Tag the tokens of the texts that were searched.

        Parameters
        ----------
        texts : column of str
            The same as were given to `Matcher.find_batch`.
        tokenize : function, optional
            From a text to its tokens in order, as str or as ``(start, end)`` in code points. Default: words,
            with each punctuation mark a token of its own.

        Returns
        -------
        list of list of (token, tag)
            For each text, IOB2 tags: ``"B-LOC"``, ``"I-LOC"``, ``"O"``; ``ENTITY`` stands for no label. A
            token with clitics is the entity's token. Of matches that overlap, the longest is tagged. A null
            has no tokens.

        Raises
        ------
        KayanError
            If the texts aren't those that were searched, or `tokenize` returns what isn't in the text.

        Examples
        --------
        >>> import kayan
        >>> texts = ["سافر للقاهرة الجديدة."]
        >>> kayan.Matcher({"القاهرة الجديدة": "LOC"}).find_batch(texts).to_iob(texts)
        [[('سافر', 'O'), ('للقاهرة', 'B-LOC'), ('الجديدة', 'I-LOC'), ('.', 'O')]]
        """
        check_tokenize("to_iob()", tokenize)
        return [
            _spans.iob(text, [(m.start, m.end, m.label) for m in found], tokenize)
            for text, found in self._with_texts(texts, "to_iob()")
        ]

    @_mistakes.suggests
    def show(self, texts: Any, rows: int | Iterable[int] = 10) -> Shown:
        """Show texts with their matches marked, right to left: as HTML in a notebook, as text elsewhere.

        Parameters
        ----------
        texts : column of str
            The same as were given to `Matcher.find_batch`.
        rows : int or iterable of int, default 10
            How many texts to show, the first with a match; or the positions of the texts.

        Raises
        ------
        KayanError
            If the texts aren't those that were searched.
        IndexError
            If there is no such row.

        Examples
        --------
        >>> import kayan
        >>> texts = ["سافر", "إلى دبي"]
        >>> print(kayan.Matcher({"دبي": "CITY"}).find_batch(texts).show(texts))
        1: إلى دبي
          4-7  دبي  CITY  دبي
        """
        found = self._with_texts(texts, "show()")
        note = ""
        if isinstance(rows, int):
            chosen = [row for row, (_, matches) in enumerate(found) if matches]
            if rows < len(chosen):
                of, every = plural(len(chosen), "text", "texts"), plural(len(self), "match", "matches")
                note = f"The first {rows:,} of {of} with a match; {every} in all."
                chosen = chosen[:rows]
        else:
            chosen = list(rows)
            outside = [row for row in chosen if row not in range(-len(found), len(found))]
            if outside:
                held = plural(len(found), "text", "texts")
                raise IndexError(f"show(rows=): there is no text {outside[0]!r:.80} among {held}, from 0")
        return Shown([Section("", row, *found[row]) for row in chosen], note)

    @_mistakes.suggests
    def concordance(self, texts: Any, entity: str | None = None, width: int = 40) -> Concordance:
        """Show matches in context, one below the other, aligned on the hit.

        Parameters
        ----------
        texts : column of str
            The same as were given to `Matcher.find_batch`.
        entity : str, optional
            Only matches of the entries with this canonical name, or with this id.
        width : int, default 40
            How much context to show on each side, in code points; cut between words.

        Returns
        -------
        Concordance
            A sequence of lines, with ``to_pandas()`` and ``to_html(path)``; a notebook shows it as a table.

        Raises
        ------
        KayanError
            If the texts aren't those that were searched, or `width` is below 0.

        Examples
        --------
        >>> import kayan
        >>> texts = ["سافر إلى القاهرة أمس", "عاد للقاهرة"]
        >>> matches = kayan.Matcher(["القاهرة"]).find_batch(texts)
        >>> print(matches.concordance(texts, "القاهرة"))
        0  سافر إلى | القاهرة | أمس
        1       عاد | للقاهرة |
        """
        if width < 0:
            raise KayanError(f"concordance(width=) takes 0 or more code points, got {width}")
        found = [
            (row, text, match)
            for row, (text, matches) in enumerate(self._with_texts(texts, "concordance()"))
            for match in matches
            if entity is None or entity in (match.name, match.id)
        ]
        return Concordance(found, width)

    def _with_texts(self, texts: Any, caller: str) -> list[tuple[str, list[Match]]]:
        """Return each text with its matches, in code points and without clitics; a null as an empty text."""
        columns = self._columns.base if isinstance(self._columns, Placed) else self._columns
        given = as_list(texts, caller)
        if len(given) != self.rows:
            searched = plural(self.rows, "text that was searched", "texts that were searched")
            raise KayanError(f"{caller} expected the {searched}, got {len(given):,}")
        pairs: list[tuple[str, list[Match]]] = [(text or "", []) for text in given]
        for row, match in Matches(columns, self._metadata):
            text, found = pairs[row]
            if text[match.start : match.end] != match.text:
                raise KayanError(
                    f"{caller}: row {row} isn't the text that was searched: {match.text!r:.80} isn't in its "
                    "place"
                )
            found.append(match)
        for _, found in pairs:
            found.sort(key=lambda match: match.start)  # the matches may have been sorted otherwise
        return pairs

    def __repr__(self) -> str:
        head = f"Matches: {plural(len(self), 'match', 'matches')} in {plural(self.rows, 'text', 'texts')}"
        return f"{head}; {label_counts(Counter(self._columns.column('label')))}" if len(self) else head

    def _repr_html_(self) -> str:
        return matches_html(
            COLUMNS,
            [(row, *match, match.rule, match.edits, match.similarity) for row, match in self[:20]],
            repr(self),
            len(self),
        )


def label_counts(counts: Counter[Any]) -> str:
    """Return e.g. ``"LOC 800, PER 434"``, the most frequent first, at most eight."""
    shown = [f"{'no label' if label is None else label} {count:,}" for label, count in counts.most_common(8)]
    return ", ".join(shown + ["…"] * (len(counts) > 8))


def check_tokenize(caller: str, tokenize: object) -> None:
    """Raise a `TypeError` for anything that can't take a text apart."""
    if tokenize is not None and not callable(tokenize):
        kind = type(tokenize).__name__
        raise TypeError(f"{caller[:-1]}tokenize=) takes a function from a text to its tokens, got {kind}")


def _pyarrow(caller: str) -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError(f'{caller} needs pyarrow: pip install "kayan[arrow]"') from None
    return pyarrow


def pandas_for(caller: str) -> Any:
    """Import pandas, or say what to install."""
    try:
        import pandas
    except ImportError:
        raise ImportError(f'{caller} needs pandas: pip install "kayan[pandas]"') from None
    return pandas
