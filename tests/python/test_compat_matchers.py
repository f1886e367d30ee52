"""`KeywordProcessor` and `Automaton`: what flashtext 2.7 and pyahocorasick 2.3.1 give, where they are odd too."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kayan
import kayan.compat.pyahocorasick as ahocorasick
from kayan.compat.flashtext import KeywordProcessor

# Letters with the marks that compose with them, marks and blanks alone, a lone surrogate, a wide character.
ALPHABET = [*"ابأa_B ", "\u0654", "\u064e", "\u0640", "\u200c", "\n", "\ud800", "😀"]
words = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=4)
texts = st.text(st.sampled_from(ALPHABET), max_size=24)


def processor(keywords, case_sensitive=False):
    made = KeywordProcessor(case_sensitive)
    for keyword, name in keywords.items():
        made.add_keyword(keyword, name)
    return made


def automaton(words):
    made = ahocorasick.Automaton()
    for word in words:
        made.add_word(word, word)
    made.make_automaton()
    return made


# ---- flashtext ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keywords", "text", "found", "why"),
    [
        ({"اب": "X"}, "اب", [("X", 0, 2)], "a whole text"),
        ({"اب": "X"}, "وابت", [("X", 1, 3)], "Arabic letters are no word characters"),
        ({"اب": "X"}, "xاب ابx", [], "ASCII letters are"),
        ({"اب": "X", "تث": "Y"}, "ابتث", [("X", 0, 2)], "what stands behind a keyword is skipped"),
        ({"اب": "X", "تث": "Y"}, "اب تث", [("X", 0, 2), ("Y", 3, 5)], "a blank may be"),
        ({"ab": 5}, "AB", [(5, 0, 2)], "names of any type, case doesn't count"),
        ({"ab": ("t", 1)}, "abc ab", [(("t", 1), 4, 6)], "nor are parts of words found"),
        ({"a b": "X", "a": "Y"}, "a b a", [("X", 0, 3), ("Y", 4, 5)], "the longest"),
        ({"أمر": "X"}, "ا\u0654مر", [], "letter by letter"),
        ({"مر": "X"}, "مر\u064e", [("X", 0, 2)], "a mark behind it is outside"),
        ({" ": "X"}, "ا ب", [("X", 1, 2)], "a blank is a keyword"),
        ({"\u064e": "X"}, "م\u064e", [("X", 1, 2)], "so is a mark"),
        ({"ab": None}, "Ab", [("ab", 0, 2)], "no name is the keyword"),
        ({"ab": ""}, "Ab", [("ab", 0, 2)], "nor is an empty one"),
        ({}, "ab", [], "no keywords"),
        ({"ab": "X"}, "", [], "no text"),
        ({"ab": "X"}, None, [], "None is no text"),
    ],
)
def test_extracting(keywords, text, found, why):
    made = processor(keywords)
    for same in (made, pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert same.extract_keywords(text, span_info=True) == found, why
        assert same.extract_keywords(text) == [name for name, _, _ in found]


def flashtext_by_hand(keywords, text, boundaries):
    """The longest keyword at each place between characters that are no part of words; the next one is skipped."""
    at = 0
    while at < len(text):
        ends = [
            at + len(word)
            for word in keywords
            if text.startswith(word, at) and (text[at + len(word) :][:1] or " ") not in boundaries
        ]
        if ends and (at == 0 or text[at - 1] not in boundaries):
            yield keywords[text[at : max(ends)]], at, max(ends)
            at = max(ends)
        at += 1


@given(keywords=st.dictionaries(words, st.just("X"), max_size=6), text=texts)
def test_extracting_equals_a_slow_search(keywords, text):
    made = processor(keywords, case_sensitive=True)
    expected = list(flashtext_by_hand(keywords, text, made.non_word_boundaries))
    assert made.extract_keywords(text, span_info=True) == expected


def test_replacing():
    made = processor({"هيئة الأمم": "الأمم المتحدة", "un": "UN"})
    assert made.replace_keywords("في Un وهيئة الأمم.") == "في UN والأمم المتحدة."
    assert made.replace_keywords("") == ""
    assert made.replace_keywords(None) is None
    with pytest.raises(TypeError, match="clean name 5 must be str"):
        processor({"ab": 5}).replace_keywords("ab")


def test_changing_keywords():
    made = KeywordProcessor()
    assert made.add_keyword("Ab", "X") is True
    assert made.add_keyword("aB", "Y") is False
    assert made.add_keyword("") is made.add_keyword(None) is False
    assert (len(made), "AB" in made, made["ab"], made.get_keyword("AB"), made["x"]) == (
        1,
        True,
        "Y",
        "Y",
        None,
    )
    assert made.extract_keywords("ab") == ["Y"]
    made["c"] = "Z"
    assert made.extract_keywords("c ab") == ["Z", "Y"]
    assert made.remove_keyword("AB") is True
    assert made.remove_keyword("AB") is made.remove_keyword("") is False
    del made["c"]
    assert made.extract_keywords("c ab") == []
    made.add_keywords_from_dict({"N": ["a", "b"]})
    made.add_keywords_from_list(["c"])
    assert made.get_all_keywords() == {"a": "N", "b": "N", "c": "c"}
    assert made.get_all_keywords("x") == {"xa": "N", "xb": "N", "xc": "c"}
    made.remove_keywords_from_dict({"N": ["a"]})
    made.remove_keywords_from_list(["c"])
    assert made.get_all_keywords() == {"b": "N"}
    made.add_non_word_boundary("-")
    assert made.extract_keywords("b-b b") == ["N"]
    made.set_non_word_boundaries([])
    assert made.extract_keywords("abbb") == ["N", "N"]
    assert repr(made) == "KeywordProcessor(case_sensitive=False): 1 keyword"


def test_what_flashtext_refuses():
    made = KeywordProcessor()
    for call in (made.add_keywords_from_dict, made.remove_keywords_from_dict):
        with pytest.raises(AttributeError, match="Value of key c should be a list"):
            call({"c": "d"})
    for call in (made.add_keywords_from_list, made.remove_keywords_from_list):
        with pytest.raises(AttributeError, match="keyword_list should be a list"):
            call("d")
    with pytest.raises(NotImplementedError):
        iter(made)
    for wrong in (5, ["a"], b"a"):
        for call in (made.add_keyword, made.extract_keywords, made.replace_keywords, made.get_keyword):
            with pytest.raises(TypeError, match="expected a str"):
                call(wrong)


def test_keywords_of_a_file(tmp_path):
    file = tmp_path / "keywords.txt"
    file.write_text("هيئة الأمم=>الأمم المتحدة\ndubai\n\n g => h \n", encoding="utf-8")
    made = KeywordProcessor()
    made.add_keyword_from_file(file)
    assert made.get_all_keywords() == {"هيئة الأمم": "الأمم المتحدة", "dubai": "dubai", " g ": "h"}
    file.write_text("a=>b=>c")
    with pytest.raises(ValueError, match="line 1 of"):
        made.add_keyword_from_file(file)
    with pytest.raises(OSError, match="Invalid file path"):
        made.add_keyword_from_file(tmp_path / "missing")


# ---- pyahocorasick --------------------------------------------------------------------------------------------------


def places(words, text):
    """All places, by their ends, the longest first."""
    found = [
        (at + len(word) - 1, word) for word in words for at in range(len(text)) if text.startswith(word, at)
    ]
    return sorted(found, key=lambda place: (place[0], -len(place[1])))


def longest(words, text):
    at = 0
    while at < len(text):
        here = max((word for word in words if text.startswith(word, at)), key=len, default="")
        at += len(here) or 1
        if here:
            yield at - 1, here


@given(found=st.sets(words, max_size=6), text=texts)
def test_searching_equals_a_slow_search(found, text):
    made = automaton(found)
    if found:
        assert list(made.iter(text)) == places(found, text)
        assert list(made.iter_long(text)) == list(longest(found, text))
        half = len(text) // 2
        assert list(made.iter(text, half)) == [(e + half, w) for e, w in places(found, text[half:])]
        assert list(made.iter(text, 0, half)) == places(found, text[:half])


@pytest.mark.parametrize(
    ("arguments", "options", "found"),
    [
        (("ushers",), {}, [(3, "she"), (3, "he"), (5, "hers")]),
        (("ushers", 2), {}, [(3, "he"), (5, "hers")]),
        (("ushers", 0, 3), {}, []),
        (("ushers", -3), {}, [(3, "she"), (3, "he"), (5, "hers")]),
        (("ushers", 0, -2), {}, []),
        (("ushers", 0, 100), {}, [(3, "she"), (3, "he"), (5, "hers")]),
        (("ushers", 100), {}, []),
        ((), {"string": "ushers", "start": 2, "end": 5}, [(3, "he")]),
        (("u s h e r s",), {}, []),
        (("u s h e r s",), {"ignore_white_space": True}, [(6, "she"), (6, "he"), (10, "hers")]),
        (("s\u00a0he",), {"ignore_white_space": True}, [(3, "he")]),  # NO-BREAK SPACE is none to C
    ],
)
def test_the_part_of_a_text(arguments, options, found):
    made = automaton(["he", "she", "hers"])
    for same in (made, pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert list(same.iter(*arguments, **options)) == found


def test_going_on_with_another_text():
    found = automaton(["z", "za", "ya", "a"]).iter("za")
    assert list(found) == [(0, "z"), (1, "za"), (1, "a")]
    found.set("yaz")
    assert list(found) == [(3, "ya"), (3, "a"), (4, "z")]
    found.set("a")
    assert list(found) == [(5, "za"), (5, "a")]
    found.set("a", True)
    assert list(found) == [(0, "a")]


def test_what_becomes_of_an_automaton():
    made = ahocorasick.Automaton()
    assert (made.kind, len(made), bool(made), made.store) == (
        ahocorasick.EMPTY,
        0,
        False,
        ahocorasick.STORE_ANY,
    )
    assert made.make_automaton() is False
    with pytest.raises(AttributeError, match="call make_automaton"):
        made.iter("x")
    assert (made.add_word("he", [1]), made.add_word("he", [2]), made.add_word("", 1)) == (True, False, False)
    assert made.kind == ahocorasick.TRIE
    assert repr(made) == "Automaton: 1 key, a trie"
    made.find_all("he", print)
    assert made.make_automaton() is None
    assert made.make_automaton() is False
    assert made.kind == ahocorasick.AHOCORASICK
    found = made.iter("hehe")
    assert next(found) == (1, [2])
    made.add_word("she", None)
    with pytest.raises(ValueError, match="the iterator is not valid anymore"):
        next(found)
    made.make_automaton()
    assert list(made.iter("she")) == [(2, None), (2, [2])]
    made.add_word("x", 1)
    assert (made.pop("she"), made.remove_word("she"), made.remove_word("he")) == (None, False, True)
    again = copy.copy(made)
    made.clear()
    assert (again.kind, list(again)) == (ahocorasick.TRIE, ["x"])
    assert (made.kind, list(made)) == (ahocorasick.EMPTY, [])


@pytest.mark.parametrize("kind", [ahocorasick.STORE_INTS, ahocorasick.STORE_LENGTH])
def test_values_that_are_numbers(kind, tmp_path):
    made = ahocorasick.Automaton(kind)
    assert all(made.add_word(word) for word in ("bb", "a", "bba"))
    assert made.add_word("c", 9)
    expected = {"bb": 1, "a": 2, "bba": 3} if kind == ahocorasick.STORE_INTS else {"bb": 2, "a": 1, "bba": 3}
    assert dict(made.items()) == {**expected, "c": 9}
    with pytest.raises(TypeError, match="integer"):
        made.add_word("d", "x")
    made.save(tmp_path / "x")
    assert list(ahocorasick.load(tmp_path / "x", pickle.loads).items()) == list(made.items())


def test_keys_as_in_a_trie():
    made = automaton(["z", "y", "x", "za", "zb", "ya", "b", "a", "ab", "aa"])
    order = ["a", "aa", "ab", "b", "x", "y", "ya", "z", "zb", "za"]
    assert list(made) == list(made.keys()) == list(made.values()) == order
    assert list(made.items("a")) == [("a", "a"), ("aa", "aa"), ("ab", "ab")]
    assert list(made.keys("?a", "?")) == ["aa", "ya", "za"]
    assert list(made.keys("z?", "?", ahocorasick.MATCH_AT_MOST_PREFIX)) == ["z", "zb", "za"]
    assert list(made.keys("?", "?", ahocorasick.MATCH_AT_LEAST_PREFIX)) == order
    assert (made.match("z"), made.match("zc"), made.match("")) == (True, False, True)
    assert (made.longest_prefix("zac"), made.longest_prefix("c"), made.longest_prefix("")) == (2, 0, 0)
    assert ("za" in made, made.exists("zc"), made.get("za"), made.get("zc", 7)) == (True, False, "za", 7)


def test_what_pyahocorasick_refuses():
    made = automaton(["a"])
    calls = (made.exists, made.match, made.longest_prefix, made.get, made.remove_word, made.pop, made.keys)
    for wrong in (None, 5, b"a"):
        for call in (*calls, lambda key: made.add_word(key, 1), made.__contains__):
            with pytest.raises(TypeError, match="string expected"):
                call(wrong)
        for call in (made.iter, made.iter_long, made.iter("").set):
            with pytest.raises(TypeError, match="string required"):
                call(wrong)
    for call in (made.get, made.pop):
        with pytest.raises(KeyError):
            call("b")
    with pytest.raises(ValueError, match="A value object is required"):
        made.add_word("b")
    with pytest.raises(ValueError, match="Wildcard must be a single character"):
        made.keys("a", "??")
    with pytest.raises(ValueError, match="how must be"):
        made.keys("a", "?", 9)
    with pytest.raises(ValueError, match="store value must be"):
        ahocorasick.Automaton(999)
    with pytest.raises(kayan.KayanError, match="key_type must be KEY_STRING"):
        ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
    with pytest.raises(TypeError, match="callable"):
        made.find_all("a", 5)
    with pytest.raises(IndexError, match=r"end index not in range 0\.\.1"):
        made.iter_long("a", 0, 5)


def test_a_file_of_values_of_any_type(tmp_path):
    made = ahocorasick.Automaton()
    made.add_word("القاهرة", {1, 2})
    made.add_word("\ud800", None)
    made.make_automaton()
    with pytest.raises(ValueError, match="two arguments"):
        made.save(tmp_path / "x")
    made.save(tmp_path / "x", pickle.dumps)
    again = ahocorasick.load(tmp_path / "x", pickle.loads)
    assert list(again.iter("في القاهرة")) == [(9, {1, 2})]
    assert list(again.items()) == list(made.items())
