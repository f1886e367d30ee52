"""Finding names letter by letter, which the modules for other tools' matchers need."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from kayan._core import KayanError
from kayan._matcher import Matcher

# Ideographs: no option of a matcher folds them, looks through them or strips them from the ends of a name.
_OTHER = 0x4E00
_PLAIN = (range(0x4E01, 0xA000), range(0x3400, 0x4DC0), range(0x20000, 0x2A6E0))
_ROOM = sum(map(len, _PLAIN))


class _Alphabet(dict[int, int]):
    """A table for `str.translate`: each character of the names to one of its own, all others to one."""

    def __missing__(self, code_point: int) -> int:
        self[code_point] = _OTHER
        return _OTHER


class ExactMatcher:
    """All places of some names in texts, equal code point by code point; overlapping ones too."""

    def __init__(self, names: Collection[str]) -> None:
        self.longest = max(map(len, names), default=0)
        letters = dict.fromkeys(chain.from_iterable(names))
        if len(letters) > _ROOM:
            raise KayanError(f"names have {len(letters)} different characters, at most {_ROOM} are possible")
        self._alphabet = _Alphabet(zip(map(ord, letters), chain(*_PLAIN), strict=False))
        written = [name.translate(self._alphabet) for name in names]
        self._matcher = (
            Matcher(written, profile="none", boundary="none", clitics="off", overlap="all")
            if written
            else None
        )

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each place, in code points, by start."""
        if self._matcher is not None:
            for found in self._matcher.find(text.translate(self._alphabet)):
                yield found.start, found.end


def exact_matcher(names: Collection[str]) -> ExactMatcher:
    """Return a matcher that finds these names, no two of them equal, as they are and nothing else."""
    return ExactMatcher(names)
