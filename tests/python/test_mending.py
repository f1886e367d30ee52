"""Mending a list: blanks and separators while reading, Excel, duplicates, entries found, removed and changed."""

import datetime
import io
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kayan import Gazetteer, KayanError, Matcher


def workbook(*rows, sheet="Sheet"):
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def brief(gazetteer):
    return [(entry.name, entry.label, entry.id, entry.aliases) for entry in gazetteer]


def csv(*rows):
    return io.StringIO("\n".join(rows) + "\n")


# ---- Reading --------------------------------------------------------------------------------------------------------

HEAD = ["name", "label", "id", "aliases"]
READ = [
    # rows, options, entries, why
    ([["  دبي ", "CITY", 612, None]], {}, [("دبي", "CITY", "612", ())], "blanks around a name; a number as id"),
    ([["دبي", None, 612.0, " إمارة دبي | Dubai"]], {}, [("دبي", None, "612", ("إمارة دبي", "Dubai"))], "a bar"),
    (
        [["دبي", "CITY", None, "إمارة دبي، Dubai ،"]],
        {"alias_separator": "،"},
        [("دبي", "CITY", None, ("إمارة دبي", "Dubai"))],
        "an Arabic comma, one too many",
    ),
    (
        [["دبي", "CITY", None, "إمارة دبي، Dubai;DXB|X"]],
        {"alias_separator": ["،", ";"]},
        [("دبي", "CITY", None, ("إمارة دبي", "Dubai", "DXB|X"))],
        "several separators, and no others",
    ),
    ([["دبي", " ", None, None]], {"default_label": "LOC"}, [("دبي", "LOC", None, ())], "a default label"),
    ([["دبي\u00a0", None, None, None]], {}, [("دبي", None, None, ())], "a no-break space"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "options", "entries", "why"), READ)
def test_the_same_from_each_reader(rows, options, entries, why):
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in [HEAD, *rows]]
    frame = pd.DataFrame(rows, columns=HEAD, dtype=object)
    for read in (
        Gazetteer.from_excel(workbook(HEAD, *rows), **options),
        Gazetteer.from_csv(csv(*lines), **options) if "612.0" not in lines[1] else None,
        Gazetteer.from_dataframe(frame, **options),
    ):
        assert read is None or brief(read) == entries, why


def test_names_are_stripped_however_they_come():
    expected = ["دبي", "مصر"]
    padded = [" دبي", "مصر\n"]
    added = Gazetteer()
    for name in padded:
        added.add(name, aliases=[f" {name} x "])
    assert [entry.name for entry in added] == expected
    assert added.get("مصر").aliases == ("مصر\n x",)
    for given in (dict.fromkeys(padded), padded, pd.DataFrame({"name": padded}), pl.DataFrame({"name": padded}),
                  pl.DataFrame({"name": padded}, schema={"name": pl.Categorical}), pa.table({"name": padded}),
                  pa.table({"name": pa.array(padded).dictionary_encode()})):  # fmt: skip
        assert [match.name for match in Matcher(given).find("من دبي إلى مصر")] == expected, type(given)


BLANK = [
    ["دبي", "CITY", None, None],
    [None, "CITY", None, None],
    ["  ", None, 3, None],
    [None] * 4,
    ["مصر", *[None] * 3],
]


def test_rows_without_a_name_are_counted_and_told():
    for read, told in (
        (lambda: Gazetteer.from_excel(workbook(HEAD, *BLANK), skip_blank=True), "the file: 2 rows without a name left out: 3, 4"),
        (lambda: Gazetteer.from_dataframe(pd.DataFrame(BLANK, columns=HEAD, dtype=object), skip_blank=True), "the DataFrame: 3 rows without a name left out: 1, 2, 3"),
        (lambda: Gazetteer.from_csv(csv("name,label", "دبي,CITY", ",CITY", "", "مصر,"), skip_blank=True), "the file: 1 line without a name left out: 3"),
    ):  # fmt: skip
        with pytest.warns(UserWarning, match=told) as caught:
            assert [entry.name for entry in read()] == ["دبي", "مصر"]
        assert caught[0].filename == __file__, "the warning points at the caller"


def test_without_blanks_there_is_no_warning(recwarn):
    Gazetteer.from_excel(workbook(HEAD, ["دبي"], [], [None, None]), skip_blank=True)
    assert not recwarn.list


