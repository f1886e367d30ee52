"""What the normalizers of other tools do, slowly: written from published tables and observed behaviour.

Independent of the package, so that the two can be compared where a tool is not at hand. `ARCLEAN`, the character
map of CAMeL Tools, is not here: it is nothing but data, which `make parity` compares with the tool itself.
"""

import re
from collections.abc import Callable

import unicodedata2

HARAKAT = "\u064b-\u0652"  # FATHATAN to SUKUN
HAMZA_MARKS = "\u0654\u0655"  # HAMZA ABOVE, HAMZA BELOW
LAM_ALEF = "[\ufef5\ufef7\ufef9\ufefb]"  # isolated forms


def drop(members: str, text: str) -> str:
    return re.sub(f"[{members}]", "", text)


def lucene(text: str) -> str:
    text = re.sub("[آأإ]", "ا", text)
    text = text.replace("ى", "ي").replace("ة", "ه")
    return drop("\u0640" + HARAKAT, text)  # TATWEEL


def lucene_fa(text: str) -> str:
    text = re.sub("[یے]", "ي", text)
    text = re.sub("[ۀہ]", "ه", text.replace("ک", "ك"))
    return text.replace("\u0654", "")


def lucene_digits(text: str) -> str:
    return "".join(str(unicodedata2.digit(c)) if unicodedata2.category(c) == "Nd" else c for c in text)


def camel_normalize_unicode(text: str) -> str:
    text = text.replace("\ufdfc", "ريال").replace("\ufdfd", "بسم الله الرحمن الرحيم")
    return unicodedata2.normalize("NFKC", text)


def pyarabic_normalize_alef(text: str) -> str:
    text = text.replace("ى\u0670", "ى").replace("\u0670ى", "ى")  # SUPERSCRIPT ALEF
    return re.sub("[آأإٱى\u0670]", "ا", text)


def pyarabic_normalize_hamza(text: str) -> str:
    alef = len(text) >= 3 and text[1] not in "\u064b\u064c\u064d\u064e\u064f\u0650\u0652"
    if text.startswith("آ") and alef and (len(text) == 3 or text[2] == "\u0651"):  # SHADDA
        text = "ءا" + text[1:]
    return re.sub(f"[أؤإئ{HAMZA_MARKS}]", "ء", text.replace("آ", "ءء"))


def pyarabic_tasheel(text: str) -> str:
    text = re.sub(f"[آأإ{HAMZA_MARKS}]", "ا", text)
    return text.replace("ؤ", "و").replace("ئ", "ي")


def pyarabic_searchtext(text: str) -> str:
    text = drop("\u0640" + HARAKAT, text)
    text = re.sub(LAM_ALEF, "لا", text)
    text = re.sub("[آأإٱى\u0670]", "ا", text)
    text = re.sub(f"[ؤئ{HAMZA_MARKS}]", "ء", text)
    return text.replace("ة", "ه")


def pyarabic_strip_diacritics(text: str) -> str:
    """Marks of the block Arabic (U+0600-06FF), which has not been given new ones since Unicode 6."""
    return "".join(c for c in text if not ("\u0600" <= c <= "\u06ff" and unicodedata2.category(c) == "Mn"))


PROFILES: dict[str, Callable[[str], str]] = {
    "lucene": lucene,
    "lucene_fa": lucene_fa,
    "lucene_digits": lucene_digits,
    "camel.normalize_unicode": camel_normalize_unicode,
    "camel.dediac": lambda text: drop(HARAKAT + "\u0670", text),
    "camel.alef": lambda text: re.sub("[آأإٱ]", "ا", text),
    "camel.alef_maqsura": lambda text: text.replace("ى", "ي"),
    "camel.teh_marbuta": lambda text: text.replace("ة", "ه"),
    "pyarabic.strip_tashkeel": lambda text: drop(HARAKAT, text),
    "pyarabic.strip_harakat": lambda text: drop("\u064b-\u0650\u0652", text),
    "pyarabic.strip_shadda": lambda text: drop("\u0651", text),
    "pyarabic.strip_small": lambda text: drop("\u0670\u06e5\u06e6", text),
    "pyarabic.strip_diacritics": pyarabic_strip_diacritics,
    "pyarabic.strip_tatweel": lambda text: drop("\u0640", text),
    "pyarabic.normalize_alef": pyarabic_normalize_alef,
    "pyarabic.normalize_hamza": pyarabic_normalize_hamza,
    "pyarabic.normalize_hamza_tasheel": pyarabic_tasheel,
    "pyarabic.normalize_ligature": lambda text: re.sub(LAM_ALEF, "لا", text),
    "pyarabic.normalize_teh": lambda text: text.replace("ة", "ه"),
    "pyarabic.spellerrors": lambda text: text.replace("ة", "ه").replace("ى", "ي"),
    "pyarabic.searchtext": pyarabic_searchtext,
}
