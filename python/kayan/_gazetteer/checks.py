"""An entry, and the checks of its parts."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
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
    """One entity of a `Gazetteer`, as iterating over one and `Gazetteer.get` give it.

    Attributes
    ----------
    name : str
        The canonical name.
    label, id : str or None
    aliases : tuple of str
        Other names.
    priority : int
    metadata : dict
        What else was given.
    strict, ambiguous : tuple of str
        As in `Gazetteer.add`.

    Examples
    --------
    >>> import kayan
    >>> gazetteer = kayan.Gazetteer()
    >>> gazetteer.add("الأمم المتحدة", label="ORG", aliases=["هيئة الأمم"], founded=1945)
    >>> (entry,) = gazetteer
    >>> entry.name, entry.aliases, entry.metadata
    ('الأمم المتحدة', ('هيئة الأمم',), {'founded': 1945})
    """

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
    if isinstance(label, (list, tuple, set)):
        kind = type(label).__name__
        raise TypeError(
            f"label must be str, got {kind}; a dict is {{name: label}}, and aliases= has other names"
        )
    return None if label is None else sys.intern(checked_text("label", label))


def checked_id(id: object) -> str | None:
    """Check an id, which may be missing; a number becomes a str."""
    if id is None:
        return None
    return checked_text("id", id) if isinstance(id, str) else str(_whole("id", id))


def checked_aliases(aliases: Any) -> tuple[str, ...]:
    """Check the other names of an entry."""
    if isinstance(aliases, (str, bytes)) or not isinstance(aliases, Iterable):
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
    chosen = tuple([checked_text("ambiguous name", name).strip() for name in given])
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
    return text.strip()


def is_blank(value: object) -> bool:
    """Tell whether a cell holds no name: nothing, or what `checked_name` refuses as blank."""
    return value is None or (isinstance(value, str) and all(map(_is_nothing, value)))


def refuse_near(keys: Iterable[object], given: Collection[str], where: str, what: str = "field") -> None:
    """Refuse what looks like one of `FIELDS` and would be metadata, unless that field was given, too.

    Raises
    ------
    KayanError
        It begins with `where` and names the field.
    """
    for key in keys:
        if isinstance(key, str) and (field := _near_field(key)) is not None and field not in given:
            raise KayanError(f"{where}{what} {key!r:.80} looks like {field!r}: did you mean {field!r}?")


# What is near a field by meaning or by a slip; further slips are found by `_is_slip`.
_NEAR = {
    "names": "name",
    "nmae": "name",
    "naem": "name",
    "nme": "name",
    "labels": "label",
    "ids": "id",
    "alias": "aliases",
}


@lru_cache(maxsize=1024)
def _near_field(key: str) -> str | None:
    """Return the field that a key is nearly called, or None: for a field itself, too."""
    plain = key.strip().lower()
    if key in FIELDS:
        return None
    if plain in FIELDS:
        return plain
    return _NEAR.get(plain) or next((f for f in FIELDS if len(f) > 4 and _is_slip(plain, f)), None)


def _is_slip(word: str, right: str) -> bool:
    """Tell whether one letter is missing, too many or another one, or two neighbours changed places."""
    start = next(
        (i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right))
    )
    rest, of_right = word[start:], right[start:]
    return (
        rest[1:] == of_right[1:]
        or rest[1:] == of_right
        or rest == of_right[1:]
        or (rest[:2] == of_right[:2][::-1] and rest[2:] == of_right[2:])
    )


def _whole(what: str, value: object) -> int:
    """Check that something is a whole number."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{what} must be int{' or str' * (what == 'id')}, got {type(value).__name__}")
    return index(value)


def _is_nothing(char: str) -> bool:
    return char == _TATWEEL or char.isspace() or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc")


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text[:20]) + (" …" if len(text) > 20 else "")
