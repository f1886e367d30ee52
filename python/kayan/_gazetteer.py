"""The dictionary: `Gazetteer` holds entries in columns and remembers where each came from."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import index
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kayan._core import KayanError, check_kind, check_rule
from kayan._inputs import decode, is_frame, is_null, library
from kayan._matches import label_counts, metadata_of, plural
from kayan._renamed import refuse_old, tells_renamed, without_old
from kayan._views import summaries

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Self, Unpack

    from kayan._options import MatcherOptions

_TATWEEL = "\u0640"  # ARABIC TATWEEL
_ADDED = ("entry ", "")  # origin of entries that come from no file or table
_FIELDS = ("name", "label", "id", "aliases", "priority", "strict", "ambiguous")
# What an entry may be strict about, by the bit that the core knows.
STRICTNESS = {"exact": 1, "hamza": 2, "case": 4, "no_clitics": 8}
_PRIORITIES = range(-(2**31), 2**31)


@tells_renamed("attribute")
class Entry(NamedTuple):
    """One entity of a `Gazetteer`."""

    name: str
    label: str | None
    id: str | None
    aliases: tuple[str, ...]
    priority: int
    metadata: dict[str, object]
    strict: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


@tells_renamed("method")
class Gazetteer:
    """A dictionary of entities: names with labels, ids, aliases, priorities and metadata.

    Entries are kept in the order they were added; the same name may be added again, with another label or id.
    ``a | b`` has the entries of both, ``a - b`` those of `a` whose name `b` doesn't have (with their label or
    with none). Besides entries it may have words that announce names (`add_triggers`) and rules that compose
    names (`add_word_list`, `add_rule`); ``a | b`` has those of both, too. Names are stored as given: folding
    happens in `Matcher`. About 60 bytes an entry besides its strings.

    Examples
    --------
    >>> import kayan
    >>> gazetteer = kayan.Gazetteer()
    >>> gazetteer.add("الأمم المتحدة", label="ORG", id="Q1065", aliases=["هيئة الأمم"], founded=1945)
    >>> gazetteer |= kayan.Gazetteer.from_dict({"القاهرة": "LOC", "دبي": "LOC"})
    >>> gazetteer
    Gazetteer: 3 entries (LOC 2, ORG 1): الأمم المتحدة, القاهرة, دبي
    >>> "هيئة الأمم" in gazetteer
    True
    """

    __slots__ = (
        "_aliases",
        "_ambiguous",
        "_ids",
        "_labels",
        "_metadata",
        "_names",
        "_priorities",
        "_rows",
        "_rules",
        "_sources",
        "_spellings",
        "_strictness",
        "_triggers",
        "_word_lists",
    )

    def __init__(self) -> None:
        self._names: list[str] = []
        self._labels: list[str | None] = []
        self._ids: list[str | None] = []
        self._aliases: list[tuple[str, ...]] = []
        self._priorities: list[int] = []
        self._strictness: list[tuple[str, ...]] = []
        self._ambiguous: list[tuple[str, ...]] = []
        # Words in the order they were added: by the labels that they announce (None is any), by kind.
        self._triggers: dict[tuple[str, ...] | None, dict[str, None]] = {}
        self._word_lists: dict[str, dict[str, None]] = {}
        # Pattern, label and priority by id.
        self._rules: dict[str, tuple[str, str, int]] = {}
        # By column; a column may be shorter than the others, and None is no value.
        self._metadata: dict[str, list[object]] = {}
        # Origin of entry i: the text before the row number, self._rows[i], and the text after it, the texts
        # being those of the last source that starts at or before i.
        self._rows = array("q")
        self._sources: list[tuple[int, str, str]] = []
        self._spellings: set[str] | None = None  # made by the first `in`

    @without_old("field")
    def add(
        self,
        name: str,
        label: str | None = None,
        id: str | int | None = None,
        aliases: Iterable[str] = (),
        priority: int = 0,
        strict: Iterable[str] = (),
        ambiguous: Iterable[str] | bool = (),
        **metadata: object,
    ) -> None:
        """Add one entry, or nothing if something in it is refused.

        Parameters
        ----------
        name : str
            The canonical name.
        label : str, optional
            Its class, such as ``"LOC"``.
        id : str or int, optional
            Its identifier elsewhere; stored as a str.
        aliases : iterable of str
            Other names of the same entity.
        priority : int, default 0
            Among overlapping matches, the greater wins under ``Matcher(overlap="priority")``. 32 bits.
        strict : iterable of {"exact", "hamza", "case", "no_clitics"}
            How the entry and its aliases are matched more strictly than the matcher's options say: only as
            they are written (canonically equivalent spellings aside); with the hamzas of their letters; with
            the case of their letters; with no clitics in front.
        ambiguous : iterable of str, or bool
            Those of its name and aliases that are ordinary words too, such as سلام or فاس; True is all of
            them that are one word. They count only where the context speaks for them: see the option
            `require_context` of `Matcher`.
        **metadata
            Anything else; `Match.metadata` has it. None is no value.

        Returns
        -------
        None
            Like the methods of Python's own containers that change them.

        Raises
        ------
        KayanError
            For a name that is blank, invisible or nothing but marks, one with lone surrogates, or a priority
            that doesn't fit, with the code points; for an ambiguous name that the entry doesn't have.
        TypeError
            For a value of the wrong type.
        """
        self._begin(*_ADDED)
        self._put(
            len(self),
            name,
            label,
            id=id,
            aliases=aliases,
            priority=priority,
            strict=strict,
            ambiguous=ambiguous,
            metadata=metadata,
        )

    def _begin(self, before: str, after: str) -> None:
        if not self._sources or self._sources[-1][1:] != (before, after):
            self._sources.append((len(self), before, after))

    def _where(self, row: int) -> str:
        _, before, after = self._sources[-1]
        return f"{before}{row}{after}"

    def _put(
        self,
        row: int,
        name: Any,
        label: Any = None,
        *,
        id: Any = None,
        aliases: Any = (),
        priority: Any = 0,
        strict: Any = (),
        ambiguous: Any = (),
        metadata: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        try:
            name = _spelling("name", name)
            if label is not None:
                label = sys.intern(_text("label", label))
            if id is not None:
                id = _text("id", id) if isinstance(id, str) else str(_whole("id", id))
            if isinstance(aliases, (str, bytes)):
                raise TypeError(f"aliases must be a list of str, got {type(aliases).__name__}")
            aliases = tuple([_spelling("alias", alias) for alias in aliases])
            priority = priority if type(priority) is int else _whole("priority", priority)
            if priority not in _PRIORITIES:
                raise KayanError(f"priority {priority} doesn't fit into 32 bits")
            strict = _strict(strict)
            ambiguous = _ambiguous(ambiguous, (name, *aliases))
        except (KayanError, TypeError) as error:
            raise type(error)(f"{self._where(row)}: {error}") from None
        entry = len(self._names)
        for key, value in metadata.items():
            if value is not None:
                column = self._metadata.setdefault(key, [])
                column.extend([None] * (entry - len(column)))
                column.append(value)
        self._names.append(name)
        self._labels.append(label)
        self._ids.append(id)
        self._aliases.append(aliases)
        self._priorities.append(priority)
        self._strictness.append(strict)
        self._ambiguous.append(ambiguous)
        self._rows.append(row)
        if self._spellings is not None:
            self._spellings.update((name, *self._aliases[-1]))

    def _put_cells(self, row: int, cells: Sequence[Any], metadata: Mapping[str, object]) -> None:
        """Add an entry of cells as files and tables hold them, in the order of `_FIELDS`; None is absent."""
        refuse_old("field", metadata, f"{self._where(row)}: ")
        name, label, id, aliases, priority, strict, ambiguous = cells
        aliases, ambiguous = _listed(aliases), _listed(ambiguous)
        if isinstance(priority, str):
            try:
                priority = int(priority)
            except ValueError:
                raise KayanError(f"{self._where(row)}: priority {priority!r} is no whole number") from None
        self._put(
            row,
            "" if name is None else name,
            label,
            id=_unfloated(id),
            aliases=aliases,
            priority=0 if priority is None else _unfloated(priority),
            strict=strict.replace("|", " ").split() if isinstance(strict, str) else strict or (),
            ambiguous=ambiguous,
            metadata=metadata,
        )

    @classmethod
    def from_dict(cls, names: Mapping[str, str | None]) -> Self:
        """Make a gazetteer of ``{name: label}``; a label may be None."""
        return cls.from_records(names.items())

    @classmethod
    def from_records(cls, records: Iterable[str | tuple[Any, ...] | Mapping[str, Any]]) -> Self:
        """Make a gazetteer of dicts, of tuples ``(name, label)`` or ``(name, label, id)``, or of names.

        Parameters
        ----------
        records : iterable
            In a dict, the keys name, label, id, aliases, strict and ambiguous (lists, or words separated by
            ``|``) and priority are those of `add`, the others metadata; None and NaN are no value.

        Raises
        ------
        KayanError, TypeError
            As `add`, with the position of the record from 0.

        Examples
        --------
        >>> import kayan
        >>> len(kayan.Gazetteer.from_records([("دبي", "LOC"), {"name": "محمد", "label": "PER", "rank": 1}]))
        2
        """
        self = cls()
        self._begin(*_ADDED)
        for row, record in enumerate(records):
            if isinstance(record, str):
                self._put(row, record)
            elif isinstance(record, tuple) and 1 <= len(record) <= 3:
                self._put(row, *record[:2], id=record[2] if len(record) == 3 else None)
            elif isinstance(record, Mapping):
                cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
                self._put_cells(row, [cells.pop(field, None) for field in _FIELDS], cells)
            else:
                raise TypeError(
                    f"entry {row}: expected a dict, a name or a tuple (name, label, id), got {record!r:.80}"
                )
        return self

    @classmethod
    @without_old("field")
    def from_csv(
        cls,
        file: str | os.PathLike[str] | IO[str] | IO[bytes],
        *,
        delimiter: str | None = None,
        name: str = "name",
        label: str | None = "label",
        id: str | None = "id",
        aliases: str | None = "aliases",
        priority: str | None = "priority",
        strict: str | None = "strict",
        ambiguous: str | None = "ambiguous",
        default_label: str | None = None,
    ) -> Self:
        r"""Read a gazetteer from a CSV or TSV file with a header line.

        Parameters
        ----------
        file : path or open file
            UTF-8, with or without a byte order mark. Cells may be quoted and then hold line breaks.
        delimiter : str, optional
            Default: tab for a file named ``.tsv`` or ``.tab``, comma for others.
        name, label, id, aliases, priority, strict, ambiguous : str
            Columns to read; only that of the names is required, and any other that isn't called as by default
            must exist. Aliases and ambiguous names are separated by ``|``. Pass None to leave one out. Other
            columns are metadata.
        default_label : str, optional
            Label of the entries whose label cell is empty or missing.

        Raises
        ------
        KayanError
            For a missing column, bytes that aren't UTF-8, broken quotes, a line with more or fewer cells than
            the header, or an entry that `add` refuses. It names the file and the line, from 1.
        OSError
            If the file can't be read.

        Examples
        --------
        >>> import io, kayan
        >>> file = io.StringIO("name,type,country\nدبي,LOC,AE\n")
        >>> list(kayan.Gazetteer.from_csv(file, label="type"))[0].metadata
        {'country': 'AE'}
        """
        text, source = _read(file)
        if delimiter is None:
            delimiter = "\t" if source.lower().endswith((".tsv", ".tab")) else ","
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        return cls._parse(text, source, fields, delimiter, default_label)

    @classmethod
    def _parse(
        cls,
        text: str,
        source: str,
        fields: Sequence[str | None] = _FIELDS,
        delimiter: str = ",",
        default_label: str | None = None,
    ) -> Self:
        self = cls()
        self._begin("line ", f" of {source}")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = 1
        try:
            header = [heading.strip() for heading in next(reader, [])]
            positions, others = _columns(header, source, fields)
            while True:
                line = reader.line_num + 1  # a quoted cell may hold line breaks: name the entry's first line
                cells = next(reader, None)
                if cells is None:
                    return self
                if len(cells) == len(header):
                    own = [(cells[i].strip() or None) if i is not None else None for i in positions]
                    own[1] = own[1] or default_label
                    self._put_cells(line, own, {key: cells[i] for key, i in others if cells[i]})
                elif cells:
                    found = plural(len(cells), "cell", "cells")
                    raise KayanError(f"{self._where(line)}: {found} where the header has {len(header)}")
        except csv.Error as error:
            raise KayanError(f"{self._where(line)}: {error}") from None

    @classmethod
    def from_jsonl(cls, file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> Self:
        r"""Read a gazetteer from a file with a JSON object on each line.

        Parameters
        ----------
        file : path or open file
            UTF-8. The keys name, label, id, aliases, strict and ambiguous (lists, or words separated by
            ``|``) and priority are those of `add`, the others metadata; null is no value. Blank lines are
            left out.

        Raises
        ------
        KayanError, TypeError
            For a line that is no JSON object, or an entry that `add` refuses. It names the file and the line,
            from 1.
        OSError
            If the file can't be read.

        Examples
        --------
        >>> import io, kayan
        >>> file = io.StringIO('{"name": "دبي", "label": "LOC", "aliases": ["إمارة دبي"], "country": "AE"}\n')
        >>> list(kayan.Gazetteer.from_jsonl(file))[0].metadata
        {'country': 'AE'}
        """
        text, source = _read(file)
        self = cls()
        self._begin("line ", f" of {source}")
        for line, record in self._json_lines(text):
            cells = {key: cell for key, cell in record.items() if not _is_empty(cell)}
            self._put_cells(line, [cells.pop(field, None) for field in _FIELDS], cells)
        return self

    def _json_lines(self, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
        # Not splitlines(): U+2028 and the like may stand in a JSON string.
        for line, content in enumerate(text.split("\n"), 1):
            if content.strip():
                try:
                    record = json.loads(content)
                except json.JSONDecodeError as error:
                    raise KayanError(
                        f"{self._where(line)}: no JSON: {error.msg} at column {error.colno}"
                    ) from None
                if not isinstance(record, dict):
                    raise KayanError(f"{self._where(line)}: expected a JSON object, got {content:.80}")
                yield line, record

    @classmethod
    def from_entity_ruler(
        cls, patterns: str | os.PathLike[str] | IO[str] | IO[bytes] | Iterable[Mapping[str, Any]]
    ) -> Self:
        """Make a gazetteer of the patterns of spaCy's EntityRuler.

        Parameters
        ----------
        patterns : path, open file or iterable of dict
            A JSONL file as EntityRuler writes it, or dicts ``{"label", "pattern", "id"}``. A pattern is a
            str, or a list of tokens, each a dict with ORTH, TEXT, LOWER or NORM as its only key and one word
            as its value. Patterns with one label and one id become one entry, the first its name, the others
            aliases. Other keys are metadata.

        Raises
        ------
        KayanError, TypeError
            For a pattern that isn't plain words (kayan knows no regular expressions, parts of speech or
            quantifiers), or that `add` refuses. It names the pattern, from 0, or the line, from 1.

        Notes
        -----
        A list of tokens that all have ORTH or TEXT is found with the case of its letters only. Otherwise case
        is told apart, or not, as `Matcher` says: give it ``case=False`` if your EntityRuler compares phrases
        by their letters.

        Examples
        --------
        >>> import kayan
        >>> patterns = [
        ...     {"label": "ORG", "pattern": "الأمم المتحدة", "id": "un"},
        ...     {"label": "ORG", "pattern": [{"LOWER": "هيئة"}, {"LOWER": "الأمم"}], "id": "un"},
        ... ]
        >>> [(entry.name, entry.aliases) for entry in kayan.Gazetteer.from_entity_ruler(patterns)]
        [('الأمم المتحدة', ('هيئة الأمم',))]
        """
        self = cls()
        if isinstance(patterns, (str, os.PathLike)) or hasattr(patterns, "read"):
            text, source = _read(patterns)  # type: ignore[arg-type]
            self._begin("line ", f" of {source}")
            rows: Iterable[tuple[int, Any]] = self._json_lines(text)
        else:
            self._begin("pattern ", "")
            rows = enumerate(patterns)
        entries: dict[object, tuple[int, Mapping[str, Any], list[str]]] = {}
        for row, pattern in rows:
            if not isinstance(pattern, Mapping):
                raise TypeError(f"{self._where(row)}: expected a dict, got {pattern!r:.80}")
            try:
                name = _spelling("pattern", _phrase(pattern.get("pattern")))
            except (KayanError, TypeError) as error:
                raise type(error)(f"{self._where(row)}: {error}") from None
            care = _case_of_tokens(pattern["pattern"])
            key = row if pattern.get("id") is None else (pattern.get("label"), pattern["id"], care)
            entries.setdefault(key, (row, pattern, []))[2].append(name)
        for row, pattern, (name, *aliases) in entries.values():
            others = {key: value for key, value in pattern.items() if key not in ("label", "pattern", "id")}
            self._put(
                row,
                name,
                pattern.get("label"),
                id=pattern.get("id"),
                aliases=aliases,
                strict=_case_of_tokens(pattern["pattern"]),
                metadata=others,
            )
        return self

    @classmethod
    def from_flashtext(
        cls, keywords: Mapping[str, Iterable[str]], label: str | None = None, *, canonical: bool = True
    ) -> Self:
        """Make a gazetteer of flashtext's ``{canonical name: [surface, ...]}``, all with one label.

        Parameters
        ----------
        keywords : mapping
            What ``KeywordProcessor.add_keywords_from_dict`` takes.
        label : str, optional
            The label of all entries.
        canonical : bool, default True
            Look for the canonical name too, which is the name of the entry. False, as in flashtext: only for
            the surfaces; the first one is the name of the entry, and the canonical name its id. A canonical
            name without surfaces is left out then.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_flashtext({"الأمم المتحدة": ["هيئة الأمم", "الأمم المتحدة"]})
        >>> [(entry.name, entry.aliases) for entry in gazetteer]
        [('الأمم المتحدة', ('هيئة الأمم',))]
        """
        self = cls()
        self._begin(*_ADDED)
        for row, (name, surfaces) in enumerate(keywords.items()):
            if isinstance(surfaces, (str, bytes)):
                self._put(row, name, label, aliases=surfaces)  # which refuses them
            elif canonical:
                others = [surface for surface in surfaces if surface != name]
                self._put(row, name, label, aliases=others)
            elif listed := list(surfaces):
                self._put(row, listed[0], label, id=name, aliases=listed[1:])
        return self

    @classmethod
    @without_old("field")
    def from_dataframe(
        cls,
        df: Any,
        *,
        name: str = "name",
        label: str | None = "label",
        id: str | None = "id",
        aliases: str | None = "aliases",
        priority: str | None = "priority",
        strict: str | None = "strict",
        ambiguous: str | None = "ambiguous",
        default_label: str | None = None,
    ) -> Self:
        """Make a gazetteer of a pandas or polars DataFrame or a ``pyarrow.Table``.

        Parameters are those of `from_csv`. None and NaN are no value; aliases may also be lists.

        Raises
        ------
        KayanError, TypeError
            For a missing column, a missing name, or an entry that `add` refuses. It names the row, from 0.
        """
        if not is_frame(df) or not hasattr(df, "shape"):  # a polars LazyFrame has no shape
            raise TypeError(
                f"expected a pandas or polars DataFrame or a pyarrow Table, got {type(df).__name__}"
            )
        header = [str(heading) for heading in getattr(df, "column_names", df.columns)]
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        positions, others = _columns(header, "the DataFrame", fields)
        if library(df) == "pandas":
            values = [df.iloc[:, i].tolist() for i in range(len(header))]
        elif library(df) == "polars":
            values = [df[heading].to_list() for heading in header]
        else:
            values = [df.column(heading).to_pylist() for heading in header]
        self = cls()
        self._begin("row ", " of the DataFrame")
        for row, all_cells in enumerate(zip(*values, strict=True)):
            cells = [None if _is_empty(cell) else cell for cell in all_cells]
            own = [cells[i] if i is not None else None for i in positions]
            own[1] = default_label if own[1] is None else own[1]
            self._put_cells(row, own, {key: cells[i] for key, i in others})
        return self

    @classmethod
    def builtin(cls, *names: str) -> Self:
        """Load gazetteers that come with the package, all of them if none is named.

        Parameters
        ----------
        *names : str
            Such as ``"countries"``; the error for an unknown one lists what there is. Sources and licences
            are in ``kayan/gazetteers/NOTICE.md``.

        Returns
        -------
        Gazetteer
            With the triggers that come with the package; where ``"people"`` is among the names, also with
            the word lists and rules that compose names of people.

        Raises
        ------
        KayanError
            For an unknown name.
        """
        folder = os.path.join(os.path.dirname(__file__), "gazetteers")
        files = {f[:-4]: os.path.join(folder, f) for f in os.listdir(folder) if f.endswith(".csv")}
        unknown = [name for name in names if name not in files]
        if unknown:
            raise KayanError(f"no built-in gazetteer {unknown[0]!r}; there are: {', '.join(sorted(files))}")
        self = cls()
        for name in names or sorted(files):
            self._extend(cls._shipped(files[name], f"the built-in {name}.csv"))
        self._extend_words(cls._builtin_words(with_rules=not names or "people" in names))
        return self

    @classmethod
    def _builtin_words(cls, with_rules: bool) -> Self:
        """Return the triggers that come with the package, and what composes names."""
        folder = os.path.join(os.path.dirname(__file__), "rules")

        def grouped(name: str) -> Iterator[tuple[list[str], dict[str, None]]]:
            """Give the words of the first column by the list in the second."""
            groups: dict[str, dict[str, None]] = {}
            for word, group in _rows(os.path.join(folder, name))[1:]:
                groups.setdefault(group, {})[word] = None
            for group, words in groups.items():
                yield _listed(group), words

        self = cls()
        for labels, words in grouped("triggers.csv"):
            self._triggers.setdefault(tuple(labels) or None, {}).update(words)
        if with_rules:
            for kinds, words in grouped("word_lists.csv"):
                for kind in kinds:
                    self._word_lists.setdefault(kind, {}).update(words)
            for id, pattern, _ in _rows(os.path.join(folder, "name_rules.csv"))[1:]:
                self.add_rule(id, pattern)
        return self

    @classmethod
    def _shipped(cls, file: str, source: str) -> Self:
        """Read a file of the package as `from_csv` does, but by columns and unchecked, which is quicker."""
        self = cls()
        self._begin("line ", f" of {source}")
        header, *rows = _rows(file)
        columns: dict[str, Any] = dict(zip(header, zip(*rows, strict=True), strict=True))

        def lists(cells: Iterable[str]) -> list[tuple[str, ...]]:
            return [tuple(cell.split("|")) if cell else () for cell in cells]

        self._names = list(columns.pop("name"))
        self._labels = [sys.intern(label) for label in columns.pop("label")]
        self._ids = list(columns.pop("id"))
        self._aliases = lists(columns.pop("aliases"))
        self._ambiguous = lists(columns.pop("ambiguous"))
        self._priorities = [0] * len(rows)
        self._strictness = [()] * len(rows)
        self._rows = array("q", range(2, len(rows) + 2))
        self._metadata = {key: [cell or None for cell in cells] for key, cells in columns.items()}
        return self

    def add_triggers(self, words: Iterable[str], labels: str | Iterable[str] | None = None) -> None:
        """Add words that announce a name: context that speaks for an ambiguous one that follows.

        Parameters
        ----------
        words : iterable of str
            A trigger may be several words. In a text, one of و ف ب ل ك or two may be attached to it (بمدينة,
            وللرئيس), and it stands right before the name, with at most one blank between.
        labels : str or iterable of str, optional
            Labels of the names that they announce; default: all, and entries without one.

        Raises
        ------
        KayanError, TypeError
            For a word that `add` would refuse as a name, or labels that are no str.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add("فاس", label="CITY", ambiguous=True)
        >>> gazetteer.add_triggers(["مدينة", "محافظة"], labels="CITY")
        >>> [match.start for match in kayan.Matcher(gazetteer).find("قطعها بفاس في مدينة فاس")]
        [20]
        """
        checked = _words("trigger", words)
        key = None if labels is None else tuple(map(_label, [labels] if isinstance(labels, str) else labels))
        self._triggers.setdefault(key, {}).update(checked)

    def add_word_list(self, kind: str, words: Iterable[str]) -> None:
        """Add words to one of the lists of which rules compose names.

        Parameters
        ----------
        kind : str
            What the words of the list are, for the patterns of `add_rule`: a word of letters, digits and
            ``_`` such as ``"given"``, ``"family"``, ``"title"``, but not ``"any"`` or ``"nisba"``. At most 32
            kinds; a word may be of several.
        words : iterable of str
            An item of the list may be several words (وزير الخارجية): where items begin alike, the longest is
            read.

        Raises
        ------
        KayanError, TypeError
            For a word that `add` would refuse as a name, or a kind that is no such word.
        """
        check_kind(_text("kind", kind))
        self._word_lists.setdefault(kind, {}).update(_words("word", words))

    def add_rule(self, id: str, pattern: str, label: str = "NAME", priority: int = -1) -> None:
        """Add a rule that composes names of the words in word lists.

        Parameters
        ----------
        id : str
            The matches of the rule have the id ``rule:`` and this.
        pattern : str
            Items with blanks between them. An item is a kind of word list (``given``), several
            (``given|family``), one without another (``given!weak``), or ``any``: a word of three or more
            Arabic letters that is in no word list, isn't frequent, and has no clitics before an article
            (للإغاثة, والزيتون). ``nisba`` is such a word of five letters or more that begins with ال and ends
            with ي, after folding: ى counts where it folds to ي. After an item may stand ``?``, ``*`` or
            ``+``: none or one, none or more, one or more. Brackets mark the items whose words make the span;
            default: all.
        label, priority : str, int
            Those of the matches. Where the dictionary has an entry with the same span, the entry counts.

        Raises
        ------
        KayanError
            For a pattern that can't be read, or the id of another rule. `Matcher` refuses a kind without
            words.
        TypeError
            For a value of the wrong type.

        Notes
        -----
        From each word, the longest match of any rule counts; of equally long ones, that of the rule added
        first. It has at most eight items of word lists, with one blank between two; after one of a single
        letter a dot may stand before the blank or in its place (د. محمد، د.محمد). The clitics that the
        matcher allows may be attached to the first (ولمحمد سالم), if the whole word is in no list. A match is
        named as the text names it.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add_word_list("title", ["السيد", "وزير الخارجية"])
        >>> gazetteer.add_word_list("given", ["محمد", "سالم"])
        >>> gazetteer.add_rule("title", "title [given+]", label="PER")
        >>> match = kayan.Matcher(gazetteer).find("التقى بوزير الخارجية محمد سالم")[0]
        >>> match.name, match.label, match.id
        ('محمد سالم', 'PER', 'rule:title')
        """
        check_rule(_text("id", id), _text("pattern", pattern))
        rule = (pattern, _label(label), _whole("priority", priority))
        if rule[2] not in _PRIORITIES:
            raise KayanError(f"priority {priority} doesn't fit into 32 bits")
        if self._rules.setdefault(id, rule) != rule:
            raise KayanError(f"there is another rule {id!r}: {self._rules[id][0]!r}")

    @property
    def labels(self) -> list[str]:
        """The different labels, in order of their first entry."""
        return [label for label in dict.fromkeys(self._labels) if label is not None]

    def origin(self, entry: int) -> str:
        """Tell where an entry came from, e.g. ``"line 7 of names.csv"``; entries count from 0."""
        _, before, after = self._sources[bisect_right(self._sources, entry, key=lambda source: source[0]) - 1]
        return f"{before}{entry if (before, after) == _ADDED else self._rows[entry]}{after}"

    def to_dataframe(self) -> pandas.DataFrame:
        """Return a ``pandas.DataFrame``: the fields of `Entry`, and a column for each metadata key.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise ImportError('to_dataframe() needs pandas: pip install "kayan[pandas]"') from None
        columns: dict[str, list[Any]] = {
            "name": self._names,
            "label": self._labels,
            "id": self._ids,
            "aliases": self._aliases,
            "priority": self._priorities,
            "strict": self._strictness,
            "ambiguous": self._ambiguous,
        }
        for key, values in self._metadata.items():
            columns[key] = values + [None] * (len(self) - len(values))
        frame: pandas.DataFrame = pd.DataFrame(columns)
        return frame

    def _records(self) -> Iterator[dict[str, Any]]:
        """Give each entry as a dict of its fields and its metadata."""
        clash = next((key for key in self._metadata if key in _FIELDS), None)
        if clash is not None:
            raise KayanError(f"the metadata key {clash!r} would take the place of the field")
        for entry in self:
            fields = (*entry[:5], entry.strict, entry.ambiguous)
            yield {**dict(zip(_FIELDS, fields, strict=True)), **entry.metadata}

    def to_csv(self, file: str | os.PathLike[str] | IO[str] | None = None) -> str | None:
        """Write a CSV file in UTF-8 that `from_csv` reads back, with a column for each metadata key.

        Parameters
        ----------
        file : path or text file, optional
            Default: return the text.

        Raises
        ------
        KayanError
            For an alias or ambiguous name with a ``|`` in it, which separates them, or metadata called like
            a field.

        Notes
        -----
        A CSV file has no types and no blanks around names: metadata are read back as str. `to_jsonl` keeps
        both. Triggers, word lists and rules are no entries, and are not written.

        Examples
        --------
        >>> import kayan
        >>> print(kayan.Gazetteer.from_dict({"دبي": "LOC"}).to_csv(), end="")
        name,label,id,aliases,priority,strict,ambiguous
        دبي,LOC,,,0,,
        """
        out = io.StringIO()
        writer = csv.DictWriter(out, [*_FIELDS, *self._metadata], lineterminator="\n")
        writer.writeheader()
        for entry, record in enumerate(self._records()):
            for field, kind in (("aliases", "alias"), ("ambiguous", "ambiguous name")):
                barred = next((name for name in record[field] if "|" in name), None)
                if barred is not None:
                    raise KayanError(f"entry {entry}: {kind} {barred!r:.80} has a '|', which separates them")
            writer.writerow(
                record | {field: "|".join(record[field]) for field in ("aliases", "strict", "ambiguous")}
            )
        return _write(out.getvalue(), file)

    def to_jsonl(self, file: str | os.PathLike[str] | IO[str] | None = None) -> str | None:
        r"""Write a file with a JSON object for each entry, in UTF-8, that `from_jsonl` reads back.

        Parameters
        ----------
        file : path or text file, optional
            Default: return the text.

        Raises
        ------
        KayanError
            For metadata called like a field.
        TypeError
            For metadata that JSON has no type for; numbers of numpy become plain ones.

        Examples
        --------
        >>> import kayan
        >>> kayan.Gazetteer.from_records([("دبي", "LOC", "Q612")]).to_jsonl()
        '{"name": "دبي", "label": "LOC", "id": "Q612"}\n'
        """
        lines = []
        for entry, record in enumerate(self._records()):
            optional = ("aliases", "priority", "strict", "ambiguous")
            defaults = {field for field in optional if not record[field]}
            kept = {key: cell for key, cell in record.items() if cell is not None and key not in defaults}
            try:
                lines.append(json.dumps(kept, ensure_ascii=False, default=_plain_number) + "\n")
            except TypeError as error:
                raise TypeError(f"entry {entry}: {error}") from None
        return _write("".join(lines), file)

    def lint(
        self, texts: Any = None, *, often: float = 0.05, **options: Unpack[MatcherOptions]
    ) -> pandas.DataFrame:
        """Look for entries that will be found too often, too rarely or together with others.

        Parameters
        ----------
        texts : column of str, optional
            A sample of the texts to be searched; for the rules that count matches.
        often : float, default 0.05
            Report entries found in more than this share of `texts`, and in at least 5 of them.
        **options
            Those of the `Matcher` that the gazetteer is meant for.

        Returns
        -------
        pandas.DataFrame
            A row for each finding: severity (``"error"``, ``"warning"`` or ``"info"``, in this order), rule,
            entry (its position, from 0), name, label, id, detail, suggestion. The rules:

            empty : error; folding leaves nothing of it, and `Matcher` refuses it.
            ambiguous : warning; it folds to the form of another entry with another id or label.
            duplicate : info; the same, with the same label and no different id.
            common-word : warning; it is a frequent word or a function word. Info if folding makes it like one
            that `stop_words` refuses.
            clitic-form : warning; it is a clitic and another entry. Info if that has another label.
            short-stem : info; it is one word, too short to be found behind a clitic.
            inside : info; it is a part of longer forms of other entries.
            often : warning; it is in a suspicious share of the texts.
            clitic-readings : warning; it is one word without the article, and was found more often behind
            clitics than alone, and at least 3 times.
            never : info; it is in none of the texts.

        Raises
        ------
        ImportError
            If pandas is not installed.
        KayanError
            For an unknown option or value.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"غزة": "LOC", "بغزة": "LOC", "علي": "PER"})
        >>> gazetteer.lint()[["severity", "rule", "name"]].values.tolist()
        [['warning', 'clitic-form', 'بغزة'], ['info', 'common-word', 'علي']]
        """
        from kayan import _lint  # which needs the matcher, which needs this module

        return _lint.lint(self, texts, often, options)

    def filter(
        self,
        labels: str | Iterable[str | None] | None = None,
        predicate: Callable[[Entry], object] | None = None,
    ) -> Self:
        """Return a gazetteer of the entries with these labels of which `predicate` holds.

        Parameters
        ----------
        labels : str or iterable of str, optional
            None in it stands for no label.
        predicate : function, optional
            Gets an `Entry`.

        Raises
        ------
        KayanError
            If no entry has one of the labels.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"دبي": "LOC", "أحمد": "PER", "مصر": "LOC"})
        >>> gazetteer.filter("LOC", lambda entry: len(entry.name) > 3 or entry.name == "دبي")
        Gazetteer: 1 entry (LOC 1): دبي
        """
        wanted = None if labels is None else {labels} if isinstance(labels, str) else set(labels)
        unknown = (wanted or set()) - set(self._labels)
        if unknown:
            known = ", ".join(sorted(self.labels)) or "none"
            raise KayanError(f"no entry has the label {min(unknown, key=str)!r}; labels: {known}")
        return self._take(
            at
            for at, entry in enumerate(self)
            if (wanted is None or entry.label in wanted) and (predicate is None or predicate(entry))
        )

    def _take(self, entries: Iterable[int]) -> Self:
        """Return a gazetteer of some entries, in ascending order, with their origins."""
        taken = type(self)()
        taken._extend_words(self)
        source = 0
        for at in entries:
            while source + 1 < len(self._sources) and self._sources[source + 1][0] <= at:
                source += 1
            taken._begin(*self._sources[source][1:])
            taken._put(
                self._rows[at],
                self._names[at],
                self._labels[at],
                id=self._ids[at],
                aliases=self._aliases[at],
                priority=self._priorities[at],
                strict=self._strictness[at],
                ambiguous=self._ambiguous[at],
                metadata=metadata_of(self._metadata, at),
            )
        return taken

    def __sub__(self, other: Gazetteer) -> Self:
        """Return the entries whose name `other` doesn't have, as a name, with their label or with none."""
        if not isinstance(other, Gazetteer):
            return NotImplemented
        removed = set(zip(other._names, other._labels, strict=True))
        own = enumerate(zip(self._names, self._labels, strict=True))
        return self._take(
            at for at, (name, label) in own if (name, label) not in removed and (name, None) not in removed
        )

    def _extend(self, other: Gazetteer) -> None:
        start = len(self)
        for key, values in other._metadata.items():
            column = self._metadata.setdefault(key, [])
            column.extend([None] * (start - len(column)))
            column.extend(values)
        self._names += other._names
        self._labels += other._labels
        self._ids += other._ids
        self._aliases += other._aliases
        self._priorities += other._priorities
        self._strictness += other._strictness
        self._ambiguous += other._ambiguous
        self._rows += other._rows
        self._sources += [(start + first, before, after) for first, before, after in other._sources]
        self._spellings = None
        self._extend_words(other)

    def _extend_words(self, other: Gazetteer) -> None:
        """Take over the triggers, word lists and rules."""
        for labels, words in other._triggers.items():
            self._triggers.setdefault(labels, {}).update(words)
        for kind, words in other._word_lists.items():
            self._word_lists.setdefault(kind, {}).update(words)
        for id, (pattern, label, priority) in other._rules.items():
            self.add_rule(id, pattern, label, priority)

    def __or__(self, other: Gazetteer) -> Self:
        if not isinstance(other, Gazetteer):
            return NotImplemented
        union = type(self)()
        union._extend(self)
        union._extend(other)
        return union

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Entry]:
        columns = zip(self._names, self._labels, self._ids, self._aliases, self._priorities, strict=True)
        for entry, fields in enumerate(columns):
            extras = (metadata_of(self._metadata, entry), self._strictness[entry], self._ambiguous[entry])
            yield Entry(*fields, *extras)

    def __contains__(self, name: object) -> bool:
        if self._spellings is None:
            self._spellings = set(self._names).union(*self._aliases)
        return name in self._spellings

    def __repr__(self) -> str:
        head = f"Gazetteer: {plural(len(self), 'entry', 'entries')}"
        names = ", ".join(self._names[:5]) + (", …" if len(self) > 5 else "")
        return f"{head} ({label_counts(Counter(self._labels))}): {names}" if names else head

    def _repr_html_(self) -> str:
        return summaries.gazetteer_html(repr(self), Counter(self._labels), self, len(self))


