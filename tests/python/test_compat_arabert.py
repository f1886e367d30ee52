"""`ArabertPreprocessor` of `kayan.compat.arabert`: outputs of AraBERT 1.0.1, options, and what is refused."""

import pickle
import time

import pytest

import kayan
from kayan.compat.arabert import ArabertPreprocessor


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("ال\u0652ع\u064eر\u064eب\u0650ي\u0651\u064eة\u064f", "العربية", "marks go"),
        (
            "أحمد إبراهيم آمال ٱلله",
            "أحمد إبراهيم آمال ٱ لله",
            "letters of alef stay; ٱ is parted from its word",
        ),
        ("آمال", "آمال", "madda stays"),
        ("آب\u0651", "آب", "with a mark"),
        ("آبا", "آبا", "and an alef"),
        ("على مدى إل\u064eى\u0670", "على مدى إلى", "ى stays, the dagger alef at the end goes"),
        ("مح\u0640\u0640م\u0651\u0640د", "محمد", "tatweel and shadda go"),
        ("\ufdf2 \ufdfa \ufdfc \ufdfd", "", "ligatures of words go"),
        ("الرحم\u0670ن ل\u064eه\u064f\u06e5", "الرحم ن له", "a dagger alef parts the word, small letters go"),
        ("کتاب فارسی ۀ ہ ے", "تاب فارس", "Persian letters go"),
        ("می\u200cخواهم", "م خواهم", "a non-joiner is a space"),
        ("👨\u200d👩\u200d👧 👍\U0001f3fb", "", "emoji go"),
        ("ب\u08f0ب\u0898ب\U00010efd", "ب ب ب", "marks of the extended blocks part the word"),
        ("\U0001ee00\U0001ee01", "", "mathematical letters go"),
        ("جمييييل هههههه !!!", "جمييل هه ! !", "a letter or sign repeated for emphasis"),
        ("", "", "nothing"),
        ("hello World 123", "hello World 123", "English stays"),
        ("ب\u0651\u064e", "ب", "a mark alone goes"),
        ("كتابا\u064b كتاب\u064bا", "كتابا كتابا", "tanween goes, its alef stays"),
        (
            "قال @user https://t.co/x a@b.com &amp; <br />3/4 كلمة5",
            "قال [مستخدم] [رابط] [رابط] 3 - 4 كلمة 5",
            "mention, link, address, entity, tag, digits",
        ),
        ("\u06631 كتاب3", "31 كتاب 3", "digits of both kinds are one number"),
        ("a\u0301b", "a b", "a mark of another script parts a word"),
        ("@http://كلمة", "@ [رابط]", "a link behind an at sign"),
        ("a.comx.com x.COM", "[رابط] x . COM", "links without a scheme, in small letters only"),
        ("\u0640@\u0640اسم99", "[مستخدم]", "tatweel goes before mentions are looked for"),
        ("<b<br />c", "< b c", "this tag goes before the others"),
        ("1/2", "1 - 2", "a slash is a dash"),
    ],
)
def test_what_arabert_gives(text, expected, why):
    preprocessor = ArabertPreprocessor("bert-base-arabertv02")
    assert preprocessor.preprocess(text) == expected, why
    assert pickle.loads(pickle.dumps(preprocessor)).preprocess(text) == expected


@pytest.mark.parametrize(
    ("option", "text", "on", "off"),
    [
        ("remove_html_markup", "<b>نعم</b>", "نعم", "< b > نعم < - b >"),
        ("replace_urls_emails_mentions", "@a", "[مستخدم]", "@ a"),
        ("strip_tashkeel", "ن\u064eعم", "نعم", "ن \u064e عم"),
        ("strip_tatweel", "ن\u0640عم", "نعم", "ن \u0640 عم"),
        ("insert_white_spaces", "نعم3!", "نعم 3 !", "نعم3!"),
        ("remove_non_digit_repetition", "نعممم", "نعمم", "نعممم"),
        ("replace_slash_with_dash", "a/b", "a - b", "a b"),
        ("map_hindi_numbers_to_arabic", "٣", "3", "٣"),
    ],
)
def test_each_option_switches_its_step(option, text, on, off):
    for value, expected in ((True, on), (False, off)):
        preprocessor = ArabertPreprocessor("bert-base-arabertv02", **{option: value})
        assert preprocessor.preprocess(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال : ( نعم ) .", "قال: (نعم)."),
        ('" نعم "', '"نعم"'),
        ('"  نعم  "', '"نعم "'),
        ("` نعم `", "\\`نعم\\`"),
        ("1 . 5", "1.5"),
        ("a.b", "a. b"),
        ("a - b , c", "a-b, c"),
        (" a\n b ", "a b"),
        ("", ""),
    ],
)
def test_undoing_it(text, expected):
    assert ArabertPreprocessor("aragpt2-base").unpreprocess(text) == expected


@pytest.mark.parametrize("name", ["bert-base-arabert", "bert-base-arabertv2", "bert-base-arabertv02-twitter"])
def test_models_that_need_more_are_refused(name):
    with pytest.raises(kayan.KayanError, match="here are bert-base-arabertv02"):
        ArabertPreprocessor(f"aubmindlab/{name}")


@pytest.mark.parametrize("option", ["keep_emojis", "apply_farasa_segmentation"])
def test_options_that_need_more_are_refused(option):
    with pytest.raises(kayan.KayanError, match=f"{option}=True is not here"):
        ArabertPreprocessor("bert-base-arabertv02", **{option: True})
    ArabertPreprocessor("bert-base-arabertv02", **{option: False})


def test_names_of_models():
    with pytest.warns(UserWarning, match="no model 'x'"):
        assert ArabertPreprocessor("x").model_name == "bert-base-arabertv02"
    assert ArabertPreprocessor("aubmindlab/araelectra-base").model_name == "araelectra-base"
    for wrong in (None, 5):
        with pytest.raises(TypeError, match="model_name must be str"):
            ArabertPreprocessor(wrong)


def test_what_is_no_str():
    """Preprocessing takes it by its `str()`, as AraBERT does; undoing refuses it."""
    preprocessor = ArabertPreprocessor("bert-base-arabertv02")
    assert preprocessor.preprocess(None) == "None"
    assert preprocessor.preprocess(5) == "5"
    for wrong in (None, 5, b"a"):
        with pytest.raises(TypeError, match="takes a str"):
            preprocessor.unpreprocess(wrong)


@pytest.mark.parametrize("part", ["a", "<", "@", "a@", "@http://a", " ", '"  ', "a.", "-", "ا"])
def test_time_is_linear(part):
    """AraBERT's own patterns take exponential or quadratic time for some of these."""
    preprocessor = ArabertPreprocessor("bert-base-arabertv02")
    text = part * (40_000 // len(part))
    start = time.perf_counter()
    preprocessor.unpreprocess(preprocessor.preprocess(text))
    preprocessor.unpreprocess(text)
    assert time.perf_counter() - start < 5
