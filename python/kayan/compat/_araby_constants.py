"""The constants of `pyarabic.araby` 0.6.15: letters, marks, digits, sets of them and patterns."""

import re
import unicodedata

__all__ = [
    "AIN",
    "ALEF",
    "ALEFAT",
    "ALEFAT_PATTERN",
    "ALEF_HAMZA_ABOVE",
    "ALEF_HAMZA_BELOW",
    "ALEF_MADDA",
    "ALEF_MAKSURA",
    "ALEF_WASLA",
    "ALPHABETIC_ORDER",
    "ARABIC_RANGE",
    "ARABIC_STRING",
    "BEH",
    "BYTE_ORDER_MARK",
    "COMMA",
    "DAD",
    "DAL",
    "DAMMA",
    "DAMMATAN",
    "DECIMAL",
    "DIACRITICS",
    "EIGHT",
    "EIGHT_P",
    "EIGHT_W",
    "FATHA",
    "FATHATAN",
    "FEH",
    "FIVE",
    "FIVE_P",
    "FIVE_W",
    "FIX_SPACES_PAT",
    "FOUR",
    "FOUR_P",
    "FOUR_W",
    "FULL_STOP",
    "GHAIN",
    "HAH",
    "HAMZA",
    "HAMZAT",
    "HAMZAT_PATTERN",
    "HAMZAT_STRING",
    "HAMZA_ABOVE",
    "HAMZA_BELOW",
    "HARAKAT",
    "HARAKAT_PATTERN",
    "HARAKAT_STRING",
    "HEH",
    "JEEM",
    "KAF",
    "KASRA",
    "KASRATAN",
    "KHAH",
    "LAM",
    "LAM_ALEF",
    "LAM_ALEF_HAMZA_ABOVE",
    "LAM_ALEF_HAMZA_BELOW",
    "LAM_ALEF_MADDA_ABOVE",
    "LASTHARAKA_PATTERN",
    "LETTERS",
    "LIGUATURES",
    "LIGUATURES_PATTERN",
    "MADDA_ABOVE",
    "MEEM",
    "MINI_ALEF",
    "MOON",
    "NAMES",
    "NINE",
    "NINE_P",
    "NINE_W",
    "NOON",
    "NOT_DEF_HARAKA",
    "NUMBERS_EAST",
    "NUMBERS_PERS",
    "NUMBERS_WEST",
    "ONE",
    "ONE_P",
    "ONE_W",
    "PERCENT",
    "QAF",
    "QUESTION",
    "REH",
    "SAD",
    "SEEN",
    "SEMICOLON",
    "SEVEN",
    "SEVEN_P",
    "SEVEN_W",
    "SHADDA",
    "SHEEN",
    "SHORTHARAKAT",
    "SHORTHARAKAT_PATTERN",
    "SIMPLE_LAM_ALEF",
    "SIMPLE_LAM_ALEF_HAMZA_ABOVE",
    "SIMPLE_LAM_ALEF_HAMZA_BELOW",
    "SIMPLE_LAM_ALEF_MADDA_ABOVE",
    "SIX",
    "SIX_P",
    "SIX_W",
    "SMALL",
    "SMALL_ALEF",
    "SMALL_WAW",
    "SMALL_YEH",
    "STAR",
    "SUKUN",
    "SUN",
    "TAH",
    "TANWIN",
    "TASHKEEL",
    "TASHKEEL_PATTERN",
    "TASHKEEL_STRING",
    "TATWEEL",
    "TEH",
    "TEHLIKE",
    "TEH_MARBUTA",
    "THAL",
    "THEH",
    "THOUSANDS",
    "THREE",
    "THREE_P",
    "THREE_W",
    "TOKEN_PATTERN",
    "TOKEN_PATTERN_SPLIT",
    "TOKEN_REPLACE",
    "TWO",
    "TWO_P",
    "TWO_W",
    "WAW",
    "WAWLIKE",
    "WAW_HAMZA",
    "WEAK",
    "YEH",
    "YEHLIKE",
    "YEH_HAMZA",
    "ZAH",
    "ZAIN",
    "ZERO",
    "ZERO_P",
    "ZERO_W",
]

# Single characters, by code point. Digits: ``_W`` is Western, ``_P`` Persian, neither is Arabic-Indic.
ZERO_W = "0"
ONE_W = "1"
TWO_W = "2"
THREE_W = "3"
FOUR_W = "4"
FIVE_W = "5"
SIX_W = "6"
SEVEN_W = "7"
EIGHT_W = "8"
NINE_W = "9"
COMMA = "،"
SEMICOLON = "؛"
QUESTION = "؟"
HAMZA = "ء"
ALEF_MADDA = "آ"
ALEF_HAMZA_ABOVE = "أ"
WAW_HAMZA = "ؤ"
ALEF_HAMZA_BELOW = "إ"
YEH_HAMZA = "ئ"
ALEF = "ا"
BEH = "ب"
TEH_MARBUTA = "ة"
TEH = "ت"
THEH = "ث"
JEEM = "ج"
HAH = "ح"
KHAH = "خ"
DAL = "د"
THAL = "ذ"
REH = "ر"
ZAIN = "ز"
SEEN = "س"
SHEEN = "ش"
SAD = "ص"
DAD = "ض"
TAH = "ط"
ZAH = "ظ"
AIN = "ع"
GHAIN = "غ"
NOT_DEF_HARAKA = "\u0640"  # ARABIC TATWEEL
TATWEEL = "\u0640"  # ARABIC TATWEEL
FEH = "ف"
QAF = "ق"
KAF = "ك"
LAM = "ل"
MEEM = "م"
NOON = "ن"
HEH = "ه"
WAW = "و"
ALEF_MAKSURA = "ى"
YEH = "ي"
FATHATAN = "\u064b"  # ARABIC FATHATAN
DAMMATAN = "\u064c"  # ARABIC DAMMATAN
KASRATAN = "\u064d"  # ARABIC KASRATAN
FATHA = "\u064e"  # ARABIC FATHA
DAMMA = "\u064f"  # ARABIC DAMMA
KASRA = "\u0650"  # ARABIC KASRA
SHADDA = "\u0651"  # ARABIC SHADDA
SUKUN = "\u0652"  # ARABIC SUKUN
MADDA_ABOVE = "\u0653"  # ARABIC MADDAH ABOVE
HAMZA_ABOVE = "\u0654"  # ARABIC HAMZA ABOVE
HAMZA_BELOW = "\u0655"  # ARABIC HAMZA BELOW
ZERO = "٠"
ONE = "١"
TWO = "٢"
THREE = "٣"
FOUR = "٤"
FIVE = "٥"
SIX = "٦"
SEVEN = "٧"
EIGHT = "٨"
NINE = "٩"
PERCENT = "٪"
DECIMAL = "٫"
THOUSANDS = "٬"
STAR = "٭"
MINI_ALEF = "\u0670"  # ARABIC LETTER SUPERSCRIPT ALEF
SMALL_ALEF = "\u0670"  # ARABIC LETTER SUPERSCRIPT ALEF
ALEF_WASLA = "ٱ"
FULL_STOP = "۔"
SMALL_WAW = "\u06e5"  # ARABIC SMALL WAW
SMALL_YEH = "\u06e6"  # ARABIC SMALL YEH
ZERO_P = "۰"
ONE_P = "۱"
TWO_P = "۲"
THREE_P = "۳"
FOUR_P = "۴"
FIVE_P = "۵"
SIX_P = "۶"
SEVEN_P = "۷"
EIGHT_P = "۸"
NINE_P = "۹"
LAM_ALEF_MADDA_ABOVE = "\ufef5"  # ARABIC LIGATURE LAM WITH ALEF WITH MADDA ABOVE ISOLATED FORM
LAM_ALEF_HAMZA_ABOVE = "\ufef7"  # ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM
LAM_ALEF_HAMZA_BELOW = "\ufef9"  # ARABIC LIGATURE LAM WITH ALEF WITH HAMZA BELOW ISOLATED FORM
LAM_ALEF = "\ufefb"  # ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM
BYTE_ORDER_MARK = "\ufeff"  # ZERO WIDTH NO-BREAK SPACE

# Several characters.
SIMPLE_LAM_ALEF = LAM + ALEF
SIMPLE_LAM_ALEF_HAMZA_ABOVE = LAM + ALEF_HAMZA_ABOVE
SIMPLE_LAM_ALEF_HAMZA_BELOW = LAM + ALEF_HAMZA_BELOW
SIMPLE_LAM_ALEF_MADDA_ABOVE = LAM + ALEF_MADDA
LETTERS = "ابتةثجحخدذرزسشصضطظعغفقكلمنهوىيءآأؤإئ"

