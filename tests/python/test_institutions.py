"""Bodies that no list holds, composed of what they are called and a place, a nationality or a name."""

from __future__ import annotations

import pytest

import kayan

BODIES = frozenset({"ORG", "MINISTRY", "UNIVERSITY", "MEDIA", "COMPANY", "BANK", "PARTY", "CLUB"})
FOUND = [
    # text, name, label, why
    ("افتتحت جامعة بنغازي فرعا", "جامعة بنغازي", "UNIVERSITY", "a place"),
    ("تخرج في جامعة الملك خالد", "جامعة الملك خالد", "UNIVERSITY", "a title and a name"),
    ("ذكرت صحيفة الغد أن", "صحيفة الغد", "MEDIA", "a noun with the article, an ordinary word by itself"),
    ("ذكرت صحيفة المسار اليومية", "صحيفة المسار", "MEDIA", "the same in no list"),
    ("ذكرت صحيفة مورغنبلاديت أن", "مورغنبلاديت", "MEDIA", "a word that is a name alone stands alone"),
    ("أعلنت بلدية رام الله عن", "بلدية رام الله", "ORG", "a body of a place of two words"),
    ("قضت محكمة دبي بأن", "محكمة دبي", "ORG", "a court of a place"),
    ("تأسس بنك ظفار عام", "بنك ظفار", "COMPANY", "a bank by its place"),
    ("رئيس حزب العمل الإسرائيلي استقال", "حزب العمل الإسرائيلي", "PARTY", "a field and a nationality"),
    ("أعلن الاتحاد الأردني لكرة القدم عن", "الاتحاد الأردني لكرة القدم", "ORG", "a nationality and a field"),
    ("قال مركز القاهرة لحقوق الإنسان إن", "مركز القاهرة لحقوق الإنسان", "ORG", "a place and a field"),
    ("أضربت نقابة الصحفيين المصريين أمس", "نقابة الصحفيين المصريين", "ORG", "a field and a nationality"),
    ("أعلنت وزارة الثقافة السورية أن", "وزارة الثقافة السورية", "MINISTRY", "a field and a nationality"),
    ("عاد لجامعة بنغازي أمس", "جامعة بنغازي", "UNIVERSITY", "a preposition before it"),
]
NOT_FOUND = [
    ("قرأ صحيفة محلية في البيت", "an adjective is no name"),
    ("دخل شركة كبيرة في المدينة", "an adjective"),
    ("اشترى صحيفة تصدر في المساء", "a verb"),
    ("اجتمعت اللجنة العليا أمس", "only described"),
    ("بنى جامعة جديدة هناك", "an adjective"),
    ("زار بلدية صغيرة", "an adjective"),
]


@pytest.fixture(scope="module")
def matcher() -> kayan.Matcher:
    return kayan.Matcher(kayan.Gazetteer.builtin())


@pytest.mark.parametrize(("text", "name", "label", "why"), FOUND)
def test_a_body_is_found(matcher: kayan.Matcher, text: str, name: str, label: str, why: str) -> None:
    found = [(match.text, match.label) for match in matcher.find(text) if match.label in BODIES]
    assert (name, label) in found, why


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_a_description_is_not(matcher: kayan.Matcher, text: str, why: str) -> None:
    assert [match.text for match in matcher.find(text) if match.label in BODIES] == [], why


def test_they_come_with_all_gazetteers_or_with_those_of_people_and_organisations() -> None:
    text = "افتتحت جامعة بنغازي فرعا"
    for names, expected in (((), 1), (("people", "organisations"), 1), (("countries",), 0)):
        found = kayan.Matcher(kayan.Gazetteer.builtin(*names)).find(text)
        assert sum(match.label == "UNIVERSITY" for match in found) == expected, names
