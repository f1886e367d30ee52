"""`kayan.evaluate`: gold sets in their kinds, what counts as right, the figures and the report."""

import gzip
import json
import re

import pandas
import polars
import pyarrow
import pytest

import kayan

TEXT = "سافر أحمد والعراق بعيد"
MATCHER = kayan.Matcher({"العراق": "LOC", "الأمم المتحدة": "ORG", "أحمد": "PER"})


def one(text, entities, matcher=MATCHER, **options):
    return kayan.evaluate(matcher, [{"text": text, "entities": entities}], **options)


def kinds(evaluation):
    return [(mistake.kind, mistake.gold, mistake.found, mistake.times) for mistake in evaluation.mistakes]


# gold entities of TEXT, clitics, strict (right, found, gold) of LOC
CLITICS = [
    ([11, 17], "either", (1, 1, 1), "the matcher's span"),
    ([10, 17], "either", (1, 1, 1), "the whole token"),
    ([11, 17], "outside", (1, 1, 1), "the matcher's span"),
    ([10, 17], "outside", (0, 1, 1), "with the clitic it is another span"),
    ([11, 17], "inside", (0, 1, 1), "without the clitic it is another span"),
    ([10, 17], "inside", (1, 1, 1), "the whole token"),
    ([12, 17], "either", (0, 1, 1), "inside of the name"),
    ([10, 22], "either", (0, 1, 1), "beyond the name"),
]


@pytest.mark.parametrize(("span", "clitics", "scores", "why"), CLITICS)
def test_clitics(span, clitics, scores, why):
    evaluation = one(TEXT, [[*span, "LOC"]], clitics=clitics)
    assert evaluation.strict["LOC"] == scores, why
    assert evaluation.clitics == clitics


def test_either_allows_some_of_the_clitics():
    # وب is two clitics: gold sets that split only the و off are right too.
    text = "وبمصر"
    for start in (0, 1, 2):
        assert one(text, [[start, 5, "LOC"]], kayan.Matcher({"مصر": "LOC"})).total == (1, 1, 1), start
    assert one(text, [[1, 5, "LOC"]], kayan.Matcher({"مصر": "LOC"}), clitics="inside").total == (0, 1, 1)


# text, gold entities, mistakes as (kind, gold, found, times), why
MISTAKES = [
    (TEXT, [[5, 9, "PER"], [10, 17, "LOC"]], [], "all right"),
    (TEXT, [[5, 9, "PER"]], [("spurious", None, "العراق", 1)], "found only"),
    (
        TEXT,
        [[5, 9, "PER"], [10, 17, "LOC"], [18, 22, "LOC"]],
        [("missed", "بعيد", None, 1)],
        "in the gold set only",
    ),
    (
        TEXT,
        [[5, 9, "LOC"], [10, 17, "LOC"]],
        [("wrong label", "أحمد", "أحمد", 1)],
        "the same place with another label",
    ),
    (
        TEXT,
        [[5, 9, "PER"], [10, 22, "LOC"]],
        [("wrong boundaries", "والعراق بعيد", "العراق", 1)],
        "a longer span",
    ),
    (
        TEXT,
        [[5, 17, "ORG"]],
        [("spurious", None, "أحمد", 1), ("wrong label", "أحمد والعراق", "العراق", 1)],
        "an entity is the mistake of one match, that which has most of it",
    ),
    (
        "العراق والعراق",
        [],
        [("spurious", None, "العراق", 2)],
        "the same mistake twice is one with a number",
    ),
    (
        "الأمم المتحدة",
        [[0, 13, "ORG"], [6, 13, "LOC"]],
        [("missed", "المتحدة", None, 1)],
        "entities may be nested",
    ),
]


@pytest.mark.parametrize(("text", "entities", "mistakes", "why"), MISTAKES)
def test_kinds_of_mistakes(text, entities, mistakes, why):
    assert kinds(one(text, entities)) == mistakes, why


def test_place_and_context_of_a_mistake():
    (mistake,) = one(TEXT, [[5, 9, "PER"], [10, 22, "LOC"]]).mistakes
    assert (mistake.row, mistake.start, mistake.end) == (0, 10, 22)
    assert (mistake.before, mistake.words, mistake.after) == ("سافر أحمد ", "والعراق بعيد", "")
    long = "😀" * 50 + " العراق"  # a position of code points, not of UTF-16
    (mistake,) = one(long, []).mistakes
    assert (mistake.start, mistake.end, len(mistake.before)) == (51, 57, 40)


