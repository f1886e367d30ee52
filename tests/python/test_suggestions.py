"""Names of the trade, as options or their values, get the name that they have here."""

import pytest

import kayan

OPTIONS = [
    ("tashkeel", "'diacritics'"),
    ("Tashkeel", "'diacritics'"),
    ("harakat", 'diacritics="harakat"'),
    ("fatha", 'diacritics="harakat"'),
    ("tanwin", 'diacritics="tanween"'),
    ("shadda", 'diacritics="shadda"'),
    ("kashida", "'tatweel'"),
    ("superscript_alef", "'dagger'"),
    ("alif", "'alef'"),
    ("teh_marbuta", "'ta_marbuta'"),
    ("alef_maksura", "'alef_maqsura'"),
    ("lowercase", "'case'"),
    ("diacritcs", "'diacritics'"),  # a misspelling, as before
]
CLASSES = [
    ("tashkeel", "diacritics=True"),
    ("fatha", "'harakat'"),
    ("kasratan", "'tanween'"),
    ("tashdid", "'shadda'"),
    ("sukoon", "'sukun'"),
    ("tatweel", "the option tatweel"),
]


@pytest.mark.parametrize(("name", "right"), OPTIONS)
def test_an_option(name, right):
    with pytest.raises(kayan.KayanError, match=f"did you mean {right}"):
        kayan.normalize("x", **{name: True})
    with pytest.raises(kayan.KayanError, match=f"did you mean {right}"):
        kayan.Matcher(["x"], **{name: True})


@pytest.mark.parametrize(("name", "right"), CLASSES)
def test_a_class_of_marks(name, right):
    with pytest.raises(kayan.KayanError, match=f"did you mean {right}"):
        kayan.normalize("x", diacritics=name)
    with pytest.raises(kayan.KayanError, match=f"did you mean {right}"):
        kayan.normalize("x", diacritics=["sukun", name])


def test_a_profile():
    with pytest.raises(kayan.KayanError, match="did you mean 'uthmani'"):
        kayan.normalize("x", "quran")
