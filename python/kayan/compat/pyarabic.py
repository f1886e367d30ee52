"""PyArabic 0.6.15: all functions and constants of `pyarabic.araby`, and some of `pyarabic.normalize`.

They give what PyArabic gives for every str; PyArabic's code is not used. None gives what it gives there, or a
TypeError where PyArabic fails. Of `pyarabic.normalize`, `normalize_searchtext`, `normalize_lamalef` and
`normalize_spellerrors` are here; its `normalize_hamza` is not, since that of `pyarabic.araby` has the name.
The other modules, which write numbers in words and so on, have no counterpart.

The constants (`ALEF`, `FATHA`, `HARAKAT`, `TASHKEEL_PATTERN`, `NAMES` ...) have PyArabic's values.

PyArabic treats decomposed letters (ا with U+0654 HAMZA ABOVE) otherwise than composed ones (أ), and its
`normalize_alef` turns على into علا. The profile ``"search"`` of `kayan.Normalizer` does neither.

Examples
--------
>>> import kayan.compat.pyarabic as araby
>>> araby.strip_tashkeel("الع\u064eر\u064eب\u0650ي\u0651ة")  # FATHA, FATHA, KASRA, SHADDA
'العربية'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, TypeAlias, TypeVar

from kayan.compat import _araby_constants, _profile
from kayan.compat._araby_constants import *  # noqa: F403
from kayan.compat._araby_constants import (
    ALEF,
    ALEF_HAMZA_BELOW,
    ALEF_MAKSURA,
    ALEFAT,
    ALPHABETIC_ORDER,
    ARABIC_RANGE,
    ARABIC_STRING,
    DAMMA,
    FATHA,
    FATHATAN,
    FIX_SPACES_PAT,
    HAMZAT,
    HARAKAT,
    HARAKAT_PATTERN,
    HARAKAT_STRING,
    KASRA,
    LASTHARAKA_PATTERN,
    LIGUATURES,
    MOON,
    NAMES,
    NOT_DEF_HARAKA,
    SHADDA,
    SHORTHARAKAT,
    SMALL,
    SUKUN,
    SUN,
    TANWIN,
    TASHKEEL,
    TASHKEEL_PATTERN,
    TASHKEEL_STRING,
    TATWEEL,
    TEH_MARBUTA,
    TEHLIKE,
    TOKEN_PATTERN,
    TOKEN_PATTERN_SPLIT,
    TOKEN_REPLACE,
    WAW,
    WAWLIKE,
    WEAK,
    YEH,
    YEHLIKE,
)

__all__ = [
    "arabicrange",
    "autocorrect",
    "first_char",
    "fix_spaces",
    "has_shadda",
    "is_alef",
    "is_arabicrange",
    "is_arabicstring",
    "is_arabicword",
    "is_hamza",
    "is_haraka",
    "is_ligature",
    "is_moon",
    "is_shadda",
    "is_shortharaka",
    "is_small",
    "is_sukun",
    "is_sun",
    "is_tanwin",
    "is_tashkeel",
    "is_tatweel",
    "is_teh",
    "is_vocalized",
    "is_vocalizedtext",
    "is_wawlike",
    "is_weak",
    "is_yehlike",
    "joint",
    "last_char",
    "name",
    "normalize_alef",
    "normalize_hamza",
    "normalize_lamalef",
    "normalize_ligature",
    "normalize_searchtext",
    "normalize_spellerrors",
    "normalize_teh",
    "order",
    "reduce_tashkeel",
    "second_char",
    "secondlast_char",
    "sentence_tokenize",
    "separate",
    "shaddalike",
    "spellit",
    "strip_diacritics",
    "strip_harakat",
    "strip_lastharaka",
    "strip_shadda",
    "strip_small",
    "strip_tashkeel",
    "strip_tatweel",
    "tokenize",
    "tokenize_with_location",
    "vocalized_similarity",
    "vocalizedlike",
    "waznlike",
]
__all__ += _araby_constants.__all__


_Text = TypeVar("_Text", str, None)
_Result = TypeVar("_Result")
_Functions: TypeAlias = Callable[[str], _Result] | Iterable[Callable[[str], _Result]]

_MOST = 32  # how often PyArabic applies some rules in one text
_ROOT = "فعل"  # what stands for the letters of a root
# In this order, since a mark that is gone brings its neighbours together.
_NEEDLESS = (
    re.compile(f"(?<![{WAW}{YEH}])[{FATHA}{SUKUN}]"),
    re.compile(f"{DAMMA}(?={WAW})|{KASRA}(?={YEH})|(?<={ALEF_HAMZA_BELOW}){KASRA}"),
    re.compile(f"{FATHA}(?={ALEF})|(?<=\\s[{WAW}{YEH}]){FATHA}"),
)
_NOT_IN_A_WORD = re.compile(
    rf"\s|\d|^[{HARAKAT_STRING}ؤئ]|{ALEF_MAKSURA}.|{TEH_MARBUTA}[^{FATHA}{DAMMA}{KASRA}].|{SHADDA}{SHADDA}"
)
# The look behind keeps a long run of white space from being read again from each of its characters.
_AROUND_PUNCTUATION = re.compile(rf"(?<!\s){FIX_SPACES_PAT.pattern}")
_SENTENCE_SIGNS = re.compile(r"[.,:;?،؟\n]+")
_SENTENCE_SPACE = re.compile(r"[ \t\r\n]+")
_STRAY_MARKS = re.compile(rf"(\s|\d)[{TASHKEEL_STRING}]+")
_HARAKAT_IN_A_ROW = re.compile(f"([{HARAKAT_STRING}])[{HARAKAT_STRING}]+")
_HARAKAT_BEFORE_SHADDA = re.compile(f"[{HARAKAT_STRING}]+{SHADDA}")
_SUKUN_ON_A_LONG_VOWEL = re.compile(f"([{ALEF}{ALEF_MAKSURA}{TEH_MARBUTA}]){SUKUN}+")


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"expected a str, got {type(text).__name__}")
    return text


def _functions(given: _Functions[_Result]) -> list[Callable[[str], _Result]]:
    return [given] if callable(given) else list(given)


def strip_tashkeel(text: _Text) -> _Text:
    """Remove U+064B-0652. Profile: ``"pyarabic.strip_tashkeel"``; ours: the option ``diacritics``.

    Examples
    --------
    >>> strip_tashkeel("ك\u064eت\u064eب")  # ARABIC FATHA, twice
    'كتب'
    """
    return _profile("pyarabic.strip_tashkeel").normalize(text) if text else text


def strip_harakat(text: _Text) -> _Text:
    """Remove U+064B-0650 and U+0652; shadda stays. Profile: ``"pyarabic.strip_harakat"``.

    Ours: the option ``diacritics=("harakat", "sukun", "tanween")``.

    Examples
    --------
    >>> strip_harakat("م\u064eد\u0651") == "مد\u0651"  # ARABIC FATHA, ARABIC SHADDA
    True
    """
    return _profile("pyarabic.strip_harakat").normalize(text) if text else text


def strip_shadda(text: str) -> str:
    """Remove U+0651. Profile: ``"pyarabic.strip_shadda"``; ours: the option ``diacritics=("shadda",)``.

    Examples
    --------
    >>> strip_shadda("مد\u0651")  # ARABIC SHADDA
    'مد'
    """
    return _profile("pyarabic.strip_shadda").normalize(text)


def strip_small(text: _Text) -> _Text:
    """Remove the small alef, waw and yeh (U+0670, U+06E5, U+06E6). Profile: ``"pyarabic.strip_small"``.

    Ours: the option ``diacritics=("dagger", "small_letters")``.

    Examples
    --------
    >>> strip_small("الرحم\u0670ن")  # ARABIC LETTER SUPERSCRIPT ALEF
    'الرحمن'
    """
    return _profile("pyarabic.strip_small").normalize(text) if text else text


def strip_diacritics(text: _Text) -> _Text:
    """Remove the marks of U+0600-06FF, those of decomposed letters too.

    Profile: ``"pyarabic.strip_diacritics"``; ours: the option ``diacritics``, which keeps a decomposed أ.

    Examples
    --------
    >>> strip_diacritics("ا\u0654حمد")  # ARABIC HAMZA ABOVE
    'احمد'
    """
    return _profile("pyarabic.strip_diacritics").normalize(text) if text else text


def strip_tatweel(text: str) -> str:
    """Remove U+0640. Profile: ``"pyarabic.strip_tatweel"``; ours: the option ``tatweel``.

    Examples
    --------
    >>> strip_tatweel("محم\u0640\u0640د")  # ARABIC TATWEEL, twice
    'محمد'
    """
    return _profile("pyarabic.strip_tatweel").normalize(text)


def normalize_alef(text: str) -> str:
    """Turn آ أ إ ٱ, but also ى and the dagger alef (U+0670), into ا.

    A dagger alef beside ى is removed first. Profile: ``"pyarabic.normalize_alef"``; ours: the option
    ``alef``, which leaves ى alone.

    Examples
    --------
    >>> normalize_alef("أحمد على")
    'احمد علا'
    """
    return _profile("pyarabic.normalize_alef").normalize(text)


def normalize_hamza(word: str, method: str = "uniform") -> str:
    """Turn every hamza into ء, or into the letter that carries it.

    Profile: ``"pyarabic.normalize_hamza"``, or ``"pyarabic.normalize_hamza_tasheel"``; ours: the option
    ``hamza``.

    Parameters
    ----------
    word : str
        The word. An initial آ is read as two hamzas or as hamza and alef, by the length of the whole str
        and the mark that follows.
    method : {"uniform", "tasheel"}, default "uniform"
        ``"tasheel"``: أ إ آ to ا, ؤ to و, ئ to ي, and hamza marks to ا. Any other value means
        ``"uniform"``.

    Examples
    --------
    >>> normalize_hamza("مسؤول")
    'مسءول'
    >>> normalize_hamza("مسؤول", method="tasheel")
    'مسوول'
    """
    profile = "pyarabic.normalize_hamza_tasheel" if method == "tasheel" else "pyarabic.normalize_hamza"
    return _profile(profile).normalize(word)


def normalize_ligature(text: _Text) -> _Text:
    """Turn the four isolated lam-alef ligatures into لا; final forms stay, and a hamza on the alef is lost.

    Profile: ``"pyarabic.normalize_ligature"``; ours: the option ``presentation_forms``, which takes all
    forms and keeps the hamza.

    Examples
    --------
    >>> normalize_ligature("\ufef7")  # ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM
    'لا'
    """
    return _profile("pyarabic.normalize_ligature").normalize(text) if text else text


def normalize_lamalef(text: _Text) -> _Text:
    """Do as `normalize_ligature` does; the name in `pyarabic.normalize`.

    Examples
    --------
    >>> normalize_lamalef("\ufefb")  # ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM
    'لا'
    """
    return normalize_ligature(text)


def normalize_teh(text: str) -> str:
    """Turn ة into ه. Profile: ``"pyarabic.normalize_teh"``; ours: the option ``ta_marbuta``.

    Examples
    --------
    >>> normalize_teh("مدرسة")
    'مدرسه'
    """
    return _profile("pyarabic.normalize_teh").normalize(text)


def normalize_spellerrors(text: str) -> str:
    """Turn ة into ه and ى into ي. Profile: ``"pyarabic.spellerrors"``.

    Ours: the options ``ta_marbuta`` and ``alef_maqsura``.

    Examples
    --------
    >>> normalize_spellerrors("مدرسة كبرى")
    'مدرسه كبري'
    """
    return _profile("pyarabic.spellerrors").normalize(text)


def normalize_searchtext(text: str) -> str:
    """Fold a text for searching, as `pyarabic.normalize.normalize_searchtext` does.

    No tatweel and no U+064B-0652; lam-alef ligatures, alef with ى and dagger alef, hamza to ء, ة to ه.
    Profile: ``"pyarabic.searchtext"``; ours: ``"search"``.

    Examples
    --------
    >>> normalize_searchtext("المدرسة الأولى")
    'المدرسه الاولا'
    """
    return _profile("pyarabic.searchtext").normalize(text)


def strip_lastharaka(text: _Text) -> _Text:
    """Remove the haraka at the end of the text, and tanween everywhere; None stays None.

    The end is that of the text, not of each word.

    Examples
    --------
    >>> strip_lastharaka("كتاب\u064c جديد\u064c") == "كتاب جديد"  # ARABIC DAMMATAN, twice
    True
    """
    return LASTHARAKA_PATTERN.sub("", text) if text else text


def reduce_tashkeel(text: str) -> str:
    """Remove the marks that readers need least.

    They are: fatha and sukun; damma before و, kasra before ي, and kasra under إ.

    Examples
    --------
    >>> reduce_tashkeel("ي\u064fت\u064eس\u064eل\u0651\u064eم") == "ي\u064fتسل\u0651م"  # DAMMA and SHADDA stay
    True
    """
    for needless in _NEEDLESS:
        text = needless.sub("", text)
    return text


def autocorrect(text: str) -> str:
    """Remove marks that can't stand where they do, and put fathatan before its alef.

    At most 32 times in a text for each rule, as in PyArabic: give it words, or sentences.

    Removed: marks at the start of the text and behind white space or a digit, all but the first of harakat in
    a row, harakat before a shadda, and a sukun on ا, ى or ة.

    Examples
    --------
    >>> autocorrect("كتابا\u064b") == "كتاب\u064bا"  # ARABIC FATHATAN
    True
    """
    text = _STRAY_MARKS.sub(r"\1", _checked(text).lstrip(TASHKEEL_STRING), count=_MOST)
    text = text.replace(ALEF + FATHATAN, FATHATAN + ALEF, _MOST)
    text = _SUKUN_ON_A_LONG_VOWEL.sub(r"\1", text, count=_MOST)
    text = _HARAKAT_BEFORE_SHADDA.sub(SHADDA, text, count=_MOST)
    return _HARAKAT_IN_A_ROW.sub(r"\1", text, count=_MOST)


def fix_spaces(text: str) -> str:
    """Set one space behind punctuation (``? ! . , :`` and ؟ ،) and none before it, nor at the ends.

    Between digits too: ``3.5`` becomes ``3. 5``.

    Examples
    --------
    >>> fix_spaces("نعم ،لا .")
    'نعم، لا.'
    """
    return _AROUND_PUNCTUATION.sub(lambda found: found[1].replace(" ", "") + " ", text).strip()


def has_shadda(word: str) -> bool:
    """Tell whether there is a shadda in it."""
    return SHADDA in _checked(word)


def is_vocalized(word: str) -> bool:
    """Tell whether there is any of the eight marks U+064B-0652 in it.

    Examples
    --------
    >>> is_vocalized("كتب"), is_vocalized("ك\u064eتب")  # ARABIC FATHA
    (False, True)
    """
    return TASHKEEL_PATTERN.search(word) is not None


def is_vocalizedtext(text: str) -> bool:
    """Tell whether there is any of the seven harakat in it; a shadda alone doesn't count."""
    return HARAKAT_PATTERN.search(text) is not None


