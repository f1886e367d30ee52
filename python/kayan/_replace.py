"""Texts with other words in the place of their matches, the clitics kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from kayan._core import KayanError
from kayan._matches import Match
from kayan._spans import NO_LABEL

Replacement: TypeAlias = str | Mapping[str | None, str] | Callable[[Match], str]


def masked(match: Match) -> str:
    """Return e.g. ``"[LOC]"``."""
    return f"[{match.label or NO_LABEL}]"


def replaced(text: str, matches: Iterable[Match], how: Replacement) -> str:
    """Return `text` with each match replaced; of several at one place, the first counts."""
    pieces: list[str] = []
    end = 0
    last: Match | None = None
    for match in matches:
        if last is not None and match[:2] == last[:2]:
            continue
        if match.start < end:
            raise KayanError(f"can't replace matches that overlap: {last!r:.200} and {match!r:.200}")
        pieces += text[end : match.start], _new(match, how)
        end, last = match.end, match
    return "".join([*pieces, text[end:]])


def _new(match: Match, how: Replacement) -> str:
    if isinstance(how, Mapping) and match.label not in how:
        return match.text
    new = how if isinstance(how, str) else how[match.label] if isinstance(how, Mapping) else how(match)
    if not isinstance(new, str):
        raise TypeError(f"the replacement of {match.text!r:.80} must be str, got {type(new).__name__}")
    return _attached(match.prefix, new)


def _attached(prefix: str, new: str) -> str:
    """Spell a word after its clitics: after «ل» the article loses its alef, and «الل» its first lam too."""
    letters = [char for char in prefix if not unicodedata.combining(char)]
    if letters[-1:] == ["ل"] and new.startswith("ال"):
        return new[2:] if new.startswith("الل") else new[1:]
    return new


def check_replacement(how: object) -> None:
    """Raise a `TypeError` for anything that isn't a replacement."""
    if not isinstance(how, str | Mapping) and not callable(how):
        raise TypeError(f"replace() takes a str, a dict by label or a function, got {type(how).__name__}")
