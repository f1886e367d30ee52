"""HTML of marked texts: nothing lost, nothing unescaped, overlaps told apart."""

import html
import re
from html.parser import HTMLParser

import pytest

import kayan
from kayan import _html


class Reader(HTMLParser):
    """Collects the text outside labels and styles, and fails on tags that don't close in order."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text, self.titles = [], "", []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        if tag != "meta":
            self.open.append(tag)
        self.titles += [value for name, value in attributes if name == "title"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "div" in self.open and "bdi" not in self.open:
            self.text += data


ENTRIES = {"القاهرة": "LOC", "البنك": "X", "البنك المركزي": "ORG", "المركزي المصري": "ORG"}
TEXTS = [
    # text, overlap, why
    ("", "longest", "no text"),
    ("بلا أسماء", "longest", "no match"),
    ("القاهرة", "longest", "the match is all of the text"),
    ("سافر للقاهرة، ثم عاد", "longest", "a prefix"),
    ("البنك المركزي المصري في القاهرة", "all", "nested and crossing matches"),
    ('<b title="x">القاهرة</b> & "دبي"', "longest", "markup in the text"),
    ("القاهرة\n  القاهرة", "longest", "line breaks and blanks"),
]


@pytest.mark.parametrize(("text", "overlap", "why"), TEXTS)
def test_text_comes_out_whole_and_tags_nest(text, overlap, why):
    matches = kayan.Matcher(ENTRIES, overlap=overlap).find(text)
    fragment = _html.fragment(text, matches)
    reader = Reader(fragment)
    assert reader.text == text, why
    named = {line for title in reader.titles for line in title.split("\n") if line and ": " not in line}
    assert named == {match.name for match in matches}
    assert 'dir="rtl" lang="ar"' in fragment
    assert Reader(_html.page([("a", text, matches)], "t")).text == text


def test_tooltip_label_and_prefix():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", label="<LOC>", id='Q"85')
    text = "سافر للقاهرة"
    fragment = _html.fragment(text, kayan.Matcher(gazetteer).find(text))
    title = html.unescape(re.search('<mark [^>]*title="([^"]*)"', fragment)[1])
    assert title == 'القاهرة\nlabel: <LOC>\nid: Q"85\nprefix: ل'
    assert re.search("<u [^>]*>ل</u><mark [^>]*>لقاهرة</mark>", fragment)
    assert '<bdi dir="ltr">&lt;LOC&gt;</bdi>' in fragment
    assert "<LOC>" not in fragment


def test_one_colour_per_label_on_the_whole_page():
    matcher = kayan.Matcher({"القاهرة": "LOC", "أحمد": "PER"})
    texts = ["أحمد", "القاهرة", "أحمد"]
    page = _html.page([(text, text, matcher.find(text)) for text in texts], "<t>")
    colours = re.findall('<mark style="background:(#......)" title=', page)
    assert colours[0] == colours[2] != colours[1]
    assert "LOC 1" in page
    assert "PER 2" in page
    assert "<title>&lt;t&gt;</title>" in page
    assert not re.search("<script|<link|https?://|url\\(", page)


def test_matches_as_a_table():
    matches = kayan.Matcher({"القاهرة": "<i>"}).find_batch(["القاهرة"] * 30)
    shown = matches._repr_html_()
    assert shown.count("<tr>") == 21
    assert '<td dir="auto">القاهرة</td>' in shown
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown
