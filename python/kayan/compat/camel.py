"""Functions of CAMeL Tools 1.6.0 (`camel_tools.utils`), without the rest of it.

They do exactly what CAMeL Tools does. The one difference is the version of Unicode behind
`normalize_unicode`: there it is that of the running Python, here it is `kayan.unicode_version`. Only the
functions for Arabic script are here, not those for transliterations (``_bw``, ``_hsb`` and so on);
`CharMapper` has the maps between them.

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

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from kayan._core import KayanError
from kayan._normalizer import Normalizer
from kayan.compat import _profile

__all__ = [
    "BuiltinCharMapNotFoundError",
    "CharMapper",
    "InvalidCharMapKeyError",
    "dediac_ar",
    "normalize_alef_ar",
    "normalize_alef_maksura_ar",
    "normalize_teh_marbuta_ar",
    "normalize_unicode",
]

# The same letters in each of the alphabets. The marks are U+064B-0652, TATWEEL stands between غ and ف, the
# dagger alef (U+0670) before ٱ.
_ALPHABETS = {
    "ar": (
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغ\u0640فقكلمنهوىي"
        "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ٱپچڤگ"
    ),
    "bw": "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG",
    "safebw": "CMOWIQAbptvjHxdVrzscSDTZEg_fqklmnhwYyFNKaui~oeLPJBG",
    "xmlbw": "'|OWI}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG",
    "hsb": "'ĀÂŵĂŷAbħtθjHxdðrzsšSDTĎςγ_fqklmnhwýyãũĩaui~.áÄpcvg",
}


@cache
def _transliterations() -> dict[str, dict[str, str]]:
    """Return the character maps between the alphabets, by name."""
    maps = {
        f"{source}2{target}": {a: b for a, b in zip(letters, into, strict=True) if a != b}
        for source, letters in _ALPHABETS.items()
        for target, into in _ALPHABETS.items()
        if source != target
    }
    # CAMeL Tools leaves these letters (ڤ) alone between the two variants.
    del maps["safebw2xmlbw"]["B"], maps["xmlbw2safebw"]["V"]
    return maps


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


class InvalidCharMapKeyError(KayanError):
    """A key of a character map is neither one character nor a range of them.

    Attributes
    ----------
    key : str
        The key.
    message : str
        What is wrong with it.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.key, self.message)


class BuiltinCharMapNotFoundError(KayanError):
    """No built-in character map has that name.

    Attributes
    ----------
    map_name : object
        The name.
    message : str
        The names that there are.
    """

    def __init__(self, map_name: object, message: str) -> None:
        super().__init__(message)
        self.map_name = map_name
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.map_name, self.message)


class _Table(dict[int, str | None]):
    """A table for `str.translate` in which a character that it doesn't have becomes the default."""

    def __init__(self, table: Mapping[int, str], default: str | None) -> None:
        super().__init__(table)
        self.default = default

    def __missing__(self, code_point: int) -> str:
        if self.default is None:
            raise LookupError  # `translate` keeps the character
        return self.default

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self), self.default)


