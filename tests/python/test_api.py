"""The public surface: what is exported and documented, what objects say of themselves, what they refuse."""

import ast
import copy
import inspect
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import kayan
from kayan import KayanError, Matcher, Normalizer, _core

CAIRO = "سافر للقاهرة"


# ---- Surface --------------------------------------------------------------------------------------------------------

# Why each name of the native module is not itself public.
PRIVATE = {
    "Normalizer": "wrapped by kayan.Normalizer",
    "Alignment": "wrapped by kayan.Alignment",
    "Matcher": "wrapped by kayan.Matcher",
    "Columns": "wrapped by kayan.Matches",
    "ArrowColumn": "turned into the caller's kind of column",
    "profiles": "wrapped by kayan.profiles",
    "profile_list": "wrapped by kayan.describe_texts",
    "profile_arrow": "wrapped by kayan.describe_texts",
    "matcher_profiles": "shown in the signature of kayan.Matcher",
    "check_kind": "run by Gazetteer.add_word_list",
    "check_rule": "run by Gazetteer.add_rule",
    "panic": "what test_border asks for",
    "polars_keep": "what the expressions of kayan.polars call",
    "stop_words": "what Gazetteer.lint reports",
    "common_words": "what Gazetteer.lint reports",
}


def test_every_native_name_is_public_or_wrapped():
    stub = Path(kayan.__file__).with_name("_core.pyi").read_text(encoding="utf-8")
    declared = {node.name for node in ast.parse(stub).body if hasattr(node, "name")}
    declared |= {node.target.id for node in ast.parse(stub).body if isinstance(node, ast.AnnAssign)}
    native = {
        name for name in dir(_core) if not name.startswith("_") and not inspect.ismodule(getattr(_core, name))
    }
    declared = {name for name in declared if not name.startswith("_")}
    assert declared <= native
    public = {name for name in declared if getattr(kayan, name, None) is getattr(_core, name)}
    assert declared - public == set(PRIVATE)


def documented():
    for name in kayan.__all__:
        thing = getattr(kayan, name)
        if name.startswith("__") or isinstance(thing, str):
            continue
        yield name, thing
        if inspect.isclass(thing) and thing.__module__.startswith("kayan._") and thing is not kayan.Entry:
            for member, value in vars(thing).items():
                if not member.startswith("_") and (
                    callable(value) or isinstance(value, (property, classmethod))
                ):
                    yield f"{name}.{member}", value


@pytest.mark.parametrize(("name", "thing"), list(documented()))
def test_help_is_not_empty(name, thing):
    assert len(inspect.getdoc(thing) or "") > 15


def test_signatures_show_every_option():
    for function in (Normalizer, kayan.normalize):
        parameters = inspect.signature(function).parameters
        assert list(parameters)[1 if function is Normalizer else 2 :] == list(Normalizer().options)
    shown = {
        name: p.default for name, p in inspect.signature(Matcher).parameters.items() if name != "gazetteer"
    }
    assert shown.pop("profile") == "match"
    assert shown == {name: Matcher(["دبي"]).options[name] for name in shown}
    assert set(shown) <= set(Matcher(["دبي"]).options)


def test_import_needs_no_other_library():
    code = (
        "import sys, kayan; kayan.normalize(['x']); kayan.Matcher(['x']).find_batch(['x']).by_row();"
        "print([m for m in ('numpy','pandas','polars','pyarrow','tqdm','typing_extensions') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout == "[]\n"


@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("pandas", lambda m: m.to_pandas()),
        ("pandas", lambda m: m.counts()),
        ("pyarrow", lambda m: m.to_arrow()),
        ("polars", lambda m: m.to_polars()),
        ("pandas", lambda m: kayan.Gazetteer().to_dataframe()),
        ("pandas", lambda m: kayan.describe_texts(["x"])),
        ("tqdm", lambda m: Matcher(["x"]).find_batch(["x"], progress=True)),
    ],
)
def test_missing_library_says_what_to_install(monkeypatch, library, call):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=r'pip install "kayan\['):
        call(Matcher(["x"]).find_batch(["x"]))


# ---- Normalizer -----------------------------------------------------------------------------------------------------


