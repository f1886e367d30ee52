"""Names that have changed: using an old one is an error that gives the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from typing import ParamSpec, TypeVar

from kayan._core import KayanError

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")
_Class = TypeVar("_Class")

# Old names with the new ones, by what is called so.
RENAMED = {
    "option": {
        "guard": "stop_words",
        "protect": "never_split",
        "background": "common_words",
        "evidence": "require_context",
        "compose": "name_rules",
    },
    # An argument, a column of a file or table, a key of a record.
    "field": {"care": "strict"},
    "name": {"profile_text": "describe_texts", "Considered": "Decision"},
    "method": {"add_tokens": "add_word_list"},
    "attribute": {"care": "strict", "form": "surface"},
    "command": {"profile": "describe"},
    "switch": {"--no-evidence": "--no-require-context", "--no-compose": "--no-name-rules"},
}


def refuse_old(kind: str, names: Iterable[str], where: str = "") -> None:
    """Refuse the names of a kind that have changed.

    Raises
    ------
    KayanError
        If one of `names` has; it begins with `where` and gives the new name.
    """
    renamed = RENAMED[kind]
    for name in names:
        if name in renamed:
            raise KayanError(where + told(kind, name))


def told(kind: str, name: str) -> str:
    """Return the message for an old name, in the words of the core."""
    return f"{kind} {name!r} is called {RENAMED[kind][name]!r}"


def missing(kind: str, owner: str, name: str, known: Iterable[str] = ()) -> AttributeError:
    """Return the error for an attribute that isn't there, with the new name of an old one."""
    if name in RENAMED[kind]:
        return AttributeError(told(kind, name))
    near = get_close_matches(name, [one for one in known if not one.startswith("_")], 1, 0.7)
    hint = f": did you mean {near[0]!r}?" if near and not name.startswith("_") else ""
    return AttributeError(f"{owner} has no attribute {name!r}{hint}")


def tells_renamed(kind: str) -> Callable[[type[_Class]], type[_Class]]:
    """Make a class give the new names of its attributes in errors; type checkers don't see it."""

    def decorate(owner: type[_Class]) -> type[_Class]:
        def __getattr__(self: object, name: str) -> object:
            raise missing(kind, f"{type(self).__name__!r} object", name, dir(type(self)))

        owner.__getattr__ = __getattr__  # type: ignore[attr-defined]
        return owner

    return decorate


def without_old(kind: str) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result]]:
    """Make a function refuse keyword arguments whose names have changed."""

    def decorate(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
        @wraps(function)
        def checked(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
            refuse_old(kind, kwargs)
            return function(*args, **kwargs)

        return checked

    return decorate
