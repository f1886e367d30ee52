"""Gold sets in inline markup and in JSON arrays, documents joined of sentences, and the hint at labels."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kayan
from kayan._gold import join_documents, read_gold

MARKUP = [
    # line, text, spans, why
    ("سافر إلى [بغداد](CITY)", "سافر إلى بغداد", [(9, 14, "CITY")], "one entity, at the end"),
    ("[أحمد](PER) في [دبي](LOC)", "أحمد في دبي", [(0, 4, "PER"), (8, 11, "LOC")], "two"),
    ("[رام الله](CITY).", "رام الله.", [(0, 8, "CITY")], "two words"),
    ("بلا أسماء", "بلا أسماء", [], "none"),
    ("انظر [1] و(ب)", "انظر [1] و(ب)", [], "brackets that mark nothing"),
    ("رقم \\[1](A) [دبي](LOC)", "رقم [1](A) دبي", [(11, 14, "LOC")], "a bracket of the text"),
    ("[دبي]()", "[دبي]()", [], "no label"),
    ("[](LOC)", "[](LOC)", [], "no words"),
    ("[أ\\]ب](X)", "أ]ب", [(0, 3, "X")], "a bracket inside of an entity"),
    ("", "", [], "nothing"),
]


@pytest.mark.parametrize(("line", "text", "spans", "why"), MARKUP)
def test_markup(line: str, text: str, spans: list[tuple[int, int, str]], why: str) -> None:
    assert read_gold([line])[0][:2] == (text, spans), why


@pytest.mark.parametrize("name", ["gold.md", "gold.markdown", "gold.txt"])
def test_a_file_of_marked_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("سافر إلى [بغداد](CITY)\r\n\nبلا أسماء\n", encoding="utf-8")
    read = read_gold(tmp_path / name)
    assert [(marked.text, marked.origin) for marked in read] == [
        ("سافر إلى بغداد", "line 1"),
        ("بلا أسماء", "line 3"),
    ]


def test_a_text_file_of_tokens_stays_one(tmp_path: Path) -> None:
    (tmp_path / "gold.txt").write_text("بغداد\tB-CITY\n", encoding="utf-8")
    assert read_gold(tmp_path / "gold.txt")[0].spans == [(0, 5, "CITY")]


RECORDS = [{"text": "إلى دبي", "entities": [[4, 7, "LOC"]]}, {"text": "أمس", "entities": []}]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "gold.json"
    path.write_text("\n" + json.dumps(RECORDS, indent=indent), encoding="utf-8")
    assert [marked[:2] for marked in read_gold(path)] == [marked[:2] for marked in read_gold(RECORDS)]


@pytest.mark.parametrize(
    ("content", "message"),
    [('[{"text": ', "is not JSON"), ("[1]", "item 0 of .*expected an object with text and entities")],
)
def test_a_wrong_json_array(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(kayan.KayanError, match=message):
        read_gold(path)


@pytest.mark.parametrize(("count", "lengths"), [(1, [7, 3]), (2, [12]), (9, [12])])
def test_documents(count: int, lengths: list[int]) -> None:
    joined = join_documents(read_gold(RECORDS), count)
    assert [len(marked.text) for marked in joined] == lengths
    assert [marked.text[start:end] for marked in joined for start, end, _ in marked.spans] == ["دبي"]


def test_evidence_from_another_sentence_of_the_document() -> None:
    gazetteer = kayan.Gazetteer()
    gazetteer.add("فاس المغربية", label="CITY", aliases=["فاس"], ambiguous=["فاس"])
    gold = ["وصل إلى [فاس المغربية](CITY)", "ثم غادر [فاس](CITY)"]
    matcher = kayan.Matcher(gazetteer)
    assert kayan.evaluate(matcher, gold).total.right == 1
    assert kayan.evaluate(matcher, gold, documents=2).total.right == 2
    assert kayan.evaluate(matcher, gold, documents=2).texts == 1


@pytest.mark.parametrize(("documents", "error"), [(0, kayan.KayanError), (True, TypeError), ("2", TypeError)])
def test_wrong_documents(documents: object, error: type[Exception]) -> None:
    with pytest.raises(error, match="documents must be"):
        kayan.evaluate(kayan.Matcher(["دبي"]), RECORDS, documents=documents)  # type: ignore[arg-type]


HINTS = [
    # label of the matcher, of the gold set, labels, what the hint says, why
    ("CITY", "LOC", None, 'labels="coarse"', "coarse makes them one"),
    ("CITY", "PLANET", None, "labels={...}", "coarse doesn't"),
    ("CITY", "PLANET", "coarse", "labels={...}", "coarse is asked for"),
    ("CITY", "CITY", None, None, "one label on both sides"),
    ("CITY", "LOC", "coarse", None, "coarse is asked for and does it"),
]


@pytest.mark.parametrize(("ours", "theirs", "labels", "hint", "why"), HINTS)
def test_hint(ours: str, theirs: str, labels: str | None, hint: str | None, why: str) -> None:
    evaluation = kayan.evaluate(
        kayan.Matcher({"دبي": ours}),
        [f"إلى [دبي]({theirs})"],
        labels=labels,  # type: ignore[arg-type]
    )
    assert (evaluation.hint is None) == (hint is None), why
    assert hint is None or hint in str(evaluation).split("\n")[0], why
    assert hint is None or hint.split("=")[0] in evaluation.html(), why


def test_command_line(tmp_path: Path) -> None:
    (tmp_path / "gold.md").write_text("إلى [دبي](LOC)\nمن [دبي](LOC)\n", encoding="utf-8")
    (tmp_path / "names.csv").write_text("name,label\nدبي,LOC\n", encoding="utf-8")
    command = [sys.executable, "-m", "kayan", "evaluate", "--gold", "gold.md", "--gazetteer", "names.csv"]
    run = subprocess.run([*command, "--documents", "2"], cwd=tmp_path, capture_output=True, check=True)
    assert run.stdout.decode().startswith("1 text, 2 entities, 2 matches")