def test_normalizer_is_what_its_options_say():
    normalizer = Normalizer("search", alef=False, diacritics=["shadda"], zwnj=None)
    assert repr(normalizer) == "Normalizer('search', alef=False, diacritics=('shadda',))"
    assert normalizer.profile == "search"
    assert normalizer.options["alef"] is False
    assert normalizer == Normalizer("search", diacritics=("shadda",), alef=False)
    assert normalizer != Normalizer("search")
    assert normalizer != normalizer.id
    assert len({normalizer, Normalizer("search"), Normalizer("search")}) == 2
    for other in (
        pickle.loads(pickle.dumps(normalizer)),
        copy.deepcopy(normalizer),
        Normalizer.from_dict(json.loads(json.dumps(normalizer.to_dict()))),
    ):
        assert other == normalizer
        assert repr(other) == repr(normalizer)


def test_saved_normalizer_that_would_differ_now_is_refused():
    saved = {**Normalizer().to_dict(), "id": "kayan:search@0+unicode9"}
    with pytest.raises(KayanError, match="saved as kayan:search@0"):
        Normalizer.from_dict(saved)


@pytest.mark.parametrize(
    ("profile", "options"),
    [*((profile, {}) for profile in kayan.profiles()),
     ("light", {"urls": "a]+[b,c=d", "emails": True, "mentions": "", "hashtags": "words"}),
     ("social", {"urls": False, "hashtags": "mask", "html": True, "emoji": "remove"}),
     ("search", {"tatweel": "bare", "elongation": 1, "diacritics": ("shadda",)})],
)  # fmt: skip
def test_every_normalizer_survives_saving(profile, options):
    normalizer = Normalizer(profile, **options)
    saved = json.loads(json.dumps(normalizer.to_dict(), ensure_ascii=False))
    for other in (pickle.loads(pickle.dumps(normalizer)), Normalizer.from_dict(saved)):
        assert (other.id, other.options, other) == (normalizer.id, normalizer.options, normalizer)


def test_options_that_differ_give_ids_that_differ():
    pairs = [
        ({"urls": "x,emails=y"}, {"urls": "x", "emails": "y"}),
        ({"urls": ""}, {"urls": False}),
        ({"urls": True}, {"urls": "[رابط "}),
        ({"hashtags": "words"}, {"hashtags": "mask"}),
        ({"tatweel": "bare"}, {"tatweel": "all"}),
    ]
    for one, other in pairs:
        assert Normalizer("none", **one).id != Normalizer("none", **other).id
    assert Normalizer("none", urls=True).id == Normalizer("none", urls="[رابط]").id


def test_explain():
    edits = Normalizer("search", urls=True).explain("مدرسة\u0640 أحمد http://x.com")
    assert [(e.start, e.end, e.before, e.after, e.rule) for e in edits] == [
        (4, 5, "ة", "ه", "ta_marbuta"),
        (5, 6, "\u0640", "", "tatweel"),
        (7, 8, "أ", "ا", "alef"),
        (12, 24, "http://x.com", "[رابط]", "urls"),
    ]
    assert repr(edits[1]) == "Edit(5, 6, U+0640 -> nothing, rule='tatweel', count=1)"
    assert [e.count for e in Normalizer().explain("أ أ إ")] == [2, 2, 1]
    assert Normalizer().explain("سلام") == []
    # A letter and its hamza become one, then lose it: two edits of one place.
    assert [(e.start, e.end, e.rule) for e in Normalizer().explain("ا\u0654")] == [
        (0, 2, "nfc"),
        (0, 2, "alef"),
    ]
    with pytest.raises(AttributeError):
        edits[0].start = 1