def test_by_token():
    # PER: 1 of 1; ORG touches two tokens of which one is found; the و does not make a token of its own.
    text = "قال أحمد والأمم المتحدة\u00a0أمس"
    matcher = kayan.Matcher({"أحمد": "PER", "المتحدة": "ORG"})
    evaluation = one(text, [[4, 8, "PER"], [9, 23, "ORG"]], matcher)
    assert evaluation.tokens == {"ORG": (1, 1, 2), "PER": (1, 1, 1)}
    assert evaluation.token_total == (2, 2, 3)
    assert evaluation.strict == {"ORG": (0, 1, 1), "PER": (1, 1, 1)}
    # A blank at the edge of a marked span touches no token.
    assert one("قال العراق", [[3, 10, "LOC"]]).tokens["LOC"] == (1, 1, 1)


def test_figures():
    evaluation = one("أحمد أحمد العراق", [[0, 4, "PER"], [10, 16, "ORG"]])
    per = evaluation.strict["PER"]
    assert (per.precision, per.recall, round(per.f, 4)) == (0.5, 1.0, 0.6667)
    assert evaluation.total == (1, 3, 2)
    # Nothing found, or nothing to be found, is 0 and no error.
    assert (evaluation.strict["ORG"].precision, evaluation.strict["ORG"].f) == (0.0, 0.0)
    assert evaluation.strict["LOC"].recall == 0.0
    empty = kayan.evaluate(MATCHER, [])
    assert (empty.texts, empty.total, empty.total.f, empty.mistakes) == (0, (0, 0, 0), 0.0, [])
    assert "0 texts" in str(empty)


def test_confusion():
    evaluation = one("أحمد أحمد العراق هنا", [[0, 4, "PER"], [10, 16, "ORG"], [17, 20, "LOC"]])
    assert evaluation.confusion == {("PER", "PER"): 1, (None, "PER"): 1, ("ORG", "LOC"): 1, ("LOC", None): 1}


def test_two_entries_of_one_spelling():
    # Equal labels count once; of different ones, one is right and the other spurious.
    same = kayan.Gazetteer.from_records([("مصر", "LOC", "1"), ("مصر", "LOC", "2")])
    assert one("مصر", [[0, 3, "LOC"]], kayan.Matcher(same)).total == (1, 1, 1)
    other = kayan.Matcher(kayan.Gazetteer.from_records([("مصر", "LOC"), ("مصر", "CLUB")]))
    assert kinds(one("مصر", [[0, 3, "LOC"]], other)) == [("spurious", None, "مصر", 1)]
    assert one("مصر", [[0, 3, "LOC"]], other, labels={"CLUB": "LOC"}).total == (1, 1, 1)


def test_labels():
    matcher = kayan.Matcher({"العراق": "COUNTRY", "أحمد": "NAME", "بعيد": "MONTH"})
    gold = [[5, 9, "PERS"], [10, 17, "GPE"]]
    assert one(TEXT, gold, matcher, labels="coarse").strict == {"LOC": (1, 1, 1), "PER": (1, 1, 1)}
    assert list(one(TEXT, gold, matcher).strict) == ["COUNTRY", "GPE", "MONTH", "NAME", "PERS"]
    mapped = one(TEXT, gold, matcher, labels={"COUNTRY": "GPE", "PERS": None, "NAME": None})
    assert mapped.strict == {"GPE": (1, 1, 1), "MONTH": (0, 1, 0)}
    assert one("دبي", [[0, 3, "ENTITY"]], kayan.Matcher(["دبي"])).total == (1, 1, 1)
    assert set(kayan.Evaluation.COARSE.values()) == {"LOC", "ORG", "PER", "MISC", None}


def test_built_in_labels_are_all_in_coarse():
    assert set(kayan.Gazetteer.builtin().labels) <= set(kayan.Evaluation.COARSE)


RECORDS = [{"text": TEXT, "entities": [[5, 9, "PER"], [10, 17, "LOC"]]}, {"text": "لا شيء", "entities": []}]


def struct(record):
    entities = [dict(zip(("start", "end", "label"), entity, strict=True)) for entity in record["entities"]]
    return {"text": record["text"], "entities": entities}