def _read(file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> tuple[str, str]:
    """Return the text of a file, and what to call the file."""
    if isinstance(file, (str, os.PathLike)):
        source = os.fspath(file)
        with open(file, "rb") as opened:
            content: str | bytes = opened.read()
    else:
        source = str(getattr(file, "name", "the file"))
        content = file.read()
    return decode(content, source) if isinstance(content, bytes) else content.removeprefix("\ufeff"), source


def _rows(file: str) -> list[list[str]]:
    """Return the rows of a CSV file of the package, whose cells hold no line breaks."""
    with open(file, encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened, strict=True))


def _write(text: str, file: str | os.PathLike[str] | IO[str] | None) -> str | None:
    if file is None:
        return text
    if isinstance(file, (str, os.PathLike)):
        with open(file, "w", encoding="utf-8", newline="") as opened:
            opened.write(text)
    else:
        file.write(text)
    return None


def _plain_number(value: Any) -> Any:
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"JSON has no type for {value!r:.80}")


def _phrase(pattern: object) -> str:
    """Return the words of a pattern of spaCy's EntityRuler, with spaces between."""
    if isinstance(pattern, str):
        return pattern
    if not isinstance(pattern, Sequence) or not pattern:
        raise KayanError(f"pattern must be a str or a list of tokens, got {pattern!r:.80}")
    words: list[str] = []
    for token in pattern:
        plain = isinstance(token, Mapping) and len(token) == 1
        key, word = next(iter(token.items())) if plain else ("", None)
        if (
            str(key).upper() not in ("ORTH", "TEXT", "LOWER", "NORM")
            or not isinstance(word, str)
            or not any(map(str.isalnum, word))
        ):
            raise KayanError(
                f"token {token!r:.80} isn't supported: only one word under ORTH, TEXT, LOWER or NORM is"
            )
        words.append(word)
    return " ".join(words)


