"""Marked text: the one renderer of `show`, of pages and of contexts.

Letters stay joined: a text is cut only where no ligature and no combining mark is parted, the pieces of a
word differ in nothing that shaping depends on, and nothing has a width inside a word. Tags stand after the
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple, Protocol

NO_LABEL = "no label"
# The fields of a match that have a place of their own, and metadata that is the link of an entry.
_LINKS = ("url", "link", "wikipedia", "wikidata_url")
_FACTS = ("label", "id", "rule", "prefix", "suffix", "edits", "similarity")
_MARKS = "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d]*"
# Lam with alef is one glyph in every font; lam, lam, heh in most.
_LIGATURE = re.compile(f"[لڵڶڷڸ]{_MARKS}[اأإآٱٲٳٵ]{_MARKS}|ل{_MARKS}ل{_MARKS}ه{_MARKS}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Marking(Protocol):
    """What is marked: a `Match`, or anything with these fields."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def label(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...


class Section(NamedTuple):
    """One text of a page.

    Attributes
    ----------
    group : str
        What the text belongs to, e.g. a file; a heading where it changes.
    number : int or None
        The row or line, shown beside the text.
    text : str
    matches : sequence of Match
        In text order, in code points, clitics left out.
    """

    group: str
    number: int | None
    text: str
    matches: Sequence[Marking]


def label_of(match: Marking) -> str:
    """Return the label of a match, or what stands for none."""
    return match.label or NO_LABEL


def counted(sections: Iterable[Section]) -> Counter[str]:
    """Count the matches by label."""
    return Counter(label_of(match) for section in sections for match in section.matches)


def marked_text(text: str, matches: Sequence[Marking], slots: Mapping[str, int]) -> str:
    """Return the text as HTML, cut where a match or a clitic starts or ends, each piece marked."""
    spans = [_Span(text, match) for match in matches]
    words = _words(text, spans)
    out: list[str] = []
    past = 0
    for first, last, inside in words:
        out.append(escape(text[past:first]))
        out.append(_word(text, first, last, inside, slots))
        past = last
    out.append(escape(text[past:]))
    direction = 'dir="rtl" lang="ar"' if not text or _RIGHT_TO_LEFT.search(text) else 'dir="ltr"'
    return f'<div class="kayan-text" {direction}>{"".join(out)}</div>'


class _Span:
    """Where a match is drawn: its colour from `start` to `end`, the lines of its clitics around it."""

    def __init__(self, text: str, match: Marking) -> None:
        self.match = match
        self.first = _before(text, match.start - len(match.prefix))
        self.last = _after(text, match.end + len(match.suffix))
        self.start = _before(text, match.start)
        self.end = _after(text, match.end)
        # The line under a clitic ends where the letter does that it is written together with.
        self.prefix_end = _after(text, match.start) if match.prefix else self.first
        self.suffix_start = _before(text, match.end) if match.suffix else self.last


def _ligature(text: str, at: int) -> tuple[int, int] | None:
    """Return the ligature that has `at` in the middle."""
    for found in _LIGATURE.finditer(text, max(0, at - 12), at + 12):
        if found.start() < at < found.end():
            return found.span()
    return None


def _before(text: str, at: int) -> int:
    """Return the last place up to `at` where a text may be cut."""
    while 0 < at < len(text) and _joins_back(text[at]):
        at -= 1
    inside = _ligature(text, at)
    return inside[0] if inside else at


def _after(text: str, at: int) -> int:
    """Return the first place from `at` on where a text may be cut."""
    while 0 < at < len(text) and _joins_back(text[at]):
        at += 1
    inside = _ligature(text, at)
    return inside[1] if inside else at


def _joins_back(character: str) -> bool:
    return character in "\u200c\u200d" or unicodedata.combining(character) > 0 or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _in_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" or character in "\u200c\u200d"


