"""A word that is frequent in text and that no name list holds is no part of a name."""

from __future__ import annotations

import pytest

import kayan

CASES = [
    # text, the person or None, why
    ("زار كارلوس الملعب أمس", "الملعب", "a noun with the article"),
    ("فرح كارلوس بهدفه الأول", "بهدفه", "a noun with a preposition and a suffix"),
    ("عاد كارلوس لمشاكل قديمة", "لمشاكل", "a noun with a preposition"),
    ("كان كارلوس سائق حافلة", "سائق", "a trade"),
    ("بدا كارلوس متقدما على غيره", "متقدما", "an adjective in the accusative"),
    ("كارلوس يحافظ على مكانه", "يحافظ", "a verb"),
    ("قال كارلوس الرياضي إن", "الرياضي", "an adjective like a nisba"),
]


@pytest.fixture(scope="module")
def matcher() -> kayan.Matcher:
    return kayan.Matcher(kayan.Gazetteer.builtin())


@pytest.mark.parametrize(("text", "word", "why"), CASES)
def test_an_ordinary_word_is_no_name(matcher: kayan.Matcher, text: str, word: str, why: str) -> None:
    start = text.index(word)
    over = [m.text for m in matcher.find(text) if m.label in ("NAME", "PERSON") and m.start <= start < m.end]
    assert over == [], why


NAMES = [
    ("قال زرهوني عبد الكريم إن", "a family name of Wikidata before a given one"),
    ("التقى أيوب الفرزلي أمس", "a family name of Wikidata"),
    ("غنت داليدا سوريال", "a given and a family name of Wikidata"),
    ("كتب جعفر الكوافي مقالا", "a family name of Wikidata"),
]


@pytest.mark.parametrize(("text", "why"), NAMES)
def test_names_of_the_lists_are_found(matcher: kayan.Matcher, text: str, why: str) -> None:
    assert [m.label for m in matcher.find(text) if m.label in ("NAME", "PERSON")] != [], why