PROPERTIES = [
    # text, property, number of words, example, why
    ("مُحَمَّد محمد", "vowelled", 1, "مُحَمَّد", "one of two words"),
    ("محمّد", "vowelled", 0, None, "shadda alone is common in unvowelled text"),
    ("\ufee3\ufeae", "presentation_forms", 1, "\ufee3\ufeae", "from a PDF"),
    ("ا\u0654حمد ب\u0654", "decomposed", 1, "ا\u0654حمد", "hamza composes with alef, not with beh"),
    ("می\u200cخواهم کتاب", "farsi_yeh", 1, "می\u200cخواهم", "Persian yeh"),
    ("می\u200cخواهم کتاب", "keheh", 1, "کتاب", "Persian kaf"),
    ("می\u200cخواهم", "zwnj", 1, "می\u200cخواهم", "ZWNJ"),
    ("فى الذى، على مصطفى", "final_yeh", 2, "فى", "words that are spelled with yeh; على is not one"),
    ("سلا\u0640م", "tatweel", 1, "سلا\u0640م", "tatweel"),
    ("جميييل 1000 الله", "elongation", 1, "جميييل", "letters, three times"),
    ("\u200fسلام", "bidi_controls", 1, "\u200fسلام", "RIGHT-TO-LEFT MARK"),
    ("\ufeffسلام", "zero_width", 1, "\ufeffسلام", "byte order mark"),
    ("1 ٢ ۳ 4", "digits_ascii", 2, "1", "three systems"),
    ("1 ٢ ۳ 4", "digits_arabic", 1, "٢", "three systems"),
    ("1 ٢ ۳ 4", "digits_persian", 1, "۳", "three systems"),
    ("abcعربي الناتو-NATO", "mixed_scripts", 1, "abcعربي", "a hyphen parts words"),
    ("http://x.com a@b.com @u #وسم_طويل", "urls", 1, "http://x.com", "a link"),
    ("http://x.com a@b.com @u #وسم_طويل", "emails", 1, "a@b.com", "an address"),
    ("http://x.com a@b.com @u #وسم_طويل", "mentions", 1, "@u", "a mention"),
    ("http://x.com a@b.com @u #وسم_طويل", "hashtags", 1, "#وسم_طويل", "a hashtag, whole"),
    ("&amp; <br> </p > 1 < 2", "html", 3, "&amp;", "entities and tags"),
    ("مبروك 👍 ©", "emoji", 1, "👍", "© isn't one"),
    ("\ufffd", "replacement_characters", 1, "\ufffd", "decoded wrongly"),
    ("\ud800", "lone_surrogates", 1, "\ud800", "cut in the middle"),
]


@pytest.mark.parametrize(("text", "name", "words", "example", "why"), PROPERTIES)
def test_describe_texts(text, name, words, example, why):
    report = kayan.describe_texts([None, "لا", text]).set_index("property")
    row = report.loc[name]
    assert (row["texts"], row["words"], row["example"]) == (min(words, 1), words, example), why
    assert row["text_share"] == min(words, 1) / 2
    assert report.loc["vowelled", "suggestion"] == "" or name == "vowelled"


def test_describe_texts_takes_any_column():
    for column in (pd.Series(["مُ"]), pa.array(["مُ", None]), ("مُ",), iter(["مُ"])):
        assert kayan.describe_texts(column)["texts"].sum() == 1
    assert kayan.describe_texts([])["texts"].sum() == 0
    with pytest.raises(TypeError, match="row 1"):
        kayan.describe_texts(["x", 5])


def test_true_and_one_are_different_options():
    assert kayan.normalize("جمييييل", elongation=True) == "جمييل"
    assert kayan.normalize("جمييييل", elongation=1) == "جميل"


def test_changing_what_profiles_returns_changes_nothing():
    kayan.profiles()["search"]["alef"] = False
    assert kayan.normalize("أ") == "ا"


def test_alignment():
    aligned = Normalizer().align("سلا\u0640\u0640م")  # ARABIC TATWEEL
    assert isinstance(aligned, kayan.Alignment)
    assert (aligned.original, aligned.text) == ("سلا\u0640\u0640م", "سلام")
    assert (aligned.to_original(3, 4), aligned.to_normalized(5, 6)) == ((5, 6), (3, 4))
    assert repr(aligned).endswith("text='سلام')")


# ---- Matcher --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gazetteer",
    [{"القاهرة": "LOC"}, [("القاهرة", "LOC")], pd.DataFrame({"name": ["القاهرة"], "label": ["LOC"]}),
     kayan.Gazetteer.from_dict({"القاهرة": "LOC"}), ({"name": n, "label": "LOC"} for n in ["القاهرة"])],
)  # fmt: skip
def test_anything_that_lists_names_is_a_gazetteer(gazetteer):
    (match,) = Matcher(gazetteer).find(CAIRO)
    assert match == (6, 12, "لقاهرة", "LOC", None, "القاهرة", "ل", "")
    assert CAIRO[match.start : match.end] == match.text


