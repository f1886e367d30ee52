"""Quranic spelling into that of today, on characters that remember where they come from.

A word is letters, each with the marks on it. Rules look at the letters beside a letter and at its vowels.
"""

from collections.abc import Callable
from typing import NamedTuple

import unicodedata2


class Traced(NamedTuple):
    """A character and its source, in code points of the original, end exclusive."""

    char: str
    start: int
    end: int

    def joined(self, other: "Traced", char: str) -> "Traced":
        return Traced(char, min(self.start, other.start), max(self.end, other.end))


TATWEEL, DAGGER, MADDA, HAMZA_ABOVE, SHADDA = "\u0640\u0670\u0653\u0654\u0651"
WASLA, SMALL_WAW, SMALL_YEH, SMALL_HIGH_YEH, SMALL_HIGH_NOON = "\u0671\u06e5\u06e6\u06e7\u06e8"
SMALL_HIGH_SEEN, ROUNDED_ZERO, SUKUN, FATHA, FATHATAN = "\u06dc\u06df\u0652\u064e\u064b"
VOWELS = {
    "i": "\u0650\u064d\u08f2\u0656",
    "u": "\u064f\u064c\u08f1\u065e",
    "a": "\u064e\u064b\u08f0\u0657",
    "0": "\u0652\u06e1",
}
HAMZAS = "آأإؤئء"
# Letters that don't join the one after them.
RIGHT_JOINING = "اآدذرزوؤأإء"
# Verbs whose last radical is waw, and plurals before a genitive: no alef after their waw.
STEMS = ("دعو", "تلو", "رجو", "عفو", "محو", "شكو", "بلو")
NOUNS = ("اولو", "ملاقو", "مهلكو", "باسطو", "بنو", "مرسلو", "كاشفو")


class Letter:
    def __init__(self, piece: Traced, marks: list[Traced], from_dagger: bool = False) -> None:
        self.piece, self.marks, self.from_dagger = piece, marks, from_dagger

    @property
    def char(self) -> str:
        return str(self.piece.char)

    @char.setter
    def char(self, char: str) -> None:
        self.piece = self.piece._replace(char=char)

    def has(self, marks: str) -> bool:
        return any(mark.char in marks for mark in self.marks)

    def drop(self, marks: str) -> None:
        self.marks = [mark for mark in self.marks if mark.char not in marks]

    def vowel(self) -> str:
        return next((name for name, marks in VOWELS.items() if self.has(marks)), "")


Word = list[Letter]


def is_letter(c: str) -> bool:
    return (
        "\u0620" <= c <= "\u064a"
        or c in "\u066e\u066f"
        or "\u0671" <= c <= "\u06d3"
        or c in "\u06d5\u06e5\u06e6"
    )


def respell(text: list[Traced], rules: Callable[[Word], Word]) -> list[Traced]:
    """The text with `rules` run on each word."""
    out: list[Traced] = []
    word: Word = []

    def close() -> None:
        nonlocal word
        for letter in rules(word) if word else ():
            out.extend([letter.piece, *letter.marks])
        word = []

    for piece in text:
        if is_letter(piece.char):
            word.append(Letter(piece, []))
        elif word and unicodedata2.combining(piece.char) != 0:
            word[-1].marks.append(piece)
        else:
            close()
            out.append(piece)
    close()
    return out


def _chars(word: Word) -> list[str]:
    return [letter.char for letter in word]


def _at(word: Word, i: int) -> str:
    return word[i].char if 0 <= i < len(word) else ""


# ---- The dagger alef ----------------------------------------------------------------------------------------------


def dagger(word: Word) -> Word:
    """An alef, where today's spelling writes one: not on ى at the end, nor in a few words."""
    out: Word = []
    for i, given in enumerate(word):
        letter = Letter(given.piece, list(given.marks), given.from_dagger)
        if not letter.has(DAGGER):
            out.append(letter)
            continue
        mark = next(mark for mark in letter.marks if mark.char == DAGGER)
        letter.drop(DAGGER + MADDA)
        before = [c for c in _chars(word[: i + 1]) if c != TATWEEL]
        after = [c for c in _chars(word[i + 1 :]) if c != TATWEEL]
        alone = not letter.has("".join(VOWELS.values()) + SHADDA)
        if _writes_none(before, after):
            if letter.char != TATWEEL:
                out.append(letter)
            elif out:
                out[-1] = Letter(out[-1].piece, out[-1].marks + letter.marks, out[-1].from_dagger)
        elif letter.char == "ى" and not after:
            out.append(letter)
        elif letter.char in ("ى", TATWEEL) or (letter.char == "و" and alone and i > 0):
            out.append(Letter(letter.piece.joined(mark, "ا"), letter.marks, True))
        else:
            out += [letter, Letter(mark._replace(char="ا"), [], True)]
    return out


