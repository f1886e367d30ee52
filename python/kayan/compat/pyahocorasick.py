"""`Automaton` of pyahocorasick 2.3, with the same results, found by a `kayan.Matcher`.

``import kayan.compat.pyahocorasick as ahocorasick`` is the change. Keys are str (``KEY_STRING``): automata of
sequences of numbers are not here, nor are `dump` and `get_stats`. Files of `Automaton.save` are read by
`load` of this module only.

What pyahocorasick finds are letters: القاهرة in للقاهرة it doesn't find, علي in عليه it does. A
`kayan.Matcher` reads words, with their clitics.

Examples
--------
>>> import kayan.compat.pyahocorasick as ahocorasick
>>> automaton = ahocorasick.Automaton()
>>> for number, key in enumerate(["البنك", "البنك المركزي"]):
...     automaton.add_word(key, (number, key))
True
True
>>> automaton.make_automaton()
>>> list(automaton.iter("البنك المركزي"))
[(4, (0, 'البنك')), (12, (1, 'البنك المركزي'))]
"""

from __future__ import annotations

import os
import pickle
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

from kayan._core import KayanError
from kayan._files import write
from kayan._matches import plural
from kayan.compat._exact import ExactMatcher, exact_matcher

__all__ = [
    "AHOCORASICK",
    "EMPTY",
    "KEY_SEQUENCE",
    "KEY_STRING",
    "MATCH_AT_LEAST_PREFIX",
    "MATCH_AT_MOST_PREFIX",
    "MATCH_EXACT_LENGTH",
    "STORE_ANY",
    "STORE_INTS",
    "STORE_LENGTH",
    "TRIE",
    "Automaton",
    "load",
    "unicode",
]

EMPTY, TRIE, AHOCORASICK = 0, 1, 2
STORE_INTS, STORE_LENGTH, STORE_ANY = 10, 20, 30
KEY_STRING, KEY_SEQUENCE = 100, 200
MATCH_EXACT_LENGTH, MATCH_AT_MOST_PREFIX, MATCH_AT_LEAST_PREFIX = 0, 1, 2
unicode = 1

_ABSENT: Any = object()
# What C takes for white space: not the spaces that don't break a line.
_BREAKING = frozenset(
    "\t\n\v\f\r \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
)


def _checked(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"string expected, got {type(key).__name__}")
    return key


