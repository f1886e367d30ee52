"""The preprocessor of AraBERT 1.0.1 for the models that need no Farasa, with the same results.

These are AraBERTv02, AraELECTRA and AraGPT2; the other models of AraBERT need Farasa, which is Java, or a
list of emoji, and are refused. What Python's ``re`` takes for a word or a digit, and `html` for an entity, is
that of the running Python, as in AraBERT.

A model expects what it was trained on, so use this for it. AraBERT's steps treat decomposed letters (ا with
U+0654 HAMZA ABOVE) otherwise than composed ones, delete presentation forms, ک and ی, and part words at marks
such as the dagger alef: ``kayan.normalize(text, "light")`` before it mends the first two.

Examples
--------
>>> from kayan.compat.arabert import ArabertPreprocessor
>>> preprocessor = ArabertPreprocessor("bert-base-arabertv02")
>>> preprocessor.preprocess("قال @user: الطقس جمييييل، 3/4 كلمة5 https://t.co/x")
'قال [مستخدم] : الطقس جمييل ، 3 - 4 كلمة 5 [رابط]'
"""

from __future__ import annotations

import html
import re
import warnings

from kayan._core import KayanError
from kayan.compat._araby_constants import TASHKEEL_STRING, TATWEEL

__all__ = ["ArabertPreprocessor"]

_PLAIN = (
    *("bert-base-arabertv02", "bert-large-arabertv02"),
    *("araelectra-base", "araelectra-base-discriminator", "araelectra-base-generator"),
    *("araelectra-base-artydiqa", "aragpt2-base", "aragpt2-medium", "aragpt2-large", "aragpt2-mega"),
)
_OTHER = (
    *("bert-base-arabertv01", "bert-base-arabert", "bert-base-arabertv2", "bert-large-arabertv2"),
    *("bert-base-arabertv02-twitter", "bert-large-arabertv02-twitter"),
)

# Where a look behind stands first, it keeps the search linear: what begins inside a word could only match
# what a match from the start of the word takes in. AraBERT has an eighth pattern for links, which never
# matches and takes exponential time to find that out.
_URLS = [
    re.compile(pattern)
    for pattern in (
        r"(?:https?://.)?(?:www\.)?[-a-zA-Z0-9@:%._+~#=]{2,256}\.[a-z]{2,6}\b[-a-zA-Z0-9@:%_+.~#?&/=]*",
        r"https?://[-a-zA-Z0-9_./~?=%&]+",
        r"www[-a-zA-Z0-9_?=%&/.~]+",
        r"(?:(?<![a-zA-Z])|(?<=\.com))[a-zA-Z]+\.com",
        r"http\S*",
        r"www\S*",
        r"://",
    )
]
_EMAILS = [re.compile(r"(?<![\w-])[\w-]+@(?:[\w-]+\.)+[\w-]+"), re.compile(r"(?<!\S)\S+@\S+")]
_MENTION = re.compile(r"@\w+")
_TAG = re.compile(r"</?[^>]+>")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_REPEATED = re.compile(r"(\D)\1{2,}", re.DOTALL)
_LETTERS = "\u0621-\u063a\u0641-\u064a"
_SIGN = re.compile(rf"([^0-9{_LETTERS}\u0660-\u0669a-zA-Z\[\]])")
_DIGITS_THEN_LETTERS = re.compile(r"(\d+)([\u0621-\u063a\u0641-\u066c]+)")
_LETTERS_THEN_DIGITS = re.compile(r"([\u0621-\u063a\u0641-\u066c]+)(\d+)")
_REJECTED = re.compile(
    "[^0-9a-zA-Z\u0621-\u063a\u0640-\u066c\u0671-\u0674\u06da\u0b4d\\s"
    r"""!"#$%'()*+,.:;\-<=>?@\[\\\]^_`{|}~·«»–—‘’“”…،؛؟٪]"""
)
_VARIATION_SELECTOR = "\ufe0f"  # VARIATION SELECTOR-16

# What `unpreprocess` takes spaces away from: inside a pair of quotes, and beside signs.
# AraBERT puts a backslash before two of the quotes.
_QUOTES = {'"': '"', "'": "'", "`": r"\`", "—": r"\—"}
_DECIMAL = re.compile(r"(\d+) \. (\d+)")
_SPACE_BEFORE = re.compile(r" ([\]!#$%),.:;?}٪’،؟”؛…»·])")
_SPACE_AFTER = re.compile(r"([\[({“«‘*~]) ")
_SPACE_BOTH = re.compile(r" ([-+<=>@\\^_|–]) ")

_STROKES = str.maketrans("", "", TATWEEL)
_MARKS = str.maketrans("", "", TASHKEEL_STRING)


