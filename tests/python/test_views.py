"""HTML of marked texts, tables and summaries: nothing lost, nothing unescaped, cut where letters allow it."""

import html
import re
from html.parser import HTMLParser
from importlib.resources import files
from types import SimpleNamespace

import pytest

import kayan
from kayan._views import colours, page
from kayan._views.marked import Section, facts, marked_text

VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Collects the text outside tags, and fails on elements that don't close in order."""

    def __init__(self, source):
        super().__init__()
        self.open, self.text, self.titles = [], "", []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("class") or ""))
        self.titles += [value for name, value in attributes if name == "title" and tag == "mark"]

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = [name for _, name in self.open]
        if "kayan-text" in classes and not classes[-1].startswith("kayan-tag"):
            self.text += data


ENTRIES = {"القاهرة": "LOC", "البنك": "X", "البنك المركزي": "ORG", "المركزي المصري": "ORG"}
TEXTS = [
    # text, options, why
    ("", {}, "no text"),
    ("بلا أسماء", {}, "no match"),
    ("القاهرة", {}, "the match is all of the text"),
    ("سافر للقاهرة، ثم عاد", {}, "a prefix"),
    ("البنك المركزي المصري في القاهرة", {"overlap": "all"}, "nested and crossing matches"),
    ('<b title="x">القاهرة</b> & "دبي"', {}, "markup in the text"),
    ("القاهرة\n  القاهرة", {}, "line breaks and blanks"),
    ("ياالقاهرةيا", {"boundary": "none"}, "in the middle of a word"),
    ("القاهرة القاهرةالبنك", {"boundary": "none"}, "two in one word"),
    ("القا\u0651هرة\u064e", {}, "marks in and behind the name"),
]


@pytest.mark.parametrize(("text", "options", "why"), TEXTS)
def test_text_comes_out_whole_and_elements_nest(text, options, why):
    matches = kayan.Matcher(ENTRIES, **options).find(text)
    sections = [Section("", None, text, matches)]
    reader = Reader(page.texts_fragment(sections))
    assert reader.text == text, why
    named = {block.split("\n")[0] for title in reader.titles for block in title.split("\n\n")}
    assert named == {match.name for match in matches}
    assert Reader(page.texts_page(sections, "t")).text == text


def marked(text, *spans):
    """Mark spans (prefix, start, end, suffix), all by position; mark pieces with [] and clitics with ()."""
    made = [
        SimpleNamespace(
            start=start,
            end=end,
            label="X",
            name="n",
            prefix=text[first:start],
            suffix=text[end:last],
            id=None,
        )
        for first, start, end, last in spans
    ]
    shown = marked_text(text, made, colours.slots(["X"]))
    shown = re.sub("<bdi.*?</bdi>", "|", shown)
    for tag, sign in {"<mark[^>]*>": "[", "</mark>": "]", "<u>": "(", "</u>": ")"}.items():
        shown = re.sub(tag, sign, shown)
    return html.unescape(re.sub("<[^>]*>", "", shown))


