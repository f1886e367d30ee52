"""Messages for mistakes that are easy to make: near names, names of the same meaning, swapped arguments."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from kayan._core import KayanError

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def _each(words: str, meant: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), meant)


# What people call the value of an option, by the option. Names of options are the core's.
_VALUES: Mapping[str, Mapping[str, str]] = {
    "hamza": {
        **_each("seat seats carriers base", "'carrier'"),
        **_each("remove delete", "'drop'"),
        **_each("letter bare", "'hamza'"),
    },
    "digits": {
        **_each("latin western european english", "'ascii'"),
        **_each("eastern hindi indic arabic-indic arabic_indic", "'arabic'"),
        **_each("farsi urdu", "'persian'"),
    },
    "clitics": {"True": "'safe'", "False": "'off'", **_each("none no", "'off'"), **_each("yes", "'safe'")},
    "overlap": {**_each("long leftmost-longest", "'longest'"), **_each("leftmost", "'first'")},
    "boundary": {**_each("words whole True", "'word'"), **_each("any off False", "'none'")},
    "emoji": {"True": "'remove'", "False": "'keep'"},
    "zwnj": {"True": "'remove'", "False": "'keep'"},
}
_VALUE = re.compile(r"option '(?P<option>\w+)' takes .*; got (?P<got>'[^']*'|True|False)$")


def by_meaning(error: KayanError) -> KayanError:
    """Return the core's error for a value, with the one of the same meaning if there is one."""
    text = str(error)
    if found := _VALUE.match(text):
        meant = _VALUES.get(found["option"], {}).get(found["got"].strip("'"))
        if meant is not None:
            return KayanError(f"{text}: did you mean {meant}?")
    return error


_ALIKE = 0.7  # of two names; 0.6 takes planets for languages


def nearest(name: object, known: Iterable[str]) -> str | None:
    """Return which of the known names is spelled most alike, whatever the case, or None."""
    lower = {item.lower(): item for item in known}
    near = get_close_matches(str(name).lower(), lower, 1, _ALIKE)
    return lower[near[0]] if near else None


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return e.g. ``": did you mean 'text'?"``, or ``";"`` if nothing known is near."""
    near = nearest(name, known)
    return ";" if near is None else f": did you mean {near!r}?"


# What people call an argument, beside what is spelled alike.
_ARGUMENTS = {
    **_each("sep separator delim", "delimiter"),
    **_each("alias_sep aliases_separator", "alias_separator"),
    **_each("skip_blanks skip_empty dropna", "skip_blank"),
    **_each("text column col", "texts"),
    **_each("type category kind", "label"),
    **_each("with_ to value replacement mapping", "how"),
    **_each("reverse", "descending"),
    **_each("random_state", "seed"),
    **_each("pseudonym pseudonymize", "pseudonyms"),
    **_each("key on", "by"),
}


def suggests(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Make a function refuse unknown keyword arguments with the nearest of its own."""
    parameters = inspect.signature(function).parameters.values()
    known = [p.name for p in parameters if p.name not in ("self", "cls")]

    @wraps(function)
    def checked(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        for name in kwargs:
            if name not in known:
                meant = _ARGUMENTS.get(name)
                hint = f": did you mean {meant!r}?" if meant in known else did_you_mean(name, known)
                owner = function.__qualname__
                raise TypeError(f"{owner}() has no argument {name!r}{hint} arguments: {', '.join(known)}")
        return function(*args, **kwargs)

    return checked


def check_profile(caller: str, profile: object) -> None:
    """Raise a `TypeError` unless `profile` may be the name of a profile."""
    if not isinstance(profile, str):
        kind = type(profile).__name__
        hint = (
            f'give options as keywords, {caller.partition("(")[0]}(..., profile="search", **options)'
            if isinstance(profile, Mapping)
            else "kayan.profiles() lists them"
        )
        raise TypeError(f"{caller} takes the name of a profile such as 'search', got {kind}; {hint}")


def check_matcher(caller: str, value: Any) -> None:
    """Raise a `TypeError` unless `value` is a Matcher."""
    if hasattr(value, "find_batch"):
        return
    kind = type(value).__name__
    made = kind in ("Gazetteer", "dict", "list", "tuple", "DataFrame", "Table")
    hint = "; build one of it first: kayan.Matcher(...)" if made else ""
    raise TypeError(f"{caller} takes a Matcher, got {kind}{hint}")


def check_column(caller: str, name: Any, known: Iterable[Any]) -> None:
    """Raise a `KayanError` unless there is such a column, or a `TypeError` for what can't be one's name."""
    if hasattr(name, "find_batch"):
        raise TypeError(f"{caller} takes a column and then a Matcher, got a Matcher first: swap them")
    columns = list(known)
    if name not in columns:
        names = [str(column) for column in columns]
        shown = ", ".join(names) or "none"
        raise KayanError(
            f"{caller}: there is no column {name!r:.80}{did_you_mean(name, names)} columns: {shown}"
        )
