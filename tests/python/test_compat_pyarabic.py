"""`kayan.compat.pyarabic`: what PyArabic 0.6.15 gives, where it is odd too; `make parity` compares much more."""

import inspect
import re

import pytest

from kayan.compat import _araby_constants, pyarabic
from kayan.compat.pyarabic import *  # noqa: F403  # scripts do so

FATHA, DAMMA, KASRA, SUKUN, SHADDA = "\u064e", "\u064f", "\u0650", "\u0652", "\u0651"
FATHATAN, DAMMATAN, TATWEEL = "\u064b", "\u064c", "\u0640"

CASES = [
    # function, arguments, result, why
    ("tokenize", ("",), [], "nothing"),
    ("tokenize", (None,), [], "None is nothing"),
    ("tokenize", ("ا. ب",), ["ا", ".", "ب"], "signs are tokens, spaces are not"),
    ("tokenize", (". .",), [".."], "and go out of tokens"),
    ("tokenize", ("ا\r\nب",), ["ا", "\n", "ب"], "a line feed stays"),
    ("tokenize", ("ا\u00a0ب",), ["ا", "\u00a0", "ب"], "so does NO-BREAK SPACE"),
    ("tokenize", ("it's ا" + FATHA + "ب",), ["it's", "ا" + FATHA + "ب"], "an apostrophe and a haraka are of words"),
    ("tokenize", ("ا\u0654ب",), ["ا", "\u0654", "ب"], "HAMZA ABOVE parts words"),
    ("tokenize", ("اب x", str.isalpha, [str.upper]), ["اب", "X"], "conditions, then what is done to tokens"),
    ("tokenize", ("ab c", lambda t: len(t) > 1, lambda t: t[:-1]), ["a"], "conditions see the token as it was"),
    ("tokenize_with_location", (" ا. ب",), [{"token": "ا", "start": 1, "end": 2}, {"token": "ب", "start": 4, "end": 5}], "words only"),
    ("sentence_tokenize", ("",), [""], "one sentence"),
    ("sentence_tokenize", ("ا. ب",), ["ا.", "ب"], "space behind"),
    ("sentence_tokenize", ("ا.ب 3.5",), ["ا.ب 3.5"], "no space behind"),
    ("sentence_tokenize", ("ا... ب",), ["ا.", "ب"], "the last of several"),
    ("sentence_tokenize", ("ا! ب؛ ت؟ ث",), ["ا! ب؛ ت؟", "ث"], "neither ! nor ؛"),
    ("sentence_tokenize", ("ا\nب\n\nت",), ["ا\nب\n", "ت"], "a line feed is sign and space"),
    ("sentence_tokenize", (", \n; ب",), [",", ";", "ب"], "on both sides of a cut"),
    ("sentence_tokenize", ("ا. " * 40,), ["ا."] * 32 + ["ا. " * 8], "thirty-two cuts"),
    ("fix_spaces", ("نعم ،لا  . ؟ ب",), "نعم، لا.؟ ب", "one space behind"),
    ("fix_spaces", ("3.5",), "3. 5", "in numbers too"),
    ("fix_spaces", ("ا,\t.",), "ا,\t.", "a tab between signs stays"),
    ("autocorrect", (FATHA + "ب 1" + FATHA,), "ب 1", "marks that stand on nothing"),
    ("autocorrect", ("ب" + FATHA + DAMMA,), "ب" + FATHA, "the first of several"),
    ("autocorrect", ("ب" + FATHA + SHADDA,), "ب" + SHADDA, "none before a shadda"),
    ("autocorrect", ("با" + FATHATAN,), "ب" + FATHATAN + "ا", "fathatan before its alef"),
    ("autocorrect", ("ا" + SUKUN + "ة" + SUKUN + SUKUN,), "اة", "no sukun on a long vowel"),
    ("autocorrect", ((" " + FATHA) * 40,), " " * 32 + (" " + FATHA) * 8, "thirty-two times"),
    ("reduce_tashkeel", ("ب" + FATHA + "ت" + SUKUN,), "بت", "fatha and sukun"),
    ("reduce_tashkeel", ("ب" + DAMMA + "و" + "ب" + KASRA + "ي" + "إ" + KASRA,), "بوبيإ", "damma before waw and so on"),
    ("reduce_tashkeel", ("و" + FATHA + " و" + FATHA,), "و" + FATHA + " و", "a waw keeps it, but not behind a space"),
    ("reduce_tashkeel", ("ي" + FATHA + "ا",), "يا", "nor before an alef"),
    ("strip_lastharaka", ("ب" + FATHA + " ت" + FATHA,), "ب" + FATHA + " ت", "the end of the text"),
    ("strip_lastharaka", ("ب" + DAMMATAN + " ت" + SHADDA,), "ب ت" + SHADDA, "tanween everywhere, no shadda"),
    ("strip_lastharaka", (None,), None, "None stays"),
    ("is_arabicword", ("كتاب",), True, "a word"),
    ("is_arabicword", ("",), False, "nothing"),
    ("is_arabicword", ("كتاب جديد",), False, "a space"),
    ("is_arabicword", ("ب1",), False, "a digit"),
    ("is_arabicword", ("ئب",), False, "begins with ئ"),
    ("is_arabicword", (FATHA + "ب",), False, "begins with a haraka"),
    ("is_arabicword", (SHADDA + "ب",), True, "a shadda is none"),
    ("is_arabicword", ("بىب",), False, "ى inside"),
    ("is_arabicword", ("بةب",), True, "ة before one letter"),
    ("is_arabicword", ("بةبب",), False, "before more"),
    ("is_arabicword", ("بة" + FATHA + "بب",), True, "but not with a vowel"),
    ("is_arabicstring", ("عام 1999 ٢٠",), True, "spaces and digits"),
    ("is_arabicstring", ("کتاب",), False, "a Persian letter"),
    ("is_arabicrange", ("کتابﷺ",), True, "a Persian letter"),
    ("is_arabicrange", ("ا ب",), False, "a space"),
    ("is_vocalized", ("ب" + SHADDA,), True, "a shadda counts"),
    ("is_vocalizedtext", ("ب" + SHADDA,), False, "here it doesn't"),
    ("has_shadda", ("ب" + SHADDA,), True, ""),
    ("separate", ("ب" + FATHA + "ت",), ("بت", FATHA + TATWEEL), "a mark for each letter"),
    ("separate", ("ب" + SHADDA + FATHA,), ("ب" + SHADDA, SUKUN + FATHA), "a shadda is a letter"),
    ("separate", ("ب" + SHADDA + FATHA, True), ("ب", SUKUN + FATHA, SHADDA), "or not"),
    ("separate", (SHADDA + "ب",), (SHADDA + "ب", SUKUN + TATWEEL * 2), "one too many"),
    ("joint", ("بت", FATHA + TATWEEL), "ب" + FATHA + "ت", "tatweel is no mark"),
    ("joint", ("ب" + SHADDA, SUKUN + FATHA), "ب" + SHADDA + FATHA, "no haraka before a shadda"),
    ("joint", ("بت", FATHA), "", "lengths differ"),
    ("vocalizedlike", ("ك" + FATHA + "تب", "كت" + FATHA + "ب"), True, "marks of one only"),
    ("vocalizedlike", ("ب", "تب"), True, "up to the start of the shorter"),
    ("vocalized_similarity", ("ب" + FATHA + "ت", "ث" + DAMMA + "ت"), -2, "two differ"),
    ("vocalized_similarity", ("", "ب"), True, "nothing differs"),
    ("shaddalike", ("رد" + SHADDA, "رد"), False, "a shadda too many"),
    ("shaddalike", ("رد", None), True, "no shadda, no look at the other"),
    ("shaddalike", (SHADDA + "ا", "ب" + SHADDA), False, "at another place"),
    ("waznlike", ("ضارب", "فاعل"), True, "letters for ف ع ل"),
    ("waznlike", ("ضارب", "فاعل", True), "ضرب", "the root"),
    ("waznlike", ("ضا" + SHADDA + "رب", "فاعل"), False, "a shadda counts"),
    ("waznlike", ("ضرب", "ف" + FATHA + "عل"), True, "a vowel of one only"),
    ("first_char", ("اب",), "ا", ""),
    ("second_char", ("اب",), "ب", ""),
    ("second_char", ("ا",), "", "none"),
    ("last_char", ("",), "", "none"),
    ("secondlast_char", ("ابت",), "ب", ""),
    ("order", ("ئ",), 29, "a hamza"),
    ("order", (None,), 0, "no letter"),
    ("name", (SHADDA,), "شدة", "a mark"),
    ("name", ("x", "?"), "?", "no name"),
    ("spellit", ("با x",), "باء, ألف,  , x", "what has no name stays"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "expected", "why"), CASES)