def _writes_none(before: list[str], after: list[str]) -> bool:
    stem, rest = "".join(before), "".join(after)
    return (
        (stem.endswith("ذ") and rest.startswith("لك"))  # ذلك
        or (stem.endswith("ه") and rest.startswith(("ذ", "ؤ", "كذ")))  # هذا هؤلاء هكذا
        or (stem in ("ل", "ول", "فل") and rest.startswith("كن"))  # لكن
        or (stem.endswith("رحم") and rest.startswith("ن"))  # الرحمن
        or (stem.endswith(("إل", "لل", "ءل")) and rest.startswith("ه"))  # إله الله
        or (stem.endswith("ول") and rest.startswith("ئك"))  # أولئك
    )


# ---- All of it ----------------------------------------------------------------------------------------------------


def uthmani(word: Word) -> Word:
    word = dagger(_seats(word))
    first = 1 if _at(word, 0) in ("و", "ف", "أ") and _at(word, 1) in ("ي", "ه") else 0
    called, rest = word[: first + 2], word[first + 2 :]
    # «يا», and «ها» before a pronoun, are written joined.
    calls = _at(word, first) == "ي" or (_at(word, first) == "ه" and _chars(rest[:3]) == ["أ", "ن", "ت"])
    if calls and rest and called[-1].from_dagger and called[-1].char == "ا":
        space = Letter(called[-1].piece._replace(char=" "), [])
        return [*_letters(called), space, *_letters(rest)]
    return _letters(word)


def _seats(word: Word) -> Word:
    """Letters for those that are written as a mark or stand on a tatweel."""
    out: Word = []
    for i, given in enumerate(word):
        letter = Letter(given.piece, list(given.marks))
        small = next((mark for mark in letter.marks if mark.char in SMALL_HIGH_YEH + SMALL_HIGH_NOON), None)
        if letter.char == WASLA:
            letter.char = "ا"
        elif letter.char == TATWEEL and letter.has(HAMZA_ABOVE):
            hamza = next(mark for mark in letter.marks if mark.char == HAMZA_ABOVE)
            letter.piece = letter.piece.joined(hamza, "ء")
            letter.drop(HAMZA_ABOVE)
        elif small:
            char = "ي" if small.char == SMALL_HIGH_YEH else "ن"
            letter.drop(SMALL_HIGH_YEH + SMALL_HIGH_NOON)
            if letter.char != TATWEEL:
                out += [letter, Letter(small._replace(char=char), [])]
                continue
            letter.piece = letter.piece.joined(small, char)
        elif letter.char == "ص" and letter.has(SMALL_HIGH_SEEN):
            letter.char = "س"
            letter.drop(SMALL_HIGH_SEEN)
        elif letter.char in (SMALL_WAW, SMALL_YEH):
            is_long_vowel_of_pronoun = _at(word, i - 1) == "ه" and i == len(word) - 1
            if is_long_vowel_of_pronoun or (_chars(word[:i])[-3:] == list("داو") and _at(word, i + 1) == "د"):
                continue
            letter.char = "و" if letter.char == SMALL_WAW else "ي"
        elif letter.char == TATWEEL and not letter.marks:
            continue
        out.append(letter)
    return out


def _letters(word: Word) -> Word:
    out: Word = []
    rest = [Letter(letter.piece, list(letter.marks)) for letter in word]
    while rest:
        letter = rest.pop(0)
        if letter.has(ROUNDED_ZERO) or (letter.char == "ا" and letter.has(SUKUN)):
            letter.drop(ROUNDED_ZERO + SUKUN)
            if _is_silent(out, letter, rest):
                continue
        _one_letter(out, letter, rest)
    return out


def _is_silent(out: Word, letter: Letter, rest: Word) -> bool:
    """Whether today's spelling has no letter where a circle says that it is not spoken."""
    before, after = _at(out, len(out) - 1), _at(rest, 0)
    if letter.char == "ا":
        if before == "ؤ" and not rest and (len(out) < 2 or out[-2].vowel() != "u"):
            out[-1].char = "ء" if len(out) > 1 and out[-2].char in "اآ" else "أ"
            return True
        if before == "و" and not rest:
            return _ends_in_waw(_chars(out))
        return not (before == "م" and after == "ئ")
    if letter.char in "يى":
        if before == "إ" and after == "ه" and len(out) > 1:
            out[-1].char = "ئ"
        return True
    return letter.char == "و" and after != "ل"


def _ends_in_waw(chars: list[str]) -> bool:
    word = "".join(chars)
    for prefix in "وفسل":
        word = word.removeprefix(prefix)
    is_verb = word[1:] in STEMS and (word[0] in "أني" or word == "تتلو")
    return is_verb or word.replace("أ", "ا") in NOUNS


