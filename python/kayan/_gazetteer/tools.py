"""What mends a list: entries that are one and the same joined, removed or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from operator import index
from typing import Any

from kayan._core import KayanError
from kayan._gazetteer.checks import FIELDS, Entry, refuse_near
from kayan._gazetteer.storage import ADDED, Entries
from kayan._matches import metadata_of
from kayan._mistakes import did_you_mean


def positions(entries: Entries, caller: str, keys: Any, by: str) -> list[int]:
    """Return the positions of the entries that are meant, ascending; a number is a position itself.

    Raises
    ------
    KayanError
        For what no entry has, with the nearest that one has.
    TypeError
        For a key of another type.
    """
    if by not in ("name", "id"):
        raise KayanError(f"{caller[:-1]}by=) takes 'name' or 'id', got {by!r:.80}")
    one = isinstance(keys, (str, Entry)) or not isinstance(keys, Iterable)
    known: dict[str, list[int]] = defaultdict(list)
    for at, value in enumerate(entries._names if by == "name" else entries._ids):
        if value is not None:
            known[value].append(at)
    found: set[int] = set()
    for given in [keys] if one else keys:
        key = getattr(given, by) if isinstance(given, Entry) else given
        number = None if isinstance(key, (str, bool)) or not hasattr(key, "__index__") else index(key)
        if number is not None and by == "name":
            if not 0 <= number < len(entries):
                raise KayanError(f"{caller}: there is no entry {number}; there are {len(entries):,}, from 0")
            found.add(number)
            continue
        text = key if number is None else str(number)  # ids are stored as str
        if not isinstance(text, str):
            raise TypeError(f"{caller} takes a {by} or a position of an entry, got {type(key).__name__}")
        if text not in known:
            raise KayanError(_nothing(entries, caller, text, by, known))
        found.update(known[text])
    return sorted(found)


def _nothing(entries: Entries, caller: str, key: str, by: str, known: Mapping[str, object]) -> str:
    """Return the message for a key that no entry has."""
    if by == "name":
        for at, aliases in enumerate(entries._aliases):
            if key in aliases:
                return f"{caller}: {key!r:.80} is an alias of {entries._names[at]!r:.80}; give that name"
    hint = did_you_mean(key, known) if len(known) <= 20_000 else ";"
    return f"{caller}: no entry has the {by} {key!r:.80}" + (hint if hint != ";" else "")


def first(entries: Entries, key: Any, by: str) -> int | None:
    """Return the position of the first entry with a name, or else an alias; or with an id."""
    if by not in ("name", "id"):
        raise KayanError(f"get(by=) takes 'name' or 'id', got {by!r:.80}")
    if by == "id" and hasattr(key, "__index__") and not isinstance(key, bool):
        key = str(key.__index__())  # ids are stored as str
    if not isinstance(key, str):
        raise TypeError(f"get() takes {'a name' if by == 'name' else 'an id'}, got {type(key).__name__}")
    values = entries._names if by == "name" else entries._ids
    if key in values:
        return values.index(key)
    if by == "id":
        return None
    return next((at for at, aliases in enumerate(entries._aliases) if key in aliases), None)


def not_a_gazetteer(other: object) -> str:
    """Return the message for something else beside ``|`` or ``-``."""
    kind = type(other).__name__
    makers = {
        "dict": "from_dict",
        "list": "from_records",
        "tuple": "from_records",
        "DataFrame": "from_dataframe",
    }
    hint = f": make it one with Gazetteer.{makers[kind]}()" if kind in makers else ""
    return f"a Gazetteer is joined with or reduced by a Gazetteer, got {kind}{hint}"


def put(entries: Entries, other: Entries) -> None:
    """Give `entries` the content of another."""
    for slot in Entries.__slots__:
        setattr(entries, slot, getattr(other, slot))


def change(entries: Entries, at: int, changes: Mapping[str, Any]) -> None:
    """Change fields and metadata of one entry in place, or nothing if something is refused."""
    where = f"{entries._origin(at)}: "
    refuse_near(changes, (), where)
    old = entries._entry(at)
    fields: dict[str, Any] = {field: changes.get(field, getattr(old, field)) for field in FIELDS}
    fields |= {field: empty for field, empty in _EMPTY.items() if fields[field] is None}
    if "ambiguous" not in changes and {"name", "aliases"} & {*changes}:
        spellings = (fields["name"], *fields["aliases"])
        fields["ambiguous"] = tuple(word for word in old.ambiguous if word in spellings)
    metadata = {**metadata_of(entries._metadata, at), **{k: v for k, v in changes.items() if k not in fields}}
    scratch = Entries()
    scratch._begin(where.removesuffix(": "), "")
    try:
        scratch._put(0, **fields, metadata=metadata)
    except (KayanError, TypeError) as error:
        raise type(error)(where + str(error).partition(": ")[2]) from None
    for column in ("_names", "_labels", "_ids", "_aliases", "_priorities", "_strictness", "_ambiguous"):
        getattr(entries, column)[at] = getattr(scratch, column)[0]
    for key in {*changes} - {*fields}:
        values = entries._metadata.setdefault(key, [])
        values.extend([None] * (at + 1 - len(values)))
        values[at] = changes[key]
    entries._spellings = None


_EMPTY: Mapping[str, Any] = {"aliases": (), "priority": 0, "strict": (), "ambiguous": ()}


def joined(entries: Entries, into: Entries, key_of: Callable[[int], Hashable | None]) -> None:
    """Fill `into` with the entries, those with an equal key as one; None as a key is an entry of its own.

    The first gives name, id, priority and strictness. Names of the others become aliases, and of their
    metadata what the first doesn't have is taken over.
    """
    groups: dict[Hashable, list[int]] = {}
    for at in range(len(entries)):
        key = key_of(at)
        groups.setdefault(("alone", at) if key is None else ("key", key), []).append(at)
    into._extend_words(entries)
    for group in groups.values():
        first = group[0]
        spellings: dict[str, None] = {}
        metadata: dict[str, object] = {}
        ambiguous: dict[str, None] = {}
        for at in group:
            spellings |= dict.fromkeys((entries._names[at], *entries._aliases[at]))
            ambiguous |= dict.fromkeys(entries._ambiguous[at])
            metadata = {**metadata_of(entries._metadata, at), **metadata}
        name, *aliases = spellings
        _, before, after = _source(entries, first)
        into._begin(before, after)
        into._put(
            first if (before, after) == ADDED else entries._rows[first],
            name,
            next((entries._labels[at] for at in group if entries._labels[at] is not None), None),
            id=next((entries._ids[at] for at in group if entries._ids[at] is not None), None),
            aliases=aliases,
            priority=max(entries._priorities[at] for at in group),
            strict=entries._strictness[first],
            ambiguous=tuple(ambiguous),
            metadata={key: metadata[key] for key in entries._metadata if key in metadata},
        )


def _source(entries: Entries, at: int) -> tuple[int, str, str]:
    """Return the source of an entry."""
    return next(source for source in reversed(entries._sources) if source[0] <= at)


def same(entries: Entries, by: str) -> Callable[[int], Hashable | None]:
    """Return the keys of entries for `joined`: the id or name, and the label where there are several."""
    if by not in ("id", "name"):
        raise KayanError(f"merge(by=) takes 'id' or 'name', got {by!r:.80}")
    values: Any = entries._ids if by == "id" else entries._names
    labels: dict[str, set[str]] = defaultdict(set)
    for value, label in zip(values, entries._labels, strict=True):
        if value is not None and label is not None:
            labels[value].add(label)

    def key_of(at: int) -> Hashable | None:
        value = values[at]
        if value is None:
            return None
        return value, entries._labels[at] if len(labels[value]) > 1 else None

    return key_of


def same_names(entries: Entries, folded: Callable[[str], str]) -> Callable[[int], Hashable | None]:
    """Return the keys of entries for `joined`: folded name and label, and the id where there are several."""
    ids: dict[Hashable, set[str]] = defaultdict(set)
    keys: list[Hashable] = []
    for name, label, id, strict in zip(
        entries._names, entries._labels, entries._ids, entries._strictness, strict=True
    ):
        key = (folded(name) or name, label, strict)
        keys.append(key)
        if id is not None:
            ids[key].add(id)

    def key_of(at: int) -> Hashable:
        several = len(ids[keys[at]]) > 1
        return keys[at], entries._ids[at] if several else None

    return key_of