def test_what_pyarabic_gives(name, arguments, expected, why):
    found = getattr(pyarabic, name)(*arguments)
    assert (found, type(found)) == (expected, type(expected)), why


KINDS = {
    "alef": "اآأإٱى\u0670",
    "haraka": "\u064b\u064c\u064d\u064e\u064f\u0650\u0652",
    "hamza": "ءؤئأإ\u0654\u0655",
    "ligature": "\ufef5\ufef7\ufef9\ufefb",
    "moon": "ءآأإابجحخعغفقكمهوي",
    "shadda": "\u0651",
    "shortharaka": "\u064e\u064f\u0650\u0652",
    "small": "\u0670\u06e5\u06e6",
    "sukun": "\u0652",
    "sun": "تثدذرزسشصضطظلن",
    "tanwin": "\u064b\u064c\u064d",
    "tashkeel": "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652",
    "tatweel": "\u0640",
    "teh": "تة",
    "wawlike": "وؤ\u06e5",
    "weak": "اويى",
    "yehlike": "يئى\u06e6",
}


@pytest.mark.parametrize(("kind", "members"), KINDS.items())
def test_kinds_of_letters(kind, members):
    tell = getattr(pyarabic, f"is_{kind}")
    assert {chr(cp) for cp in range(0x10000) if tell(chr(cp))} == set(members)
    for none in (None, "", "اب" * 2, 5):
        assert tell(none) is False


