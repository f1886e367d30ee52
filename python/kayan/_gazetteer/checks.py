"""An entry, and the checks of its parts."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from operator import index
from typing import Any, NamedTuple

from kayan._core import KayanError
from kayan._renamed import tells_renamed

# The parts of an entry that files, tables and records may have, in their order; others are metadata.
FIELDS = ("name", "label", "id", "aliases", "priority", "strict", "ambiguous")
# What an entry may be strict about, each with its bit in the core.
STRICTNESS = {"exact": 1, "hamza": 2, "case": 4, "no_clitics": 8}
_PRIORITIES = range(-(2**31), 2**31)
_TATWEEL = "\u0640"  # ARABIC TATWEEL


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


def checked_label(label: object) -> str | None:
    """Check a label, which may be missing."""
    return None if label is None else sys.intern(checked_text("label", label))


def checked_id(id: object) -> str | None:
    """Check an id, which may be missing; a number becomes a str."""
    if id is None:
        return None
    return checked_text("id", id) if isinstance(id, str) else str(_whole("id", id))


def checked_aliases(aliases: Any) -> tuple[str, ...]:
    """Check the other names of an entry."""
    if isinstance(aliases, (str, bytes)):
        raise TypeError(f"aliases must be a list of str, got {type(aliases).__name__}")
    return tuple([checked_name("alias", alias) for alias in aliases])


def checked_priority(priority: Any) -> int:
    """Check a priority, which has 32 bits."""
    whole = priority if type(priority) is int else _whole("priority", priority)
    if whole not in _PRIORITIES:
        raise KayanError(f"priority {whole} doesn't fit into 32 bits")
    return whole


def checked_strictness(given: Any) -> tuple[str, ...]:
    """Check what an entry is strict about."""
    if isinstance(given, bool) or not isinstance(given, Iterable):
        raise TypeError(f"strict must be a list of str, got {type(given).__name__}")
    chosen = (given,) if isinstance(given, str) else tuple(given)
    if unknown := [word for word in chosen if word not in STRICTNESS]:
        raise KayanError(f"strict takes {', '.join(map(repr, STRICTNESS))}; got {unknown[0]!r:.80}")
    return chosen


def checked_ambiguous(given: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """Check the names of an entry that are ordinary words too."""
    if given is False or (type(given) is tuple and not given):
        return ()
    if given is True:
        return tuple(dict.fromkeys(name for name in names if len(name.split()) == 1))
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise TypeError(f"ambiguous must be a list of str or True, got {type(given).__name__}")
    chosen = tuple([checked_text("ambiguous name", name) for name in given])
    own = set(names)
    if other := [name for name in chosen if name not in own]:
        raise KayanError(f"ambiguous {other[0]!r:.80} is neither the name nor an alias")
    return chosen


def checked_words(what: str, words: Iterable[str]) -> dict[str, None]:
    """Check the words of a list; each is kept once, in order."""
    if isinstance(words, (str, bytes)):
        raise TypeError(f"{what}s must be a list of str, got {type(words).__name__}")
    return dict.fromkeys(checked_name(what, word) for word in words)


def checked_text(what: str, value: object) -> str:
    """Check that something is a text of whole characters."""
    if not isinstance(value, str):
        raise TypeError(f"{what} must be str, got {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise KayanError(f"{what} {value!r:.80} has a lone surrogate ({_code_points(value)})") from None
    return value if type(value) is str else str.__str__(value)  # the text of an enum's member


def checked_name(what: str, value: object) -> str:
    """Check a name or an alias: text of which something is left when blanks, marks and the like are gone."""
    text = checked_text(what, value)
    if (not text[:1].isalnum() or text[0] == _TATWEEL) and all(map(_is_nothing, text)):
        if not text:
            raise KayanError(f"{what} is empty or missing")
        raise KayanError(
            f"{what} {text!r:.80} has nothing but blanks, marks or tatweel ({_code_points(text)})"
        )
    return text


def _whole(what: str, value: object) -> int:
    """Check that something is a whole number."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{what} must be int{' or str' * (what == 'id')}, got {type(value).__name__}")
    return index(value)


def _is_nothing(char: str) -> bool:
    return char == _TATWEEL or char.isspace() or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc")


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text[:20]) + (" …" if len(text) > 20 else "")
