"""Normalization: the documented face of the core's `Normalizer`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar, overload

from kayan import _core
from kayan._core import KayanError
from kayan._inputs import Progress, as_column, categories_of, checked_threads, like, recoded, reporter
from kayan._mistakes import by_meaning, check_profile
from kayan._options import NormalizerOptions, chosen, spelled_out
from kayan._views import summaries

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

_Texts = TypeVar("_Texts", bound=Iterable[Any])


def profiles() -> dict[str, dict[str, object]]:
    """Return every normalization profile by name, with the value of each of its options.

    Examples
    --------
    >>> import kayan
    >>> "search" in kayan.profiles()
    True
    """
    return _core.profiles()


class Alignment:
    """A text, its normalized form, and which part of one is which part of the other.

    Made by `Normalizer.align`. All positions are code points, end exclusive.

    Examples
    --------
    >>> import kayan
    >>> aligned = kayan.Normalizer().align("سلا\u0640\u0640م")  # ARABIC TATWEEL, twice
    >>> aligned.text
    'سلام'
    >>> aligned.to_original(3, 4)
    (5, 6)
    """

    __slots__ = ("_native", "_normalizer")

    def __init__(self, native: _core.Alignment, normalizer: Normalizer) -> None:
        self._native = native
        self._normalizer = normalizer

    @property
    def original(self) -> str:
        """The text as it was given."""
        return self._native.original

    @property
    def text(self) -> str:
        """The normalized form of the text."""
        return self._native.text

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the span of `original` that ``text[start:end]`` was made of.

        Raises
        ------
        KayanError
            Unless ``0 <= start <= end``.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer().align("سلا\u0640م").to_original(3, 4)  # ARABIC TATWEEL
        (4, 5)
        """
        return self._native.to_original(start, end)

    def to_normalized(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the span of `text` that ``original[start:end]`` became.

        Raises
        ------
        KayanError
            Unless ``0 <= start <= end``.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer().align("سلا\u0640م").to_normalized(4, 5)  # ARABIC TATWEEL
        (3, 4)
        """
        return self._native.to_normalized(start, end)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self._normalizer).align, (self._normalizer, self.original)

    def __copy__(self) -> Alignment:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Alignment:
        # It can't be changed, so there is nothing to keep apart.
        return self

    def __repr__(self) -> str:
        return f"Alignment(original={self.original!r}, text={self.text!r})"

    def _repr_html_(self) -> str:
        return summaries.alignment_html(self)


@dataclass(frozen=True, repr=False)
class Edit:
    """One change that an operation of a normalizer made; see `Normalizer.explain`.

    Attributes
    ----------
    start, end : int
        Where the changed characters stand in the original text: code points, end exclusive.
    before : str
        What the operation found there: the original, or what the operations before it made of that.
    after : str
        What it put in its place; ``""`` where it removed something.
    rule : str
        The operation, by the name of its option.
    count : int
        How many edits of this text change the same characters in the same way.

    Examples
    --------
    >>> import kayan
    >>> kayan.Normalizer("light").explain("سلا\u0640م")  # ARABIC TATWEEL
    [Edit(3, 4, U+0640 -> nothing, rule='tatweel', count=1)]
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    count: int = 1

    def __repr__(self) -> str:
        change = f"{_visible(self.before)} -> {_visible(self.after)}"
        return f"Edit({self.start}, {self.end}, {change}, rule={self.rule!r}, count={self.count})"


def _visible(text: str) -> str:
    """Show letters as they are, and code points where a reader could not see what is there."""
    if not text:
        return "nothing"
    hidden = any(unicodedata.category(c) in ("Mn", "Me", "Lm") or c in _SHAPES for c in text)
    if text.strip() and text.isprintable() and not hidden:
        return repr(text)
    return " ".join(f"U+{ord(c):04X}" for c in text)


# Presentation forms look like the letters that they become.
_SHAPES = frozenset(map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))))


