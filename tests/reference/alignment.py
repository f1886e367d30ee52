"""Where the characters of a normalized text come from: the profiles of `normalization` on characters that remember it.

A character's source is the smallest span of the original that holds everything that it was made of.
"""

from collections.abc import Callable

import unicodedata2

from . import masks, normalization, uthmani
from .uthmani import Traced

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


def _invisibles(text: Text, zwnj: str, joins_emoji: bool) -> Text:
    plain = "".join(t.char for t in text)
    kept = [t for i, t in enumerate(text) if _is_kept(plain, i, zwnj, joins_emoji)]
    return _nfc(
        [Traced(" ", t.start, t.end) if t.char == normalization.ZWNJ and zwnj == "space" else t for t in kept]
    )


def _is_kept(plain: str, i: int, zwnj: str, joins_emoji: bool) -> bool:
    c = plain[i]
    if c == normalization.ZWNJ:
        return zwnj != "remove"
    if c == normalization.ZWJ:
        # Only its two neighbours decide: it stays between emoji.
        return (
            joins_emoji
            and i > 0
            and normalization.invisibles(f"{plain[i - 1]}{c}{plain[i + 1 : i + 2]}").count(c) == 1
        )
    return ord(c) not in normalization.DIRECTION_CONTROLS | normalization.ZERO_WIDTH


def _diacritics(text: Text, classes: tuple[str, ...]) -> Text:
    dropped = set().union(*(normalization.MARK_CLASSES[name] for name in classes))
    while any(ord(t.char) in dropped for t in text):
        text = _nfc([t for t in text if ord(t.char) not in dropped])
    return text


def _seat_hamzas(text: Text) -> Text:
    text = list(text)
    at = 0
    while at < len(text):
        marks = at + 1
        while (
            text[at].char == "\u0640"
            and marks < len(text)
            and text[marks].char in normalization.MARKS_OF_TATWEEL
        ):
            if text[marks].char in "\u0654\u0655":
                text[at] = text[at].joined(text.pop(marks), "ئ")
                break
            marks += 1
        at += 1
    return _nfc(text)


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
        # The ending goes, unless the word goes on.
        if set(plain[at : at + 2]) == {"ا", "\u064b"} and not "\u0621" <= plain[at + 2 : at + 3] <= "\u0671":
            at += 2
        else:
            kept.append(text[at])
            at += 1
    return _nfc(kept)


def _separators(text: Text) -> Text:
    plain = normalization.separators("".join(t.char for t in text))
    return [Traced(c, t.start, t.end) for c, t in zip(plain, text, strict=True)]


def _each(text: Text, operation: Callable[[str], str]) -> Text:
    """An operation that looks at each character by itself."""
    return _expand(text, operation)


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


def trace(profile: str, original: str) -> Text:
    """The characters of the normalized text with their sources; `profile` may also be "none"."""
    text = trace_fold(original, normalization.FOLDS[profile])
    if profile == "social":
        text = _masks(text)
    return _whitespace(text) if profile in ("search", "loose", "uthmani") else text


def trace_fold(original: str, o: normalization.Options) -> Text:
    """The characters of the folded text with their sources."""
    text = [Traced(c, i, i + 1) for i, c in enumerate(original)]
    while True:
        before = "".join(t.char for t in text)
        text = _round(text, o)
        if "".join(t.char for t in text) == before:
            return _elongation(text, o["elongation"]) if o["elongation"] else text


def _round(text: Text, o: normalization.Options) -> Text:
    n = normalization

    def settled(text: Text) -> Text:
        return _tatweel(_nfc(text), "bare") if o["tatweel"] == "bare" else _nfc(text)

    if any(o[name] for name in n.NONE if name not in n.PLAIN):
        text = _nfc(text)
    if o["invisibles"]:
        text = _invisibles(text, o["zwnj"], o["joins_emoji"])
    if o["presentation_forms"]:
        attached = o["presentation_forms"] == "attach"
        text = _nfc(_translate(text, n.PRESENTATION_FORMS_ATTACHED if attached else n.PRESENTATION_FORMS))
    if o["width"]:
        text = _nfc(_each(text, n.width))
    if o["word_ligatures"]:
        text = _translate(text, n.WORD_LIGATURES)
    if o["quranic"]:
        text = _nfc(uthmani.respell(text, uthmani.uthmani))
    if o["tatweel"]:
        text = _tatweel(_seat_hamzas(text) if o["nfc"] else text, o["tatweel"])
    if o["math_letters"]:
        text = _translate(text, n.MATH_LETTERS)
    if o["lookalikes"]:
        text = _nfc(_translate(_nfc(text), n.LOOKALIKES))
    if o["tanween_alef"]:
        text = _tanween_alef(_nfc(text))
    if o["dagger"] == "spelling":
        text = settled(uthmani.respell(_nfc(text), uthmani.dagger))
    elif o["dagger"]:
        promoted = "ا" if o["dagger"] == "promote" else ""
        text = settled(_translate(_nfc(text), {0x670: promoted}))
    if o["diacritics"]:
        text = settled(_diacritics(_nfc(text), o["diacritics"]))
    if o["alef"]:
        text = _alef(_nfc(text))
    if o["hamza"]:
        text = settled(_translate(_nfc(text), n.HAMZA_MODES[o["hamza"]]))
    if o["alef_maqsura"]:
        text = _nfc(_translate(_nfc(text), {ord("ى"): "ي"}))
    if o["ta_marbuta"]:
        text = _nfc(_translate(_nfc(text), {ord("ة"): "ه", 0x6C3: "ه"}))
    if o["digits"]:
        text = _each(text, lambda c: n.digits(c, o["digits"]))
    if o["separators"]:
        text = _separators(text)
    if o["punctuation"]:
        text = _each(text, n.punctuation)
    if o["signs"]:
        text = _each(text, n.signs)
    if o["underscore_is_space"]:
        text = _each(text, n.underscore_is_space)
    if o["case"]:
        text = _nfc(_each(_nfc(text), n.case))
    return text


def to_original(text: Text, original: str, start: int, end: int) -> tuple[int, int]:
    if start == end:
        at = text[start].start if start < len(text) else len(original)
        return at, at
    first = min(t.start for t in text[start:end])
    last = max(t.end for t in text[start:end])
    while last < len(original) and (
        original[last] == "\u0640" or unicodedata2.category(original[last]) in ("Mn", "Mc", "Me")
    ):
        last += 1
    return first, last


def to_normalized(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """The span for a span that is not empty; None where nothing of it is left: it is empty then, wherever it lies."""
    touched = [i for i, t in enumerate(text) if t.start < end and start < t.end]
    return (touched[0], touched[-1] + 1) if touched else None