def is_arabicstring(text: str) -> bool:
    """Tell whether there is nothing but U+0600-0652, three lam-alef ligatures, white space and digits.

    Examples
    --------
    >>> is_arabicstring("عام 1999"), is_arabicstring("کتاب")
    (True, False)
    """
    return ARABIC_STRING.search(text) is None


def is_arabicrange(text: str) -> bool:
    """Tell whether there is nothing but code points of four Arabic blocks; a space is none.

    Examples
    --------
    >>> is_arabicrange("کتاب"), is_arabicrange("كتاب جديد")
    (True, False)
    """
    return ARABIC_RANGE.search(text) is None


def is_arabicword(word: str) -> bool:
    """Tell whether it looks like one Arabic word.

    Not if it is empty, has white space, a digit or anything else than `is_arabicstring` allows, begins with a
    haraka or with ؤ, ئ or ى, has ى before its end, or ة before another letter.
    """
    return _checked(word) != "" and is_arabicstring(word) and _NOT_IN_A_WORD.search(word) is None


def is_shadda(archar: str) -> bool:
    """Tell whether it is shadda."""
    return archar in (SHADDA,)


def is_sukun(archar: str) -> bool:
    """Tell whether it is sukun."""
    return archar in (SUKUN,)


def is_tatweel(archar: str) -> bool:
    """Tell whether it is tatweel."""
    return archar in (TATWEEL,)


