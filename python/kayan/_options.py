"""The keyword options of `Normalizer` and `Matcher`, listed once for type checkers, editors and ``help()``.

The functions take ``**options``, so that the core refuses a misspelled name and suggests the right one.
`Normalizer` and `Matcher` document what each option means. ``None`` means "as the profile says".
"""

# No `from __future__ import annotations` here: `spelled_out` shows these annotations as they are.
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypedDict, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])
MarkClass = Literal[
    "harakat", "sukun", "tanween", "shadda", "madda", "dagger", "quranic_ext", "small_letters", "signs"
]


class _Before(TypedDict, total=False):
    """What a normalizer does before it folds."""

    html: bool | None
    emoji: Literal["keep", "remove"] | None


class FoldOptions(TypedDict, total=False):
    """The operations on letters and marks, the same for `Normalizer` and `Matcher`, in their order."""

    nfc: bool | None
    invisibles: bool | None
    zwnj: Literal["remove", "keep", "space"] | None
    presentation_forms: bool | Literal["attach", "nfkc"] | None
    width: bool | None
    word_ligatures: bool | None
    quranic: bool | None
    tatweel: bool | Literal["all", "bare"] | None
    math_letters: bool | None
    lookalikes: bool | None
    tanween_alef: bool | None
    dagger: bool | Literal["spelling", "promote", "remove"] | None
    diacritics: bool | MarkClass | Iterable[MarkClass] | None
    alef: bool | None
    hamza: bool | Literal["carrier", "hamza", "drop"] | None
    alef_maqsura: bool | None
    ta_marbuta: bool | None
    digits: bool | Literal["ascii", "all", "arabic", "persian"] | None
    separators: bool | None
    punctuation: bool | None
    signs: bool | None
    underscore_is_space: bool | None
    case: bool | None
    elongation: bool | int | Literal["single"] | None


class _After(TypedDict, total=False):
    """What a normalizer does after it has folded."""

    urls: bool | str | None
    emails: bool | str | None
    mentions: bool | str | None
    hashtags: bool | str | None
    whitespace: bool | None


# The keys are in the order of the bases.
class NormalizerOptions(_Before, FoldOptions, _After, total=False):
    """Options of `Normalizer`; see there."""


class _Rules(TypedDict, total=False):
    """Which matches count."""

    boundary: Literal["word", "none"] | None
    overlap: Literal["longest", "all", "first", "priority"] | None
    clitics: Literal["off", "safe", "all"] | None
    article: bool | None
    enclitics: bool | None
    min_stem: int | None
    stop_words: bool | Iterable[str] | None
    never_split: Iterable[str] | None
    common_words: bool | Iterable[str] | None
    name_variants: (
        Literal["all"]
        | Iterable[Literal["compound", "kunya", "ibn", "joined", "patronymic", "numbers"]]
        | None
    )
    whitespace: Literal["any", "inline"] | None
    script_boundary: bool | None
    duplicates: Literal["priority", "all", "first"] | None
    engine: Literal["auto", "aho-corasick"] | None
    require_context: bool | None
    name_rules: bool | None
    coreference: bool | None
    fuzzy: Literal[0, 1, 2] | None
    fuzzy_known: bool | None


class MatcherOptions(_Rules, FoldOptions, total=False):
    """Options of `Matcher`; see there."""


def chosen(options: Mapping[str, object]) -> dict[str, object]:
    """Return the options that the user set, with collections of words as tuples."""
    return {
        name: value if isinstance(value, (str, bytes)) or not isinstance(value, Iterable) else tuple(value)
        for name, value in options.items()
        if value is not None
    }


def spelled_out(
    options: type, defaults: Mapping[str, object] | None = None
) -> Callable[[_Function], _Function]:
    """Show the keys of a TypedDict instead of ``**options`` in a function's signature."""

    def decorate(function: _Function) -> _Function:
        signature = inspect.signature(function)
        named = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        listed = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=(defaults or {}).get(name), annotation=kind
            )
            for name, kind in inspect.get_annotations(options).items()
        ]
        function.__signature__ = signature.replace(parameters=named + listed)  # type: ignore[attr-defined]
        return function

    return decorate