def _one_letter(out: Word, letter: Letter, rest: Word) -> None:
    last = out[-1] if out else None
    before, below = (last.char, last.vowel()) if last else ("", "")
    after, vowel = _at(rest, 0), letter.vowel()
    next_vowel = rest[0].vowel() if rest else ""
    letter.drop(MADDA)
    if letter.char == "آ" and below == "a" and before != "ء":
        # A long vowel before a hamza or a closed syllable, not a hamza.
        if _closes(rest):
            letter.char = "ا"
    elif letter.char == "ى" and (vowel or letter.has(SHADDA) or below == "i"):
        letter.char = "ي"
        is_verb = len(out) > 1 and out[-2].char in "أينتم" and out[-2].vowel() == "u"
        if vowel == "i" and not rest and before == "ح" and below == "0" and is_verb:
            out += [letter, Letter(letter.piece, [])]
            return
    elif letter.char == "ئ" and not rest and vowel == "i" and before == "ا":
        letter.char = "ء"
    elif letter.char == "ل" and before == "ا" and last and not last.marks and letter.has(SHADDA):
        is_written_twice = (
            (after == "ي" and next_vowel == "0" and _at(rest, 1) == "ل")  # الليل
            or (after == "ا" and _at(rest, 1) in ("ت", "ئ", "ء"))  # اللاتي اللائي
            or (after == "ذ" and next_vowel == "a" and _at(rest, 1) in ("ا", "ي") and _at(rest, 2) == "ن")
        )
        if is_written_twice:
            out.append(Letter(letter.piece, []))
    elif letter.char in "سل" and vowel == "0" and after == "ء":
        # «فاسأل» and «الأيكة» without their alef.
        if (letter.char == "س" and _chars(out) in (["و"], ["ف"])) or (letter.char == "ل" and not out):
            out.append(Letter(letter.piece._replace(char="ا"), []))
    elif letter.char == "ء" and (rest or not out):
        _hamza(out, letter, rest)
        return
    elif letter.char == "و" and not rest and before == "ء" and below == "u":
        out += [letter, Letter(letter.piece._replace(char="ا"), [])]
        return
    out.append(letter)


def _closes(rest: Word) -> bool:
    """Whether a vowel before this is one that a madda lengthens: at the end, before a hamza or a closed syllable."""
    return not rest or rest[0].char in HAMZAS or rest[0].has(SHADDA) or rest[0].vowel() == "0"


def _hamza(out: Word, letter: Letter, rest: Word) -> None:
    """Gives a hamza its seat, or makes it one with an alef after it."""
    last = out[-1] if out else None
    before, below = (last.char, last.vowel()) if last else ("", "")
    following = rest[0] if rest else None
    after, vowel = _at(rest, 0), letter.vowel()
    is_alef = following is not None and after == "ا" and all(m.char == MADDA for m in following.marks)
    if (
        letter.has(FATHA)
        and (is_alef or after == "آ")
        and before not in ("ي", "ا")
        and (below != "i" or before in "بل")
    ):
        assert following is not None
        rest.pop(0)
        if is_alef and not rest and before in ("ر", "ن") and below == "a":
            letter.char, following.char = "أ", "ى"  # رأى نأى
            out += [letter, following]
            return
        if last and below == "a" and _closes(rest):
            last.drop(FATHA)  # or the madda would be one of length
        letter.drop(FATHA)
        letter.piece = letter.piece.joined(following.piece, "آ")
        out.append(letter)
        return
    if not vowel:
        out.append(letter)
        return
    if not last:
        letter.char = {"a": "أ", "u": "أ", "i": "إ", "0": "ء"}[vowel]
    elif vowel == "u" and after == "و":
        letter.char = "ئ" if before not in RIGHT_JOINING or below == "i" else "ء"
    elif len(out) == 1 and before == "أ":
        letter.char = {"a": "أ", "u": "أ", "i": "إ", "0": "ؤ"}[vowel]
    elif before in "اآ" and not below:
        letter.char = {"i": "ئ", "u": "ؤ", "a": "ء", "0": "ء"}[vowel]
        if _chars(out) == list("ترا") and after == "ا" and len(rest) == 1:
            rest[0].char = "ى"  # تراءى
    elif before == "ي" and after == "س":
        letter.char = "أ"  # ييأس
    elif vowel == "i" or below == "i" or (before == "ي" and below in ("", "0")):
        letter.char = "ئ"
    elif vowel == "u" or below == "u":
        letter.char = "ؤ"
    elif below == "0" and after == "ا" and letter.has(FATHATAN):
        letter.char = "ئ" if before not in RIGHT_JOINING else "ء"  # شيئا جزءا
    elif below == "a" or (below == "0" and before != "و"):
        letter.char = "أ"
        if letter.has(FATHATAN) and after == "ا" and len(rest) == 1:
            rest.pop(0)  # خطأ
    out.append(letter)
