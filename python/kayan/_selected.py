"""Which matches to keep and in which order: masks, keys to sort by, what to filter for."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kayan._core import KayanError
from kayan._inputs import is_null
from kayan._mistakes import did_you_mean


def flags(mask: Any, length: int, what: str, hint: str) -> list[bool]:
    """Return a column of booleans as a list, nulls as False.

    Raises
    ------
    KayanError
        If it isn't one for each of `length` things; `what` names them, and `hint` says what else there is.
    TypeError
        If an item is neither a bool nor null.
    """
    for name in ("to_pylist", "to_list", "tolist"):
        if hasattr(mask, name):
            mask = getattr(mask, name)()
            break
    items = list(mask)
    for at, item in enumerate(items):
        if not isinstance(item, bool) and not is_null(item):
            raise TypeError(f"a mask has True or False for each {what}, got {item!r:.80} at {at}")
    if len(items) != length:
        raise KayanError(f"a mask has one bool for each {what}, {length:,} in all; got {len(items):,}{hint}")
    return [item is True for item in items]


def wanted(argument: str, given: Any) -> set[str | None] | None:
    """Return what to filter for: one str or several, None for none of them; or None for everything."""
    if given is None:
        return None
    if isinstance(given, str) or (argument == "id" and isinstance(given, int)):
        given = [given]
    if not isinstance(given, Iterable) or isinstance(given, (bytes, Mapping)):
        raise TypeError(f"filter({argument}=) takes a str or a list of str, got {type(given).__name__}")
    chosen: set[str | None] = set()
    for item in given:
        if is_null(item):
            chosen.add(None)
        elif isinstance(item, str):
            chosen.add(item)
        elif argument == "id" and hasattr(item, "__index__") and not isinstance(item, bool):
            chosen.add(str(item.__index__()))  # ids are stored as str
        else:
            raise TypeError(f"filter({argument}=) takes a str or a list of str, got {item!r:.80} in it")
    return chosen


def checked_similarity(value: Any) -> float:
    """Check the least similarity, from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"filter(min_similarity=) takes a number from 0 to 1, got {type(value).__name__}")
    if not 0 <= value <= 1:
        raise KayanError(f"filter(min_similarity=) takes a number from 0 to 1, got {value!r}")
    return float(value)


def column_names(caller: str, by: Any, known: Sequence[str]) -> list[str]:
    """Return one name of a column or several as a list.

    Raises
    ------
    KayanError
        For a name that isn't among `known`; it gives the nearest one.
    """
    chosen = [by] if isinstance(by, str) else by
    if not isinstance(chosen, Iterable) or isinstance(chosen, (bytes, Mapping)):
        raise TypeError(f"{caller}(by=) takes the name of a column or a list of names, got {by!r:.80}")
    names = list(chosen)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise KayanError(f"{caller}(by=) got {name!r:.80}{hint} columns: {', '.join(known)}")
    if not names:
        raise KayanError(f"{caller}(by=) takes at least one column; columns: {', '.join(known)}")
    return names


def ordered(columns: Sequence[list[Any]], descending: bool) -> list[int]:
    """Return the positions in the order of the columns, the first of which decides first; None is last."""
    order = list(range(len(columns[0])))
    for values in reversed(columns):
        known = [at for at in order if values[at] is not None]
        known.sort(key=values.__getitem__, reverse=descending)
        order = known + [at for at in order if values[at] is None]
    return order


def drawn(length: int, n: Any, seed: Any) -> list[int]:
    """Return `n` different positions at random, in ascending order; all if there are fewer."""
    if isinstance(n, bool) or not hasattr(n, "__index__"):
        raise TypeError(f"sample() takes a whole number of matches, got {n!r:.80}")
    if n < 0:
        raise KayanError(f"sample() takes 0 or more matches, got {n}")
    return sorted(random.Random(seed).sample(range(length), min(int(n), length)))
