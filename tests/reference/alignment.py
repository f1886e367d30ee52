"""Where the characters of a normalized text come from: the profiles of `normalization` on characters that remember it.

A character's source is the smallest span of the original that holds everything that it was made of.
"""

from collections.abc import Callable
from typing import NamedTuple

import unicodedata2

from . import masks, normalization


class Traced(NamedTuple):
    """A character and its source, in code points of the original, end exclusive."""

    char: str
    start: int
    end: int

    def joined(self, other: "Traced", char: str) -> "Traced":
        return Traced(char, min(self.start, other.start), max(self.end, other.end))


Text = list[Traced]


def _expand(text: Text, expansion: Callable[[str], str]) -> Text:
    return [Traced(c, t.start, t.end) for t in text for c in expansion(t.char)]


def _translate(text: Text, table: dict[int, str]) -> Text:
    return _expand(text, lambda c: table.get(ord(c), c))


def _nfc(text: Text) -> Text:
    decomposed = _expand(text, lambda c: unicodedata2.normalize("NFD", c))
    out: Text = []
    for t in _canonical_order(decomposed):
        base = _base(out, unicodedata2.combining(t.char))
        composed = "" if base is None else unicodedata2.normalize("NFC", out[base].char + t.char)
        if base is not None and len(composed) == 1:
            out[base] = out[base].joined(t, composed)
        else:
            out.append(t)
    return out


def _canonical_order(text: Text) -> Text:
    out: Text = []
    run: Text = []
    for t in text:
        if unicodedata2.combining(t.char) == 0:
            out += sorted(run, key=lambda mark: unicodedata2.combining(mark.char))
            out.append(t)
            run = []
        else:
            run.append(t)
    return out + sorted(run, key=lambda mark: unicodedata2.combining(mark.char))


def _base(out: Text, combining_class: int) -> int | None:
    """The starter that a character of this class may compose with: nothing of its class or a higher one between."""
    for i in range(len(out) - 1, -1, -1):
        between = unicodedata2.combining(out[i].char)
        if between == 0:
            return i if combining_class != 0 or i == len(out) - 1 else None
        if between >= combining_class:
            return None
    return None


def _invisibles(text: Text, zwnj: str) -> Text:
    plain = "".join(t.char for t in text)
    return _nfc([t for i, t in enumerate(text) if _is_kept(plain, i, zwnj)])


def _is_kept(plain: str, i: int, zwnj: str) -> bool:
    c = plain[i]
    if c == normalization.ZWNJ:
        return zwnj == "keep"
    if c == normalization.ZWJ:
        # Only its two neighbours decide: it stays between emoji.
        return i > 0 and normalization.invisibles(f"{plain[i - 1]}{c}{plain[i + 1 : i + 2]}").count(c) == 1
    return ord(c) not in normalization.DIRECTION_CONTROLS | normalization.ZERO_WIDTH


def _diacritics(text: Text) -> Text:
    dropped = set().union(*(normalization.MARK_CLASSES[name] for name in normalization.DEFAULT_CLASSES))
    while any(ord(t.char) in dropped for t in text):
        text = _nfc([t for t in text if ord(t.char) not in dropped])
    return text


def _tatweel(text: Text, which: str) -> Text:
    plain = "".join(t.char for t in text)
    # One character at a time: what is behind it decides.
    return _nfc(
        [
            t
            for i, t in enumerate(text)
            if t.char != "\u0640"
            or (which == "bare" and len(normalization.tatweel(plain[i : i + 2], which)) == 2)
        ]
    )


def _tanween_alef(text: Text) -> Text:
    plain = "".join(t.char for t in text)
    kept, at = [], 0
    while at < len(text):
        # The ending goes if it goes with what is behind it.
        if (
            set(plain[at : at + 2]) == {"ا", "\u064b"}
            and normalization.tanween_alef(plain[at : at + 3]) == plain[at + 2 : at + 3]
        ):
            at += 2
        else:
            kept.append(text[at])
            at += 1
    return kept