# Sets of characters.
TANWIN = (FATHATAN, DAMMATAN, KASRATAN)
SHORTHARAKAT = (FATHA, DAMMA, KASRA, SUKUN)
HARAKAT = TANWIN + SHORTHARAKAT
TASHKEEL = (*HARAKAT, SHADDA)
DIACRITICS = [mark for mark in map(chr, range(0x600, 0x700)) if unicodedata.category(mark) == "Mn"]
LIGUATURES = (LAM_ALEF, LAM_ALEF_HAMZA_ABOVE, LAM_ALEF_HAMZA_BELOW, LAM_ALEF_MADDA_ABOVE)
HAMZAT = (HAMZA, WAW_HAMZA, YEH_HAMZA, HAMZA_ABOVE, HAMZA_BELOW, ALEF_HAMZA_BELOW, ALEF_HAMZA_ABOVE)
ALEFAT = (ALEF, ALEF_MADDA, ALEF_HAMZA_ABOVE, ALEF_HAMZA_BELOW, ALEF_WASLA, ALEF_MAKSURA, SMALL_ALEF)
WEAK = (ALEF, WAW, YEH, ALEF_MAKSURA)
YEHLIKE = (YEH, YEH_HAMZA, ALEF_MAKSURA, SMALL_YEH)
WAWLIKE = (WAW, WAW_HAMZA, SMALL_WAW)
TEHLIKE = (TEH, TEH_MARBUTA)
SMALL = (SMALL_ALEF, SMALL_WAW, SMALL_YEH)
MOON = tuple("ءآأإابجحخعغفقكمهوي")
SUN = tuple("تثدذرزسشصضطظلن")
NUMBERS_EAST = tuple("٠١٢٣٤٥٦٧٨٩")
NUMBERS_PERS = tuple("۰۱۲۳۴۵۶۷۸۹")
NUMBERS_WEST = tuple("0123456789")
HAMZAT_STRING = "".join(HAMZAT)
HARAKAT_STRING = "".join(HARAKAT)
TASHKEEL_STRING = "".join(TASHKEEL)

# The place of a letter in the alphabet: a hamza is last, whatever carries it.
ALPHABETIC_ORDER = {
    **{letter: place for place, letter in enumerate("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", start=1)},
    TEH_MARBUTA: 3,
    **dict.fromkeys("ءآأؤإئ", 29),
}

# What a letter or a mark is called.
NAMES = {
    ALEF: "ألف",
    BEH: "باء",
    TEH: "تاء",
    TEH_MARBUTA: "تاء مربوطة",
    THEH: "ثاء",
    JEEM: "جيم",
    HAH: "حاء",
    KHAH: "خاء",
    DAL: "دال",
    THAL: "ذال",
    REH: "راء",
    ZAIN: "زاي",
    SEEN: "سين",
    SHEEN: "شين",
    SAD: "صاد",
    DAD: "ضاد",
    TAH: "طاء",
    ZAH: "ظاء",
    AIN: "عين",
    GHAIN: "غين",
    FEH: "فاء",
    QAF: "قاف",
    KAF: "كاف",
    LAM: "لام",
    MEEM: "ميم",
    NOON: "نون",
    HEH: "هاء",
    WAW: "واو",
    YEH: "ياء",
    HAMZA: "همزة",
    TATWEEL: "تطويل",
    ALEF_MADDA: "ألف ممدودة",
    ALEF_MAKSURA: "ألف مقصورة",
    ALEF_HAMZA_ABOVE: "همزة على الألف",
    WAW_HAMZA: "همزة على الواو",
    ALEF_HAMZA_BELOW: "همزة تحت الألف",
    YEH_HAMZA: "همزة على الياء",
    FATHATAN: "فتحتان",
    DAMMATAN: "ضمتان",
    KASRATAN: "كسرتان",
    FATHA: "فتحة",
    DAMMA: "ضمة",
    KASRA: "كسرة",
    SHADDA: "شدة",
    SUKUN: "سكون",
}

# Patterns, to the letter: what a program reads of them (`pattern`, `groups`) is the same too.
HARAKAT_PATTERN = re.compile(f"[{HARAKAT_STRING}]")
LASTHARAKA_PATTERN = re.compile(f"[{HARAKAT_STRING}]$|[{''.join(TANWIN)}]")
SHORTHARAKAT_PATTERN = re.compile(f"[{''.join(SHORTHARAKAT)}]")
TASHKEEL_PATTERN = re.compile(f"[{TASHKEEL_STRING}]")
HAMZAT_PATTERN = re.compile(f"[{HAMZAT_STRING}]")
ALEFAT_PATTERN = re.compile(f"[{''.join(ALEFAT)}]")
LIGUATURES_PATTERN = re.compile(f"[{''.join(LIGUATURES)}]")
ARABIC_RANGE = re.compile("([^\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff\u0750-\u077f])")
ARABIC_STRING = re.compile("([^\u0600-\u0652\ufefb\ufef7\ufef5\\s\\d])")
TOKEN_PATTERN = re.compile("([^\\w\u0670\u064b-\u0652']+)")
TOKEN_PATTERN_SPLIT = re.compile("([\\w\u0670\u064b-\u0652']+)")
TOKEN_REPLACE = re.compile("\t|\r|\f|\v| ")
FIX_SPACES_PAT = re.compile(r"\s*([?؟!.,،:]+(?:\s+[?؟!.,،:]+)*)\s*")
