"""The normalizers of Apache Lucene 8.7.0 for Arabic and Persian, as callables on text.

Lucene's work on the characters of one token in place; these take a text, of one token or of many, and
return it. They do what Lucene's tables say. The one difference is `DecimalDigitFilter`: Lucene knows the
digits of the running Java's Unicode, this one those of `kayan.unicode_version`.

Lucene folds decomposed letters (ا with U+0654 HAMZA ABOVE) otherwise than composed ones (أ); the profile
``"search"`` of `kayan.Normalizer` gives canonically equivalent texts the same result and is recommended for
new indexes. To query an index that Lucene has built, stay with these.

Examples
--------
>>> from kayan.compat.lucene import ArabicNormalizer
>>> ArabicNormalizer().normalize("المدرسة الأولى")
'المدرسه الاولي'
"""

from __future__ import annotations

from kayan.compat import _profile

__all__ = ["ArabicNormalizer", "DecimalDigitFilter", "PersianNormalizer"]


class _LuceneNormalizer:
    __slots__ = ()
    _profile: str

    def normalize(self, text: str) -> str:
        """Return `text` normalized."""
        return _profile(self._profile).normalize(text)

    def __call__(self, text: str) -> str:
        """Return `text` normalized."""
        return self.normalize(text)


class ArabicNormalizer(_LuceneNormalizer):
    """آ أ إ to ا, ى to ي, ة to ه; no tatweel and no U+064B-0652. Profile: ``"lucene"``.

    Examples
    --------
    >>> ArabicNormalizer()("إلى مكة")
    'الي مكه'
    """

    __slots__ = ()
    _profile = "lucene"


class PersianNormalizer(_LuceneNormalizer):
    """ی ے to ي, ک to ك, ۀ ہ to ه; no hamza above (U+0654). Profile: ``"lucene_fa"``.

    Examples
    --------
    >>> PersianNormalizer()("کتاب فارسی")
    'كتاب فارسي'
    """

    __slots__ = ()
    _profile = "lucene_fa"


class DecimalDigitFilter(_LuceneNormalizer):
    """Decimal digits of every script to ASCII. Profile: ``"lucene_digits"``.

    Examples
    --------
    >>> DecimalDigitFilter()("١٢٣ ۴۵۶")
    '123 456'
    """

    __slots__ = ()
    _profile = "lucene_digits"
