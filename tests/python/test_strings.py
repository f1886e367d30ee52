"""Strings of all widths in CPython's storage: read in place, never grown, made in the narrowest width."""

import sys

import pytest

import kayan

NARROW = "caf\u00e9 \u00ab123\u00bb"
ARABIC = "سافر إلى القاهرة"
WIDE = "😀 سافر إلى القاهرة"
# A lone surrogate, which only a str can hold.
BROKEN = "سافر \ud800 إلى القاهرة"


def fresh(text):
    """Return an equal string that nothing has touched yet."""
    return text[:1] + text[1:]


@pytest.mark.parametrize("text", [NARROW, ARABIC, WIDE, BROKEN, "", "a"], ids=ascii)
def test_the_string_of_the_caller_never_grows(text):
    text = fresh(text)
    before = sys.getsizeof(text)
    matcher = kayan.Matcher(["القاهرة"])
    matcher.find(text)
    matcher.find_batch([text, text])
    kayan.normalize(text)
    kayan.Normalizer().align(text)
    assert sys.getsizeof(text) == before


@pytest.mark.parametrize(
    ("text", "start"),
    [(ARABIC, 9), (WIDE, 11), (BROKEN, 11), ("caf\u00e9 القاهرة", 5)],
    ids=["two bytes", "four bytes", "surrogate", "Latin-1 letters in two bytes"],
)
def test_positions_are_code_points_in_every_width(text, start):
    matcher = kayan.Matcher(["القاهرة"])
    (match,) = matcher.find(text)
    assert (match.start, match.end, match.text) == (start, start + 7, text[start : start + 7])
    assert [m for _, m in matcher.find_batch([text])] == [match]


def test_a_latin_name_is_found_in_one_byte_strings():
    (match,) = kayan.Matcher(["Caf\u00e9"]).find("au caf\u00e9 noir")
    assert (match.start, match.end, match.text) == (3, 7, "caf\u00e9")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("12", {"digits": "arabic"}, "\u0661\u0662"),
        ("\u0661\u0662", {"digits": True}, "12"),
        ("\u0661😀", {"digits": True}, "1😀"),
        ("\u0640\u0640", {"tatweel": True}, ""),
        (BROKEN, {"tatweel": True, "alef": True}, "سافر \ud800 الى القاهرة"),
    ],
    ids=["wider", "narrower", "stays wide", "empty", "surrogate kept"],
)
def test_results_have_the_narrowest_width(text, options, expected):
    result = kayan.normalize(text, "none", **options)
    assert result == expected
    assert sys.getsizeof(result) == sys.getsizeof(fresh(expected)) or len(expected) < 2
    assert hash(result) == hash(expected)


@pytest.mark.parametrize("text", [NARROW, ARABIC, WIDE, BROKEN, ""], ids=ascii)
def test_an_unchanged_text_is_the_same_object(text):
    normalizer = kayan.Normalizer("light")
    assert normalizer.normalize(text) is text
    assert normalizer.normalize_batch([text, None])[0] is text