def test_kinds_of_gold(tmp_path):
    lines = "\n".join(json.dumps(record) for record in RECORDS)
    (tmp_path / "gold.jsonl").write_text("\ufeff" + lines + "\n\n", encoding="utf-8")
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    conll = "-DOCSTART-\tO\n\nسافر\tO\r\nأحمد\tB-PER\r\nوالعراق\tB-LOC\r\nبعيد\tO\r\n\r\nلا\tO\nشيء\tO"
    (tmp_path / "gold.conll").write_text(conll, encoding="utf-8", newline="")
    (tmp_path / "gold.IOB").write_text(conll.replace("\t", " NN "), encoding="utf-8", newline="")
    structs = list(map(struct, RECORDS))
    for gold in (
        *tmp_path.iterdir(),
        str(tmp_path / "gold.jsonl"),
        RECORDS,
        iter(RECORDS),
        pandas.DataFrame(RECORDS),
        pandas.DataFrame(structs),
        polars.DataFrame(structs),
        pyarrow.Table.from_pylist(structs),
        pyarrow.Table.from_pylist(structs).to_pandas(),
    ):
        evaluation = kayan.evaluate(MATCHER, gold)
        assert (evaluation.texts, evaluation.total, evaluation.mistakes) == (2, (2, 2, 2), []), gold


# tags of four tokens, "a b c d", and their spans
TAGS = [
    ("O B-X I-X O", [(2, 5, "X")], "IOB2"),
    ("B-X B-X O O", [(0, 1, "X"), (2, 3, "X")], "B always begins"),
    ("I-X I-X O I-Y", [(0, 3, "X"), (6, 7, "Y")], "IOB1: I begins after O"),
    ("I-X B-X I-Y O", [(0, 1, "X"), (2, 3, "X"), (4, 5, "Y")], "IOB1: B begins after its own label"),
    ("B-X E-X I-X S-X", [(0, 3, "X"), (4, 5, "X"), (6, 7, "X")], "BIOES: nothing goes on after E"),
    ("S-X I-X U-Y L-Y", [(0, 1, "X"), (2, 3, "X"), (4, 5, "Y"), (6, 7, "Y")], "S and U are alone"),
    ("B-X L-X O O", [(0, 3, "X")], "BILOU"),
    ("B-A-B I-A-B O O", [(0, 3, "A-B")], "a label with a hyphen"),
]


@pytest.mark.parametrize(("tags", "spans", "why"), TAGS)
def test_tags(tmp_path, tags, spans, why):
    path = tmp_path / "gold.bio"
    path.write_text("".join(f"{t}\t{tag}\n" for t, tag in zip("abcd", tags.split(), strict=True)))
    missed = kayan.evaluate(MATCHER, path).mistakes
    assert [(m.start, m.end, m.gold_label) for m in missed for _ in range(m.times)] == spans, why


def entity(*fields):
    return json.dumps({"text": "أحمد", "entities": [list(fields)]})