def test_match_has_metadata_beside_its_fields():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", country="EG")
    gazetteer.add("دبي", aliases=["إمارة دبي"])
    matcher = Matcher(gazetteer)
    match = matcher.first(CAIRO)
    assert match.metadata == {"country": "EG"}
    assert pickle.loads(pickle.dumps(match)).metadata == {"country": "EG"}
    assert hash(match) == hash(tuple(match))
    alias = matcher.first("إلى إمارة دبي")
    assert (alias.name, alias.text, alias.metadata) == ("دبي", "إمارة دبي", {})
    assert [m.metadata for _, m in matcher.find_batch([CAIRO])] == [{"country": "EG"}]


def test_a_composed_match_has_no_metadata():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", country="AE")
    gazetteer.add_word_list("given", ["محمد", "سالم"])
    gazetteer.add_rule("two", "given given")
    matcher = Matcher(gazetteer)
    gazetteer.add("القاهرة", country="EG")  # would be the entry of that number
    text = "محمد سالم في دبي"
    for found in (matcher.find(text), [match for _, match in matcher.find_batch([text])]):
        assert [(match.id, match.metadata) for match in found] == [
            ("name:محمد سالم", {}),
            (None, {"country": "AE"}),
        ]


def test_counting_and_labels():
    matcher = Matcher({"القاهرة": "LOC", "أحمد": "PER", "دبي": None})
    text = "أحمد في القاهرة ودبي"
    assert (matcher.count(text), matcher.count(text, "PER"), matcher.count(text, ["PER", "LOC"])) == (3, 1, 2)
    assert (matcher.contains(text, []), matcher.contains("لا أحد"), matcher.first("لا أحد")) == (
        False,
        False,
        None,
    )
    assert len(matcher.find_batch([text], "LOC")) == 1
    assert len(matcher) == 3
    assert matcher.labels == ["LOC", "PER"]
    assert repr(matcher) == "Matcher: 3 entries (LOC 1, PER 1, no label 1), profile 'match'"
    assert matcher.memory_usage > 0
    assert matcher.normalizer_id.startswith("kayan-matcher:match@3")


def test_later_additions_are_not_seen():
    gazetteer = kayan.Gazetteer.from_dict({"دبي": "LOC"})
    matcher = Matcher(gazetteer)
    gazetteer.add("القاهرة", rank=1)
    assert matcher.find(CAIRO) == []
    assert matcher.first("دبي").metadata == {}


def test_words_may_come_in_any_iterable():
    matcher = Matcher(["علي"], stop_words={"على"}, name_variants=iter(["ibn"]), never_split=None)
    assert matcher.find("على") == []
    assert Matcher(["علي"], stop_words=False).count("على") == 1


ERRORS = [
    # call, error, part of the message, why
    (lambda: Normalizer("serch"), KayanError, "search", "the nearest profile"),
    (lambda: Normalizer(tamarbuta=True), KayanError, "ta_marbuta", "the nearest option"),
    (lambda: kayan.normalize("x", digits="roman"), KayanError, "digits", "an unknown value names its option"),
    (
        lambda: kayan.normalize("x", diacritics=["shaddah"]),
        KayanError,
        "shadda",
        "the nearest class of marks",
    ),
    (lambda: kayan.normalize("x", diacritics=[["x"]]), TypeError, "diacritics", "an unhashable value too"),
    (lambda: Normalizer(urls=5), KayanError, "the text that stands for it", "a mask is a text"),
    (lambda: Normalizer(emoji=True), KayanError, "'keep', 'remove'", "true what?"),
    (lambda: Normalizer().explain(None), TypeError, "NoneType", "null is not a text"),
    (lambda: kayan.describe_texts("x"), TypeError, "one str", "each letter would be a text"),
    (lambda: kayan.normalize(None), TypeError, "NoneType", "null is not a text"),
    (lambda: kayan.normalize(b"x"), TypeError, "bytes", "bytes are not a text"),
    (lambda: Normalizer().normalize(["x"]), TypeError, "normalize_batch()", "many for one"),
    (lambda: Normalizer().align(None), TypeError, "NoneType", "null is not a text"),
    (lambda: Matcher(["x"], boundry="word"), KayanError, "boundary", "the nearest option"),
    (lambda: Matcher(["x"], profile="mach"), KayanError, "match", "the nearest profile"),
    (lambda: Matcher(["x"], clitics="some"), KayanError, "clitics", "an unknown value names its option"),
    (lambda: Matcher("دبي"), TypeError, "got str", "each letter would be a name"),
    (lambda: Matcher(None), TypeError, "got NoneType", "not a dictionary"),
    (lambda: Matcher([5]), TypeError, "entry 0", "not a name"),
    (lambda: Matcher(["x"]).find(None), TypeError, "got NoneType", "null is not a text"),
    (lambda: Matcher(["x"]).find(["x"]), TypeError, "find_batch()", "many for one"),
    (
        lambda: Matcher({"x": "LOC"}).find("x", "loc"),
        KayanError,
        "'loc': did you mean 'LOC'? labels: LOC",
        "known labels help",
    ),
    (lambda: Matcher({"x": None}).find("x", [None]), KayanError, "labels: none", "no label is not a label"),
]