def test_sheets_formulas_and_metadata():
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("أسماء")
    sheet.append([None, None])
    sheet.append(["الاسم", "founded", None, " seat "])
    sheet.append(["دبي", datetime.datetime(1833, 1, 1), "a note beside the table", "x"])
    book.save(file)
    gazetteer = Gazetteer.from_excel(file, "أسماء", name="الاسم")
    assert next(iter(gazetteer)).metadata == {"founded": datetime.datetime(1833, 1, 1), "seat": "x"}
    assert gazetteer.origin(0) == "row 3 of the file"
    assert len(Gazetteer.from_excel(file, 1, name="الاسم")) == 1


def test_an_excel_file_on_the_disk(tmp_path):
    path = tmp_path / "أسماء.xlsx"
    path.write_bytes(workbook(HEAD, ["دبي"], [""], ["\u0640", "CITY"]).getvalue())
    with pytest.warns(UserWarning, match=r"أسماء.xlsx: 1 row without"):
        gazetteer = Gazetteer.from_excel(path, skip_blank=True)
    assert gazetteer.origin(0) == f"row 2 of {path}"


# ---- Near names -----------------------------------------------------------------------------------------------------

NEAR = [
    ("lable", "label"), ("Label", "label"), ("labels", "label"), ("labl", "label"), ("lavel", "label"), ("llabel", "label"),
    ("alias", "aliases"), ("alises", "aliases"), ("Aliases", "aliases"), ("ID", "id"), ("ids", "id"), ("names", "name"),
    ("nmae", "name"), ("priorty", "priority"), ("stric", "strict"), ("ambigous", "ambiguous"), (" label ", "label"),
]  # fmt: skip
FAR = [
    "country",
    "table",
    "game",
    "lang",
    "gid",
    "rid",
    "district",
    "restrict",
    "priorities_of",
    "population",
    "اسم",
    "name_en",
]


@pytest.mark.parametrize(("key", "field"), NEAR)
def test_what_is_nearly_a_field_is_refused(key, field):
    gazetteer = Gazetteer()
    with pytest.raises(KayanError, match=rf"entry 0: field '{key}' looks like '{field}'"):
        gazetteer.add("دبي", **{key: "x"})
    assert len(gazetteer) == 0
    for make in (lambda: Gazetteer.from_records([{"title": 1, key: "x", "name" if field != "name" else "t": "دبي"}]),
                 lambda: Gazetteer.from_jsonl(io.StringIO(f'{{"x": 1, "{key}": 1}}'))):  # fmt: skip
        with pytest.raises(KayanError, match=f"did you mean '{field}'"):
            make()
    if field != "name" and key == key.strip():  # headings are stripped
        with pytest.raises(KayanError, match=f"pass {field}='{key.strip()}'"):
            Gazetteer.from_csv(csv(f"name,{key}", "دبي,1"))
        assert len(Gazetteer.from_csv(csv(f"name,{key}", "دبي,1"), **{field: None})) == 1
    both = Gazetteer.from_csv(
        csv(f"name,label,id,aliases,priority,strict,ambiguous,x{key}", "دبي,L,1,a,1,,,v")
    )
    assert len(both) == 1


@pytest.mark.parametrize("key", FAR)
def test_what_is_not_near_is_metadata(key):
    gazetteer = Gazetteer()
    gazetteer.add("دبي", **{key: 1})
    assert next(iter(gazetteer)).metadata == {key: 1}
    assert next(iter(Gazetteer.from_csv(csv(f"name,{key}", "دبي,1")))).metadata == {key: "1"}


def test_a_column_that_is_near_stays_if_the_field_is_there():
    (entry,) = Gazetteer.from_csv(csv("name,label,labels", "دبي,CITY,x"))
    assert (entry.label, entry.metadata) == ("CITY", {"labels": "x"})


# ---- One entry for what is listed several times ------------------------------------------------------------------------