BAD_FILES = [
    # name, content, message
    ("g.jsonl", "\n{]", "line 2 of g.jsonl is not JSON"),
    ("g.jsonl", "[1]", "line 1 of g.jsonl: expected an object with text and entities"),
    ("g.jsonl", '{"text": "x"}', "line 1 of g.jsonl: expected an object with text and entities"),
    ("g.jsonl", '{"text": null, "entities": []}', "line 1 of g.jsonl: text must be str, got NoneType"),
    ("g.jsonl", '{"text": "x", "entities": 3}', "entities must be a list of [start, end, label], got int"),
    ("g.jsonl", entity(0, 5, "X"), "entity 0: span 0:5 is outside of the text, which has 4 code points"),
    ("g.jsonl", entity(-1, 2, "X"), "span -1:2 is outside of the text"),
    ("g.jsonl", entity(2, 2, "X"), "span 2:2 ends where it starts, or before"),
    ("g.jsonl", entity(3, 2, "X"), "span 3:2 ends where it starts, or before"),
    ("g.jsonl", entity(0, 2), "expected [start, end, label], got [0, 2]"),
    ("g.jsonl", entity(0, 2.0, "X"), "expected two whole numbers and a label"),
    ("g.jsonl", entity(False, True, "X"), "expected two whole numbers and a label"),
    ("g.jsonl", entity(0, 2, ""), "expected two whole numbers and a label"),
    (
        "g.jsonl",
        '{"text": "ab", "entities": [[0, 1, "X"], [0, 1, "X"]]}',
        "line 1 of g.jsonl, entity 1: [0, 1, 'X'] is there twice",
    ),
    ("g.conll", "a\tO\nb\n", "line 2 of g.conll: expected a token, a tab and O, B-LABEL or I-LABEL, got 'b'"),
    ("g.conll", "a\tX-LOC\n", "line 1 of g.conll"),
    ("g.conll", "a\tLOC\n", "line 1 of g.conll"),
    ("g.conll", "\tO\n", "line 1 of g.conll"),
    ("g.xml", "", "g.xml: can't tell what kind of gold set it is"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES)
def test_bad_gold_is_named(tmp_path, monkeypatch, name, content, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(kayan.KayanError, match=re.escape(message)):
        kayan.evaluate(MATCHER, name)


def test_other_errors(tmp_path):
    (tmp_path / "latin.conll").write_bytes(b"\xe9\tO\n")
    with pytest.raises(kayan.KayanError, match="not UTF-8: line 1"):
        kayan.evaluate(MATCHER, tmp_path / "latin.conll")
    with pytest.raises(kayan.KayanError, match="row 1, entity 0: span"):
        kayan.evaluate(MATCHER, [RECORDS[0], {"text": "", "entities": [[0, 1, "X"]]}])
    with pytest.raises(kayan.KayanError, match="no column 'entities'; its columns: text, label"):
        kayan.evaluate(MATCHER, pandas.DataFrame({"text": ["x"], "label": ["X"]}))
    with pytest.raises(kayan.KayanError, match="clitics must be one of"):
        kayan.evaluate(MATCHER, RECORDS, clitics="both")
    with pytest.raises(kayan.KayanError, match="labels must be a mapping or 'coarse', got 'fine'"):
        kayan.evaluate(MATCHER, RECORDS, labels="fine")
    with pytest.raises(TypeError, match="takes a Matcher, got dict"):
        kayan.evaluate({"x": "y"}, RECORDS)
    with pytest.raises(TypeError, match="got int"):
        kayan.evaluate(MATCHER, 3)
    with pytest.raises(TypeError, match="labels must be a mapping or 'coarse', got list"):
        kayan.evaluate(MATCHER, RECORDS, labels=["LOC"])


def report():
    return one("قال أحمد\nوالعراق <b>", [[4, 8, "LOC"], [9, 20, "LOC"]])


def test_as_text():
    assert str(report()) == repr(report())
    assert str(report()) == (
        "1 text, 2 entities, 2 matches\n"
        "\n"
        "by span, clitics either\n"
        "strict  precision  recall      f  right  found  gold\n"
        "LOC         0.000   0.000  0.000      0      1     2\n"
        "PER         0.000   0.000  0.000      0      1     0\n"
        "total       0.000   0.000  0.000      0      2     2\n"
        "\n"
        "by token\n"
        "tokens  precision  recall      f  right  found  gold\n"
        "LOC         1.000   0.333  0.500      1      1     3\n"
        "PER         0.000   0.000  0.000      0      1     0\n"
        "total       0.500   0.333  0.400      1      2     3\n"
        "\n"
        "gold labels (rows) found as (columns)\n"
        "gold      LOC  PER  missed\n"
        "LOC         1    1       0\n"
        "spurious    0    0        \n"
        "\n"
        "missed: 0\n"
        "\n"
        "spurious: 0\n"
        "\n"
        "wrong label: 1\n"
        "     1  PER not LOC  (row 0, 4-8)  أحمد: قال [أحمد] والعراق <b>\n"
        "\n"
        "wrong boundaries: 1\n"
        "     1  LOC  (row 0, 9-20)  والعراق <b> / العراق: قال أحمد [والعراق <b>]"
    )


def test_as_data():
    content = json.loads(json.dumps(report().to_dict()))
    assert content["strict"][0] == {
        "label": "LOC", "precision": 0.0, "recall": 0.0, "f": 0.0, "right": 0, "found": 1, "gold": 2
    }  # fmt: skip
    assert content["tokens"][-1]["label"] is None
    assert content["confusion"][0] == {"gold": "LOC", "found": "PER", "count": 1}
    assert content["mistakes"][0]["words"] == "أحمد"
    frame = report().to_pandas()
    assert frame[["by", "right", "found", "gold"]].values.tolist()[3:] == [
        ["tokens", 1, 1, 3],
        ["tokens", 0, 1, 0],
        ["tokens", 1, 2, 3],
    ]
    assert len(pandas.DataFrame(report().mistakes)) == 2


def test_as_html(tmp_path):
    report().to_html(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">'), "its tables are read from left to right"
    assert re.findall("<mark[^>]*>(.*?)</mark>", page) == ["أحمد", "والعراق &lt;b&gt;"]
    assert "<b>" not in page
    assert report()._body(report()._slots()) in page
    assert report()._body(report()._slots()) in report()._repr_html_()
