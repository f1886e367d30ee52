"""Right-to-left HTML of texts with their entities marked: no scripts, no fonts or files from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kayan._matches import Match

# Light backgrounds under dark letters: readable on a light and on a dark page.
_COLOURS = (
    "#ffd8a8", "#a5d8ff", "#b2f2bb", "#eebefa", "#ffc9c9", "#ffec99", "#99e9f2", "#d0bfff", "#d8f5a2",
    "#fcc2d7"
)  # fmt: skip
# A word and its clitics are isolated from the text as one, so that brackets, digits and Latin labels keep
# their side while the letters stay joined: an isolate between ل and its stem would cut them.
_STYLE = """<style>
.kayan { line-height: 2.2; text-align: start; white-space: pre-wrap; overflow-wrap: anywhere; font-size:
1.15em;
  font-family: "Noto Naskh Arabic", Amiri, "Scheherazade New", "Geeza Pro", "Segoe UI", Tahoma, serif; }
.kayan-entity { unicode-bidi: isolate; }
.kayan-entity mark, .kayan-legend mark { color: #1a1a1a; border-radius: .2em; }
.kayan-entity u { text-decoration: underline dotted; text-underline-offset: .35em; }
.kayan-entity bdi { font: 600 .6em sans-serif; margin-inline: .3em; opacity: .75; }
.kayan-legend { direction: ltr; font: .85em sans-serif; white-space: normal; }
.kayan-row { direction: rtl; font: .75em sans-serif; margin: 1em 0 0; opacity: .7; }
.kayan-legend mark { padding: .1em .5em; margin-inline-end: .5em; }
</style>"""
_PAGE_STYLE = """<style>
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; }
h1, h2 { unicode-bidi: isolate; }
</style>"""
_NO_LABEL = "no label"


class Shown:
    """Texts with their matches marked; made by `Matcher.show` and `Matches.show`.

    A notebook shows it as HTML: right to left, one colour per label and a legend, clitics underlined, and
    tooltips with name, label, id and clitics. Elsewhere it is text, with a line for each match.

    Examples
    --------
    >>> import kayan
    >>> print(kayan.Matcher({"القاهرة": "LOC"}).show("سافر للقاهرة"))
    سافر للقاهرة
      6-12  ل+لقاهرة  LOC  القاهرة
    """

    def __init__(self, sections: Sequence[tuple[str, str, Sequence[Match]]]) -> None:
        self._sections = sections

    def _repr_html_(self) -> str:
        found = [match for _, _, matches in self._sections for match in matches]
        colours = _colours(found)
        parts = [_STYLE, _legend(found)]
        for name, text, matches in self._sections:
            parts += [f'<p class="kayan-row">{escape(name)}</p>'] * bool(name)
            parts.append(_marked(text, matches, colours))
        return "\n".join(parts)

    def __str__(self) -> str:
        return "\n\n".join(_plain(*section) for section in self._sections)

    __repr__ = __str__


def _plain(name: str, text: str, matches: Sequence[Match]) -> str:
    lines = [f"{name}: {text}" if name else text]
    for match in matches:
        written = "+".join(part for part in (match.prefix, match.text, match.suffix) if part)
        facts = (f"{match.start}-{match.end}", written, match.label, match.name, match.id)
        lines.append("  " + "  ".join(fact for fact in facts if fact))
    return "\n".join(lines)


def fragment(text: str, matches: Iterable[Match]) -> str:
    """Return `text` as a piece of HTML with `matches` marked, one colour per label, and a legend.

    A mark's tooltip tells what was matched: canonical name, label, id, clitics. Matches may overlap.
    """
    return Shown([("", text, list(matches))])._repr_html_()


def page(sections: Iterable[tuple[str, str, Sequence[Match]]], title: str) -> str:
    """Return a whole HTML page of ``(title, text, matches)`` sections."""
    parts = list(sections)
    found = [match for _, _, matches in parts for match in matches]
    colours = _colours(found)
    body = "\n".join(
        f'<section>\n<h2 dir="auto">{escape(name)}</h2>\n{_marked(text, matches, colours)}\n</section>'
        for name, text, matches in parts
    )
    return document(f"{_legend(found)}\n{body}", title, _STYLE)


def document(body: str, title: str, style: str) -> str:
    """Return a whole right-to-left HTML page."""
    return (
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{_PAGE_STYLE}\n{style}\n</head>\n<body>\n"
        f'<h1 dir="auto">{escape(title)}</h1>\n{body}\n</body>\n</html>\n'
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str) -> str:
    """Return a table whose cells take the direction of their own text."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "\n".join(
        "<tr>"
        + "".join(f'<td dir="auto">{"" if cell is None else escape(str(cell))}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    return f'<table dir="ltr">\n<caption>{escape(caption)}</caption>\n<tr>{head}</tr>\n{body}\n</table>'


def _colours(matches: Iterable[Match]) -> dict[str, str]:
    labels = sorted({match.label or _NO_LABEL for match in matches})
    return {label: _COLOURS[i % len(_COLOURS)] for i, label in enumerate(labels)}


def _legend(matches: Sequence[Match]) -> str:
    counts = Counter(match.label or _NO_LABEL for match in matches)
    marks = "\n".join(
        f'<mark style="background:{colour}">{escape(label)} {counts[label]:,}</mark>'
        for label, colour in _colours(matches).items()
    )
    return f'<p class="kayan-legend">\n{marks}\n</p>'


def _marked(text: str, matches: Sequence[Match], colours: dict[str, str]) -> str:
    """Cut the text wherever a match or a clitic starts or ends, and mark each piece with what covers it."""
    waiting = sorted(matches, key=_first, reverse=True)
    cuts = {0, len(text)}
    for match in matches:
        cuts |= {_first(match), match.start, match.end, _last(match)}
    active: list[Match] = []
    out: list[str] = []
    inside = False
    for start, end in pairwise(sorted(cuts)):
        active = [match for match in active if _last(match) > start]
        while waiting and _first(waiting[-1]) <= start:
            active.append(waiting.pop())
        if inside and not active:
            out.append("</span>")
        if active and not inside:
            out.append('<span class="kayan-entity">')
        inside = bool(active)
        covering = [match for match in active if match.start <= start < match.end]
        out.append(_piece(escape(text[start:end]), covering, active, colours))
        ended = dict.fromkeys(match.label or _NO_LABEL for match in active if _last(match) == end)
        if ended:
            out.append(f'<bdi dir="ltr">{escape(" ".join(ended))}</bdi>')
            if all(_last(match) == end for match in active):
                out.append("</span>")
                inside = False
    if inside:
        out.append("</span>")
    return f'<div class="kayan" dir="rtl" lang="ar">{"".join(out)}</div>'


def _first(match: Match) -> int:
    return match.start - len(match.prefix)


def _last(match: Match) -> int:
    return match.end + len(match.suffix)


def _piece(escaped: str, covering: list[Match], active: list[Match], colours: dict[str, str]) -> str:
    if covering:
        # The innermost match gives the colour.
        colour = colours[min(covering, key=lambda match: match.end - match.start).label or _NO_LABEL]
        title = escape("\n\n".join(map(_why, covering)))
        return f'<mark style="background:{colour}" title="{title}">{escaped}</mark>'
    return f'<u title="{escape(_why(active[0]))}">{escaped}</u>' if active else escaped


def _why(match: Match) -> str:
    facts = {"label": match.label, "id": match.id, "prefix": match.prefix, "suffix": match.suffix}
    return "\n".join([match.name, *(f"{fact}: {value}" for fact, value in facts.items() if value)])