def is_tanwin(archar: str) -> bool:
    """Tell whether it is one of the three marks of tanween."""
    return archar in TANWIN


def is_haraka(archar: str) -> bool:
    """Tell whether it is one of the seven harakat: shadda is none."""
    return archar in HARAKAT


def is_shortharaka(archar: str) -> bool:
    """Tell whether it is fatha, damma, kasra or sukun."""
    return archar in SHORTHARAKAT


def is_tashkeel(archar: str) -> bool:
    """Tell whether it is one of the eight marks U+064B-0652."""
    return archar in TASHKEEL


def is_alef(archar: str) -> bool:
    """Tell whether it is ا, another alef, ى or the dagger alef."""
    return archar in ALEFAT


def is_hamza(archar: str) -> bool:
    """Tell whether it is a hamza, on a letter or as a mark; آ is none."""
    return archar in HAMZAT


def is_ligature(archar: str) -> bool:
    """Tell whether it is one of the four isolated lam-alef ligatures."""
    return archar in LIGUATURES


def is_weak(archar: str) -> bool:
    """Tell whether it is one of ا و ي ى."""
    return archar in WEAK


def is_yehlike(archar: str) -> bool:
    """Tell whether it is one of ي ئ ى and small yeh."""
    return archar in YEHLIKE


