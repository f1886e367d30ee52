"""What a notebook shows of the objects of the package."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import isnan
from typing import Any

from kayan._views import colours, page
from kayan._views.marked import NO_LABEL, Section, counted, marked_text

_SAMPLE = (
    "قـــال مُحَمَّدٌ في الأُستاذة إلى مدرسهٔ الهُدى، "  # with tatweel and marks
    "سنة ١٩٩٠: راااائع 😀 @kayan https://example.org &amp; #وسم"
)
_SHOWN = 10


def matches_html(columns: Sequence[str], rows: Sequence[Sequence[Any]], head: str, count: int) -> str:
    """Return the first matches of a batch as a table."""
    at = list(columns).index("label")
    slots = colours.slots(row[at] or NO_LABEL for row in rows)
    shown = [[_tagged(cell, slots) if i == at else cell for i, cell in enumerate(row)] for row in rows]
    rest = f'<p class="kayan-note">… and {count - len(rows):,} more</p>' if count > len(rows) else ""
    return page.frame(page.table(columns, shown, head) + rest, slots)


def matcher_html(head: str, labels: Mapping[str | None, int], options: Mapping[str, object]) -> str:
    """Return the labels and the options of a matcher."""
    known = {label or NO_LABEL: count for label, count in labels.items()}
    slots = colours.slots(known)
    table = page.table(
        ("option", "value"), [(name, _value(value)) for name, value in options.items()], "Options"
    )
    details = f"<details><summary>{len(options)} options</summary>\n{table}</details>"
    return page.frame(f"<p>{escape(head)}</p>\n{_counts(known, slots)}\n{details}", slots)


def gazetteer_html(head: str, labels: Mapping[str | None, int], entries: Iterable[Any], count: int) -> str:
    """Return the labels of a gazetteer and its first entries."""
    known = {label or NO_LABEL: number for label, number in labels.items()}
    slots = colours.slots(known)
    rows = [
        (entry.name, _tagged(entry.label, slots), entry.id, "، ".join(entry.aliases))
        for entry, _ in zip(entries, range(_SHOWN), strict=False)
    ]
    parts = [f"<p>{escape(head)}</p>", _counts(known, slots)]
    if rows:
        title = f"The first {len(rows)} entries" if count > len(rows) else "Entries"
        parts.append(page.table(("name", "label", "id", "aliases"), rows, title, wide=("aliases",)))
    return page.frame("\n".join(parts), slots)


def normalizer_html(head: str, options: Mapping[str, object], align: Any, explain: Any) -> str:
    """Return the options of a normalizer that are on, and what each does to a sample."""
    done: dict[str, list[str]] = {}
    for edit in explain(_SAMPLE):
        done.setdefault(edit.rule, []).append(
            f"<bdi>{_letters(edit.before)}</bdi> ⟶ <bdi>{_letters(edit.after)}</bdi>"
        )
    rows = [
        (name, _value(value), page.Raw(" &nbsp; ".join(dict.fromkeys(done.get(name, [])))))
        for name, value in options.items()
        if value not in (False, None, "keep", 0) or name in done
    ]
    table = page.table(
        ("option", "value", "in the sample"), rows, "Options that are on", wide=("in the sample",)
    )
    return page.frame(f"<p><code>{escape(head)}</code></p>\n{_aligned(align(_SAMPLE))}\n{table}", {})


def alignment_html(aligned: Any) -> str:
    """Return a text and its normalized form, word below word."""
    return page.frame(_aligned(aligned), {})


def _aligned(aligned: Any) -> str:
    original = aligned.original
    words = []
    at = 0
    for word in original.split():
        start = original.index(word, at)
        at = start + len(word)
        first, last = aligned.to_normalized(start, at)
        new = aligned.text[first:last].strip()
        kind = "" if new == word else " kayan-changed"
        words.append(
            f'<span class="kayan-pair{kind}"><bdi>{escape(word)}</bdi><bdi>{escape(new) or "∅"}</bdi></span>'
        )
    return (
        '<div class="kayan-aligned" dir="rtl" lang="ar">'
        '<span class="kayan-pair kayan-side" dir="ltr" lang="en">'
        "<span>original</span><span>normalized</span></span>"
        f"{''.join(words)}</div>"
    )


def explained_html(text: str, considered: Sequence[Any]) -> str:
    """Return the text with its matches, and a line for each place that was considered."""
    section = Section("", None, text, [one.match for one in considered if one.accepted])
    slots = colours.slots({*counted([section]), *(one.match.label or NO_LABEL for one in considered)})
    rows = [
        (
            "✓ match" if one.accepted else "✗",
            f"{one.match.start}–{one.match.end}",
            one.match.prefix + one.match.text + one.match.suffix,
            one.match.name,
            _tagged(one.match.label, slots),
            one.rule,
            one.reason + (f": {one.winner.text}" if one.winner else ""),
        )
        for one in considered
    ]
    columns = ("", "span", "in the text", "entry", "label", "rule", "reason")
    table = page.table(columns, rows, f"{len(rows)} considered", wide=("reason",), stacked=True)
    marked = marked_text(text, section.matches, slots)
    return page.frame(f'<div class="kayan-row kayan-plain">{marked}</div>\n{table}', slots, script=True)


def edits_html(edits: Sequence[Any]) -> str:
    """Return a line for each change that a normalizer made."""
    rows = [
        (f"{edit.start}–{edit.end}", edit.rule, *map(page.Raw, map(_letters, (edit.before, edit.after))))
        for edit in edits
    ]
    return page.frame(page.table(("span", "rule", "before", "after"), rows, f"{len(rows)} edits"), {})


class Explained(list[Any]):
    """What `Matcher.explain` returns: a list that a notebook shows as a table below its text."""

    def __init__(self, text: str, considered: Iterable[Any]) -> None:
        super().__init__(considered)
        self._text = text

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "nothing to consider: no letters of an entry stand in the text"

    def _repr_html_(self) -> str:
        return explained_html(self._text, self)


class Edits(list[Any]):
    """What `Normalizer.explain` returns: a list that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        return edits_html(self)


