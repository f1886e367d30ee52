"""Functions of PyArabic 0.6.15: those of `pyarabic.araby`, and some of `pyarabic.normalize`.

They give what PyArabic gives for every str; PyArabic's code is not used. They take nothing but a str, where
some of PyArabic's return None for None. `pyarabic.normalize.normalize_hamza` is not here, since
`normalize_hamza` of `pyarabic.araby` has the name; nor are the functions that reduce or correct vowels.

PyArabic treats decomposed letters (ا with U+0654 HAMZA ABOVE) otherwise than composed ones (أ), and its
`normalize_alef` turns على into علا. The profile ``"search"`` of `kayan.Normalizer` does neither.

Examples
--------
>>> import kayan.compat.pyarabic as araby
>>> araby.strip_tashkeel("الع\u064eر\u064eب\u0650ي\u0651ة")  # FATHA, FATHA, KASRA, SHADDA
'العربية'
"""

from __future__ import annotations

from kayan.compat import _profile

__all__ = [
    "normalize_alef",
    "normalize_hamza",
    "normalize_lamalef",
    "normalize_ligature",
    "normalize_searchtext",
    "normalize_spellerrors",
    "normalize_teh",
    "strip_diacritics",
    "strip_harakat",
    "strip_shadda",
    "strip_small",
    "strip_tashkeel",
    "strip_tatweel",
]


def strip_tashkeel(text: str) -> str:
    """Remove U+064B-0652. Profile: ``"pyarabic.strip_tashkeel"``; ours: the option ``diacritics``.

    Examples
    --------
    >>> strip_tashkeel("ك\u064eت\u064eب")  # ARABIC FATHA, twice
    'كتب'
    """
    return _profile("pyarabic.strip_tashkeel").normalize(text)


def strip_harakat(text: str) -> str:
    """Remove U+064B-0650 and U+0652; shadda stays. Profile: ``"pyarabic.strip_harakat"``.

    Ours: the option ``diacritics=("harakat", "sukun", "tanween")``.

    Examples
    --------
    >>> strip_harakat("م\u064eد\u0651") == "مد\u0651"  # ARABIC FATHA, ARABIC SHADDA
    True
    """
    return _profile("pyarabic.strip_harakat").normalize(text)


def strip_shadda(text: str) -> str:
    """Remove U+0651. Profile: ``"pyarabic.strip_shadda"``; ours: the option ``diacritics=("shadda",)``.

    Examples
    --------
    >>> strip_shadda("مد\u0651")  # ARABIC SHADDA
    'مد'
    """
    return _profile("pyarabic.strip_shadda").normalize(text)


def strip_small(text: str) -> str:
    """Remove the small alef, waw and yeh (U+0670, U+06E5, U+06E6). Profile: ``"pyarabic.strip_small"``.

    Ours: the option ``diacritics=("dagger", "small_letters")``.

    Examples
    --------
    >>> strip_small("الرحم\u0670ن")  # ARABIC LETTER SUPERSCRIPT ALEF
    'الرحمن'
    """
    return _profile("pyarabic.strip_small").normalize(text)


def strip_diacritics(text: str) -> str:
    """Remove the marks of U+0600-06FF, those of decomposed letters too.

    Profile: ``"pyarabic.strip_diacritics"``; ours: the option ``diacritics``, which keeps a decomposed أ.

    Examples
    --------
    >>> strip_diacritics("ا\u0654حمد")  # ARABIC HAMZA ABOVE
    'احمد'
    """
    return _profile("pyarabic.strip_diacritics").normalize(text)


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


def normalize_ligature(text: str) -> str:
    """Turn the four isolated lam-alef ligatures into لا; final forms stay, and a hamza on the alef is lost.

    Profile: ``"pyarabic.normalize_ligature"``; ours: the option ``presentation_forms``, which takes all
    forms and keeps the hamza.

    Examples
    --------
    >>> normalize_ligature("\ufef7")  # ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM
    'لا'
    """
    return _profile("pyarabic.normalize_ligature").normalize(text)


def normalize_lamalef(text: str) -> str:
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
