"""`CharMapper` of `kayan.compat.camel`: maps of one's own, those with a name, and what is refused."""

import copy
import json
import pickle

import pytest

import kayan
from kayan.compat.camel import BuiltinCharMapNotFoundError, CharMapper, InvalidCharMapKeyError


@pytest.mark.parametrize(
    ("charmap", "default", "expected", "why"),
    [
        ({}, None, "abcd-+", "what is in no map stays"),
        ({}, "", "", "the default takes the place of all others"),
        ({"a": "xy"}, None, "xybcd-+", "one becomes several"),
        ({"a": ""}, None, "bcd-+", "an empty value removes"),
        ({"a": None}, "", "a", "None keeps, the default notwithstanding"),
        ({"a-c": "x"}, None, "xxxd-+", "the end of a range is included"),
        ({"a-c": "x", "b": "y"}, None, "xyxd-+", "the later key counts"),
        ({"b": "y", "a-c": "x"}, None, "xxxd-+", "also where it is a range"),
        ({"-": "x"}, None, "abcdx+", "a hyphen alone is a character"),
        ({"+--": "x"}, None, "abcdxx", "a hyphen may end a range"),
        ({"a": "b"}, "..", "b..........", "the default may be several"),
    ],
)
def test_a_map_of_ones_own(charmap, default, expected, why):
    mapper = CharMapper(charmap, default)
    for same in (mapper, copy.copy(mapper), copy.deepcopy(mapper), pickle.loads(pickle.dumps(mapper))):
        assert same.map_string("abcd-+") == same("abcd-+") == expected, why


@pytest.mark.parametrize("key", ["", "ab", "a-", "-a", "abcd", "a--", "c-a", "a-a", "---"])
def test_a_wrong_key_is_named(key):
    with pytest.raises(InvalidCharMapKeyError) as caught:
        CharMapper({key: "x"})
    assert caught.value.key == key
    assert caught.value.message == str(caught.value) != ""
    assert isinstance(caught.value, kayan.KayanError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.key, again.message) == (key, caught.value.message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None,), "charmap must be a mapping"),
        (([("a", "b")],), "charmap must be a mapping"),
        (("ab",), "charmap must be a mapping"),
        (({1: "x"},), "a key of charmap must be str, got int"),
        (({b"a": "x"},), "a key of charmap must be str, got bytes"),
        (({"a": 1},), r"charmap\['a'\] must be str or None, got int"),
        (({"a": "b"}, 1), "default must be str or None, got int"),
        (({"a": "b"}, False), "default must be str or None, got bool"),
    ],
)
def test_a_wrong_argument_is_a_type_error(arguments, message):
    with pytest.raises(TypeError, match=message):
        CharMapper(*arguments)


@pytest.mark.parametrize("wrong", [None, 5, b"a", ["a"]])
@pytest.mark.parametrize("mapper", [CharMapper({}), CharMapper.builtin_mapper("arclean")])
def test_a_mapper_takes_a_str_only(mapper, wrong):
    for call in (mapper, mapper.map_string):
        with pytest.raises(TypeError):
            call(wrong)


@pytest.mark.parametrize("name", ["ar2", "", None, 5, ["arclean"]])
def test_an_unknown_name_is_refused_with_those_that_there_are(name):
    with pytest.raises(BuiltinCharMapNotFoundError, match="arclean") as caught:
        CharMapper.builtin_mapper(name)
    assert caught.value.map_name == name


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("arclean", "«کتاب» ١٢٣", '"كتاب" 123'),
        ("ar2bw", "مدرسة أحمد", "mdrsp >Hmd"),
        ("ar2safebw", "مدرسة أحمد", "mdrsp OHmd"),
        ("ar2xmlbw", "مدرسة أحمد", "mdrsp OHmd"),
        ("ar2hsb", "مدرسة أحمد", "mdrsħ ÂHmd"),
        ("bw2ar", "mdrsp >Hmd", "مدرسة أحمد"),
        ("hsb2bw", "mdrsħ ÂHmd", "mdrsp >Hmd"),
        ("safebw2xmlbw", "BV", "B*"),  # there too, ڤ has no letter in common
    ],
)
def test_maps_with_a_name(name, text, expected):
    assert CharMapper.builtin_mapper(name)(text) == expected


def test_there_and_back():
    letters = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچڤگٱ"
    for other in ("bw", "safebw", "xmlbw", "hsb"):
        there = CharMapper.builtin_mapper(f"ar2{other}")
        back = CharMapper.builtin_mapper(f"{other}2ar")
        assert back(there(letters)) == letters
    assert len(CharMapper.BUILTIN_CHARMAPS) == 21


def test_a_map_in_a_file(tmp_path):
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"default": "", "charMap": {"a-b": "x"}}))
    assert CharMapper.mapper_from_json(file)("abc") == "xx"
    file.write_text("[]")
    with pytest.raises(TypeError, match="must hold a JSON object, got list"):
        CharMapper.mapper_from_json(file)
    with pytest.raises(FileNotFoundError):
        CharMapper.mapper_from_json(tmp_path / "missing.json")
