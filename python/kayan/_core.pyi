"""Bare signatures of the native module. Private: the documented API is in the package's Python files."""

import os
from collections.abc import Callable
from typing import TypeAlias, final

__all__ = [
    "Alignment",
    "ArrowColumn",
    "Columns",
    "KayanError",
    "Matcher",
    "Normalizer",
    "__version__",
    "check_kind",
    "check_rule",
    "frequent_words",
    "guard_words",
    "matcher_profiles",
    "polars_keep",
    "profile_arrow",
    "profile_list",
    "profiles",
    "unicode_version",
]

__version__: str
unicode_version: str

class KayanError(ValueError): ...

def profiles() -> dict[str, dict[str, object]]: ...
def matcher_profiles() -> dict[str, dict[str, object]]: ...
def check_kind(kind: str) -> None: ...
def check_rule(id: str, pattern: str) -> None: ...
def guard_words() -> list[str]: ...
def frequent_words() -> list[str]: ...
def polars_keep(key: bytes, tool: Matcher | Normalizer, labels: list[str] | None, /) -> None: ...

# name, texts, words, example
_Property: TypeAlias = tuple[str, int, int, str | None]

# texts, words, properties
def profile_list(texts: list[object], /) -> tuple[int, int, list[_Property]]: ...
def profile_arrow(column: object, /) -> tuple[int, int, list[_Property]]: ...

@final
class Normalizer:
    def __new__(cls, profile: str, overrides: dict[str, object]) -> Normalizer: ...
    @property
    def id(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def options(self) -> dict[str, object]: ...
    def normalize(self, text: str, /) -> str: ...
    def normalize_list(
        self, texts: list[object], threads: int | None, progress: Callable[[int], object] | None, /
    ) -> list[str | None]: ...
    def normalize_arrow(
        self, column: object, threads: int | None, progress: Callable[[int], object] | None, /
    ) -> ArrowColumn: ...
    def align(self, text: str, /) -> Alignment: ...
    # start, end, before, after, rule, count
    def explain(self, text: str, /) -> list[tuple[int, int, str, str, str, int]]: ...

@final
class Alignment:
    @property
    def original(self) -> str: ...
    @property
    def text(self) -> str: ...
    def to_original(self, start: int, end: int, /) -> tuple[int, int]: ...
    def to_normalized(self, start: int, end: int, /) -> tuple[int, int]: ...

# start, end, text, label, id, name, prefix, suffix, entry
_Found: TypeAlias = tuple[int, int, str, str | None, str | None, str, str, str, int]

# The surfaces of an entry stand together, in the order of the entries, its name first.
# the place, the name or alias, the rule, the reason, the match that it lost to
_Considered: TypeAlias = tuple[_Found, str, str, str, _Found | None]

# The numbers of the ambiguous surfaces, ascending; triggers with their labels; tokens by kind; rules as
# (id, pattern, label, priority).
_Lexicon: TypeAlias = tuple[
    list[int],
    list[tuple[list[str], list[str] | None]],
    list[tuple[str, list[str]]],
    list[tuple[str, str, str, int]],
]

@final
class Matcher:
    def __new__(
        cls,
        surfaces: list[str],
        entry_of: list[int],
        names: list[str],
        labels: list[str | None],
        ids: list[str | None],
        priorities: list[int],
        cares: list[int],
        lexicon: _Lexicon,
        profile: str,
        options: dict[str, object],
        origin: Callable[[int], str],
        background: list[str | None] | None,
    ) -> Matcher: ...
    @staticmethod
    def from_columns(
        names: object, labels: object | None, ids: object | None, profile: str, options: dict[str, object], /
    ) -> Matcher: ...
    @staticmethod
    def from_bytes(data: bytes, /) -> tuple[Matcher, bytes]: ...
    @staticmethod
    def open(path: str | os.PathLike[str], /) -> tuple[Matcher, bytes]: ...
    def to_bytes(self, extra: bytes, /) -> bytes: ...
    def explain(self, text: str, labels: list[str] | None, /) -> list[_Considered]: ...
    @property
    def normalizer_id(self) -> str: ...
    @property
    def options(self) -> dict[str, object]: ...
    @property
    def labels(self) -> list[str]: ...
    @property
    def label_counts(self) -> list[tuple[str | None, int]]: ...
    @property
    def memory_usage(self) -> int: ...
    def __len__(self) -> int: ...
    def find(self, text: str, labels: list[str] | None, /) -> list[_Found]: ...
    def find_list(
        self,
        texts: list[object],
        labels: list[str] | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
        /,
    ) -> Columns: ...
    def find_arrow(
        self,
        column: object,
        labels: list[str] | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
        /,
    ) -> Columns: ...
    def find_nested(self, column: object, labels: list[str] | None, /) -> ArrowColumn: ...
    def count_list(self, texts: list[object], labels: list[str] | None, /) -> list[int]: ...
    def count_arrow(self, column: object, labels: list[str] | None, /) -> list[int]: ...
    # The counts as an Arrow column, or whether they are above 0; nulls stay null.
    def tally_arrow(self, column: object, labels: list[str] | None, whether: bool, /) -> ArrowColumn: ...

@final
class Columns:
    @property
    def rows(self) -> int: ...
    def __len__(self) -> int: ...
    def get(self, index: int, /) -> tuple[int, _Found]: ...
    def column(self, name: str, /) -> list[object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class ArrowColumn:
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