CUTS = [
    # text, spans, what is shown, why
    ("والعراق", [(0, 1, 7, 7)], "(و)[العراق]|", "waw does not join"),
    ("لإيران", [(0, 1, 6, 6)], "[(لإ)][يران]|", "lam and alef are one glyph: colour and line under both"),
    ("ولإيران", [(0, 2, 7, 7)], "(و)[(لإ)][يران]|", "the clitic before the ligature stays without colour"),
    ("للعراق", [(0, 1, 6, 6)], "(ل)[لعراق]|", "two lams are two glyphs"),
    ("لَإيران", [(0, 2, 7, 7)], "[(لَإ)][يران]|", "a mark inside the ligature"),
    ("لله", [(0, 1, 3, 3)], "[(لله)]|", "lam, lam, heh are one glyph in most fonts"),
    ("بِمصر", [(0, 2, 5, 5)], "(بِ)[مصر]|", "a mark stays with its letter"),
    ("كتابها", [(0, 0, 4, 6)], "[كتاب](ها)|", "a suffix"),
    ("مصرنا هنا", [(0, 0, 3, 3)], "[مصر]نا| هنا", "the tag stands after the word, not in it"),
    ("صلاح", [(0, 0, 2, 2)], "[صلا]ح|", "a match that ends in a ligature takes all of it"),
    ("من مصر.", [(3, 3, 6, 6)], "من [مصر]|.", "punctuation does not belong to the word"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans", "shown", "why"), CUTS)
def test_where_a_text_is_cut(text, spans, shown, why):
    assert marked(text, *spans) == shown, why


FACTS = [
    # fields besides name and label, facts, why
    ({}, "n\nlabel: X", "the least"),
    ({"rule": "title", "edits": 1, "similarity": 0.87654}, "n\nlabel: X\nrule: title\nedits: 1\nsimilarity: 0.877",
     "fields that not every match has"),
    ({"edits": 0}, "n\nlabel: X\nedits: 0", "nought is a fact"),
    ({"metadata": {"born": 1920, "url": "https://example.org/x"}},
     "n\nlabel: X\nborn: 1920\nurl: https://example.org/x", "metadata, the link last"),
    ({"metadata": {"url": "javascript:alert(1)"}}, "n\nlabel: X", "only links that a browser may follow"),
    ({"metadata": {"note": "a\n\nb: c"}}, "n\nlabel: X\nnote: a b: c", "a fact is one line"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "shown", "why"), FACTS)
def test_facts(fields, shown, why):
    match = SimpleNamespace(start=0, end=1, name="n", label="X", prefix="", suffix="", **fields)
    assert facts(match) == shown, why


def test_labels_and_ids_are_escaped():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", label="<LOC>", id='Q"85')
    shown = kayan.Matcher(gazetteer).show("سافر للقاهرة")._repr_html_()
    assert "&lt;LOC&gt;</bdi>" in shown
    assert "<LOC>" not in shown
    assert "Q&quot;85" in shown


def test_a_page_fetches_nothing():
    matches = kayan.Matcher({"القاهرة": "LOC"}).find("القاهرة")
    shown = page.texts_page([Section("", None, "القاهرة", matches)], "<t>")
    assert "<title>&lt;t&gt;</title>" in shown
    assert not re.search("<link|<img|src=|@import|url\\(", shown)


def test_what_is_cut_is_said_and_counted():
    texts = ["القاهرة"] * 12
    matches = kayan.Matcher({"القاهرة": "LOC"}).find_batch(texts)
    shown = matches.show(texts)
    assert "The first 10 of 12 texts with a match; 12 matches in all." in shown._repr_html_()
    assert str(shown).endswith("12 matches in all.")
    assert "The first" not in matches.show(texts, rows=12)._repr_html_()


def test_a_file_is_shown_by_its_last_part():
    names = page._short_names(["/a/b/x.txt", "/a/c/x.txt", "/a/c/y.txt", "z.txt"])
    assert [*names.values()] == ["b/x.txt", "c/x.txt", "y.txt", "z.txt"]


def test_matches_as_a_table():
    matches = kayan.Matcher({"القاهرة": "<i>"}).find_batch(["القاهرة"] * 30)
    shown = matches._repr_html_()
    assert shown.count("<tr>") == 21
    assert "… and 10 more" in shown
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown.replace("<i>1", "")


CONCORDANCE = ["قال وزير خارجية العراق أمس إن للعراق رأيا", None, "العراق"]


def test_concordance():
    matches = kayan.Matcher({"العراق": "COUNTRY", "أمس": "DAY"}).find_batch(CONCORDANCE)
    lines = matches.concordance(CONCORDANCE, "العراق", width=12)
    assert [(line.row, line.before, line.hit, line.after) for line in lines] == [
        (0, "وزير خارجية", "العراق", "أمس إن"),
        (0, "العراق أمس إن", "للعراق", "رأيا"),
        (2, "", "العراق", ""),
    ] or [len(line.before) <= 12 for line in lines] == [True] * 3
    assert [(line.start, line.end) for line in lines] == [
        (match.start, match.end) for _, match in matches if match.name == "العراق"
    ]
    bars = {len(line.split("|")[0]) for line in str(lines).splitlines()}
    assert len(bars) == 1, "the hits stand below one another"
    assert list(lines.to_pandas().columns) == list(lines[0]._fields)
    assert len(matches.concordance(CONCORDANCE)) == len(matches)
    assert len(matches.concordance(CONCORDANCE, "nobody")) == 0
    with pytest.raises(kayan.KayanError, match="takes 0 or more code points, got -1"):
        matches.concordance(CONCORDANCE, width=-1)


OBJECTS = {
    "matcher": lambda: kayan.Matcher({"القاهرة": "<LOC>"}),
    "gazetteer": lambda: kayan.Gazetteer.from_dict({"<القاهرة>": "<LOC>"}),
    "empty gazetteer": kayan.Gazetteer,
    "normalizer": lambda: kayan.Normalizer("search"),
    "normalizer without options": lambda: kayan.Normalizer("none"),
    "alignment": lambda: kayan.Normalizer("loose").align("<مُحَمَّد>  بغـــداد 😀"),
    "empty alignment": lambda: kayan.Normalizer().align(""),
    "explained": lambda: kayan.Matcher({"علي": "<PER>"}).explain("قال علي إن على <الجسر>"),
    "edits": lambda: kayan.Normalizer().explain("مُحَمَّد\u200f"),
    "lint": lambda: kayan.Gazetteer.from_dict({"غزة": "LOC", "بغزة": "<LOC>"}).lint(),
    "evaluation": lambda: kayan.evaluate(
        kayan.Matcher({"العراق": "<X>"}), [{"text": "العراق <b>", "entities": [[0, 3, "Y"]]}]
    ),
    "concordance": lambda: kayan.Matcher({"علي": "<X>"}).find_batch(["علي"]).concordance(["علي"]),
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
def test_notebooks_show_it(name):
    shown = OBJECTS[name]()._repr_html_()
    Reader(shown)
    assert not re.search("<(LOC|X|Y|PER|القاهرة|مُحَمَّد|الجسر)>", shown)


def test_reports_are_frames():
    pandas = pytest.importorskip("pandas")
    lint = OBJECTS["lint"]()
    assert isinstance(lint, pandas.DataFrame)
    assert type(lint[lint["entry"] >= 0]) is pandas.DataFrame


def test_style_and_script_lose_only_their_comments():
    for name in ("kayan.css", "kayan.js"):
        short = page._file(name)
        whole = files("kayan._views").joinpath(name).read_text(encoding="utf-8")
        assert whole.rstrip().endswith(short.rstrip().splitlines()[-1])
        assert short.count("{") == short.count("}") == whole.count("{")
        assert not re.search(r"/\*|^\s*//", short, re.MULTILINE)
