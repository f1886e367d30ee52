"""Names in Quranic spelling, which the profile "uthmani" finds by today's."""

import pytest

import kayan

# Name, and how Quranic texts write it, beside other words. Of the marks, U+064E is fatha, 064F damma, 0650 kasra, 0651
# shadda, 0652 sukun, 0653 madda, 0654 hamza above, 0670 dagger alef, 06DA small high jeem, 06DF rounded zero, 06E5 small
# waw, 06E7 small high yeh.
NAMES = [
    ("آدم", "ي\u064eـ\u0670\u0653ـ\u064e\u0654اد\u064eم\u064f ٱس\u0652ك\u064fن\u0652"),
    (
        "آدم",
        "و\u064eل\u064eق\u064eد\u0652 ع\u064eه\u0650د\u0652ن\u064eآ إ\u0650ل\u064eى\u0670\u0653 ء\u064eاد\u064eم\u064e",
    ),
    ("إبراهيم", "م\u0650ل\u064e\u0651ة\u064e إ\u0650ب\u0652ر\u064e\u0670ه\u0650ـ\u06e7م\u064e"),
    (
        "إبراهيم",
        "و\u064eإ\u0650ب\u0652ر\u064e\u0670ه\u0650يم\u064e ٱل\u064e\u0651ذ\u0650ى و\u064eف\u064e\u0651ى\u0670\u0653",
    ),
    ("إسماعيل", "و\u064eإ\u0650س\u0652م\u064eـ\u0670ع\u0650يل\u064e"),
    ("إسحاق", "إ\u0650س\u0652ح\u064eـ\u0670ق\u064e و\u064eي\u064eع\u0652ق\u064fوب\u064e"),
    ("هارون", "ه\u064eـ\u0670ر\u064fون\u064e أ\u064eخ\u0650ى"),
    ("سليمان", "ل\u0650س\u064fل\u064eي\u0652م\u064eـ\u0670ن\u064e ٱلر\u0650\u0651يح\u064e"),
    ("داود", "و\u064eو\u064eه\u064eب\u0652ن\u064eا ل\u0650د\u064eاو\u064f\u06e5د\u064e"),
    ("لقمان", "ق\u064eال\u064e ل\u064fق\u0652م\u064eـ\u0670ن\u064f"),
    ("القرآن", "و\u064eٱل\u0652ق\u064fر\u0652ء\u064eان\u0650"),
    ("الصلاة", "و\u064eأ\u064eق\u0650يم\u064fوا\u06df ٱلص\u064e\u0651ل\u064eو\u0670ة\u064e"),
    ("الزكاة", "و\u064eء\u064eات\u064fوا\u06df ٱلز\u064e\u0651ك\u064eو\u0670ة\u064e"),
    ("الحياة", "ٱل\u0652ح\u064eي\u064eو\u0670ة\u0650 ٱلد\u064f\u0651ن\u0652ي\u064eا"),
    ("موسى", "ي\u064eـ\u0670م\u064fوس\u064eى\u0670\u0653 إ\u0650ن\u0650\u0651ى\u0653"),
    ("عيسى", "ع\u0650يس\u064eى ٱب\u0652ن\u064f"),
    ("يحيى", "ي\u064eح\u0652ي\u064eى\u0670"),
    ("إسرائيل", "ي\u064eـ\u0670ب\u064eن\u0650ى\u0653 إ\u0650س\u0652ر\u064e\u0670\u0653ء\u0650يل\u064e"),
    ("عمران", "ء\u064eال\u064e ع\u0650م\u0652ر\u064e\u0670ن\u064e"),
    ("هامان", "و\u064eه\u064eـ\u0670م\u064eـ\u0670ن\u064e"),
    ("قارون", "إ\u0650ن\u064e\u0651 ق\u064eـ\u0670ر\u064fون\u064e"),
    ("التوراة", "و\u064eٱلت\u064e\u0651و\u0652ر\u064eى\u0670ة\u064e"),
    ("الإنجيل", "و\u064eٱل\u0652إ\u0650نج\u0650يل\u064e"),
    ("الرحمن", "ب\u0650ٱلر\u064e\u0651ح\u0652م\u064eـ\u0670ن\u0650 \u06da"),
    ("الملائكة", "ٱل\u0652م\u064eل\u064eـ\u0670\u0653ئ\u0650ك\u064eة\u064f"),
    ("الشيطان", "م\u0650ن\u064e ٱلش\u064e\u0651ي\u0652ط\u064eـ\u0670ن\u0650"),
    ("السماوات", "ر\u064eب\u064f\u0651 ٱلس\u064e\u0651م\u064eـ\u0670و\u064e\u0670ت\u0650"),
    ("الكتاب", "ذ\u064e\u0670ل\u0650ك\u064e ٱل\u0652ك\u0650ت\u064eـ\u0670ب\u064f"),
    ("العالمين", "ر\u064eب\u0650\u0651 ٱل\u0652ع\u064eـ\u0670ل\u064eم\u0650ين\u064e"),
    ("زكريا", "و\u064eز\u064eك\u064eر\u0650ي\u064e\u0651آ إ\u0650ذ\u0652"),
    ("الليل", "و\u064eٱل\u064e\u0651ي\u0652ل\u0650 إ\u0650ذ\u064eا ي\u064eغ\u0652ش\u064eى\u0670"),
    ("الآخرة", "و\u064eب\u0650ٱل\u0652ـ\u064e\u0654اخ\u0650ر\u064eة\u0650"),
    ("الله", "ب\u0650س\u0652م\u0650 ٱلل\u064e\u0651ه\u0650"),
    ("إله", "ل\u064eآ إ\u0650ل\u064eـ\u0670ه\u064e إ\u0650ل\u064e\u0651ا"),
]


@pytest.mark.parametrize(("name", "text"), NAMES)
def test_a_name_is_found_in_quranic_spelling(name, text):
    (match,) = kayan.Matcher([name], profile="uthmani").find(text)
    assert match.name == name
    assert kayan.normalize(match.text, "uthmani") == name
    assert kayan.Matcher([name], profile="light").find(text) == []


def test_a_span_of_a_word_that_is_parted_stays_outside_of_the_vocative():
    (match,) = kayan.Matcher(["مريم"], profile="uthmani").find(
        "ق\u064eال\u064e ي\u064eـ\u0670م\u064eر\u0652ي\u064eم\u064f أ\u064eن\u064e\u0651ى\u0670"
    )
    assert match.text == "م\u064eر\u0652ي\u064eم\u064f"


def test_texts_of_today_are_found_too():
    matcher = kayan.Matcher(["القرآن", "الصلاة"], profile="uthmani")
    assert [m.name for m in matcher.find("تلا القرآن بعد الص\u064e\u0651لاة\u0650")] == ["القرآن", "الصلاة"]


def test_marks_can_stay():
    spelled = kayan.normalize("ٱلص\u064e\u0651ل\u064eو\u0670ة\u064e", "uthmani", diacritics=False)
    assert spelled == "الص\u064e\u0651ل\u064eاة\u064e"
    assert kayan.normalize(spelled, "uthmani", diacritics=False) == spelled
