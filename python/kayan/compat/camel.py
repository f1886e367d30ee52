"""Functions of CAMeL Tools 1.6.0 (`camel_tools.utils`), without the rest of it.

They do exactly what CAMeL Tools does. The one difference is the version of Unicode behind
`normalize_unicode`: there it is that of the running Python, here it is `kayan.unicode_version`. Only the
functions for Arabic script are here, not those for transliterations (``_bw``, ``_hsb`` and so on).

CAMeL Tools folds decomposed letters (ا with U+0654 HAMZA ABOVE) otherwise than composed ones (أ) unless
`normalize_unicode` has run before. The profile ``"match"`` or ``"search"`` of `kayan.Normalizer` does all
of these steps in one pass and gives canonically equivalent texts the same result.

Examples
--------
>>> from kayan.compat.camel import dediac_ar, normalize_alef_ar
>>> dediac_ar(normalize_alef_ar("أ\u064eحمد"))  # ARABIC FATHA
'احمد'
"""

from __future__ import annotations

from kayan._core import KayanError
from kayan._normalizer import Normalizer
from kayan.compat import _profile

__all__ = [
    "CharMapper",
    "dediac_ar",
    "normalize_alef_ar",
    "normalize_alef_maksura_ar",
    "normalize_teh_marbuta_ar",
    "normalize_unicode",
]

# NFC is all that `normalize_unicode` does when it is not asked for compatibility.
_NFC = Normalizer("none", nfc=True)


def dediac_ar(s: str) -> str:
    """Remove U+064B-0652 and the dagger alef (U+0670), as `camel_tools.utils.dediac.dediac_ar` does.

    Other Quranic marks stay. Profile: ``"camel.dediac"``; ours: the option ``diacritics``.

    Examples
    --------
    >>> dediac_ar("ك\u064eت\u064eب")  # ARABIC FATHA, twice
    'كتب'
    """
    return _profile("camel.dediac").normalize(s)


def normalize_alef_ar(s: str) -> str:
    """Turn آ أ إ ٱ into ا, as `camel_tools.utils.normalize.normalize_alef_ar` does.

    Profile: ``"camel.alef"``; ours: the option ``alef``.

    Examples
    --------
    >>> normalize_alef_ar("أحمد")
    'احمد'
    """
    return _profile("camel.alef").normalize(s)


def normalize_alef_maksura_ar(s: str) -> str:
    """Turn ى into ي, as `camel_tools.utils.normalize.normalize_alef_maksura_ar` does.

    Profile: ``"camel.alef_maqsura"``; ours: the option ``alef_maqsura``.

    Examples
    --------
    >>> normalize_alef_maksura_ar("مستشفى")
    'مستشفي'
    """
    return _profile("camel.alef_maqsura").normalize(s)


def normalize_teh_marbuta_ar(s: str) -> str:
    """Turn ة into ه, as `camel_tools.utils.normalize.normalize_teh_marbuta_ar` does.

    Profile: ``"camel.teh_marbuta"``; ours: the option ``ta_marbuta``.

    Examples
    --------
    >>> normalize_teh_marbuta_ar("مدرسة")
    'مدرسه'
    """
    return _profile("camel.teh_marbuta").normalize(s)


def normalize_unicode(s: str, compatibility: bool = True) -> str:
    """Normalize to NFKC, as `camel_tools.utils.normalize.normalize_unicode` does.

    First the rial sign (U+FDFC) becomes ريال and the bismillah (U+FDFD) its words. Seven CJK compatibility
    ideographs (U+FA6C, U+FACF-FAD1, U+FAD5-FAD7) stay as they are. Profile: ``"camel.normalize_unicode"``;
    ours: ``"light"``, which takes Arabic presentation forms apart and leaves ``²`` and ``½`` alone.

    Parameters
    ----------
    s : str
        The text.
    compatibility : bool, default True
        False: NFC and nothing else.

    Examples
    --------
    >>> normalize_unicode("\ufefb ½")  # ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM
    'لا 1⁄2'
    >>> normalize_unicode("\ufefb ½", compatibility=False) == "\ufefb ½"
    True
    """
    return (_profile("camel.normalize_unicode") if compatibility else _NFC).normalize(s)


class CharMapper:
    """The character map ``arclean`` of `camel_tools.utils.charmap.CharMapper`; there are no others here.

    It keeps Arabic letters, ASCII and Latin-1 letters, folds Persian and Urdu letters, presentation forms,
    digits and punctuation, and deletes everything else: emoji too. Profile: ``"camel.arclean"``; ours:
    ``"search"``, which leaves alone what it does not know.

    Examples
    --------
    >>> CharMapper.builtin_mapper("arclean").map_string("«کتاب» ١٢٣")
    '"كتاب" 123'
    """

    __slots__ = ("_normalizer",)

    def __init__(self, normalizer: Normalizer) -> None:
        self._normalizer = normalizer

    @staticmethod
    def builtin_mapper(map_name: str) -> CharMapper:
        """Return the mapper of that name.

        Raises
        ------
        KayanError
            If the name is not ``"arclean"``.
        """
        if map_name != "arclean":
            raise KayanError(f"kayan has the character map 'arclean' only, not {map_name!r}")
        return CharMapper(_profile("camel.arclean"))

    def map_string(self, s: str) -> str:
        """Return `s` with each character mapped."""
        return self._normalizer.normalize(s)

    def __call__(self, s: str) -> str:
        """Return `s` with each character mapped."""
        return self._normalizer.normalize(s)
