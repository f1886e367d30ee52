"""Letters, words and options that random tests are made of: what is likely to go wrong."""

import unicodedata

import unicodedata2

from reference import matching, normalization

ARABIC = [
    chr(c)
    for first, last in normalization.ARABIC_BLOCKS
    for c in range(first, last + 1)
    if unicodedata2.category(chr(c)) != "Cn"
]
LETTERS = list("اأإآٱىيئؤوءةهكلبمدعنتک ی ہ ھ ە ۀ ۃ ے ۓ پ گ".replace(" ", ""))
MARKS = [
    *"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652",  # the eight harakat
    *"\u0653\u0654\u0655",  # MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW: they compose
    *"\u0670\u06dc\u06e3\u0610\u08f0",  # SUPERSCRIPT ALEF and marks of other classes and positions
    "\U00010efc",  # a mark of combining class 0: stops composition
    *"\u06e5\u06e6\u06dd",  # SMALL WAW, SMALL YEH, END OF AYAH
    *"\u0301\u034f\u05b0",  # marks of other scripts: COMBINING ACUTE, GRAPHEME JOINER, HEBREW SHEVA
]
INVISIBLE = [
    "\u0640",  # TATWEEL
    *"\u200c\u200d",  # ZWNJ, ZWJ
    *"\u200b\u2060\ufeff\u00ad",  # zero width
    *"\u200e\u200f\u061c\u202b\u202c\u2067\u2069",  # direction
]
FORMS = [
    *"\ufe8d\ufedf\ufeee\ufb8e",  # forms of one letter
    *"\ufefb\ufefc\ufdf2\ufdf4\ufdfa\ufdfc\ufdfd",  # ligatures; RIAL SIGN
    *"\ufe70\ufe76\ufe7d\ufc5e\ufcf2",  # forms of marks
]
SPACES = [" ", "\n", "\t", "\r", "\u00a0", "\u2003", "\u202f", "\u2028", "\u0085", "\x0b", "\x1c"]
OTHERS = [
    *"aZé_-.،؟«»#'ñß",
    *"0٠۰3٣۳\u066b\u066c",
    "٪",
    *"😀👨❤\ufe0f",  # emoji and VARIATION SELECTOR-16
    "\U0001ee00",  # ARABIC MATHEMATICAL ALEF
    "한",
    "²",
    "\ud800",  # a lone surrogate
    "\udc00",
]
# Pieces of links, addresses, tags and entities, so that they meet each other.
NET = [
    *(
        "http://",
        "https://",
        "www.",
        "x.com",
        "t.co/",
        ".sa",
        "user",
        "@",
        "@",
        "#",
        "#",
        "_",
        ".",
        ":",
        "/",
        "(",
        ")",
    ),
    *(
        "a@b.org",
        "&amp;",
        "&lt;",
        "&#x640;",
        "&#1600",
        "&",
        ";",
        "lt;",
        "<",
        ">",
        "<b>",
        "</b>",
        "<br/>",
        "<p",
    ),
    *("👍\U0001f3fb", "\u200d👧", "1\ufe0f\u20e3", "🇸🇦", "↔", "↔\ufe0f", "©", "☺", "\u20e3"),
]
HOT = [*LETTERS, *MARKS, *INVISIBLE, *FORMS, *SPACES, *OTHERS]


# The reference asks Python's own `unicodedata`, which may be older than Unicode 18: only what both know and agree on.
STABLE = [
    c
    for c in ARABIC
    if unicodedata.category(c) == unicodedata2.category(c)
    and unicodedata.normalize("NFKC", c) == unicodedata2.normalize("NFKC", c)
]
WORDS = [
    *("بغداد", "علي", "على", "القاهرة", "لبنان", "وليد", "الله", "الليطاني", "غزة", "CIA", "في", "لا"),
    *("عبد", "أبو", "أبي", "ابا", "ابن", "بن", "عبد الله", "أبو ظبي", "أم"),
    *("عز الدين", "نورالدين", "علي بن وليد", "علي وليد حسن", "بنت", "كوفيد 19", "غزة-2", "7 أكتوبر"),
]
CLITICS = ["و", "ف", "ب", "ل", "ك", "ال", "لل", "س"]
ENDINGS = ["ه", "ها", "هم", "نا", "ي", "ات"]
# What stands between or inside words without being seen, and what breaks them.
JOINTS = [
    *("\u0640", "\u064e", "\u0651", "\u0653", "\u0654", "\u0655", "\u0301"),  # TATWEEL and marks
    *(
        "\u064b",
        "\u0670",
        "\u0303",
        "\u093e",
        "\u0489",
        "\u06e5",
        "\u06dd",
        "\u0600",
    ),  # marks of all kinds, PREPEND
    *("\u200d", "\u00ad", "\u2066", "اً", "\u064bا", "\n\n", "\r\n", "–", "«", "٫", "ـٔ"),
    *("\u200c", "\u200d", "\u200f", "\u2060"),  # zero width
    *(" ", "  ", "\n", "\u00a0", "\u2028", "\t", "_", "-", ".", "،", "'", "#"),
    *("1", "٣", "۳", "²", "N", "é", "Ａ", "ß", "İ", "ς", "한", "😀"),
]
LIGATURES = [*"\ufefb\ufefc\ufdf2\ufdf4\ufdfa\ufe8d\ufedf\ufe76\ufc5e"]
MATCHER_LETTERS = list("ابوفلكهيىةأإآٱئؤعدمنکیہ")

# Each letter as it may be written instead, and what may stand behind a name.
RESPELLINGS = [
    *("يى", "ىي", "ةه", "هة", "اأ", "أا", "اٱ", "كک", "يی", "وؤ", "ؤو", "ئي"),
    " \n",
    " _",
    " \u200c",
]
GAPS = [" ", " ", " ", "، ", "\n", "-", "_", "\u200c", ""]


FOLDS = {
    "nfc": [True, False],
    "invisibles": [True],
    "zwnj": ["remove", "space", "keep"],
    "presentation_forms": [True, False, "nfkc"],
    "tatweel": [True, False, "bare"],
    "dagger": [False, "promote", "remove"],
    "diacritics": [True, False, ("harakat",), ("tanween", "madda"), ("signs", "shadda")],
    "hamza": [False, "carrier", "hamza", "drop"],
    "digits": [False, "ascii", "all", "arabic"],
    "elongation": [False, 1, 2, "single"],
}
FOLDS |= {name: [True, False] for name in normalization.NONE if name not in FOLDS and name != "joins_emoji"}
RULES = {
    "profile": [*normalization.FOLDS],
    "overlap": ["longest", "all", "priority"],
    "boundary": ["word", "none"],
    "whitespace": ["any", "inline"],
    "clitics": ["off", "safe", "all"],
    "min_stem": [1, 2, 3, 4],
    "never_split": [(), ("بغداد",), ("وليد", "لبنان", "بعلي")],
    "common_words": [
        False,
        ("وليد", "بعلي", "لبنان", "صالح"),
    ],  # the reference folds all words of a list anew
    "name_variants": [(), *((variant,) for variant in matching.NAME_VARIANTS), "all"],
    "duplicates": ["priority", "all", "first"],
}
RULES |= {
    name: [True, False]
    for name, value in matching.DEFAULTS.items()
    if name not in RULES and value in (True, False)
}
assert RULES.keys() == matching.DEFAULTS.keys()
OPTIONS = RULES | FOLDS
