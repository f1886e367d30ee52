"""Pieces of HTML: the frame with its style, the legend, tables; and whole pages. Nothing is fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from kayan._views import colours
from kayan._views.marked import Section, counted, marked_text


def plural(count: int, one: str, many: str) -> str:
    """Return e.g. ``"1 match"`` or ``"1,234 matches"``."""
    return f"{count:,} {one if count == 1 else many}"


@cache
def _file(name: str) -> str:
    """Return a file without its comments and indents: each output of a notebook has a copy."""
    text = files("kayan._views").joinpath(name).read_text(encoding="utf-8")
    text = re.sub(r"/\*(?s:.*?)\*/|^\s*//.*$", "", text, flags=re.MULTILINE)
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def frame(body: str, slots: Mapping[str, int], script: bool = False) -> str:
    """Return a piece of HTML with all that it needs: the style, the colours of its labels, the script."""
    style = f"<style>\n{_file('kayan.css')}{_label_rules(slots)}</style>"
    behind = f"<script>\n{_file('kayan.js')}</script>" if script else ""
    return f'{style}\n<div class="kayan">\n{body}\n</div>\n{behind}'


def document(body: str, title: str, slots: Mapping[str, int]) -> str:
    """Return a whole HTML page; it is read from left to right, its texts from right to left."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_file('page.css')}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{frame(body, slots, script=True)}\n</main>\n</body>\n</html>\n"
    )


def texts(sections: Sequence[Section], counts: Mapping[str, int] | None = None, note: str = "") -> str:
    """Return texts with their matches marked, below a legend.

    Parameters
    ----------
    sections : sequence of Section
    counts : mapping, optional
        Matches by label, if there are more than those of `sections`.
    note : str
        What has been left out, in a sentence.
    """
    counts = counted(sections) if counts is None else counts
    slots = colours.slots({*counts, *counted(sections)})
    parts = [legend(counts, slots), _find()]
    parts += [f'<p class="kayan-note kayan-cut">{escape(note)}</p>'] * bool(note)
    short = _short_names({section.group for section in sections})
    for group, members in groupby(sections, key=lambda section: section.group):
        if group:
            parts.append(f'<h2 title="{escape(group)}"><bdi>{escape(short[group])}</bdi></h2>')
        parts += [_row(section, slots) for section in members]
    return "\n".join(parts)


def texts_fragment(sections: Sequence[Section], note: str = "", script: bool = True) -> str:
    """Return `texts` in a frame of its own, as a notebook shows it."""
    return frame(texts(sections, None, note), colours.slots(counted(sections)), script)


def texts_page(
    sections: Sequence[Section], title: str, counts: Mapping[str, int] | None = None, note: str = ""
) -> str:
    """Return a whole page of `texts`."""
    slots = colours.slots({*(counts or ()), *counted(sections)})
    return document(texts(sections, counts, note), title, slots)