def is_wawlike(archar: str) -> bool:
    """Tell whether it is one of و ؤ and small waw."""
    return archar in WAWLIKE


def is_teh(archar: str) -> bool:
    """Tell whether it is ت or ة."""
    return archar in TEHLIKE


def is_small(archar: str) -> bool:
    """Tell whether it is small alef, waw or yeh (U+0670, U+06E5, U+06E6)."""
    return archar in SMALL


def is_moon(archar: str) -> bool:
    """Tell whether it is a moon letter."""
    return archar in MOON


def is_sun(archar: str) -> bool:
    """Tell whether it is a sun letter."""
    return archar in SUN


def first_char(word: str) -> str:
    """Return the first character.

    Raises
    ------
    IndexError
        If there is none.
    """
    return word[0]


def second_char(word: str) -> str:
    """Return the second character, or an empty str."""
    return word[1:2]


def last_char(word: str) -> str:
    """Return the last character, or an empty str."""
    return word[-1:]


def secondlast_char(word: str) -> str:
    """Return the last character but one, or an empty str."""
    return word[-2:-1]


def arabicrange() -> list[str]:
    """Return the characters U+0600 to U+0652."""
    return [chr(code_point) for code_point in range(0x600, 0x653)]


def order(archar: str) -> int:
    """Return the place of a letter in the alphabet: ا is 1, ي 28, each form of hamza 29, anything else 0.

    Examples
    --------
    >>> order("ب"), order("ة"), order("أ"), order("x")
    (2, 3, 29, 0)
    """
    return ALPHABETIC_ORDER.get(archar, 0)