class ArabertPreprocessor:
    """Prepare texts for a model of AraBERT as they were for its training, and undo that in what it writes.

    Parameters
    ----------
    model_name : str
        The name of the model, with or without ``aubmindlab/`` before it. For a name that AraBERT doesn't know
        the steps are those of ``"bert-base-arabertv02"``, with a warning.
    remove_html_markup : bool, default True
        Put a space in place of each tag.
    replace_urls_emails_mentions : bool, default True
        Put ``[رابط]``, ``[بريد]`` and ``[مستخدم]`` in place of links, addresses and ``@name``.
    strip_tashkeel, strip_tatweel : bool, default True
        Remove U+064B-0652; remove U+0640.
    insert_white_spaces : bool, default True
        Set spaces around what is neither a letter of Arabic or ASCII nor a digit nor a square bracket, and
        between digits and Arabic letters.
    remove_non_digit_repetition : bool, default True
        Leave two of three or more of one character, digits excepted.
    keep_emojis : bool, optional
        Only False is possible, which None means.
    replace_slash_with_dash : bool, optional
        Put ``-`` in place of ``/``; None is True.
    map_hindi_numbers_to_arabic : bool, optional
        Turn ٠-٩ into 0-9; None is True.
    apply_farasa_segmentation : bool, optional
        Only False is possible, which None means.

    Raises
    ------
    KayanError
        For a model or an option that needs Farasa or a list of emoji.
    TypeError
        If `model_name` is not a str.

    Examples
    --------
    >>> ArabertPreprocessor("aubmindlab/aragpt2-base").unpreprocess("قال : ( نعم ) .")
    'قال: (نعم).'
    """

    def __init__(
        self,
        model_name: str,
        remove_html_markup: bool = True,
        replace_urls_emails_mentions: bool = True,
        strip_tashkeel: bool = True,
        strip_tatweel: bool = True,
        insert_white_spaces: bool = True,
        remove_non_digit_repetition: bool = True,
        keep_emojis: bool | None = None,
        replace_slash_with_dash: bool | None = None,
        map_hindi_numbers_to_arabic: bool | None = None,
        apply_farasa_segmentation: bool | None = None,
    ) -> None:
        if not isinstance(model_name, str):
            raise TypeError(f"model_name must be str, got {type(model_name).__name__}")
        name = model_name.replace("aubmindlab/", "")
        if name in _OTHER:
            raise KayanError(f"the steps of {name!r} are not here; here are {', '.join(_PLAIN)}")
        if name not in _PLAIN:
            warnings.warn(
                f"AraBERT has no model {name!r:.80}: these are the steps of 'bert-base-arabertv02'",
                stacklevel=2,
            )
            name = "bert-base-arabertv02"
        if apply_farasa_segmentation:
            raise KayanError("apply_farasa_segmentation=True is not here: it needs Farasa")
        if keep_emojis:
            raise KayanError("keep_emojis=True is not here: what is an emoji depends on AraBERT's list")
        self.model_name = name
        self.apply_farasa_segmentation = False
        self.keep_emojis = False
        self.remove_html_markup = remove_html_markup
        self.replace_urls_emails_mentions = replace_urls_emails_mentions
        self.strip_tashkeel = strip_tashkeel
        self.strip_tatweel = strip_tatweel
        self.insert_white_spaces = insert_white_spaces
        self.remove_non_digit_repetition = remove_non_digit_repetition
        self.replace_slash_with_dash = replace_slash_with_dash is None or replace_slash_with_dash
        self.map_hindi_numbers_to_arabic = map_hindi_numbers_to_arabic is None or map_hindi_numbers_to_arabic

    def preprocess(self, text: str) -> str:
        """Return `text` as the model expects it; anything but a str is taken by its ``str()``, as there."""
        text = html.unescape(str(text))
        if self.strip_tashkeel:
            text = text.translate(_MARKS)
        if self.strip_tatweel:
            text = text.translate(_STROKES)
        if self.replace_urls_emails_mentions:
            for url in _URLS:
                text = url.sub(" [رابط] ", text)
            for email in _EMAILS:
                text = email.sub(" [بريد] ", text)
            text = _MENTION.sub(" [مستخدم] ", text)
        if self.remove_html_markup:
            text = text.replace("<br />", " ")
            closed = text.rfind(">") + 1  # so that no `<` is read to the end in vain
            text = _TAG.sub(" ", text[:closed]) + text[closed:]
        if self.map_hindi_numbers_to_arabic:
            text = text.translate(_DIGITS)
        if self.remove_non_digit_repetition:
            text = _REPEATED.sub(r"\1\1", text)
        if self.insert_white_spaces:
            text = _SIGN.sub(r" \1 ", text)
            text = _DIGITS_THEN_LETTERS.sub(r" \1 \2 ", text)
            text = _LETTERS_THEN_DIGITS.sub(r" \1 \2 ", text)
        if self.replace_slash_with_dash:
            text = text.replace("/", "-")
        text = _REJECTED.sub(" ", text)
        return " ".join(text.replace(_VARIATION_SELECTOR, "").split())

    def unpreprocess(self, text: str, desegment: bool = True) -> str:
        """Return what a model wrote with its signs at the words where they belong.

        Parameters
        ----------
        text : str
            The text.
        desegment : bool, default True
            Nothing: segmented models, which it is for, are not here.

        Raises
        ------
        TypeError
            If `text` is not a str.
        """
        if not isinstance(text, str):
            raise TypeError(f"unpreprocess() takes a str, got {type(text).__name__}")
        for sign, written in _QUOTES.items():
            text = _close_quotes(text, sign, written)
        text = " ".join(text.replace(".", " . ").split())
        text = _DECIMAL.sub(r"\1.\2", text)
        text = _SPACE_BOTH.sub(r"\1", text)
        text = _SPACE_BEFORE.sub(r"\1", text)
        return _SPACE_AFTER.sub(r"\1", text).strip()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model_name!r})"


def _close_quotes(text: str, sign: str, written: str) -> str:
    """Take the white space away behind an opening quote, and its last character before a closing one."""
    first, *rest = text.split(sign)
    rest.reverse()
    parts = [first]
    while rest:
        inside = rest.pop()
        kept = inside.lstrip()[:-1] or inside[-2:-1]
        if rest and len(inside) > 2 and inside[0].isspace() and inside[-1].isspace():
            parts += [written, kept, written, rest.pop()]
        else:
            parts += [sign, inside]
    return "".join(parts)