def frame_html(frame: Any, caption: str, wide: Sequence[str]) -> str:
    """Return a DataFrame of a report."""
    columns = [str(column) for column in frame.columns]
    rows = [
        [
            f"{value:.1%}" if column.endswith("_share") else page.Raw("") if _is_none(value) else value
            for column, value in zip(columns, row, strict=True)
        ]
        for row in frame.astype(object).itertuples(index=False)
    ]
    note = ""
    if "texts" in columns:
        at = columns.index("texts")
        absent = ", ".join(str(row[0]) for row in rows if row[at] == 0)
        rows = [row for row in rows if row[at] != 0]
        note = f'<p class="kayan-note">In no text: {escape(absent)}.</p>' if absent else ""
    return page.frame(page.table(columns, rows, caption, wide, stacked=True) + note, {})


def _is_none(value: object) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))


def _counts(counts: Mapping[str, int], slots: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    chips = "\n".join(
        f'<span class="kayan-chip k{slots[label]}"><b></b><bdi>{escape(label)}</bdi> <i>{count:,}</i></span>'
        for label, count in ordered
    )
    return f'<div class="kayan-legend">\n{chips}\n</div>' if chips else ""


def _tagged(label: str | None, slots: Mapping[str, int]) -> page.Raw:
    return page.Raw(page.tag(label, slots) if label else "")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _letters(text: str) -> str:
    """Show marks on a circle, and what can't be seen by its code point."""
    if not text:
        return "∅"
    if text.isspace() or not text.isprintable():
        return " ".join(f"U+{ord(character):04X}" for character in text)
    carrier = "\u25cc" if all(unicodedata.category(c) == "Mn" for c in text) else ""  # DOTTED CIRCLE
    return carrier + escape(text)
