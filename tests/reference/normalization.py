"""What each normalization operation and profile means: slow on purpose, exact, and the other side of the property tests.

Every operation is a pure `str -> str` function and is listed in `OPERATIONS` under its name. Code points are those of
Unicode 18, hence `unicodedata2`. A lone surrogate is a character like any other.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import unicodedata2

from . import masks, uthmani

assert unicodedata2.unidata_version == "18.0.0"


def nfc(text: str) -> str:
    return unicodedata2.normalize("NFC", text)


def _translate(text: str, table: dict[int, str]) -> str:
    return "".join(table.get(ord(c), c) for c in text)


# ---- Marks --------------------------------------------------------------------------------------------------------

ARABIC_BLOCKS = [
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x870, 0x89F),
    (0x8A0, 0x8FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x10E60, 0x10E7F),
    (0x10EC0, 0x10EFF),
    (0x1EC70, 0x1ECBF),
    (0x1ED00, 0x1ED4F),
    (0x1EE00, 0x1EEFF),
]
ARABIC_MARKS = {
    c
    for first, last in ARABIC_BLOCKS
    for c in range(first, last + 1)
    if unicodedata2.category(chr(c)) == "Mn"
}
# Marks that may stand between a tatweel and its hamza.
MARKS_OF_TATWEEL = "".join(chr(c) for c in range(0x110000) if unicodedata2.combining(chr(c)) != 0)
MADDA_ABOVE, HAMZA_ABOVE, HAMZA_BELOW = 0x653, 0x654, 0x655

MARK_CLASSES: dict[str, set[int]] = {
    "harakat": {
        *(0x64E, 0x64F, 0x650, 0x618, 0x619, 0x61A, 0x657, 0x65D, 0x65E),
        *(0x8E3, 0x8E4, 0x8E5, 0x8E6, 0x8F4, 0x8F5, 0x8F6, 0x8FE),
    },
    "sukun": {0x652, 0x8D0, 0x6E1},
    "tanween": {0x64B, 0x64C, 0x64D, 0x8E7, 0x8E8, 0x8E9, 0x8F0, 0x8F1, 0x8F2},
    "shadda": {0x651},
    "madda": {MADDA_ABOVE},
    "dagger": {0x670, 0x656},
}
# Every other Arabic mark; hamza above and below are part of a letter, not diacritics.
MARK_CLASSES["quranic_ext"] = ARABIC_MARKS - set().union(*MARK_CLASSES.values()) - {HAMZA_ABOVE, HAMZA_BELOW}
# Modifier letters (Lm), not marks.
MARK_CLASSES["small_letters"] = {0x6E5, 0x6E6, 0x8C9, 0x10EC5}
# Quranic and number signs (Cf, So).
MARK_CLASSES["signs"] = {0x6DD, 0x8E2, 0x6DE, 0x6E9, 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x890, 0x891}
DEFAULT_CLASSES = ("harakat", "sukun", "tanween", "shadda", "madda", "dagger", "quranic_ext", "small_letters")


def diacritics(text: str, classes: Iterable[str] = DEFAULT_CLASSES) -> str:
    dropped = set().union(*(MARK_CLASSES[name] for name in classes))
    text = nfc(text)
    # Dropping a mark of combining class 0 (U+10EFC) or a small letter (U+06E5) joins two runs of marks; the closing NFC
    # may then compose anew and set free a mark that has to go: U+0622 U+10EFC U+0655 becomes U+0625 U+0653.
    while any(ord(c) in dropped for c in text):
        text = nfc("".join(c for c in text if ord(c) not in dropped))
    return text


def seat_hamzas(text: str) -> str:
    """A tatweel that carries a hamza is a tooth with a hamza; other marks between them stay."""
    seat = re.compile(f"\u0640([{MARKS_OF_TATWEEL}]*?)[\u0654\u0655]")
    return nfc(seat.sub("ئ\\1", text))


def tatweel(text: str, which: str = "all") -> str:
    if which == "all":
        return nfc(text.replace("\u0640", ""))
    # After a tatweel that carries a mark, in canonical order or not, stands a mark.
    marks = ("Mn", "Mc", "Me")
    return nfc(
        "".join(
            c
            for c, following in zip(text, [*text[1:], " "], strict=False)
            if c != "\u0640" or unicodedata2.category(following) in marks
        )
    )


def _by_word(text: str, rules: Callable[[uthmani.Word], uthmani.Word]) -> str:
    traced = [uthmani.Traced(c, i, i + 1) for i, c in enumerate(nfc(text))]
    return nfc("".join(t.char for t in uthmani.respell(traced, rules)))


def quranic(text: str) -> str:
    return _by_word(text, uthmani.uthmani)


def dagger(text: str, mode: str = "spelling") -> str:
    if mode == "spelling":
        return _by_word(text, uthmani.dagger)
    return nfc(nfc(text).replace("\u0670", "ا" if mode == "promote" else ""))


def tanween_alef(text: str) -> str:
    fathatan = "\u064b"
    return nfc(re.sub(f"(?:ا{fathatan}|{fathatan}ا)(?![\u0621-\u0670\u0671])", "", nfc(text)))


# ---- Compatibility characters -------------------------------------------------------------------------------------


def _compatibility(first: int, last: int) -> dict[int, str]:
    forms = {c: unicodedata2.normalize("NFKC", chr(c)) for c in range(first, last + 1)}
    return {c: letters for c, letters in forms.items() if letters != chr(c)}


# Only the Arabic presentation forms: superscripts, fractions and the ligatures of other scripts stay.
PRESENTATION_FORMS = {**_compatibility(0xFB50, 0xFDFF), **_compatibility(0xFE70, 0xFEFC)}
PRESENTATION_FORMS_ATTACHED = {
    # The form of a mark alone decomposes into a space or a tatweel and the mark: the carrier goes, since it would split
    # the word.
    **{
        c: letters[1:]
        if letters[0] in " \u0640" and all(ord(x) in ARABIC_MARKS for x in letters[1:])
        else letters
        for c, letters in PRESENTATION_FORMS.items()
    },
    # RIAL SIGN: its decomposition has a Farsi yeh; Arabic text wants the Arabic one.
    0xFDFC: "ريال",
}
WORD_LIGATURES = {
    0xFDFD: "بسم الله الرحمن الرحيم",
    0xFD40: "رحمه الله",
    0xFD41: "رضي الله عنه",
    0xFD42: "رضي الله عنها",
    0xFD43: "رضي الله عنهم",
    0xFD44: "رضي الله عنهما",
    0xFD45: "رضي الله عنهن",
    0xFD46: "صلى الله عليه وآله",
    0xFD47: "عليه السلام",
    0xFD48: "عليهم السلام",
    0xFD49: "عليهما السلام",
    0xFD4A: "عليه الصلاة والسلام",
    0xFD4B: "قدس سره",
    0xFD4C: "صلى الله عليه وآله وسلم",
    0xFD4D: "عليها السلام",
    0xFD4E: "تبارك وتعالى",
    0xFD4F: "رحمهم الله",
    0xFDCF: "سلامه علينا",
    0xFDFE: "سبحانه وتعالى",
    0xFDFF: "عز وجل",
}
MATH_LETTERS = _compatibility(0x1EE00, 0x1EEEF)


def presentation_forms(text: str, marks: str = "attach") -> str:
    return nfc(_translate(text, PRESENTATION_FORMS_ATTACHED if marks == "attach" else PRESENTATION_FORMS))


def word_ligatures(text: str) -> str:
    return _translate(text, WORD_LIGATURES)


def math_letters(text: str) -> str:
    return _translate(text, MATH_LETTERS)


# ---- Letters ------------------------------------------------------------------------------------------------------

ALEFS = {0x622, 0x623, 0x625, 0x671, 0x672, 0x673}
HAMZA_MODES: dict[str, dict[int, str]] = {
    "carrier": {0x624: "و", 0x626: "ي", HAMZA_ABOVE: "", HAMZA_BELOW: ""},
    "hamza": {0x624: "ء", 0x626: "ء"},
    "drop": {0x624: "و", 0x626: "ي", HAMZA_ABOVE: "", HAMZA_BELOW: "", 0x621: "", 0x674: ""},
}
LOOKALIKES = {
    0x6A9: "ك",
    0x6AA: "ك",
    0x6CC: "ي",
    0x6D2: "ي",
    0x6C1: "ه",
    0x6BE: "ه",
    0x6D5: "ه",
    0x6C0: "ه",
    0x6C2: "ه",
    0x6C3: "ة",
    0x6D3: "ئ",
}


def alef(text: str) -> str:
    # U+0622 U+0655 folded to U+0627 U+0655 would compose to U+0625, an alef to fold again: hence the fold also drops
    # madda and hamza from the combining sequence of every alef.
    out = []
    on_alef = False
    for c in nfc(text):
        if ord(c) in ALEFS or c == "ا":
            out.append("ا")
            on_alef = True
            continue
        if unicodedata2.combining(c) == 0:
            on_alef = False
        elif on_alef and ord(c) in (MADDA_ABOVE, HAMZA_ABOVE, HAMZA_BELOW):
            continue
        out.append(c)
    return nfc("".join(out))


def hamza(text: str, mode: str = "carrier") -> str:
    return nfc(_translate(nfc(text), HAMZA_MODES[mode]))


def alef_maqsura(text: str) -> str:
    return nfc(_translate(nfc(text), {ord("ى"): "ي"}))


def ta_marbuta(text: str) -> str:
    return nfc(_translate(nfc(text), {ord("ة"): "ه", 0x6C3: "ه"}))


def lookalikes(text: str) -> str:
    return nfc(_translate(nfc(text), LOOKALIKES))


def elongation(text: str, max: int | str = 2) -> str:
    if max == "single":  # three and more become one; two are a spelling
        return re.sub(r"([\u0621-\u063a\u0641-\u064a])\1{2,}", r"\1", text)
    return re.sub(rf"([\u0621-\u063a\u0641-\u064a])\1{{{max},}}", lambda run: run.group(1) * max, text)


# ---- Digits, punctuation, spaces ----------------------------------------------------------------------------------

ZEROS = {"ascii": 0x30, "arabic": 0x660, "persian": 0x6F0}
PUNCTUATION = {
    0x60C: ",",
    0x61B: ";",
    0x61F: "?",
    0x66A: "%",
    0x66D: "*",
    0x6D4: ".",
    0xAB: '"',
    0xBB: '"',
    0x201C: '"',
    0x201D: '"',
    0x2018: "'",
    0x2019: "'",
    # Ornate parentheses: the one named RIGHT opens.
    0xFD3F: "(",
    0xFD3E: ")",
}
# General category Pd, and MINUS SIGN; the property Quotation_Mark.
DASHES = {chr(c) for c in range(0x110000) if unicodedata2.category(chr(c)) == "Pd"} | {"\u2212"}
QUOTES = set(
    "\"'«»\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u2e42\u300c\u300d\u300e\u300f"
    "\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44\uff02\uff07\uff62\uff63"
)
DIRECTION_CONTROLS = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
# ZERO WIDTH SPACE, WORD JOINER, ZERO WIDTH NO-BREAK SPACE, SOFT HYPHEN
ZERO_WIDTH = {0x200B, 0x2060, 0xFEFF, 0xAD}
ZWNJ, ZWJ = "\u200c", "\u200d"
# What a reader does not see in a word.
ZERO_WIDTH_SEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c"


def digits(text: str, to: str = "ascii") -> str:
    if to == "all":  # the decimal digits of every script
        return "".join(str(unicodedata2.digit(c)) if unicodedata2.category(c) == "Nd" else c for c in text)
    table = {zero + i: chr(ZEROS[to] + i) for name, zero in ZEROS.items() if name != to for i in range(10)}
    return _translate(text, table)


def separators(text: str) -> str:
    # ARABIC DECIMAL SEPARATOR and ARABIC THOUSANDS SEPARATOR
    text = re.sub(r"(?<=\d)\u066B(?=\d)", ".", text)
    return re.sub(r"(?<=\d)\u066C(?=\d)", ",", text)


def punctuation(text: str) -> str:
    return _translate(text, PUNCTUATION)


def signs(text: str) -> str:
    return "".join('"' if c in QUOTES else "-" if c in DASHES else c for c in text)


def underscore_is_space(text: str) -> str:
    return text.replace("_", " ")


def width(text: str) -> str:
    """Full-width and half-width forms; U+FFE3 decomposes to a space and a mark, so it stays."""
    return nfc(
        "".join(
            unicodedata2.normalize("NFKC", c) if 0xFF00 <= ord(c) <= 0xFFEF and c != "\uffe3" else c
            for c in text
        )
    )


def case(text: str) -> str:
    return nfc("".join(c.casefold() if len(c.casefold()) == 1 else c.lower() for c in nfc(text)))


def _is_emoji(c: str) -> bool:
    # VARIATION SELECTOR-16 belongs to the emoji in front of it.
    return 0x1F000 <= ord(c) <= 0x1FAFF or 0x2600 <= ord(c) <= 0x27BF or c == "\ufe0f"


def invisibles(text: str, zwnj: str = "remove", *, joins_emoji: bool = True) -> str:
    out = []
    for i, c in enumerate(text):
        if ord(c) in DIRECTION_CONTROLS or ord(c) in ZERO_WIDTH:
            continue
        if c == ZWNJ:
            out.append({"keep": c, "space": " ", "remove": ""}[zwnj])
        elif c == ZWJ:
            between = 0 < i < len(text) - 1 and _is_emoji(text[i - 1]) and _is_emoji(text[i + 1])
            if joins_emoji and between:
                out.append(c)
        else:
            out.append(c)
    return nfc("".join(out))


def whitespace(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ")


# ---- Folds and profiles -------------------------------------------------------------------------------------------

Options = dict[str, Any]

NONE: Options = {
    "nfc": False,
    "invisibles": False,
    "zwnj": "remove",
    "joins_emoji": True,  # a joiner stays between emoji
    "presentation_forms": False,
    "width": False,
    "word_ligatures": False,
    "quranic": False,
    "tatweel": False,
    "math_letters": False,
    "lookalikes": False,
    "tanween_alef": False,
    "dagger": False,
    "diacritics": (),
    "alef": False,
    "hamza": False,
    "alef_maqsura": False,
    "ta_marbuta": False,
    "digits": False,
    "separators": False,
    "punctuation": False,
    "signs": False,
    "underscore_is_space": False,
    "case": False,
    "elongation": False,
}
LIGHT = {
    **NONE,
    "nfc": True,
    "invisibles": True,
    "zwnj": "keep",
    "presentation_forms": "attach",
    "tatweel": "all",
}
CLASSICAL = {**LIGHT, "tatweel": "bare"}
UTHMANI = {**LIGHT, "zwnj": "remove", "quranic": True, "diacritics": tuple(MARK_CLASSES)}
SOCIAL = {**LIGHT, "diacritics": DEFAULT_CLASSES, "elongation": 2}
MATCH = {
    **LIGHT,
    "zwnj": "remove",
    "width": True,
    "lookalikes": True,
    "diacritics": DEFAULT_CLASSES,
    "alef": True,
    "alef_maqsura": True,
    "ta_marbuta": True,
    "digits": "all",
}
SEARCH = {**MATCH, "math_letters": True, "hamza": "carrier", "punctuation": True}
LOOSE = {**SEARCH, "tanween_alef": True, "hamza": "drop", "elongation": "single"}
FOLDS: dict[str, Options] = {
    "none": NONE,
    "light": LIGHT,
    "match": MATCH,
    "search": SEARCH,
    "loose": LOOSE,
    "classical": CLASSICAL,
    "social": SOCIAL,
    "uthmani": UTHMANI,
}
# The operations that don't compose what they leave.
PLAIN = (
    "zwnj",
    "joins_emoji",
    "word_ligatures",
    "math_letters",
    "digits",
    "separators",
    "punctuation",
    "signs",
)
PLAIN += ("underscore_is_space", "elongation")


def fold(text: str, o: Options) -> str:
    """The operations on letters and marks, in their order, until nothing changes; then elongation."""
    while (again := _round(text, o)) != text:
        text = again
    return elongation(text, o["elongation"]) if o["elongation"] else text


def _round(text: str, o: Options) -> str:
    if any(o[name] for name in NONE if name not in PLAIN):
        text = nfc(text)
    if o["invisibles"]:
        text = invisibles(text, o["zwnj"], joins_emoji=o["joins_emoji"])
    if o["presentation_forms"]:
        text = presentation_forms(text, o["presentation_forms"])
    if o["width"]:
        text = width(text)
    if o["word_ligatures"]:
        text = word_ligatures(text)
    if o["quranic"]:
        text = quranic(text)
    if o["tatweel"]:
        text = tatweel(seat_hamzas(text) if o["nfc"] else text, o["tatweel"])
    if o["math_letters"]:
        text = math_letters(text)
    if o["lookalikes"]:
        text = lookalikes(text)
    if o["tanween_alef"]:
        text = tanween_alef(text)
    if o["dagger"]:
        text = _settled(dagger(text, o["dagger"]), o)
    if o["diacritics"]:
        text = _settled(diacritics(text, o["diacritics"]), o)
    if o["alef"]:
        text = alef(text)
    if o["hamza"]:
        text = _settled(hamza(text, o["hamza"]), o)
    if o["alef_maqsura"]:
        text = alef_maqsura(text)
    if o["ta_marbuta"]:
        text = ta_marbuta(text)
    if o["digits"]:
        text = digits(text, o["digits"])
    if o["separators"]:
        text = separators(text)
    if o["punctuation"]:
        text = punctuation(text)
    if o["signs"]:
        text = signs(text)
    if o["underscore_is_space"]:
        text = underscore_is_space(text)
    if o["case"]:
        text = case(text)
    return text


def _settled(text: str, o: Options) -> str:
    """A tatweel that has lost its marks goes, where only those with marks stay."""
    return tatweel(text, "bare") if o["tatweel"] == "bare" else text


def _profile(name: str) -> Callable[[str], str]:
    def normalize(text: str) -> str:
        text = fold(text, FOLDS[name])
        if name == "social":
            text = masks.replace(text, hashtags="words")
        return whitespace(text) if name in ("search", "loose", "uthmani") else text

    return normalize


PROFILES: dict[str, Callable[[str], str]] = {name: _profile(name) for name in FOLDS if name != "none"}
OPERATIONS: dict[str, Callable[..., str]] = {
    "nfc": nfc,
    "presentation_forms": presentation_forms,
    "word_ligatures": word_ligatures,
    "math_letters": math_letters,
    "quranic": quranic,
    "tatweel": tatweel,
    "diacritics": diacritics,
    "alef": alef,
    "hamza": hamza,
    "alef_maqsura": alef_maqsura,
    "ta_marbuta": ta_marbuta,
    "lookalikes": lookalikes,
    "digits": digits,
    "separators": separators,
    "punctuation": punctuation,
    "invisibles": invisibles,
    "width": width,
    "signs": signs,
    "underscore_is_space": underscore_is_space,
    "case": case,
    "whitespace": whitespace,
    "elongation": elongation,
    "tanween_alef": tanween_alef,
    "dagger": dagger,
    "urls": masks.urls,
    "emails": masks.emails,
    "mentions": masks.mentions,
    "hashtags": masks.hashtags,
    "html": masks.html,
    "emoji": masks.emoji,
}
