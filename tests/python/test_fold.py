"""`Matcher.fold`: what a matcher compares."""

import pytest

import kayan

TEXTS = [
    # options, text, folded, why
    ({}, "إلى  القاهِــرة", "الي القاهره", "the profile match, and one space"),
    ({}, "«النَّاتو» NATO ٢٠٢٦", '"الناتو" nato 2026', "quotation marks, case and digits"),
    ({"ta_marbuta": False, "alef": False}, "إلى القاهرة", "إلي القاهرة", "options override the profile"),
    ({"profile": "none"}, "Cafe\u0301", "Café", "composed in every profile"),
    ({"profile": "none"}, "#القاهرة_الجديدة", "#القاهرة الجديدة", "underscores in every profile of our own"),
    ({"profile": "light"}, "می\u200cخواهم", "می\u200cخواهم", "a zero-width non-joiner that stays"),
    ({"profile": "search"}, "مسؤولية؟", "مسووليه?", "the profile search"),
    ({"profile": "loose"}, "شكراً جميييل", "شكر جميل", "endings and elongation"),
    ({"profile": "lucene"}, "المدرسة\u0640", "المدرسه", "what another tool does"),
    ({"whitespace": "inline"}, "الأمم \n المتحدة", "الامم\nالمتحده", "a line break stays one"),
    ({}, "الأمم \n المتحدة", "الامم المتحده", "or is a space"),
    ({}, "", "", "nothing"),
    ({}, "\u200f\u0640", "", "nothing that is left"),
]


@pytest.mark.parametrize(("options", "text", "folded", "why"), TEXTS)
def test_fold(options, text, folded, why):
    assert kayan.Matcher(["x"], **options).fold(text) == folded, why


@pytest.mark.parametrize("profile", list(kayan.profiles()))
def test_any_profile_of_a_normalizer_is_one_of_a_matcher(profile):
    text = "قَالَ أَحْمَدُ: «زُرْتُ المدرسة الأولى ٣ مرّات»، ثم مضـــى"
    folded = kayan.Matcher(["x"], profile=profile).fold(text)
    if len(kayan.profiles()[profile]) == 0:
        assert folded == " ".join(kayan.normalize(text, profile).split())
        return
    chosen = kayan.Matcher(["x"], profile=profile).options
    shared = {name: chosen[name] for name in kayan.profiles()["none"] if name in chosen}
    shared["whitespace"] = True
    assert folded == kayan.normalize(text, "none", **shared)


def test_what_is_found_folds_to_the_name():
    gazetteer = kayan.Gazetteer.builtin("countries", "cities")
    matcher = kayan.Matcher(gazetteer, clitics="off", require_context=False)
    spellings = {
        entry.name: {matcher.fold(spelling) for spelling in (entry.name, *entry.aliases)}
        for entry in gazetteer
    }
    text = "زار العِــراق والأردن ثم القاهره، ومن هناك إلى مكة المكرمه و«بيروت»"
    found = matcher.find(text)
    assert [match.text for match in found] == ["العِــراق", "القاهره", "مكة المكرمه", "بيروت"]
    for match in found:
        assert matcher.fold(match.text) in spellings[match.name]


@pytest.mark.parametrize("text", [None, b"x", ["x"]])
def test_what_is_no_text(text):
    with pytest.raises(TypeError, match=f"one str, got {type(text).__name__}"):
        kayan.Matcher(["x"]).fold(text)
