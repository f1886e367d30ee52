"""Arithmetic of spans: other units and widths, merging two sets of them, tags for tokens."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import index
from typing import Any, Literal, TypeAlias, get_args

from kayan._core import KayanError

Offsets: TypeAlias = Literal["codepoint", "byte", "utf16"]
SpanKind: TypeAlias = Literal["entity", "token"]
Policy: TypeAlias = Literal["existing", "matches", "longest"]
LabelledSpan: TypeAlias = tuple[int, int, "str | None"]
# Words, or (start, end) in code points.
Tokenizer: TypeAlias = Callable[[str], Iterable[Any]]

# What stands for a label where an entry has none.
NO_LABEL = "ENTITY"


def check_choice(name: str, value: object, choices: object) -> None:
    """Raise a `KayanError` unless `value` is one of a ``Literal``."""
    known = get_args(choices)
    if value not in known:
        raise KayanError(f"{name} must be one of {', '.join(map(repr, known))}, got {value!r}")


def widened(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what the core found with its span taking in the clitics; the text follows the span."""
    start, end, text, label, id, name, prefix, suffix, *rest = found
    return (
        start - len(prefix),
        end + len(suffix),
        prefix + text + suffix,
        label,
        id,
        name,
        prefix,
        suffix,
        *rest,
    )


def units_before(text: str, positions: Iterable[int], offsets: Offsets) -> dict[int, int]:
    """Return how many UTF-8 bytes or UTF-16 units of `text` are before each code point position.

    One pass over the text. A lone surrogate counts as three bytes or one unit.
    """
    cuts = sorted({0, *positions})
    if offsets == "codepoint" or text.isascii():
        return {cut: cut for cut in cuts}
    encoding, width = ("utf-8", 1) if offsets == "byte" else ("utf-16-le", 2)
    units = {0: 0}
    for start, end in pairwise(cuts):
        units[end] = units[start] + len(text[start:end].encode(encoding, "surrogatepass")) // width
    return units


def _is_span(span: Any) -> bool:
    return (
        isinstance(span, tuple | list)
        and len(span) >= 3
        and all(hasattr(position, "__index__") for position in span[:2])
    )


def _labelled(spans: Iterable[Any], what: str) -> list[LabelledSpan]:
    """Read ``(start, end, label)`` of tuples and of matches."""
    read: list[LabelledSpan] = []
    for position, span in enumerate(spans):
        if not _is_span(span):
            raise TypeError(f"{what} {position}: expected a Match or (start, end, label), got {span!r:.80}")
        start, end = index(span[0]), index(span[1])
        if not 0 <= start < end:
            raise KayanError(f"{what} {position}: span {start}:{end} is empty or negative")
        # Of the fields of a Match, the third is the text.
        read.append((start, end, span.label if hasattr(span, "label") else span[2]))
    return read


class Disjoint:
    """Spans that don't overlap, of some that are given beforehand; each is taken in n log n steps in all."""

    def __init__(self, spans: Iterable[LabelledSpan]) -> None:
        # Between two neighbouring positions is a cell; sums of the taken ones are kept in a Fenwick tree.
        positions = sorted({position for start, end, _ in spans for position in (start, end)})
        self._cell = {position: cell for cell, position in enumerate(positions)}
        self._sums = [0] * (len(positions) + 1)

    def add(self, start: int, end: int) -> bool:
        """Take a span in unless it overlaps one that is in; tell whether it was taken."""
        first, past = self._cell[start], self._cell[end]
        if self._taken_before(past) > self._taken_before(first):
            return False
        # Spans that are in don't overlap, so that each cell comes up once.
        for cell in range(first, past):
            at = cell + 1
            while at < len(self._sums):
                self._sums[at] += 1
                at += at & -at
        return True

    def _taken_before(self, cell: int) -> int:
        total = 0
        while cell:
            total += self._sums[cell]
            cell &= cell - 1
        return total


