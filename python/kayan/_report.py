"""What a column of texts is made of, as a table to choose a profile by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kayan import _core
from kayan._inputs import as_column

if TYPE_CHECKING:
    import pandas

# By property: what to do about it where it occurs.
_SUGGESTIONS = {
    "vowelled": "diacritics=True to match unvowelled text; profile 'classical' to keep the marks",
    "presentation_forms": "presentation_forms=True: glyphs as characters, as from PDF files",
    "decomposed": "nfc=True: hamza or madda stands apart from its letter",
    "farsi_yeh": "lookalikes=True unless the texts are Persian or Urdu",
    "keheh": "lookalikes=True unless the texts are Persian or Urdu",
    "final_yeh": "alef_maqsura=True: ى is written where ي is meant",
    "tatweel": "tatweel=True",
    "elongation": 'elongation=2, or "single" to find the word as it is spelled',
    "zwnj": "zwnj='remove' for Arabic; 'keep' or 'space' for Persian",
    "bidi_controls": "invisibles=True",
    "zero_width": "invisibles=True",
    "digits_ascii": "",
    "digits_arabic": "digits=True where digits of two systems occur",
    "digits_persian": "digits=True where digits of two systems occur",
    "mixed_scripts": "look at the examples: a word is glued to another, or a letter is a look-alike",
    "urls": "urls=True",
    "emails": "emails=True",
    "mentions": "mentions=True",
    "hashtags": "hashtags=True",
    "html": "html=True",
    "emoji": "emoji='remove' if a model or an index can't use them",
    "replacement_characters": "read the source again: it was decoded with the wrong encoding",
    "lone_surrogates": "read the source again: it was cut or decoded wrongly",
}


def describe_texts(texts: Any) -> pandas.DataFrame:
    """Count what a column of texts is made of, to choose a profile and its options by.

    Parameters
    ----------
    texts : list, tuple, pandas or polars Series, pyarrow array, numpy array, or any iterable of str
        Nulls are left out.

    Returns
    -------
    pandas.DataFrame
        A row for each property, with the columns ``property``, ``texts`` (how many have it), ``text_share``
        (of all texts that are not null), ``words`` (how many have it; of links, addresses, mentions and
        hashtags, how many there are), ``word_share`` (of all words: stretches without white space that hold
        a letter or digit), ``example`` (the first, or None) and ``suggestion`` (what to set, or ``""`` where
        the property does not occur).

        ``vowelled``: harakat, tanween or sukun; ``decomposed``: a hamza or madda apart from its letter;
        ``final_yeh``: one of some frequent words written with ى for ي, such as فى; ``elongation``: a letter
        three times or more; ``mixed_scripts``: Arabic and Latin letters in one word; ``zero_width``: spaces
        without width, soft hyphens, byte order marks.

    Raises
    ------
    TypeError
        If an item is neither a str nor null, or `texts` is one text or a table.
    ImportError
        If pandas is not installed.

    Examples
    --------
    >>> import kayan
    >>> report = kayan.describe_texts(["مُحَمَّد فى ١٩٩٠", "قال 3 مرات", None])
    >>> report[report["texts"] > 0][["property", "texts", "words", "example"]].values.tolist()
    [['vowelled', 1, 1, 'مُحَمَّد'], ['final_yeh', 1, 1, 'فى'], ['digits_ascii', 1, 1, '3'],
     ['digits_arabic', 1, 1, '١٩٩٠']]
    """
    try:
        import pandas
    except ImportError:
        raise ImportError('describe_texts() needs pandas: pip install "kayan[pandas]"') from None

    from kayan._views.frames import report as as_report

    kind, column = as_column(texts, "describe_texts()")
    count = _core.profile_arrow if kind == "arrow" else _core.profile_list
    all_texts, all_words, properties = count(column)
    frame = pandas.DataFrame(
        [
            {
                "property": name,
                "texts": in_texts,
                "text_share": in_texts / all_texts if all_texts else 0.0,
                "words": in_words,
                "word_share": in_words / all_words if all_words else 0.0,
                "suggestion": _SUGGESTIONS[name] if in_texts else "",
            }
            for name, in_texts, in_words, _ in properties
        ]
    )
    # As objects: the string types of pandas can't hold a lone surrogate.
    examples = pandas.Series([example for *_, example in properties], dtype=object)
    frame.insert(frame.columns.get_loc("suggestion"), "example", examples)
    return as_report(frame)
