"""The profiles that do what another tool does, and the modules that offer them under the tool's names.

Whether they do it is told by the cases of `tests/data/normalization/parity.jsonl`, which are outputs of the tools, by
the references here and, with the tools installed, by `make parity`.
"""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kayan
from kayan.compat import camel, lucene, pyarabic
from reference import normalization, parity, tables

# Everything that some profile treats in its own way, with what stands around it in real text.
ALPHABET = [
    *"اأإآٱىيئؤوءةهكلبم یےکۀہ",
    *"\u064b\u064e\u0650\u0651\u0652\u0653\u0654\u0655\u0670",  # harakat, composing marks, SUPERSCRIPT ALEF
    *"\u0640\u06e5\u06e6\u06dc\u0610",  # TATWEEL, small letters, Quranic marks
    *"\ufef5\ufefb\ufefc\ufdfc\ufdfd\ufe70\ufe77\ufdfa",  # presentation forms
    *"٠۳3\U0001d7d8\u0967²½",  # digits of several scripts
    *"aé\u0301한\u1100\u1161\u11a8",  # Latin with COMBINING ACUTE; Hangul, composed and in parts
    *"😀\u200d\u200c\ufeff\ud800",
]
texts = st.lists(st.sampled_from(ALPHABET), max_size=12).map("".join)
PROFILES = pytest.mark.parametrize("profile", [*parity.PROFILES, "camel.arclean"])
COMPAT = [
    (f"{module.__name__}.{name}", getattr(module, name))
    for module in (camel, lucene, pyarabic)
    for name in module.__all__
    if name.startswith(("normalize_", "strip_", "dediac_", "CharMapper")) or module is lucene
]
# They give None for None, as PyArabic's do.
NONE_STAYS = {
    *("strip_diacritics", "strip_harakat", "strip_lastharaka", "strip_small", "strip_tashkeel"),
    *("normalize_ligature", "normalize_lamalef"),
}


def test_these_are_the_profiles():
    own = {"none", *normalization.PROFILES}
    others = {name: options for name, options in kayan.profiles().items() if name not in own}
    assert others == {name: {} for name in [*parity.PROFILES, "camel.arclean"]}


@PROFILES
def test_every_profile_has_cases(profile):
    assert f"preset:{profile}" in {case["op"] for case in tables.load("normalization")}


@pytest.mark.parametrize("profile", parity.PROFILES)
@given(text=texts)
def test_a_profile_equals_its_reference(profile, text):
    assert ascii(kayan.normalize(text, profile)) == ascii(parity.PROFILES[profile](text))


@PROFILES
@given(text=texts)
def test_the_aligned_text_is_the_normalized_text(profile, text):
    normalizer = kayan.Normalizer(profile)
    aligned = normalizer.align(text)
    assert ascii(aligned.text) == ascii(normalizer.normalize(text))
    for end in range(len(aligned.text)):
        start, stop = aligned.to_original(end, end + 1)
        assert 0 <= start < stop <= len(text)


def test_an_alignment_leads_back():
    aligned = kayan.Normalizer("pyarabic.searchtext").align("الم\u064eدرس\u0640ة")  # FATHA, TATWEEL
    assert aligned.text == "المدرسه"
    assert aligned.to_original(2, 6) == (2, 8)
    aligned = kayan.Normalizer("camel.normalize_unicode").align("ا\u0654حمد \ufdfd")
    assert aligned.text == "أحمد بسم الله الرحمن الرحيم"
    assert aligned.to_original(0, 4) == (0, 5)
    assert aligned.to_original(9, 13) == (6, 7)


@PROFILES
def test_a_profile_takes_no_options(profile):
    with pytest.raises(kayan.KayanError, match="takes no options, got 'alef'"):
        kayan.Normalizer(profile, alef=True)
    normalizer = kayan.Normalizer(profile, alef=None)
    assert normalizer.options == {}
    assert normalizer.id == f"kayan:{profile}@1+unicode18"
    assert kayan.Normalizer.from_dict(normalizer.to_dict()) == normalizer


def test_an_initial_madda_is_told_by_its_text():
    """Also in a batch, where each text begins anew."""
    expected = {
        "آبا": "ءابا",
        "آب\u0651ا": "ءاب\u0651ا",
        "آباب": "ءءباب",
        " آبا": " ءءبا",
        "آ\u064eب": "ءء\u064eب",
    }
    assert kayan.normalize(list(expected), "pyarabic.normalize_hamza") == list(expected.values())


def test_no_text_changes_its_width():
    """Seven ideographs that decompose to one beyond U+FFFF stay; see `normalize_unicode`."""
    for profile in ("light", "camel.normalize_unicode"):
        assert kayan.normalize("\ufa6c\ufad7", profile) == "\ufa6c\ufad7"
        assert kayan.normalize("\ufa6c😀", profile) == "\ufa6c😀"


@pytest.mark.parametrize(("name", "function"), COMPAT)
def test_compat_is_documented_and_takes_a_str_only(name, function):
    assert len(inspect.getdoc(function) or "") > 15
    if name.endswith("CharMapper"):
        function = function.builtin_mapper("arclean")
    if inspect.isclass(function):
        function = function()
    assert function("") == ""
    short = name.rpartition(".")[2]
    for wrong in (["أحمد"], b"a", 5, *([] if short in NONE_STAYS else [None])):
        with pytest.raises(TypeError):
            function(wrong)


@pytest.mark.parametrize("name", sorted(NONE_STAYS))
def test_none_stays_none_where_pyarabic_leaves_it(name):
    assert getattr(pyarabic, name)(None) is None


def test_compat_keeps_the_signatures():
    assert str(inspect.signature(camel.normalize_unicode)).startswith(
        "(s: 'str', compatibility: 'bool' = True)"
    )
    assert list(inspect.signature(pyarabic.normalize_hamza).parameters) == ["word", "method"]
    assert pyarabic.normalize_hamza("مؤمن", "tasheel") == "مومن"
    assert camel.normalize_unicode("\ufefb", compatibility=False) == "\ufefb"
