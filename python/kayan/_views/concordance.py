"""Matches in context, one below the other, aligned on the hit."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from kayan._files import write
from kayan._views import colours, page
from kayan._views.marked import Section, counted, marked_text

if TYPE_CHECKING:
    import pandas

_NOTE_ROWS = 500


class Line(NamedTuple):
    """One match in context.

    Attributes
    ----------
    row, start, end : int
        Its text in the batch, from 0, and its place there, in code points, end exclusive, clitics left out.
    before, hit, after : str
        The word that holds it, with its clitics, and what stands before and after, on one line.
    name : str
    label, id : str or None
    """

    row: int
    start: int
    end: int
    before: str
    hit: str
    after: str
    name: str
    label: str | None
    id: str | None


class Concordance(Sequence[Line]):
    """Matches in context, aligned on the hit; made by `Matches.concordance`.

    A sequence of lines with the fields row, start, end, before, hit, after, name, label and id. A notebook
    shows it as a table; as text, the hit stands between two bars.
    """

    def __init__(self, found: Sequence[tuple[int, str, Any]], width: int) -> None:
        self._found = found
        self._width = width
        self._lines = [line_of(row, text, match, width) for row, text, match in found]

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, index: Any) -> Any:
        return self._lines[index]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the lines as a ``pandas.DataFrame``, a column for each field.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError('to_pandas() needs pandas: pip install "kayan[pandas]"') from None
        frame: pandas.DataFrame = pandas.DataFrame(self._lines, columns=Line._fields)
        return frame

    def to_html(self, path: str | os.PathLike[str], title: str = "kayan concordance") -> None:
        """Write a whole HTML page with every line, which needs no other file, as UTF-8."""
        write(path, page.document(self._body(len(self)), title, self._slots()))

    def _repr_html_(self) -> str:
        return page.frame(self._body(_NOTE_ROWS), self._slots(), script=True)

    def _slots(self) -> dict[str, int]:
        return colours.slots(counted([Section("", None, "", [match for *_, match in self._found])]))

    def _body(self, limit: int) -> str:
        slots = self._slots()
        rows = "\n".join(
            f'<tr><td class="n">{line.row:,}</td><td class="before">{escape(line.before)}</td>'
            f'<td class="hit">{_hit(match, slots)}</td><td class="after">{escape(line.after)}</td></tr>'
            for line, (_, _, match) in list(zip(self._lines, self._found, strict=True))[:limit]
        )
        counts = counted([Section("", None, "", [match for *_, match in self._found])])
        title = page.plural(len(self), "match", "matches")
        cut = f"The first {limit:,} of {len(self):,} matches." if len(self) > limit else ""
        note = f'<p class="kayan-note kayan-cut">{cut}</p>' * bool(cut)
        return (
            f"{page.legend(counts, slots)}\n{note}\n"
            f'<div class="kayan-scroll" tabindex="0" role="region" aria-label="{title} in context">'
            '<table class="kayan-kwic" dir="rtl"><thead class="kayan-sr"><tr><th>row</th><th>before</th>'
            f"<th>match</th><th>after</th></tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        )

    def __str__(self) -> str:
        width = max((_cells(line.before) for line in self), default=0)
        rows = max((len(f"{line.row:,}") for line in self), default=0)
        padded = (" " * (width - _cells(line.before)) + line.before for line in self)
        return "\n".join(
            f"{line.row:>{rows},}  {before} | {line.hit} | {line.after}".rstrip()
            for line, before in zip(self, padded, strict=True)
        )

    __repr__ = __str__


def _cells(text: str) -> int:
    """Return the width of a text in a terminal, in which marks take no room."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def line_of(row: int, text: str, match: Any, width: int) -> Line:
    """Return a match with what stands before and after its word."""
    start, end = match.start - len(match.prefix), match.end + len(match.suffix)
    first, last = max(0, start - width), min(len(text), end + width)
    before, after = text[first:start], text[end:last]
    # Whole words, unless that leaves nothing.
    if first > 0 and not text[first - 1].isspace():
        before = re.sub(r"^\S*\s", "", before) or before
    if last < len(text) and not text[last].isspace():
        after = re.sub(r"\s\S*\Z", "", after) or after
    before, hit, after = (" ".join(part.split()) for part in (before, text[start:end], after))
    return Line(row, match.start, match.end, before, hit, after, match.name, match.label, match.id)


class _Placed:
    """A match with its place in the word that is shown."""

    def __init__(self, match: Any) -> None:
        self._match = match
        self.start = len(match.prefix)
        self.end = self.start + match.end - match.start

    def __getattr__(self, name: str) -> Any:
        return getattr(self._match, name)


def _hit(match: Any, slots: dict[str, int]) -> str:
    written = match.prefix + match.text + match.suffix
    return marked_text(written, [_Placed(match)], slots)