def legend(counts: Mapping[str, int], slots: Mapping[str, int]) -> str:
    """Return the labels with their numbers, the most frequent first; each can be switched off."""
    if not counts:
        return '<p class="kayan-note">Nothing was found.</p>'
    chips = "\n".join(
        f'<label class="kayan-chip k{slots[label]}"><input type="checkbox" class="c{slots[label]}" checked>'
        f"<b></b><bdi>{escape(label)}</bdi> <i>{count:,}</i></label>"
        for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    head = '<legend class="kayan-sr">Labels to mark</legend>'
    return f'<fieldset class="kayan-legend">{head}\n{chips}\n</fieldset>'


def tag(label: str, slots: Mapping[str, int]) -> str:
    """Return a label in its colour."""
    return f'<bdi class="kayan-tag k{slots[label]}" dir="ltr">{escape(label)}</bdi>'


class Raw(str):
    """HTML that goes into a cell as it is."""


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    caption: str,
    wide: Sequence[str] = (),
    stacked: bool = False,
    total: bool = False,
) -> str:
    """Return a table whose numbers stand at the right and whose texts keep their own direction.

    `wide` columns may be broken into lines. On a phone a `stacked` table is a list of its rows; any other
    scrolls inside of its frame. With `total`, the last row stands out.
    """
    cells = [list(row) for row in rows]
    kinds = [_kind(column, i, cells, wide) for i, column in enumerate(columns)]
    head = "".join(
        f'<th scope="col"{_class(kind)}>{escape(column)}</th>'
        for column, kind in zip(columns, kinds, strict=True)
    )
    body = "\n".join(
        f"<tr{_class('total') if total and at == len(cells) - 1 else ''}>"
        + "".join(map(_cell, row, kinds, columns))
        + "</tr>"
        for at, row in enumerate(cells)
    )
    kind = _class("kayan-list" if stacked else "")
    return (
        f'<p class="kayan-caption">{escape(caption)}</p>\n'
        f'<div class="kayan-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table{kind}>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def _kind(column: str, at: int, rows: list[list[Any]], wide: Sequence[str]) -> str:
    values = [row[at] for row in rows if row[at] not in (None, "")]
    if values and all(_is_number(value) for value in values):
        return "n"
    arabic = [value for value in values if not isinstance(value, Raw) and _is_arabic(str(value))]
    kinds = ["w"] * (column in wide) + ["a"] * (len(arabic) * 2 > len(values))
    return " ".join(kinds)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and value[:1].isdigit() and not set(value) - set("0123456789.,%")
    )


def _is_arabic(value: str) -> bool:
    return any("\u0600" <= character <= "\u08ff" for character in value)


def _cell(value: object, kind: str, column: str) -> str:
    if value is None:
        shown = ""
    elif isinstance(value, Raw):
        shown = value
    elif isinstance(value, float):
        shown = f"{value:.3f}"
    elif isinstance(value, int) and not isinstance(value, bool) and column not in ("row", "line"):
        shown = f"{value:,}"
    else:
        shown = f"<bdi>{escape(str(value))}</bdi>" if str(value) else ""
    kind = f"{kind} zero" if kind == "n" and value in (0, "0") and column != "row" else kind
    return f'<td{_class(kind)} data-title="{escape(column)}">{shown}</td>'


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _find() -> str:
    return (
        '<div class="kayan-find" hidden><label>Filter by entity '
        '<input type="search" placeholder="name, id or text" dir="auto"></label>'
        '<output aria-live="polite"></output></div>'
    )


def _row(section: Section, slots: Mapping[str, int]) -> str:
    shown = marked_text(section.text, section.matches, slots)
    if section.number is None:
        return f'<div class="kayan-row kayan-plain">{shown}</div>'
    number = f"{section.number:,}"
    return f'<div class="kayan-row"><span class="kayan-number">{number}</span>{shown}</div>'


def _short_names(paths: Iterable[str]) -> dict[str, str]:
    """Return the last part of each path; of equal ones, as many parts as tell them apart."""
    parts = {path: path.replace(os.sep, "/").split("/") for path in paths}
    short = {}
    for path, own in parts.items():
        others = [other for name, other in parts.items() if name != path]
        depth = next(
            (n for n in range(1, len(own) + 1) if all(other[-n:] != own[-n:] for other in others)), len(own)
        )
        short[path] = "/".join(own[-depth:])
    return short


def _label_rules(slots: Mapping[str, int]) -> str:
    """Return the colours of the labels that occur, and what happens to one that is switched off."""
    rules = []
    for slot in sorted(set(slots.values())):
        rules.append(
            f".k{slot} {{ --b: {colours.strong(slot)}; --i: {colours.on_strong(slot)}; "
            f"--l: {colours.tint(slot, dark=False)}; --d: {colours.tint(slot, dark=True)}; "
            f"--s: {colours.line(slot)}; }}\n"
            f".o{slot} {{ --o: {colours.strong(slot)}; }}\n"
            f".kayan:has(.c{slot}:not(:checked)) .kayan-text mark.k{slot} "
            "{ background: none; border-color: transparent; }\n"
            f".kayan:has(.c{slot}:not(:checked)) .kayan-text .kayan-tag.k{slot} {{ display: none; }}\n"
        )
    return "".join(rules)