class Automaton:
    """Keys with values of any type; their places in texts, overlapping ones too.

    Parameters
    ----------
    value_type : {STORE_ANY, STORE_INTS, STORE_LENGTH}, default STORE_ANY
        Values of any type; whole numbers, by default the number of the key; whole numbers, by default the
        length of the key.
    key_type : {KEY_STRING}, default KEY_STRING
        Keys are str.

    Raises
    ------
    ValueError
        For another `value_type` or `key_type`.
    """

    def __init__(self, value_type: int = STORE_ANY, key_type: int = KEY_STRING) -> None:
        if value_type not in (STORE_ANY, STORE_INTS, STORE_LENGTH):
            raise ValueError("store value must be one of STORE_LENGTH, STORE_INTS or STORE_ANY")
        if key_type != KEY_STRING:
            raise KayanError("keys are str here: key_type must be KEY_STRING")
        self.store = value_type
        self.kind = EMPTY
        self._values: dict[str, Any] = {}
        self._changes = 0
        self._matcher: ExactMatcher | None = None
        self._sorted: list[str] | None = None

    def _changed(self, kind: int) -> None:
        self.kind = kind
        self._changes += 1
        self._matcher = self._sorted = None

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._values)

    def __contains__(self, key: str) -> bool:
        """Tell whether it is a key."""
        return _checked(key) in self._values

    def exists(self, key: str) -> bool:
        """Tell whether it is a key."""
        return key in self

    def add_word(self, key: str, value: Any = _ABSENT, /, *ignored: Any) -> bool:
        """Add a key, or give it another value; return whether it is new.

        An empty key is not added.

        Raises
        ------
        ValueError
            If there is no value, with ``STORE_ANY``.
        TypeError
            If `key` is not a str; if the value is no whole number, without ``STORE_ANY``.
        """
        _checked(key)
        if value is _ABSENT:
            if self.store == STORE_ANY:
                raise ValueError("A value object is required as second argument.")
            value = len(key) if self.store == STORE_LENGTH else len(self) + 1
        elif self.store != STORE_ANY and not isinstance(value, int):
            raise TypeError("An integer value is required as second argument.")
        if not key:
            return False
        is_new = key not in self._values
        self._values[key] = value
        if is_new:
            self._changed(TRIE)
        return is_new

    def remove_word(self, key: str, /) -> bool:
        """Remove a key; return whether it was there."""
        if key not in self:
            return False
        del self._values[key]
        self._changed(TRIE)
        return True

    def pop(self, key: str, /) -> Any:
        """Remove a key and return its value.

        Raises
        ------
        KeyError
            If it is not a key.
        """
        value = self.get(key)
        self.remove_word(key)
        return value

    def get(self, key: str, default: Any = _ABSENT, /) -> Any:
        """Return the value of a key, or the default.

        Raises
        ------
        KeyError
            If it is not a key, and there is no default.
        """
        value = self._values.get(_checked(key), default)
        if value is _ABSENT:
            raise KeyError(key)
        return value

    def clear(self) -> None:
        """Remove all keys."""
        self._values.clear()
        self._changed(EMPTY)

    def _in_order(self) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self._values)
        return self._sorted

    def match(self, key: str, /) -> bool:
        """Tell whether some key begins with `key`."""
        at = bisect_left(self._in_order(), _checked(key))
        return at < len(self) and self._in_order()[at].startswith(key)

    def longest_prefix(self, string: str, /) -> int:
        """Return the length of the longest beginning of a text with which some key begins."""
        at = bisect_left(self._in_order(), _checked(string))
        neighbours = self._in_order()[max(at - 1, 0) : at + 1]
        return max((_common(string, key) for key in neighbours), default=0)

    def keys(
        self, prefix: str = "", wildcard: str = _ABSENT, how: int = MATCH_EXACT_LENGTH, /
    ) -> Iterator[str]:
        """Iterate over the keys.

        They come as from a trie: a key before those that begin with it, and of two letters at one place the
        one that was added later first. Takes time and memory for all keys.

        Parameters
        ----------
        prefix : str, optional
            Only keys that begin with it.
        wildcard : str, optional
            A character that stands for any other one in `prefix`; the whole key is compared then.
        how : {MATCH_EXACT_LENGTH, MATCH_AT_MOST_PREFIX, MATCH_AT_LEAST_PREFIX}
            With a wildcard: keys as long as `prefix`; or shorter ones too; or longer ones too.

        Raises
        ------
        TypeError, ValueError
            For something else.
        """
        chosen = self._by_pattern(_checked(prefix), wildcard, how)
        return iter([key for key in self._as_in_a_trie() if chosen(key)])

    def _by_pattern(self, prefix: str, wildcard: Any, how: int) -> Callable[[str], bool]:
        if wildcard is _ABSENT:
            return lambda key: key.startswith(prefix)
        if len(_checked(wildcard)) != 1:
            raise ValueError("Wildcard must be a single character.")
        if how not in (MATCH_EXACT_LENGTH, MATCH_AT_MOST_PREFIX, MATCH_AT_LEAST_PREFIX):
            raise ValueError("how must be MATCH_EXACT_LENGTH, MATCH_AT_MOST_PREFIX or MATCH_AT_LEAST_PREFIX")

        def matches(key: str) -> bool:
            if how == MATCH_EXACT_LENGTH and len(key) != len(prefix):
                return False
            if how == MATCH_AT_MOST_PREFIX and len(key) > len(prefix):
                return False
            if how == MATCH_AT_LEAST_PREFIX and len(key) < len(prefix):
                return False
            return all(one in (two, wildcard) for one, two in zip(prefix, key, strict=False))

        return matches

    def _as_in_a_trie(self) -> Iterator[str]:
        trie: dict[str, Any] = {}
        for key in self._values:
            node = trie
            for char in key:
                node = node.setdefault(char, {})
            node[""] = key
        open_nodes = [trie]
        while open_nodes:
            node = open_nodes.pop()
            if "" in node:
                yield node[""]
            open_nodes += [child for char, child in node.items() if char]

    def values(self, *arguments: Any) -> Iterator[Any]:
        """Iterate over the values, as `keys` over the keys."""
        return iter([self._values[key] for key in self.keys(*arguments)])

    def items(self, *arguments: Any) -> Iterator[tuple[str, Any]]:
        """Iterate over keys with their values, as `keys` over the keys."""
        return iter([(key, self._values[key]) for key in self.keys(*arguments)])

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys; see `keys`."""
        return self.keys()

    def make_automaton(self) -> bool | None:
        """Make it ready for `iter`; return False where there is nothing to do, None otherwise."""
        if self.kind != TRIE:
            return False
        self._changed(AHOCORASICK)
        self._matcher = exact_matcher(self._values)
        return None

    def _ready(self) -> ExactMatcher:
        if self.kind != AHOCORASICK:
            raise AttributeError(
                "Not an Aho-Corasick automaton yet: call add_word to add some keys and call make_automaton"
            )
        if self._matcher is None:  # of a pickle
            self._matcher = exact_matcher(self._values)
        return self._matcher

    def iter(
        self, string: str, start: int = 0, end: int = -1, ignore_white_space: bool = False
    ) -> AutomatonSearchIter:
        """Search a text: iterate over ``(end, value)`` of each place, also of those that overlap.

        Parameters
        ----------
        string : str
            The text.
        start, end : int, optional
            The part of it to search, in code points; places are those in the whole text.
        ignore_white_space : bool, default False
            Look through white space in the text.

        Returns
        -------
        iterator
            `end` is the position of the last character of the key: inclusive. By ends, the longest first.

        Raises
        ------
        AttributeError
            If `make_automaton` hasn't been called since the last change.
        TypeError
            If `string` is not a str.
        """
        self._ready()
        return AutomatonSearchIter(self, string, start, end, ignore_white_space)

    def iter_long(self, string: str, start: int = 0, end: int = sys.maxsize, /) -> Iterator[tuple[int, Any]]:
        """Search a text: iterate over ``(end, value)`` of the longest keys, from left to right.

        Of the keys that begin first, the longest; then on behind it. pyahocorasick misses a key that stands
        inside the beginning of a longer one which the text doesn't complete; here it is found.

        Parameters and errors are those of `iter`; an IndexError if `start` or `end` is out of the text.
        """
        matcher = self._ready()
        length = len(_text(string))
        first = start + length if start < 0 else start
        last = length if end == sys.maxsize else end + length if end < 0 else end
        for what, position in (("start", first), ("end", last)):
            if not 0 <= position <= length:
                raise IndexError(f"{what} index not in range 0..{length}")
        return self._longest(matcher, string, first, last)

    def _longest(
        self, matcher: ExactMatcher, string: str, first: int, last: int
    ) -> Iterator[tuple[int, Any]]:
        part = string[first:last]
        reached = 0
        best: tuple[int, int] | None = None
        for span in matcher.spans(part):
            if best is not None and span[0] > best[0]:
                yield first + best[1] - 1, self._values[part[slice(*best)]]
                reached, best = best[1], None
            if span[0] >= reached:
                best = max(best or span, span)
        if best is not None:
            yield first + best[1] - 1, self._values[part[slice(*best)]]

    def find_all(self, string: str, callback: Callable[[int, Any], object], /, *limits: Any) -> None:
        """Call ``callback(end, value)`` for each place that `iter` finds; for none before it is made."""
        if not callable(callback):
            raise TypeError("The callback argument must be a callable such as a function.")
        if self.kind == AHOCORASICK:
            for end, value in self.iter(string, *limits):
                callback(end, value)

    def save(self, path: str | os.PathLike[str], serializer: Callable[[Any], bytes] | None = None, /) -> None:
        """Write a file for `load`; `serializer` makes bytes of a value and is needed with ``STORE_ANY``."""
        if serializer is None and self.store == STORE_ANY:
            raise ValueError("expected exactly two arguments")
        packed = [
            (key, serializer(value) if serializer is not None and self.store == STORE_ANY else value)
            for key, value in self._values.items()
        ]
        write(path, pickle.dumps((self.store, self.kind, packed)))

    def __repr__(self) -> str:
        kind = ("empty", "a trie", "ready to search")[self.kind]
        return f"{type(self).__name__}: {plural(len(self), 'key', 'keys')}, {kind}"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_values": dict(self._values), "_matcher": None, "_sorted": None}


class AutomatonSearchIter:
    """An iterator over what `Automaton.iter` finds; `set` goes on with another text."""

    def __init__(
        self, automaton: Automaton, string: str, start: int, end: int, ignore_white_space: bool
    ) -> None:
        self._automaton = automaton
        self._changes = automaton._changes
        self._ignore_white_space = ignore_white_space
        length = len(_text(string))
        self._begin(string, max(start, 0), length if end == -1 else max(min(end, length), 0))

    def _begin(self, string: str, start: int, end: int, before: str = "", offset: int = 0) -> None:
        """Search ``string[start:end]``; `before` is what was read last, and `offset` what was read in all."""
        at = range(start, max(end, start))
        if self._ignore_white_space:
            kept = [(place, string[place]) for place in at if string[place] not in _BREAKING]
            places, part = [place for place, _ in kept], "".join([char for _, char in kept])
        else:
            places, part = at, string[start:end]  # type: ignore[assignment]
        self._offset = offset
        self._length = len(string)
        read = before + part
        self._last = read[max(len(read) - self._automaton._ready().longest + 1, 0) :]
        self._found = self._search(read, len(before), places, offset)

    def _search(self, text: str, old: int, places: Any, offset: int) -> Iterator[tuple[int, Any]]:
        values = self._automaton._values
        spans = sorted(self._automaton._ready().spans(text), key=lambda span: (span[1], span[0]))
        for start, end in spans:
            if end > old:
                yield offset + places[end - 1 - old], values[text[start:end]]

    def set(self, string: str, reset: bool = False) -> None:
        """Go on with another text, as if it stood behind the one before; or begin anew, with `reset`."""
        _text(string)
        if reset:
            self._begin(string, 0, len(string))
        else:
            self._begin(string, 0, len(string), self._last, self._offset + self._length)

    def __iter__(self) -> AutomatonSearchIter:
        return self

    def __next__(self) -> tuple[int, Any]:
        if self._automaton._changes != self._changes:
            raise ValueError("the automaton has changed, the iterator is not valid anymore")
        return next(self._found)


def _common(one: str, two: str) -> int:
    """Return the length of the common beginning."""
    different = (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    return next(different, min(len(one), len(two)))


def _text(string: object) -> str:
    if not isinstance(string, str):
        raise TypeError(f"string required, got {type(string).__name__}")
    return string


def load(path: str | os.PathLike[str], deserializer: Callable[[bytes], Any], /) -> Automaton:
    """Read a file of `Automaton.save`; `deserializer` makes values of bytes again.

    The file is a pickle: read only files that you trust.
    """
    with open(path, "rb") as file:
        store, kind, packed = pickle.load(file)
    automaton = Automaton(store)
    for key, value in packed:
        automaton.add_word(key, deserializer(value) if store == STORE_ANY else value)
    automaton.kind = kind
    return automaton