@pytest.mark.parametrize(("call", "error", "message", "why"), ERRORS)
def test_errors(call, error, message, why):
    with pytest.raises(error) as raised:
        call()
    assert message in str(raised.value), why


# ---- Matches --------------------------------------------------------------------------------------------------------

BATCH = Matcher({"القاهرة": "LOC", "أحمد": "PER", "دبي": None}).find_batch(
    [CAIRO, None, "أحمد من القاهرة إلى دبي"]
)
RECORDS = [
    (0, 6, 12, "لقاهرة", "LOC", None, "القاهرة", "ل", ""),
    (2, 0, 4, "أحمد", "PER", None, "أحمد", "", ""),
    (2, 8, 15, "القاهرة", "LOC", None, "القاهرة", "", ""),
    (2, 20, 23, "دبي", None, None, "دبي", "", ""),
]
HEAD = [
    "row",
    "start",
    "end",
    "text",
    "label",
    "id",
    "name",
    "prefix",
    "suffix",
    "rule",
    "edits",
    "similarity",
]


def test_matches_as_a_sequence():
    assert [(row, *match) for row, match in BATCH] == RECORDS
    assert (BATCH.rows, len(BATCH)) == (3, 4)
    assert (BATCH[-1][1].text, [row for row, _ in BATCH[1:3]]) == ("دبي", [2, 2])
    assert [[m.text for m in found] for found in BATCH.by_row()] == [
        ["لقاهرة"],
        [],
        ["أحمد", "القاهرة", "دبي"],
    ]
    assert repr(BATCH) == "Matches: 4 matches in 3 texts; LOC 2, PER 1, no label 1"
    assert repr(Matcher(["x"]).find_batch([None])) == "Matches: 0 matches in 1 text"
    with pytest.raises(IndexError):
        BATCH[4]


def test_matches_as_tables():
    assert [tuple(row.values())[:9] for row in BATCH.to_arrow().select(HEAD).to_pylist()] == RECORDS
    assert [row[:9] for row in BATCH.to_polars().select(HEAD).rows()] == RECORDS
    assert pa.table(BATCH).num_rows == 4


def test_to_pandas():
    frame = BATCH.to_pandas()
    assert list(frame.columns) == HEAD
    assert [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)] == [
        (*record, None, 0, 1.0) for record in RECORDS
    ]
    assert [str(frame.dtypes[name]) for name in ("row", "start", "end", "label")] == ["int64"] * 3 + [
        "category"
    ]
    empty = Matcher(["x"]).find_batch([""]).to_pandas()
    assert (len(empty), list(empty.columns), str(empty.dtypes["start"])) == (0, HEAD, "int64")


WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None
import kayan, pandas
series = pandas.Series(["سافر للقاهرة", None], index=[7, 8])
assert kayan.normalize(series, ta_marbuta=False).isna().tolist() == [False, True]
for matches in (kayan.Matcher({"القاهرة": "LOC"}).find_batch(series), kayan.Matcher(["x"]).find_batch([""])):
    frame = matches.to_pandas()
    print(list(frame.columns), frame.values.tolist(), frame.dtypes["start"], frame.dtypes["label"])
"""


def test_pandas_without_pyarrow():
    command = [sys.executable, "-X", "utf8", "-c", WITHOUT_PYARROW]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    rows = [[0, 6, 12, "لقاهرة", "LOC", None, "القاهرة", "ل", "", None, 0, 1.0]]
    assert result.stdout == f"{HEAD} {rows} int64 category\n{HEAD} [] int64 category\n", result.stderr


def test_counts():
    counts = BATCH.counts()
    assert list(counts.columns) == ["name", "label", "id", "count"]
    assert list(zip(counts["name"], counts["count"], strict=True)) == [
        ("القاهرة", 2),
        ("أحمد", 1),
        ("دبي", 1),
    ]