def _elongation(text: Text, most: int | str) -> Text:
    longest = 2 if most == "single" else int(most)
    out: Text = []
    run = 0
    for t in text:
        run = run + 1 if out and out[-1].char == t.char else 1
        if run > longest and normalization.elongation(t.char * (longest + 1), most) != t.char * (longest + 1):
            if most == "single" and run == longest + 1:
                second = out.pop()
                out[-1] = out[-1].joined(second, t.char)
            out[-1] = out[-1].joined(t, t.char)
        else:
            out.append(t)
    return out


def _masks(text: Text) -> Text:
    plain = "".join(t.char for t in text)
    out: Text = []
    at = 0
    for start, end, mask in masks.replacements(
        plain, urls=True, emails=True, mentions=True, hashtags="words"
    ):
        out += text[at:start]
        first, last = min(t.start for t in text[start:end]), max(t.end for t in text[start:end])
        out += [Traced(c, first, last) for c in mask]
        at = end
    return out + text[at:]


def _alef(text: Text) -> Text:
    out: Text = []
    on_alef = False
    for t in text:
        if ord(t.char) in normalization.ALEFS or t.char == "ا":
            out.append(Traced("ا", t.start, t.end))
            on_alef = True
            continue
        if unicodedata2.combining(t.char) == 0:
            on_alef = False
        elif on_alef and t.char in "\u0653\u0654\u0655":
            continue
        out.append(t)
    return _nfc(out)


def _whitespace(text: Text) -> Text:
    out: Text = []
    for t in text:
        if not t.char.isspace():
            out.append(t)
        elif out and out[-1].char == " ":
            out[-1] = out[-1].joined(t, " ")
        else:
            out.append(Traced(" ", t.start, t.end))
    if out and out[0].char == " ":
        del out[0]
    if out and out[-1].char == " ":
        del out[-1]
    return out


DIGITS = {zero + i: chr(0x30 + i) for zero in (0x660, 0x6F0) for i in range(10)}


def trace(profile: str, original: str) -> Text:
    """The characters of the normalized text with their sources; `profile` may also be "none"."""
    text = [Traced(c, i, i + 1) for i, c in enumerate(original)]
    if profile == "none":
        return text
    keeps_zwnj = profile in ("light", "classical", "social")
    searches = profile in ("search", "loose")
    text = _invisibles(_nfc(text), zwnj="keep" if keeps_zwnj else "remove")
    text = _nfc(_translate(text, normalization.PRESENTATION_FORMS_ATTACHED))
    text = _tatweel(text, "bare" if profile == "classical" else "all")
    if profile in ("light", "classical"):
        return text
    if profile == "social":
        return _masks(_elongation(_diacritics(_nfc(text)), 2))
    if searches:
        text = _translate(text, normalization.MATH_LETTERS)
    text = _nfc(_translate(_nfc(text), normalization.LOOKALIKES))
    if profile == "loose":
        text = _tanween_alef(text)
    text = _alef(_diacritics(_nfc(text)))
    if searches:
        text = _nfc(_translate(text, normalization.HAMZA_MODES["drop" if profile == "loose" else "carrier"]))
    text = _nfc(_translate(text, {ord("ى"): "ي"}))
    text = _nfc(_translate(text, {ord("ة"): "ه", 0x6C3: "ه"}))
    text = _nfc(_translate(text, DIGITS))
    if searches:
        text = _nfc(_translate(text, normalization.PUNCTUATION))
    if profile == "loose":
        text = _elongation(text, "single")
    return _whitespace(text) if searches else text


def to_original(text: Text, original: str, start: int, end: int) -> tuple[int, int]:
    if start == end:
        at = text[start].start if start < len(text) else len(original)
        return at, at
    first = min(t.start for t in text[start:end])
    last = max(t.end for t in text[start:end])
    while last < len(original) and (
        original[last] == "\u0640" or unicodedata2.category(original[last]) in ("Mn", "Me")
    ):
        last += 1
    return first, last


def to_normalized(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """The span for a span that is not empty; None where nothing of it is left: it is empty then, wherever it lies."""
    touched = [i for i, t in enumerate(text) if t.start < end and start < t.end]
    return (touched[0], touched[-1] + 1) if touched else None
