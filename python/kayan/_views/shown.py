"""What `show` returns: marked texts that a notebook shows as HTML, and a terminal as text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from kayan._files import write
from kayan._views import page
from kayan._views.marked import Section


class Shown:
    """Texts with their matches marked; made by `Matcher.show` and `Matches.show`.

    A notebook shows it as HTML: texts from right to left with their row beside them, a colour and a line for
    each label, a legend in which labels are switched off and on, clitics underlined, and for each match a
    card with all that is known of it. Elsewhere it is text, with a line for each match.

    Examples
    --------
    >>> import kayan
    >>> print(kayan.Matcher({"القاهرة": "LOC"}).show("سافر للقاهرة"))
    سافر للقاهرة
      6-12  ل+لقاهرة  LOC  القاهرة
    """

    def __init__(self, sections: Sequence[Section], note: str = "") -> None:
        self._sections = sections
        self._note = note

    def to_html(self, path: str | os.PathLike[str], title: str = "kayan") -> None:
        """Write a whole HTML page, which needs no other file, as UTF-8.

        Examples
        --------
        >>> import kayan, tempfile, pathlib
        >>> file = pathlib.Path(tempfile.mkdtemp(), "page.html")
        >>> kayan.Matcher({"القاهرة": "LOC"}).show("سافر للقاهرة").to_html(file)
        >>> "<mark" in file.read_text(encoding="utf-8")
        True
        """
        write(path, page.texts_page(self._sections, title, None, self._note))

    def _repr_html_(self) -> str:
        return page.texts_fragment(self._sections, self._note)

    def __str__(self) -> str:
        blocks = [_plain(section) for section in self._sections]
        return "\n\n".join(blocks + [self._note] * bool(self._note))

    __repr__ = __str__


def _plain(section: Section) -> str:
    lines = [section.text if section.number is None else f"{section.number:,}: {section.text}"]
    matches: Sequence[Any] = section.matches
    for match in matches:
        written = "+".join(part for part in (match.prefix, match.text, match.suffix) if part)
        facts = (f"{match.start}-{match.end}", written, match.label, match.name, match.id)
        lines.append("  " + "  ".join(fact for fact in facts if fact))
    return "\n".join(lines)