def _words(text: str, spans: list[_Span]) -> list[tuple[int, int, list[_Span]]]:
    """Give stretches of whole words that hold matches, with these; no two stretches overlap."""
    found: list[tuple[int, int, list[_Span]]] = []
    for span in sorted(spans, key=lambda span: span.first):
        first, last = span.first, span.last
        inside = [span]
        if found and first < found[-1][1]:
            # It begins in the stretch before it, which it may lengthen.
            first, past, inside = found.pop()
            inside.append(span)
            last = max(last, past)
        else:
            while first > 0 and _in_word(text[first - 1]):
                first -= 1
        while last < len(text) and _in_word(text[last]):
            last += 1
        found.append((first, last, inside))
    return found


def _word(text: str, first: int, last: int, spans: list[_Span], slots: Mapping[str, int]) -> str:
    """Mark a stretch; as an isolate, so that brackets, digits and Latin tags keep their side."""
    cuts = {first, last}
    for span in spans:
        cuts |= {span.first, span.start, span.prefix_end, span.suffix_start, span.end, span.last}
    out = []
    tags: list[_Span] = []
    waiting = sorted(spans, key=lambda span: span.last, reverse=True)
    coming = sorted(spans, key=lambda span: span.first, reverse=True)
    active: list[_Span] = []
    for start, end in pairwise(sorted(cuts)):
        active = [span for span in active if span.last > start]
        while coming and coming[-1].first <= start:
            active.append(coming.pop())
        covering = [span for span in active if span.start <= start < span.end]
        clitic = any(
            span.first <= start < span.prefix_end or span.suffix_start <= start < span.last for span in active
        )
        out.append(_piece(text[start:end], covering, clitic, slots))
        while waiting and waiting[-1].last <= end:
            tags.append(waiting.pop())
        if tags and (end == last or not (_in_word(text[end - 1]) and _in_word(text[end]))):
            out.append(_tags(tags, slots))
            tags = []
    # A match that ends inside of the last word has its tag after it.
    return f'<span class="kayan-entity">{"".join(out)}{_tags(tags, slots) if tags else ""}</span>'


def _piece(piece: str, covering: list[_Span], clitic: bool, slots: Mapping[str, int]) -> str:
    shown = f"<u>{escape(piece)}</u>" if clitic else escape(piece)
    if not covering:
        return shown
    # The innermost match gives the colour; the one around it, a second line.
    inner, *outer = sorted(covering, key=lambda span: span.end - span.start)
    classes = f"k{slots[label_of(inner.match)]}"
    if outer:
        classes += f" kayan-in o{slots[label_of(outer[0].match)]}"
    title = escape("\n\n".join(facts(span.match) for span in (inner, *outer)))
    return f'<mark class="{classes}" title="{title}">{shown}</mark>'


def _tags(spans: list[_Span], slots: Mapping[str, int]) -> str:
    labels = dict.fromkeys(label_of(span.match) for span in spans)
    return "".join(
        f'<bdi class="kayan-tag k{slots[label]}" dir="ltr">{escape(label)}</bdi>'
        for label in labels
        if label != NO_LABEL
    )


def facts(match: Marking) -> str:
    """Return what is known of a match: its name, then a line for each fact; the card of it is made of this.

    The link of the entry comes last, if it has one that a browser may follow.
    """
    known = {fact: getattr(match, fact, None) for fact in _FACTS}
    extra: Mapping[str, object] = getattr(match, "metadata", None) or {}
    link = getattr(match, "url", None) or next((extra[key] for key in _LINKS if extra.get(key)), None)
    known |= {key: value for key, value in extra.items() if key not in _LINKS and key not in known}
    if isinstance(link, str) and re.match(r"https?://", link):
        known["url"] = link
    shown = (f"{fact}: {_one_line(value)}" for fact, value in known.items() if value not in (None, ""))
    return "\n".join([_one_line(match.name), *shown])


def _one_line(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return " ".join(str(value).split())
