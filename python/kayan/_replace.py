"""Texts with other words in the place of their matches, the clitics kept."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, Literal, TypeAlias

from kayan._core import KayanError
from kayan._matches import Match
from kayan._spans import NO_LABEL, SpanKind

Replacement: TypeAlias = str | Mapping[str | None, str] | Callable[[Match], str]
# Which field of a match the keys of a dict are.
Key: TypeAlias = Literal["label", "name", "id"]
# Label, and id or name, with the pseudonym.
Pseudonyms: TypeAlias = bool | MutableMapping[tuple[str | None, str], str]

# What the pseudonyms of a label begin with; other labels give their own name.
_NOUNS: Mapping[str | None, str] = {
    **dict.fromkeys(("PER", "PERS", "PERSON", "NAME"), "شخص"),
    **dict.fromkeys(("LOC", "LOCATION", "PLACE", "GPE", "FAC"), "مكان"),
    **dict.fromkeys(("CITY", "CAPITAL"), "مدينة"),
    **dict.fromkeys(("COUNTRY", "STATE"), "دولة"),
    **dict.fromkeys(("REGION", "PROVINCE"), "إقليم"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "AGENCY"), "جهة"),
    **dict.fromkeys(("COMPANY",), "شركة"),
    **dict.fromkeys(("UNIVERSITY",), "جامعة"),
    **dict.fromkeys(("NATIONALITY", "NORP"), "جنسية"),
    None: "كيان",
}


def masked(match: Match) -> str:
    """Return e.g. ``"[LOC]"``."""
    return f"[{match.label or NO_LABEL}]"


class Pseudonymizer:
    """Gives each entity its pseudonym, such as ``"شخص-1"``, numbered by noun in the order of the texts."""

    def __init__(self, known: Any) -> None:
        if known is not True and not isinstance(known, MutableMapping):
            raise TypeError(f"mask(pseudonyms=) takes True, False or a dict, got {type(known).__name__}")
        self._known: MutableMapping[tuple[str | None, str], str] = {} if known is True else known
        for key, word in self._known.items():
            if not (isinstance(key, tuple) and len(key) == 2 and isinstance(word, str)):
                raise TypeError(
                    "mask(pseudonyms=) takes a dict {(label, id or name): pseudonym}, got "
                    f"{key!r:.80}: {word!r:.80}"
                )
        self._taken = {*self._known.values()}
        self._numbers: Counter[str] = Counter()

    def __call__(self, match: Match) -> str:
        key = (match.label, match.name if match.id is None else match.id)
        if key not in self._known:
            self._known[key] = self._new(_NOUNS.get(match.label and match.label.upper()) or str(match.label))
        return self._known[key]

    def _new(self, noun: str) -> str:
        while True:
            self._numbers[noun] += 1
            word = f"{noun}-{self._numbers[noun]}"
            if word not in self._taken:
                self._taken.add(word)
                return word


def replaced(
    text: str, matches: Iterable[Match], how: Replacement, by: Key = "label", span: SpanKind = "entity"
) -> str:
    """Return `text` with each match replaced; of several at one place, the first counts."""
    pieces: list[str] = []
    end = 0
    last: Match | None = None
    for match in matches:
        if last is not None and match[:2] == last[:2]:
            continue
        if match.start < end:
            raise KayanError(f"can't replace matches that overlap: {last!r:.200} and {match!r:.200}")
        last = match
        new = _new(match, how, by)
        if new is None:
            continue
        token = span == "token"
        start = match.start - len(match.prefix) * token
        pieces += text[end:start], new if token else _attached(match.prefix, new)
        end = match.end + len(match.suffix) * token
    return "".join([*pieces, text[end:]])


def _new(match: Match, how: Replacement, by: Key) -> str | None:
    """Return what to write for a match, or None if it stays as it is."""
    if isinstance(how, Mapping):
        key = getattr(match, by)
        if key not in how:
            return None
        new: object = how[key]
    else:
        new = how if isinstance(how, str) else how(match)
    if not isinstance(new, str):
        raise TypeError(f"the replacement of {match.text!r:.80} must be str, got {type(new).__name__}")
    return new


def _attached(prefix: str, new: str) -> str:
    """Spell a word after its clitics: after «ل» the article loses its alef, and «الل» its first lam too."""
    letters = [char for char in prefix if not unicodedata.combining(char)]
    if letters[-1:] == ["ل"] and new.startswith("ال"):
        return new[2:] if new.startswith("الل") else new[1:]
    return new


def check_replacement(how: object, caller: str = "replace()") -> None:
    """Raise a `TypeError` for anything that isn't a replacement."""
    if not isinstance(how, str | Mapping) and not callable(how):
        raise TypeError(f"{caller} writes a str, a dict or what a function returns, got {type(how).__name__}")