def name(archar: str, default_name: str = "") -> str:
    """Return the Arabic name of a letter or a mark, or `default_name`.

    Examples
    --------
    >>> name("ب"), name("x", "?")
    ('باء', '?')
    """
    return NAMES.get(archar, default_name)


def spellit(word: str, lang: str = "ar") -> str:
    """Return the names of the letters with commas between; what has no name is as it is.

    `lang` changes nothing, in PyArabic either.

    Examples
    --------
    >>> spellit("بيت")
    'باء, ياء, تاء'
    """
    return ", ".join([NAMES.get(char, char) for char in word])


def separate(word: str, extract_shadda: bool = False) -> tuple[str, str] | tuple[str, str, str]:
    """Return the letters of a word and their marks, a mark for each letter.

    A letter without a mark has a tatweel (`NOT_DEF_HARAKA`) for it; of several the last counts. A shadda
    counts as a letter, and the one before it has a sukun then.

    Parameters
    ----------
    word : str
        The word.
    extract_shadda : bool, default False
        Return the letters without shadda, and as a third str a shadda or a tatweel for each letter.

    Examples
    --------
    >>> letters, marks = separate("ك\u064eتب")  # ARABIC FATHA
    >>> letters, marks == FATHA + NOT_DEF_HARAKA * 2
    ('كتب', True)
    """
    letters: list[str] = []
    marks: list[str] = []
    for char in word:
        if char in HARAKAT:
            if letters:
                marks[-1] = char
            continue
        if char == SHADDA:
            marks[-1:] = [SUKUN]
        letters.append(char)
        marks.append(NOT_DEF_HARAKA)
    if extract_shadda:
        shaddas = re.sub(f"[^{SHADDA}]", NOT_DEF_HARAKA, "".join(letters))
        shaddas = shaddas.replace(NOT_DEF_HARAKA + SHADDA, SHADDA)
        return "".join(letters).replace(SHADDA, ""), "".join(marks), shaddas
    return "".join(letters), "".join(marks)


