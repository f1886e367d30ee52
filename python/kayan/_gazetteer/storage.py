"""The entries of a gazetteer in columns, with where each came from; and the words beside them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kayan._core import KayanError
from kayan._gazetteer.checks import (
    Entry,
    checked_aliases,
    checked_ambiguous,
    checked_id,
    checked_label,
    checked_name,
    checked_priority,
    checked_strictness,
)
from kayan._matches import label_counts, metadata_of, plural
from kayan._renamed import refuse_old
from kayan._views import summaries

if TYPE_CHECKING:
    from typing_extensions import Self

ADDED = ("entry ", "")  # origin of entries that come from no file or table


class Entries:
    """What a `Gazetteer` keeps: about 60 bytes an entry besides its strings."""

    __slots__ = (
        "_aliases",
        "_ambiguous",
        "_coreferences",
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
        # Labels with the part of a name that later mentions have.
        self._coreferences: dict[tuple[str, str], None] = {}
        # By column; a column may be shorter than the others, and None stands for no value.
        self._metadata: dict[str, list[object]] = {}
        # Origin of entry i: the text before the row number, self._rows[i], and the text after it, the texts
        # being those of the last source that starts at or before i.
        self._rows = array("q")
        self._sources: list[tuple[int, str, str]] = []
        self._spellings: set[str] | None = None  # made by the first `in`

    def _begin(self, before: str, after: str) -> None:
        """Name the source of the entries that follow, as the text before and after the number of a row."""
        if not self._sources or self._sources[-1][1:] != (before, after):
            self._sources.append((len(self), before, after))

    def _where(self, row: int) -> str:
        """Return what to call a row of the present source."""
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
        """Add an entry of values of any type, or nothing if one of them is refused."""
        try:
            name = checked_name("name", name)
            label, id, priority = checked_label(label), checked_id(id), checked_priority(priority)
            aliases = checked_aliases(aliases)
            strict = checked_strictness(strict)
            ambiguous = checked_ambiguous(ambiguous, (name, *aliases))
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

    def _put_cells(
        self,
        row: int,
        cells: Sequence[Any],
        metadata: Mapping[str, object],
        separators: Sequence[str] = ("|",),
    ) -> None:
        """Add an entry of cells as files and tables hold them, in the order of `FIELDS`; None is absent."""
        refuse_old("field", metadata, f"{self._where(row)}: ")
        name, label, id, aliases, priority, strict, ambiguous = cells
        aliases, ambiguous = listed(aliases, separators), listed(ambiguous, separators)
        if isinstance(priority, str):
            try:
                priority = int(priority)
            except ValueError:
                raise KayanError(f"{self._where(row)}: priority {priority!r} isn't a whole number") from None
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

    def _entry(self, at: int) -> Entry:
        """Return the entry at a position."""
        return Entry(
            self._names[at],
            self._labels[at],
            self._ids[at],
            self._aliases[at],
            self._priorities[at],
            metadata_of(self._metadata, at),
            self._strictness[at],
            self._ambiguous[at],
        )

    def _origin(self, entry: int) -> str:
        """Return where an entry came from."""
        _, before, after = self._sources[bisect_right(self._sources, entry, key=lambda source: source[0]) - 1]
        return f"{before}{entry if (before, after) == ADDED else self._rows[entry]}{after}"

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

    def _extend(self, other: Entries) -> None:
        """Add the entries and words of another."""
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

    def _extend_words(self, other: Entries) -> None:
        """Take over the triggers, word lists, rules and coreferences."""
        for labels, words in other._triggers.items():
            self._triggers.setdefault(labels, {}).update(words)
        for kind, words in other._word_lists.items():
            self._word_lists.setdefault(kind, {}).update(words)
        for id, (pattern, label, priority) in other._rules.items():
            self._add_rule(id, pattern, label, priority)
        self._coreferences.update(other._coreferences)

    def _add_rule(self, id: str, pattern: str, label: str, priority: int) -> None:
        """Add a rule whose parts are right, unless its id is that of another one."""
        rule = (pattern, label, priority)
        if self._rules.setdefault(id, rule) != rule:
            raise KayanError(f"there is another rule {id!r}: {self._rules[id][0]!r}")

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
        head = f"{type(self).__name__}: {plural(len(self), 'entry', 'entries')}"
        names = ", ".join(self._names[:5]) + (", …" if len(self) > 5 else "")
        return f"{head} ({label_counts(Counter(self._labels))}): {names}" if names else head

    def _repr_html_(self) -> str:
        return summaries.gazetteer_html(repr(self), Counter(self._labels), self, len(self))


def listed(cell: Any, separators: Sequence[str] = ("|",)) -> Any:
    """Return the parts of a cell with words between separators; lists are as they are."""
    if isinstance(cell, str):
        for other in separators[1:]:
            cell = cell.replace(other, separators[0])
        return [part.strip() for part in cell.split(separators[0]) if part.strip()]
    return () if cell is None else cell


def _unfloated(value: Any) -> Any:
    """Undo what pandas does to a column of integers when a cell is missing."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