def test_names_are_those_of_the_module():
    functions = [name for name in pyarabic.__all__ if name.islower()]
    # With three of `pyarabic.normalize`.
    assert len(functions) == 54 + 3
    assert len(_araby_constants.__all__) == 138
    assert all(name in globals() for name in pyarabic.__all__)
    for name in functions:
        assert inspect.getdoc(getattr(pyarabic, name)), name


def test_constants():
    assert tuple(KINDS["haraka"]) == pyarabic.HARAKAT
    assert isinstance(pyarabic.TASHKEEL_PATTERN, re.Pattern)
    assert len(pyarabic.DIACRITICS) == 52
    assert pyarabic.ALPHABETIC_ORDER["ي"] == 28
    assert pyarabic.arabicrange() == [chr(cp) for cp in range(0x600, 0x653)]


@pytest.mark.parametrize(
    "name",
    ["autocorrect", "first_char", "fix_spaces", "has_shadda", "is_arabicrange", "is_arabicstring", "is_arabicword",
     "is_vocalized", "is_vocalizedtext", "last_char", "reduce_tashkeel", "second_char", "sentence_tokenize",
     "separate", "spellit", "tokenize_with_location", "normalize_alef", "normalize_hamza", "normalize_teh",
     "strip_shadda", "strip_tatweel"],
)  # fmt: skip
def test_none_is_a_type_error_where_pyarabic_fails(name):
    with pytest.raises(TypeError):
        getattr(pyarabic, name)(None)


def test_other_errors():
    with pytest.raises(IndexError):
        pyarabic.first_char("")
    with pytest.raises(TypeError, match="a shadda has no letter before it"):
        pyarabic.joint(SHADDA, FATHA)