def _case_of_tokens(pattern: Any) -> tuple[str, ...]:
    """Return the care of a pattern of spaCy's EntityRuler: tokens under ORTH or TEXT are found by case."""
    if isinstance(pattern, str):
        return ()
    exact = all(str(key).upper() in ("ORTH", "TEXT") for token in pattern for key in token)
    return ("case",) if exact else ()


def _listed(cell: Any) -> Any:
    """Return the parts of a cell with words separated by ``|``; lists are as they are."""
    if isinstance(cell, str):
        return [part.strip() for part in cell.split("|") if part.strip()]
    return () if cell is None else cell


def _ambiguous(given: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """Check the names of an entry that are ordinary words too."""
    if given is False or (type(given) is tuple and not given):
        return ()
    if given is True:
        return tuple(dict.fromkeys(name for name in names if len(name.split()) == 1))
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise TypeError(f"ambiguous must be a list of str or True, got {type(given).__name__}")
    chosen = tuple([_text("ambiguous name", name) for name in given])
    if other := [name for name in chosen if name not in names]:
        raise KayanError(f"ambiguous {other[0]!r:.80} is neither the name nor an alias")
    return chosen


def _strict(given: Any) -> tuple[str, ...]:
    """Check what an entry is strict about."""
    if isinstance(given, bool) or not isinstance(given, Iterable):
        raise TypeError(f"strict must be a list of str, got {type(given).__name__}")
    chosen = (given,) if isinstance(given, str) else tuple(given)
    if unknown := [word for word in chosen if word not in STRICTNESS]:
        raise KayanError(f"strict takes {', '.join(map(repr, STRICTNESS))}; got {unknown[0]!r:.80}")
    return chosen


def _words(what: str, words: Iterable[str]) -> dict[str, None]:
    if isinstance(words, (str, bytes)):
        raise TypeError(f"{what}s must be a list of str, got {type(words).__name__}")
    return dict.fromkeys(_spelling(what, word) for word in words)


def _label(label: object) -> str:
    return sys.intern(_text("label", label))


def _is_empty(cell: object) -> bool:
    return cell == "" if isinstance(cell, str) else is_null(cell)


def _unfloated(value: Any) -> Any:
    """Undo what pandas does to a column of integers when a cell is missing."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _columns(
    header: list[str], source: str, headings: Sequence[str | None]
) -> tuple[list[int | None], list[tuple[str, int]]]:
    """Return the position of each of `_FIELDS` among the columns, and the other columns: the metadata."""
    for field, heading in zip(_FIELDS, headings, strict=True):
        if heading not in header and (field == "name" or heading not in (field, None)):
            raise KayanError(
                f"{source} has no column {heading!r}; its columns: {', '.join(header) or 'none'}"
            )
    repeated = [heading for heading, count in Counter(header).items() if count > 1]
    if repeated:
        raise KayanError(f"{source} has the column {repeated[0]!r} more than once")
    others = [(heading, i) for i, heading in enumerate(header) if heading not in headings]
    refuse_old("field", (heading for heading, _ in others), f"{source}: ")
    return [header.index(heading) if heading in header else None for heading in headings], others


def _whole(what: str, value: object) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{what} must be int{' or str' * (what == 'id')}, got {type(value).__name__}")
    return index(value)


def _text(what: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be str, got {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise KayanError(f"{what} {value!r:.80} has a lone surrogate ({_code_points(value)})") from None
    return value if type(value) is str else str.__str__(value)  # the text of an enum's member


def _spelling(what: str, value: object) -> str:
    """Check a name or an alias: text of which something is left when blanks, marks and the like are gone."""
    text = _text(what, value)
    if (not text[:1].isalnum() or text[0] == _TATWEEL) and all(map(_is_nothing, text)):
        if not text:
            raise KayanError(f"{what} is empty or missing")
        raise KayanError(
            f"{what} {text!r:.80} has nothing but blanks, marks or tatweel ({_code_points(text)})"
        )
    return text


def _is_nothing(char: str) -> bool:
    return char == _TATWEEL or char.isspace() or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc")


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text[:20]) + (" …" if len(text) > 20 else "")