class Normalizer:
    """Folds variant spellings of Arabic text together, as a profile and its overrides say.

    Canonically equivalent texts (NFC, NFD) give the same result, and normalizing twice changes nothing more;
    only the profiles that equal another tool promise neither. Building one costs far more than a short text
    does, so build it once. It can't be changed, and threads may share it.

    Parameters
    ----------
    profile : str, default "search"
        A name in `profiles()`. ``"search"`` folds all that a search engine should not tell apart; ``"match"``
        what names are spelled with in one way or another; ``"light"`` only cleans (invisible characters,
        presentation forms, tatweel); ``"classical"`` is that for vowelled and Quranic text, whose marks may
        stand on a tatweel; ``"social"`` cleans posts: links, addresses and mentions masked, ``#`` and marks
        removed, letters repeated for emphasis cut to two; ``"loose"`` finds more than ``"search"`` and more
        that was not meant; ``"uthmani"`` spells Quranic text as today, without marks; ``"none"`` does
        nothing. The others, from ``"lucene"`` on, do exactly what another tool does and take no options;
        `kayan.compat` has them as functions.
    html : bool
        Decode HTML entities (numbers, and the common names) and remove tags, until there are none. A tag
        that parts words, such as ``<br>``, becomes a space. For text with some HTML in it, not for pages.
    emoji : {"keep", "remove"}
        What becomes of emoji; a sequence goes as a whole. © and ™ aren't emoji.
    nfc : bool
        Compose letters and marks (Unicode NFC).
    invisibles : bool
        Remove direction controls, zero-width spaces, soft hyphens and byte order marks; the joiner (U+200D)
        stays inside emoji.
    zwnj : {"remove", "keep", "space"}
        What becomes of the zero-width non-joiner (U+200C) when `invisibles` is on.
    presentation_forms : bool or {"attach", "nfkc"}
        Positional letter forms and ligatures (U+FB50-FDFF, U+FE70-FEFC) to plain letters. True is
        ``"attach"``: the form of a lone mark becomes the bare mark; ``"nfkc"`` keeps the space or tatweel
        that carries it.
    width : bool
        Full-width and half-width forms (U+FF01-FFEE) to the usual ones: ＮＡＴＯ to NATO.
    word_ligatures : bool
        ﷽ and other characters that stand for a phrase, to its words.
    quranic : bool
        Quranic spelling to that of today, by the marks of the text: ٱلصلوة to الصلاة, with its dagger alef.
    tatweel : bool or {"all", "bare"}
        Remove the elongation stroke (U+0640). True is ``"all"``; ``"bare"`` keeps one that carries a mark.
    math_letters : bool
        Mathematical Arabic letters (U+1EE00-1EEFF) to plain ones.
    lookalikes : bool
        Persian and Urdu letters that look like Arabic ones: ک ی ہ to ك ي ه.
    tanween_alef : bool
        Remove the alef that carries tanween at the end of a word.
    dagger : bool or {"spelling", "promote", "remove"}
        Dagger alef (U+0670) to ا where today's spelling has one (``"spelling"``, which True means), to ا
        everywhere (``"promote"``), or removed.
    diacritics : bool or tuple of str
        Remove marks: True for all but signs, or the classes to remove, of ``"harakat"``, ``"sukun"``,
        ``"tanween"``, ``"shadda"``, ``"madda"``, ``"dagger"``, ``"quranic_ext"``, ``"small_letters"``,
        ``"signs"``.
    alef : bool
        أ إ آ ٱ to ا.
    hamza : bool or {"carrier", "hamza", "drop"}
        ؤ ئ to و ي (``"carrier"``, which True means), to ء (``"hamza"``), or like carrier with ء removed
        (``"drop"``).
    alef_maqsura : bool
        ى to ي.
    ta_marbuta : bool
        ة to ه.
    digits : bool or {"ascii", "all", "arabic", "persian"}
        Western, Arabic-Indic and Persian digits to one of the three. True is ``"ascii"``; ``"all"`` is that
        for the decimal digits of every script.
    separators : bool
        ٫ and ٬ between digits to ``.`` and ``,``.
    punctuation : bool
        ، ؛ ؟ and their like to ASCII.
    signs : bool
        One sign for all dashes and one for all quotation marks and apostrophes: «أ–ب» to "أ-ب".
    underscore_is_space : bool
        ``_`` to a space: #القاهرة_الجديدة to #القاهرة الجديدة.
    case : bool
        Fold the case of letters that have one: NATO to nato.
    elongation : bool, int or "single"
        Shorten a letter repeated for emphasis to this many. True is 2; ``"single"`` makes one of three and
        more, and leaves two.
    urls, emails, mentions : bool or str
        Put a mask in place of links, e-mail addresses and ``@name``: your own text, or by default ``[رابط]``,
        ``[بريد]``, ``[مستخدم]``; ``""`` removes them. What counts as one is in NORMALIZATION.md.
    hashtags : bool or str
        True (or ``"words"``) keeps the words of a hashtag: ``#`` goes and ``_`` becomes a space. ``"mask"``
        puts ``[وسم]`` in its place, another text itself.
    whitespace : bool
        Each run of white space, line breaks too, to one space; none at the ends.

    Raises
    ------
    KayanError
        For an unknown profile, option or value; the message names the nearest valid ones.

    Examples
    --------
    >>> import kayan
    >>> normalizer = kayan.Normalizer("search", ta_marbuta=False)
    >>> normalizer
    Normalizer('search', ta_marbuta=False)
    >>> normalizer("المدرسة الأولى")
    'المدرسة الاولي'
    """

    __slots__ = ("_native", "_overrides")

    @spelled_out(NormalizerOptions)
    def __init__(self, profile: str = "search", **options: Unpack[NormalizerOptions]) -> None:
        check_profile("Normalizer()", profile)
        self._overrides = chosen(options)
        try:
            self._native = _core.Normalizer(profile, self._overrides)
        except KayanError as error:
            raise by_meaning(error) from None

    @property
    def id(self) -> str:
        """What this normalizer does, as a short text: equal ids mean equal results for every input."""
        return self._native.id

    @property
    def profile(self) -> str:
        """Name of the profile that the options started from."""
        return self._native.profile

    @property
    def options(self) -> dict[str, object]:
        """Every option with its value, those of the profile included."""
        return self._native.options

    def normalize(self, text: str) -> str:
        """Return `text` normalized.

        Raises
        ------
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer().normalize("المدرسة الأولى")
        'المدرسه الاولي'
        """
        if not isinstance(text, str):
            raise TypeError(
                f"normalize() takes a str, got {type(text).__name__}; for many texts, normalize_batch()"
            )
        return self._native.normalize(text)

    def normalize_batch(
        self, texts: _Texts, progress: Progress = False, threads: int | None = None
    ) -> _Texts:
        """Normalize many texts on several threads.

        Parameters
        ----------
        texts : list, tuple, pandas or polars Series, pyarrow array, numpy array, or any iterable of str
            Nulls (None, NaN, ``pd.NA``, Arrow null) stay null.
        progress : bool or callable, default False
            True shows a tqdm bar; a function is called with the number of rows done.
        threads : int, optional
            Default: one per processor.

        Returns
        -------
        same kind as `texts`
            As many rows, in the same order; a Series keeps its index and name. Other iterables give a list.

        Raises
        ------
        TypeError
            If an item is neither a str nor null (the message names its row), or `texts` is one text or a
            table.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer().normalize_batch(("أحمد", None))
        ('احمد', None)
        """
        if (categories := categories_of(texts)) is not None:
            recoded_texts: _Texts = recoded(texts, self.normalize_batch(categories, progress, threads))
            return recoded_texts
        kind, column = as_column(texts, "normalize_batch()")
        with reporter(progress, len(column) if hasattr(column, "__len__") else None) as report:
            run = self._native.normalize_arrow if kind == "arrow" else self._native.normalize_list
            result: _Texts = like(texts, run(column, checked_threads(threads), report))
        return result

    @overload
    def __call__(self, texts: str) -> str: ...
    @overload
    def __call__(self, texts: _Texts) -> _Texts: ...
    def __call__(self, texts: Any) -> Any:
        """Normalize one text, or many as `normalize_batch` does."""
        return self._native.normalize(texts) if isinstance(texts, str) else self.normalize_batch(texts)

    def align(self, text: str) -> Alignment:
        """Normalize `text` and remember where every character came from.

        Raises
        ------
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer("light").align("بغـــداد").text
        'بغداد'
        """
        if not isinstance(text, str):
            raise TypeError(f"align() takes a str, got {type(text).__name__}")
        return Alignment(self._native.align(text), self)

    def explain(self, text: str) -> list[Edit]:
        """List what normalizing `text` changes, and which operation does it.

        Meant for looking at a text, not for many: it takes far longer than `normalize`, though time and
        memory are linear in the text.

        Returns
        -------
        list of Edit
            From left to right; where several operations change one place, in the order in which they do.
            Empty if nothing changes.

        Raises
        ------
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer().explain("مدرسة أحمد")
        [Edit(4, 5, 'ة' -> 'ه', rule='ta_marbuta', count=1), Edit(6, 7, 'أ' -> 'ا', rule='alef', count=1)]
        """
        if not isinstance(text, str):
            raise TypeError(f"explain() takes a str, got {type(text).__name__}")
        return summaries.Edits(Edit(*edit) for edit in self._native.explain(text))

    def to_dict(self) -> dict[str, object]:
        """Return profile, overrides and id as plain values for JSON; `from_dict` reads them back.

        Examples
        --------
        >>> import kayan
        >>> kayan.Normalizer("light", digits=True).to_dict()["options"]
        {'digits': True}
        """
        options = {k: list(v) if isinstance(v, tuple) else v for k, v in self._overrides.items()}
        return {"profile": self.profile, "options": options, "id": self.id}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build the normalizer that `to_dict` described.

        Raises
        ------
        KayanError
            If this version of kayan would normalize differently: the id is not the same any more.

        Examples
        --------
        >>> import kayan
        >>> normalizer = kayan.Normalizer("light", digits=True)
        >>> kayan.Normalizer.from_dict(normalizer.to_dict()) == normalizer
        True
        """
        if not isinstance(data, Mapping) or "profile" not in data:
            raise TypeError(f"from_dict() takes what to_dict() returned, got {data!r:.80}")
        normalizer = cls(data["profile"], **data.get("options", {}))
        if data.get("id", normalizer.id) != normalizer.id:
            raise KayanError(
                f"normalizer was saved as {data['id']}, this version of kayan makes {normalizer.id}"
            )
        return normalizer

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_dict, (self.to_dict(),)

    def __eq__(self, other: object) -> bool:
        return self.id == other.id if isinstance(other, Normalizer) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        arguments = [repr(self.profile), *(f"{name}={value!r}" for name, value in self._overrides.items())]
        return f"{type(self).__name__}({', '.join(arguments)})"

    def _repr_html_(self) -> str:
        return summaries.normalizer_html(repr(self), self.options, self.align, self.explain)


# `typed`, since elongation=True and elongation=1 mean different things.
@lru_cache(maxsize=64, typed=True)
def _cached(profile: str, *options: Any) -> Normalizer:
    return Normalizer(profile, **dict(zip(options[::2], options[1::2], strict=True)))


# The core's own functions for profiles as they are: finding a normalizer takes longer than a short text.
_of_profile: dict[object, Callable[[str], str]] = {}


@overload
def normalize(text: str, profile: str = "search", **options: Unpack[NormalizerOptions]) -> str: ...
@overload
def normalize(text: _Texts, profile: str = "search", **options: Unpack[NormalizerOptions]) -> _Texts: ...
@spelled_out(NormalizerOptions)
def normalize(text: Any, profile: str = "search", **options: Unpack[NormalizerOptions]) -> Any:
    """Normalize one text, or a list, Series, Arrow or numpy column of texts.

    The last few normalizers are kept, so calling this in a loop doesn't build one each time.

    Parameters
    ----------
    text : str or column of str
        In a column, nulls stay null.
    profile : str, default "search"
        A name in `profiles()`.
    **options
        Overrides of the profile, documented on `Normalizer`.

    Returns
    -------
    str, or same kind of column
        See `Normalizer.normalize_batch`.

    Raises
    ------
    KayanError
        For an unknown profile, option or value.
    TypeError
        If `text` is neither a str nor a column of str.

    Examples
    --------
    >>> import kayan
    >>> kayan.normalize("المدرسة الأولى")
    'المدرسه الاولي'
    >>> kayan.normalize("المدرسة الأولى", ta_marbuta=False)
    'المدرسة الاولي'
    >>> kayan.normalize(["أحمد", None])
    ['احمد', None]
    """
    if not options and type(text) is str:
        try:
            return _of_profile[profile](text)
        except (KeyError, TypeError):  # new, or unhashable
            pass
    if text is None or isinstance(text, (bytes, int, float, Mapping)):
        raise TypeError(f"normalize() takes a str or a column of str, got {type(text).__name__}")
    try:
        normalizer = normalizer_for(profile, options)
    except KayanError:
        if isinstance(text, str) and text in profiles() and profile not in profiles():
            raise KayanError(f"normalize() takes the text first and then the profile {text!r}") from None
        raise
    if not options and isinstance(profile, str):
        _of_profile[profile] = normalizer._native.normalize
    return normalizer(text)


def normalizer_for(profile: str | Normalizer, options: Mapping[str, Any]) -> Normalizer:
    """Return the normalizer itself, if `profile` is one, or one of the last few that were built.

    Raises
    ------
    KayanError
        For an unknown profile, option or value, or options beside a normalizer.
    """
    overrides = chosen(options)
    if isinstance(profile, Normalizer):
        if overrides:
            raise KayanError(f"a Normalizer has its options; got {', '.join(overrides)} beside it")
        return profile
    check_profile("normalize()", profile)
    try:
        return _cached(profile, *chain.from_iterable(sorted(overrides.items())))
    except TypeError:  # an unhashable value, which the core refuses with a reason
        return Normalizer(profile, **options)
