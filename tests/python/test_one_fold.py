"""A matcher compares what a normalizer with the same operations writes, whatever the character and where it stands."""

import re
import sys

import pytest
import unicodedata2

import kayan

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويى"
# Beyond these planes are ideographs, private use and nothing. Surrogates are no text.
POINTS = [c for c in range(0x20000) if not 0xD800 <= c < 0xE000]
# A joiner stays between emoji in text that comes out, and in no text that is compared.
JOINER = 0x200D


def one_blank(text):
    return re.sub(r"\s+", " ", text).strip()


def normalizer_of(matcher):
    names = kayan.Normalizer("none").options.keys() - {"whitespace"}
    return kayan.Normalizer("none", **{k: v for k, v in matcher.options.items() if k in names})


@pytest.mark.parametrize(
    "profile", ["none", "light", "match", "search", "loose", "classical", "social", "uthmani"]
)
def test_a_matcher_folds_as_a_normalizer(profile):
    matcher = kayan.Matcher(["x"], profile=profile)
    normalizer = normalizer_of(matcher)
    wrong = []
    for point in POINTS:
        c = chr(point)
        contexts = [c, f"ب{c}ت", *(letter + c for letter in LETTERS)]
        text = " - ".join(contexts)
        if one_blank(matcher.fold(text)) != one_blank(normalizer.normalize(text)) and point != JOINER:
            wrong.append(hex(point))
    assert not wrong, (len(wrong), wrong[:20])


PEERS = (
    *("lucene", "lucene_fa", "lucene_digits"),
    *(
        f"camel.{name}"
        for name in ("normalize_unicode", "dediac", "alef", "alef_maqsura", "teh_marbuta", "arclean")
    ),
    *(
        f"pyarabic.strip_{name}"
        for name in ("tashkeel", "harakat", "shadda", "small", "diacritics", "tatweel")
    ),
    *(f"pyarabic.normalize_{name}" for name in ("alef", "hamza", "hamza_tasheel", "ligature", "teh")),
    *("pyarabic.spellerrors", "pyarabic.searchtext"),
)


@pytest.mark.parametrize("profile", PEERS)
def test_a_matcher_folds_composed_text_as_a_profile_of_another_tool(profile):
    matcher, normalizer = kayan.Matcher(["x"], profile=profile), kayan.Normalizer(profile)
    wrong = []
    for point in sorted(
        {*POINTS[::101], *range(0x600, 0x900), *range(0xFB50, 0xFE00, 3), *range(0xFE70, 0xFF00)}
    ):
        c = chr(point)
        text = " - ".join([c, f"ب{c}ت", *(letter + c for letter in LETTERS[::4])])
        composed = unicodedata2.normalize("NFC", text)
        if one_blank(matcher.fold(text)) != one_blank(normalizer.normalize(composed)):
            wrong.append(hex(point))
    assert not wrong, (len(wrong), wrong[:20])


@pytest.mark.parametrize("profile", ["none", "light", "match", "search"])
def test_composed_and_decomposed_names_and_texts_give_the_same_matches(profile):
    decomposed = [
        c
        for c in map(chr, range(0x20, min(sys.maxunicode, 0x20000)))
        if not "\ud800" <= c <= "\udfff" and unicodedata2.normalize("NFD", c) != c and not "가" < c <= "힣"
    ]
    assert len(decomposed) > 1000
    for forms in (("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")):
        names, text = ([unicodedata2.normalize(form, f"باب{c}باب") for c in decomposed] for form in forms)
        gazetteer = kayan.Gazetteer()
        for number, name in enumerate(names):
            gazetteer.add(name, id=number)
        found = kayan.Matcher(gazetteer, profile=profile, clitics="off").find_batch(text)
        rows = {(row, int(m.id)) for row, m in found if (m.start, m.end) == (0, len(text[row]))}
        missed = [hex(ord(c)) for row, c in enumerate(decomposed) if (row, row) not in rows]
        assert not missed, (forms, len(missed), missed[:20])