def joint(letters: str, marks: str) -> str:
    """Return the letters with their marks, as `separate` parted them; empty if their lengths differ.

    A haraka before a shadda is left out.

    Raises
    ------
    TypeError
        If a shadda has no letter before it.

    Examples
    --------
    >>> joint(*separate("ك\u064eتب")) == "ك\u064eتب"  # ARABIC FATHA
    True
    """
    if len(letters) != len(marks):
        return ""
    joined: list[str] = []
    for letter, mark in zip(letters, marks, strict=True):
        if letter == SHADDA:
            if not joined:
                raise TypeError("a shadda has no letter before it")
            if joined[-1] in HARAKAT:
                joined.pop()
        joined.append(letter)
        if mark != NOT_DEF_HARAKA:
            joined.append(mark)
    return "".join(joined)


def vocalized_similarity(word1: str, word2: str) -> bool | int:
    """Compare two words from their ends, where one may have marks that the other doesn't have.

    Returns
    -------
    bool or int
        True if nothing differs up to the start of the shorter, else the number of differences, negative.

    Examples
    --------
    >>> vocalized_similarity("ك\u064eتب", "كت\u064eب\u064e"), vocalized_similarity("كتب", "كتم")
    (True, -1)
    """
    at1, at2 = len(word1) - 1, len(word2) - 1
    differences = 0
    while at1 >= 0 and at2 >= 0:
        one, two = word1[at1], word2[at2]
        if one != two:
            if one in HARAKAT and two not in HARAKAT:
                at1 -= 1
                continue
            if two in HARAKAT and one not in HARAKAT:
                at2 -= 1
                continue
            if one == SHADDA and two not in HARAKAT:
                at1 -= 1
                continue
            if two == SHADDA and one not in HARAKAT:
                at2 -= 1
                continue
            differences += 1
        at1 -= 1
        at2 -= 1
    return -differences if differences else True


def vocalizedlike(word1: str, word2: str) -> bool:
    """Tell whether two words are equal but for marks that one of them doesn't have.

    Examples
    --------
    >>> vocalizedlike("ك\u064eتب", "كت\u064eب\u064e"), vocalizedlike("ك\u064eتب", "ك\u064fتب")
    (True, False)
    """
    return vocalized_similarity(word1, word2) is True


def shaddalike(partial: str, fully: str) -> bool:
    """Tell whether `partial` has a shadda only where `fully` has one.

    Examples
    --------
    >>> shaddalike("رد\u0651", "ر\u064eد\u0651\u064e"), shaddalike("رد\u0651", "ر\u064eد\u064e")
    (True, False)
    """
    if not has_shadda(partial):
        return True
    if not has_shadda(fully):
        return False
    partial, fully = strip_harakat(partial), strip_harakat(fully)
    left, right = len(partial), len(fully)
    while left and right:
        one, two = partial[left - 1], fully[right - 1]
        if two not in (one, SHADDA):
            break
        left -= one == two
        right -= 1
    return left <= 1 and right <= 1