class CharMapper:
    """Replace each character of a text by what a map says, as `camel_tools.utils.charmap.CharMapper` does.

    Parameters
    ----------
    charmap : mapping of str to str or None
        Keys are characters, or ranges such as ``"٠-٩"``, whose end is included and greater than the start; of
        keys that overlap the later counts. None leaves a character as it is, ``""`` removes it.
    default : str, optional
        What the other characters become; None leaves them as they are.

    Raises
    ------
    InvalidCharMapKeyError
        For a key that is neither a character nor a range.
    TypeError
        If `charmap` is no mapping, a key no str, or a value or `default` neither a str nor None.

    Examples
    --------
    >>> CharMapper({"٠-٩": "#", "،": ","}).map_string("١٩٩٩، ٢٠٠٠")
    '####, ####'
    >>> CharMapper.builtin_mapper("arclean").map_string("«کتاب» ١٢٣")
    '"كتاب" 123'
    """

    BUILTIN_CHARMAPS = frozenset({"arclean", *_transliterations()})

    def __init__(self, charmap: Mapping[str, str | None], default: str | None = None) -> None:
        if not isinstance(charmap, Mapping):
            raise TypeError(f"charmap must be a mapping of str to str, got {type(charmap).__name__}")
        if not isinstance(default, str | None):
            raise TypeError(f"default must be str or None, got {type(default).__name__}")
        table: dict[int, str] = {}
        for key, value in charmap.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of charmap must be str, got {type(key).__name__}")
            if not isinstance(value, str | None):
                raise TypeError(f"charmap[{key!r:.80}] must be str or None, got {type(value).__name__}")
            for code_point in _code_points(key):
                table[code_point] = chr(code_point) if value is None else value
        self._table = _Table(table, default)

    @staticmethod
    def builtin_mapper(map_name: str) -> CharMapper:
        """Return the mapper of that name, one of `BUILTIN_CHARMAPS`.

        ``"arclean"`` keeps Arabic letters, ASCII and Latin-1 letters, folds Persian and Urdu letters,
        presentation forms, digits and punctuation, and deletes everything else: emoji too. Profile:
        ``"camel.arclean"``; ours: ``"search"``, which leaves alone what it does not know. The others are
        called after two of ``ar`` (Arabic letters), ``bw``, ``safebw``, ``xmlbw`` (Buckwalter's
        transliteration and its variants for file names and XML) and ``hsb`` (that of Habash, Soudi and
        Buckwalter): ``"ar2bw"`` is from the first to the second.

        Raises
        ------
        BuiltinCharMapNotFoundError
            If there is none of that name.

        Examples
        --------
        >>> CharMapper.builtin_mapper("ar2bw").map_string("مدرسة")
        'mdrsp'
        """
        if map_name == "arclean":
            return _Arclean()
        maps = _transliterations()
        if not isinstance(map_name, str) or map_name not in maps:
            known = ", ".join(sorted(CharMapper.BUILTIN_CHARMAPS))
            raise BuiltinCharMapNotFoundError(
                map_name, f"there is no built-in character map {map_name!r:.80}; there are {known}"
            )
        return CharMapper(maps[map_name])

    @staticmethod
    def mapper_from_json(fpath: str | os.PathLike[str]) -> CharMapper:
        """Return the mapper that a JSON file describes: an object with ``charMap`` and, if any, ``default``.

        Raises
        ------
        OSError
            If the file can't be read.
        json.JSONDecodeError
            If it isn't JSON.
        InvalidCharMapKeyError, TypeError
            As for `CharMapper`.
        """
        with open(fpath, encoding="utf-8") as file:
            known = json.load(file)
        if not isinstance(known, dict):
            raise TypeError(f"{os.fspath(fpath)} must hold a JSON object, got {type(known).__name__}")
        return CharMapper(known.get("charMap", {}), default=known.get("default"))

    def map_string(self, s: str) -> str:
        """Return `s` with each character mapped.

        Raises
        ------
        TypeError
            If `s` is not a str.
        """
        if not isinstance(s, str):
            raise TypeError(f"map_string() takes a str, got {type(s).__name__}")
        return s.translate(self._table)

    def __call__(self, s: str) -> str:
        """Return `s` with each character mapped."""
        return self.map_string(s)


class _Arclean(CharMapper):
    """The map ``arclean``, which the core has as a profile."""

    def __init__(self) -> None:
        super().__init__({})

    def map_string(self, s: str) -> str:
        return _profile("camel.arclean").normalize(s)


def _code_points(key: str) -> range:
    """Return the code points that a key of a character map stands for."""
    if len(key) == 1:
        return range(ord(key), ord(key) + 1)
    if len(key) != 3 or key[1] != "-":
        raise InvalidCharMapKeyError(
            key, f"key {key!r:.80} is neither one character nor a range such as 'a-z'"
        )
    if key[0] >= key[2]:
        raise InvalidCharMapKeyError(key, f"the range {key!r} must end behind its start")
    return range(ord(key[0]), ord(key[2]) + 1)