def merge_spans(
    existing: Iterable[Any], matches: Iterable[Any], policy: Policy = "existing"
) -> list[LabelledSpan]:
    """Merge the spans of another tagger with those of a matcher, so that none overlap.

    Parameters
    ----------
    existing : iterable of (start, end, label)
        What, for example, a neural tagger found, in the same unit as `matches`.
    matches : iterable of Match or of (start, end, label)
        What `Matcher.find` found. Taggers of whole tokens include the clitics: give them
        ``matcher.find(text, span="token")``.
    policy : {"existing", "matches", "longest"}
        Of spans that overlap, keep the existing one; the match; or the longest, the existing one if they are
        equally long. Among spans from one side, the longer is kept, then the earlier.

    Returns
    -------
    list of (start, end, label)
        In text order, end exclusive; no two overlap.

    Raises
    ------
    KayanError
        For an unknown policy, or a span that is empty or starts below 0.
    TypeError
        For something that isn't a span.

    Examples
    --------
    >>> import kayan
    >>> text = "زار وزير الخارجية القاهرة الجديدة"
    >>> matches = kayan.Matcher({"القاهرة الجديدة": "LOC"}).find(text)
    >>> kayan.merge_spans([(4, 17, "PER"), (18, 25, "ORG")], matches)
    [(4, 17, 'PER'), (18, 25, 'ORG')]
    >>> kayan.merge_spans([(4, 17, "PER"), (18, 25, "ORG")], matches, policy="matches")
    [(4, 17, 'PER'), (18, 33, 'LOC')]
    """
    check_choice("policy", policy, Policy)
    sides = [_labelled(existing, "existing span"), _labelled(matches, "match")]
    if policy == "matches":
        sides.reverse()
    ranked: list[tuple[tuple[int, int, int], LabelledSpan]] = []
    for side, spans in enumerate(sides):
        for start, end, label in spans:
            rank = (start - end, side) if policy == "longest" else (side, start - end)
            ranked.append(((*rank, start), (start, end, label)))
    ranked.sort(key=lambda item: item[0])
    taken = Disjoint(span for _, span in ranked)
    kept = [span for _, span in ranked if taken.add(span[0], span[1])]
    return sorted(kept, key=lambda span: span[0])


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    # Neither marks, which Python's \w leaves out, nor joiners end a word.
    inside = "".join(
        c for c in map(chr, range(0x300, 0x2070)) if unicodedata.category(c) in ("Mn", "Me", "Cf")
    )
    return re.compile(rf"[^\W_](?:[^\W_]|[{re.escape(inside)}])*|\S")


def words_and_marks(text: str) -> Iterator[tuple[int, int]]:
    """Split at blanks, and make each punctuation mark and symbol a token of its own."""
    return (token.span() for token in _token().finditer(text))


def token_spans(text: str, tokenize: Tokenizer | None) -> list[tuple[int, int]]:
    """Return where the tokens of `text` stand, with tokens given as str looked up from left to right."""
    spans: list[tuple[int, int]] = []
    end = 0
    for token in words_and_marks(text) if tokenize is None else tokenize(text):
        if isinstance(token, str):
            start = text.find(token, end)
            if start < 0 or not token:
                raise KayanError(
                    f"the tokenizer's token {token!r:.80} is not in the text after position {end}"
                )
            span = (start, start + len(token))
        else:
            span = (index(token[0]), index(token[1]))
            if not end <= span[0] < span[1] <= len(text):
                raise KayanError(f"the tokenizer's token {span} is empty, out of order or outside the text")
        end = span[1]
        spans.append(span)
    return spans


def iob(text: str, spans: Sequence[LabelledSpan], tokenize: Tokenizer | None) -> list[tuple[str, str]]:
    """Return ``(token, IOB2 tag)`` pairs. A token that a span touches is its; longer spans go first."""
    tokens = token_spans(text, tokenize)
    ends = [end for _, end in tokens]
    tags = ["O"] * len(tokens)
    taken = Disjoint(spans)
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not taken.add(start, end):
            continue
        tag = "B-"
        at = bisect_left(ends, start + 1)
        while at < len(tokens) and tokens[at][0] < end:
            if tags[at] == "O":
                tags[at] = tag + (label or NO_LABEL)
                tag = "I-"
            at += 1
    return [(text[start:end], tag) for (start, end), tag in zip(tokens, tags, strict=True)]


def conll(sentences: Iterable[Iterable[tuple[str, str]]]) -> str:
    """Write a token and its tag, with a tab between, on each line, and a blank line after each sentence."""
    return "".join("".join(f"{token}\t{tag}\n" for token, tag in sentence) + "\n" for sentence in sentences)