def waznlike(word1: str, wazn: str, extract_root: bool = False) -> bool | str:
    """Tell whether a word has a form (wazn), in which ف ع ل stand for any letter.

    Parameters
    ----------
    word1, wazn : str
        The word and the form; marks count where both have them, a shadda always.
    extract_root : bool, default False
        Return the letters that stand for ف ع ل, if the word has the form.

    Examples
    --------
    >>> waznlike("ضارب", "ف\u064eاعل"), waznlike("ضارب", "فاعل", extract_root=True)  # ARABIC FATHA
    (True, 'ضرب')
    """
    at, at_form = len(word1) - 1, len(wazn) - 1
    root: list[str] = []
    while at >= 0 and at_form >= 0:
        one, two = word1[at], wazn[at_form]
        if one in HARAKAT and two not in HARAKAT:
            at -= 1
        elif two in HARAKAT and one not in HARAKAT:
            at_form -= 1
        elif one == two or two in _ROOT:
            if two in _ROOT:
                root.append(one)
            at -= 1
            at_form -= 1
        else:
            return False
    if at >= 0 or at_form >= 0:
        return False
    return "".join(reversed(root)) if extract_root else True


def tokenize(
    text: str = "",
    conditions: _Functions[object] = (),
    morphs: _Functions[Any] = (),
) -> list[Any]:
    """Split a text into words and what stands between them, without spaces and tabs.

    A word is letters, digits, ``_``, ``'`` and U+064B-0652, U+0670. Other marks part words; line feeds stay,
    as tokens or in them. None gives no tokens.

    Parameters
    ----------
    text : str
        The text.
    conditions : function or functions
        Keep the tokens of which all hold.
    morphs : function or functions
        Applied to the tokens that are kept, one behind the other.

    Examples
    --------
    >>> tokenize("اللغة Dog جميلة.", conditions=is_arabicrange, morphs=normalize_teh)
    ['اللغه', 'جميله']
    """
    conditions, morphs = _functions(conditions), _functions(morphs)
    found = [TOKEN_REPLACE.sub("", token) for token in TOKEN_PATTERN.split(text)] if text else []
    tokens = [token for token in found if token and all(condition(token) for condition in conditions)]
    return [reduce(lambda token, morph: morph(token), morphs, token) for token in tokens]


def tokenize_with_location(text: str) -> list[dict[str, Any]]:
    """Return the words of a text, each a dict of ``token``, ``start`` and ``end``, in code points.

    Examples
    --------
    >>> tokenize_with_location("قال: نعم")
    [{'token': 'قال', 'start': 0, 'end': 3}, {'token': 'نعم', 'start': 5, 'end': 8}]
    """
    return [
        {"token": found[0], "start": found.start(), "end": found.end()}
        for found in TOKEN_PATTERN_SPLIT.finditer(text)
    ]


def sentence_tokenize(text: str) -> list[str]:
    """Split a text behind ``. , : ; ?`` ، ؟ and line feeds where white space follows.

    Of several such signs in a row the last one stays. At most 32 times, as in PyArabic: what follows is one
    sentence.

    Examples
    --------
    >>> sentence_tokenize("العربية لغة جميلة. والبلاد بعيدة، والشوق زائد")
    ['العربية لغة جميلة.', 'والبلاد بعيدة،', 'والشوق زائد']
    """
    sentences: list[str] = []
    start = at = 0
    while len(sentences) < _MOST and (signs := _SENTENCE_SIGNS.search(text, at)):
        last = signs.end()
        if not _SENTENCE_SPACE.match(text, last):
            last = text.rfind("\n", signs.start() + 1, last)  # a line feed is both a sign and white space
        if space := _SENTENCE_SPACE.match(text, last) if last > 0 else None:
            sentences.append(text[start : signs.start()] + text[last - 1])
            start = at = space.end()
        else:
            at = signs.end()
    return [*sentences, text[start:]]