DEDUPE = [
    (["دبي", "دبي"], {}, [("دبي", None, None, ())], "the same name"),
    (["القاهرة", "القاهره"], {}, [("القاهرة", None, None, ("القاهره",))], "another spelling becomes an alias"),
    (["القاهرة", "القاهره"], {"ta_marbuta": False}, [("القاهرة", None, None, ()), ("القاهره", None, None, ())], "options say what folds alike"),
    ([("دبي", "CITY"), ("دبي", "ORG")], {}, [("دبي", "CITY", None, ()), ("دبي", "ORG", None, ())], "labels tell apart"),
    ([("دبي", "CITY", 1), ("دبي", "CITY", 2)], {}, [("دبي", "CITY", "1", ()), ("دبي", "CITY", "2", ())], "ids tell apart"),
    ([("دبي", "CITY"), ("دبي", "CITY", 2)], {}, [("دبي", "CITY", "2", ())], "a missing id isn't another one"),
    ([("دبي", "CITY", 1), ("دبي", "CITY"), ("دبي", "CITY", 2)], {}, [("دبي", "CITY", "1", ()), ("دبي", "CITY", None, ()), ("دبي", "CITY", "2", ())], "unless it may be either"),
    ([{"name": "دبي", "aliases": ["DXB"]}, {"name": "دبي", "aliases": ["Dubai", "DXB"]}], {}, [("دبي", None, None, ("DXB", "Dubai"))], "aliases of all"),
    ([], {}, [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "options", "entries", "why"), DEDUPE)
def test_dedupe(records, options, entries, why):
    gazetteer = Gazetteer.from_records(records)
    before = brief(gazetteer)
    result = gazetteer.dedupe(**options)
    assert brief(result) == entries, why
    assert brief(gazetteer) == before
    assert brief(result.dedupe(**options)) == entries, "again changes nothing"
    if options == {}:
        assert "duplicate" not in set(result.lint()["rule"]) or len(entries) > 1


MERGE = [
    ([("أ ب", "L", "Q1"), ("ت ث", "L", "Q1"), ("ج", "L")], "id", [("أ ب", "L", "Q1", ("ت ث",)), ("ج", "L", None, ())], "one id"),
    ([("أ", "L", "Q1"), ("ب", "M", "Q1")], "id", [("أ", "L", "Q1", ()), ("ب", "M", "Q1", ())], "two labels stay apart"),
    ([("أ", None, "Q1"), ("ب", "M", "Q1")], "id", [("أ", "M", "Q1", ("ب",))], "no label isn't another one"),
    ([("أ", "L", "Q1"), ("أ", "L", "Q2")], "name", [("أ", "L", "Q1", ())], "by name, the first id stays"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "by", "entries", "why"), MERGE)
def test_merge(records, by, entries, why):
    assert brief(Gazetteer.from_records(records).merge(by)) == entries, why


def test_what_is_joined_keeps_the_rest():
    gazetteer = Gazetteer.from_csv(
        csv("name,label,priority,country,rank", "مصر,L,1,EG,", "مصر,L,5,XX,2", "x,L,0,,"), ambiguous=None
    )
    gazetteer.update(1, ambiguous=True, aliases=["أم الدنيا"])
    gazetteer.add_triggers(["بلاد"])
    entry, other = gazetteer.dedupe()
    assert (entry.priority, entry.metadata, entry.ambiguous) == (5, {"country": "EG", "rank": "2"}, ("مصر",))
    assert gazetteer.dedupe().origin(1) == "line 4 of the file"
    assert Matcher(gazetteer.dedupe()).count("في بلاد مصر") == 1, "triggers go along"
    assert other.name == "x"


# ---- One entry ------------------------------------------------------------------------------------------------------------


def lists():
    gazetteer = Gazetteer.from_records(
        [
            ("دبي", "CITY", 1),
            {"name": "مصر", "aliases": ["أم الدنيا"], "rank": 3},
            ("دبي", "ORG"),
            ("قطر", None, "Q9"),
        ]
    )
    assert "قطر" in gazetteer  # which makes an index that has to follow
    return gazetteer


GET = [
    ("دبي", "name", 0, "the first of two"), ("أم الدنيا", "name", 1, "an alias"), ("لبنان", "name", None, "not there"),
    ("Q9", "id", 3, "an id"), (1, "id", 0, "ids are str"), ("1", "id", 0, "ids are str"), ("دبي", "id", None, "no id"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "by", "at", "why"), GET)
def test_get(key, by, at, why):
    gazetteer = lists()
    assert gazetteer.get(key, by=by) == (None if at is None else list(gazetteer)[at]), why


REMOVE = [
    ("دبي", {}, [1, 3], "each of that name"), (["مصر", "قطر"], {}, [0, 2], "several"), (2, {}, [0, 1, 3], "a position"),
    (np.array([0, 2]), {}, [1, 3], "positions of numpy"), (pd.Series([3]), {}, [0, 1, 2], "positions of pandas"),
    (pl.Series(["مصر"]), {}, [0, 2, 3], "names of polars"), ("Q9", {"by": "id"}, [0, 1, 2], "an id"),
    ([1], {"by": "id"}, [1, 2, 3], "ids are str"), ([], {}, [0, 1, 2, 3], "none"), (lists().get("مصر"), {}, [0, 2, 3], "an entry"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "options", "left", "why"), REMOVE)
def test_remove(keys, options, left, why):
    gazetteer, before = lists(), list(lists())
    assert gazetteer.remove(keys, **options) is None
    assert list(gazetteer) == [before[at] for at in left], why
    assert [name in gazetteer for name in ("دبي", "قطر")] == [
        any(entry.name == name for entry in gazetteer) for name in ("دبي", "قطر")
    ]
    assert [gazetteer.origin(at) for at in range(len(left))] == [f"entry {at}" for at in range(len(left))]


def test_nothing_is_removed_if_one_is_not_there():
    gazetteer = lists()
    with pytest.raises(KayanError, match="no entry has the name 'لبنان'"):
        gazetteer.remove(["دبي", "لبنان"])
    assert list(gazetteer) == list(lists())


UPDATE = [
    ({"label": "STATE"}, {"label": "STATE"}, "a field"),
    ({"label": None, "id": 7}, {"label": None, "id": "7"}, "None takes away; a number as id"),
    ({"name": " المحروسة "}, {"name": "المحروسة"}, "another name"),
    ({"aliases": ["Egypt"]}, {"aliases": ("Egypt",)}, "aliases take the place of those there"),
    ({"aliases": None}, {"aliases": ()}, "no aliases"),
    ({"rank": 4, "continent": "AF"}, {"metadata": {"rank": 4, "continent": "AF"}}, "metadata"),
    ({"rank": None}, {"metadata": {}}, "metadata taken away"),
    ({"ambiguous": True, "strict": "exact", "priority": 2}, {"ambiguous": ("مصر",), "strict": ("exact",), "priority": 2}, "the rest"),
    ({}, {}, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected", "why"), UPDATE)
@pytest.mark.parametrize("key", ["مصر", 1])
def test_update(changes, expected, why, key):
    gazetteer, before = lists(), list(lists())
    assert gazetteer.update(key, **changes) is None
    assert gazetteer._entry(1) == before[1]._replace(**expected), why
    assert [entry for at, entry in enumerate(gazetteer) if at != 1] == [before[0], *before[2:]]
    assert gazetteer._entry(1).name in gazetteer


def test_an_ambiguous_name_that_goes_is_no_longer_ambiguous():
    gazetteer = Gazetteer()
    gazetteer.add("فاس", aliases=["مكناس"], ambiguous=["فاس", "مكناس"])
    gazetteer.update("فاس", name="مدينة فاس")
    assert next(iter(gazetteer)).ambiguous == ("مكناس",)


def test_nothing_is_changed_by_a_wrong_update():
    gazetteer = lists()
    for changes in ({"label": 3, "rank": 9}, {"name": " "}, {"lable": "x"}, {"priority": 2**40}):
        with pytest.raises((KayanError, TypeError), match=r"^entry 1: "):
            gazetteer.update("مصر", **changes)
    assert list(gazetteer) == list(lists())


def test_lint_finds_aliases_that_were_not_taken_apart():
    gazetteer = Gazetteer.from_records(
        [{"name": "دبي", "aliases": ["DXB، Dubai"]}, {"name": "مصر; Egypt"}, "U.S., the"]
    )
    found = gazetteer.lint().query("rule == 'separator'")
    assert found["entry"].tolist() == [0, 1]
    assert found["detail"].tolist() == ["«DXB، Dubai» holds ،", "«مصر; Egypt» holds ;"]
    assert "alias_separator='،'" in found["suggestion"].iloc[0]


# ---- A full disk, Ctrl-C ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [Gazetteer.to_csv, Gazetteer.to_jsonl])
def test_a_full_disk_is_an_error(write):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="No space left"):
        write(lists(), "/dev/full")


def stopped(*first):
    yield from first
    raise KeyboardInterrupt


def interrupt(_):
    raise KeyboardInterrupt


STOPPED = [
    (lambda gazetteer: gazetteer.remove(stopped("دبي")), "while the names are read"),
    (lambda gazetteer: gazetteer.filter(predicate=interrupt), "in a predicate"),
    (lambda gazetteer: Gazetteer.from_records(stopped("دبي")), "while records are read"),
    (lambda gazetteer: gazetteer.update("مصر", aliases=stopped("Egypt")), "while aliases are read"),
    (lambda gazetteer: Matcher(gazetteer).replace(["دبي"], interrupt), "in a replacement"),
    (lambda gazetteer: Matcher(gazetteer).find_batch(["دبي"]).sort(stopped("row")), "while columns are read"),
]


@pytest.mark.parametrize(("call", "why"), STOPPED)
def test_ctrl_c_goes_through_and_leaves_the_list_whole(call, why):
    gazetteer = lists()
    with pytest.raises(KeyboardInterrupt):
        call(gazetteer)
    assert list(gazetteer) == list(lists()), why
    assert "قطر" in gazetteer
