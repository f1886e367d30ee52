"""Saving: a matcher comes back as it was, or an error says why not."""

import copy
import datetime
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

import kayan

TEXTS = ["سافر للقاهرة", "وليبيا ولبنان", None, "أمام إمام", "محمد بن سلمان", "سلام", "السيد سلام"]


def matcher(learned=None, **options):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", label="CITY", id="c1", aliases=["قاهرة المعز"], population=9_500_000)
    gazetteer.add("ليبيا", label="COUNTRY", priority=3)
    gazetteer.add("إمام")
    gazetteer.add("سلام", label="PER", aliases=["سلام فياض"], ambiguous=True)
    gazetteer.add_triggers(["السيد"], "PER")
    gazetteer.add_triggers(["مدينة"])
    gazetteer.add_word_list("given", ["محمد", "سلمان"])
    gazetteer.add_word_list("particle", ["بن"])
    gazetteer.add_rule("ibn", "given particle given", "NAME", 2)
    built = kayan.Matcher(gazetteer, **options)
    return built if learned is None else built.fit_common_words(learned)


def rows(found):
    return [(row, match, dict(match.metadata)) for row, match in found]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="defaults"),
        pytest.param({"clitics": "off", "profile": "search"}, id="options and a profile"),
        pytest.param({"stop_words": ["ما"], "never_split": ["وليبيا"], "min_stem": 2}, id="words"),
        pytest.param({"learned": ["وليبيا"] * 7}, id="learned words"),
        pytest.param({"common_words": False}, id="no common words"),
        pytest.param({"require_context": False, "name_rules": False}, id="neither context nor rules"),
    ],
)
def test_a_saved_matcher_is_the_same(options, tmp_path):
    original = matcher(**options)
    original.save(tmp_path / "names.kayan")
    for again in (
        kayan.Matcher.load(tmp_path / "names.kayan"),
        pickle.loads(pickle.dumps(original)),
        kayan.Matcher.from_bytes(original.to_bytes()),
        copy.deepcopy(original),
    ):
        assert rows(again.find_batch(TEXTS)) == rows(original.find_batch(TEXTS))
        assert (repr(again), again.options, again.labels) == (
            repr(original),
            original.options,
            original.labels,
        )
        assert again.to_bytes() == original.to_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["names.kayan"]


def test_every_cut_and_every_altered_byte_is_noticed():
    data = matcher().to_bytes()
    for end in range(len(data)):
        with pytest.raises(kayan.KayanError, match=r"does not begin as one|cut off|altered"):
            kayan.Matcher.from_bytes(data[:end])
    for at in range(len(data)):
        altered = data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]
        with pytest.raises(kayan.KayanError, match="not a usable saved matcher"):
            kayan.Matcher.from_bytes(altered)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "does not begin as one"),
        (b"PK\x03\x04 something else", "does not begin as one"),
        (b"\x89KAYAN\r\n" + (99).to_bytes(4, "little"), "format 99"),
        (b"\x89KAYAN\r\n" + (4).to_bytes(4, "little") + b"\xff" * 40, "cut off"),
    ],
)
def test_foreign_bytes_get_a_clear_error(data, said, tmp_path):
    path = tmp_path / "x.kayan"
    path.write_bytes(data)
    with pytest.raises(kayan.KayanError, match=said) as error:
        kayan.Matcher.load(path)
    assert "x.kayan" in str(error.value)


def test_bytes_after_the_end_are_noticed():
    with pytest.raises(kayan.KayanError, match="3 bytes follow its end"):
        kayan.Matcher.from_bytes(matcher().to_bytes() + b"abc")


def endless():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({1, 2}, "'seen' is or holds a set"),
        ((1, 2), "'seen' is or holds a tuple"),  # it would come back as a list
        ([{"a": b"x"}], "'seen' is or holds a bytes"),
        (datetime.date(2024, 1, 1), "'seen' is or holds a date"),
        ({"a": {1: 2}}, "'seen' has a dict with the key 1"),  # it would come back as "1"
        (["\ud800"], "'seen' has a lone surrogate"),
        ({"\ud800": 1}, "'seen' has a lone surrogate"),
        (endless(), "'seen' holds itself"),
    ],
)
def test_metadata_that_cannot_be_saved_are_named(value, said, tmp_path):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", seen=[1])
    gazetteer.add("القاهرة", population=1, seen=value)
    matcher = kayan.Matcher(gazetteer)
    for refused in (matcher.to_bytes, lambda: matcher.save(tmp_path / "x.kayan")):
        with pytest.raises(kayan.KayanError, match="entry 1: metadata can be saved only as") as error:
            refused()
        assert said in str(error.value)
    assert not list(tmp_path.iterdir())


SHARED = [1, "x"]


@pytest.mark.parametrize(
    "value", [None, True, 3, 0.5, "سنة", [1, [2]], {"a": {"b": None}}, [SHARED, SHARED], [], {}]
)
def test_metadata_that_json_holds_come_back(value):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", seen=value, other=1)
    again = kayan.Matcher.from_bytes(kayan.Matcher(gazetteer).to_bytes())
    assert again.first("القاهرة").metadata.get("seen") == value


@pytest.mark.parametrize(
    "value",
    [{1, 2}, (1, 2), datetime.date(2024, 1, 1), {1: b"x"}, "\ud800", kayan.Normalizer(), print, range],
)
def test_metadata_of_any_type_are_pickled(value):
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي")
    gazetteer.add("القاهرة", seen=value)
    matcher = kayan.Matcher(gazetteer)
    for again in (pickle.loads(pickle.dumps(matcher)), copy.deepcopy(matcher)):
        assert again.first("القاهرة").metadata == {"seen": value}
        found = pickle.loads(pickle.dumps(again.find_batch(["دبي القاهرة"])))
        assert [match.metadata for _, match in found] == [{}, {"seen": value}]


@pytest.mark.parametrize("options", [{}, {"offsets": "byte"}, {"offsets": "utf16", "span": "token"}])
@pytest.mark.parametrize("copied", [lambda m: pickle.loads(pickle.dumps(m)), copy.copy, copy.deepcopy])
def test_matches_pickle_and_copy(copied, options):
    found = matcher().find_batch(TEXTS, **options)
    again = copied(found)
    assert rows(again) == rows(found)
    assert (again.rows, len(again), repr(again)) == (found.rows, len(found), repr(found))
    assert again[-1] == found[-1]
    assert again.by_row() == found.by_row()
    assert again.to_arrow().schema == found.to_arrow().schema
    assert again.to_arrow().to_pylist() == found.to_arrow().to_pylist()
    assert again.to_pandas().equals(found.to_pandas())
    assert again.to_polars().rows() == found.to_polars().rows()
    assert again.show(TEXTS)._repr_html_() == found.show(TEXTS)._repr_html_()
    assert rows(copied(again)) == rows(found)


def test_a_pickle_of_matches_has_the_metadata_of_what_was_found_only():
    gazetteer = kayan.Gazetteer()
    for number in range(2_000):
        gazetteer.add(f"اسم {number}", note="x" * 100 + str(number))
    found = kayan.Matcher(gazetteer).find_batch(["اسم 7", None, "اسم 9"])
    data = pickle.dumps(found)
    assert len(data) < 2_000
    assert [match.metadata["note"][100:] for _, match in pickle.loads(data)] == ["7", "9"]
    empty = pickle.loads(pickle.dumps(kayan.Matcher(gazetteer).find_batch([None])))
    assert (len(empty), empty.rows, empty.to_arrow().num_rows) == (0, 1, 0)


@pytest.mark.parametrize("copied", [lambda m: pickle.loads(pickle.dumps(m)), copy.copy, copy.deepcopy])
def test_alignments_pickle_and_copy(copied):
    aligned = kayan.Normalizer("search", ta_marbuta=False).align("المدر\u0640سة الأولى \ud800")
    again = copied(aligned)
    assert (again.original, again.text, repr(again)) == (aligned.original, aligned.text, repr(aligned))
    for start in range(len(aligned.text)):
        assert again.to_original(start, start + 1) == aligned.to_original(start, start + 1)
    for start in range(len(aligned.original)):
        assert again.to_normalized(start, start + 1) == aligned.to_normalized(start, start + 1)


def test_process_pools_return_results():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(matcher().find_batch, TEXTS).result()
        aligned = pool.submit(kayan.Normalizer().align, "أحمد").result()
    assert rows(found) == rows(matcher().find_batch(TEXTS))
    assert aligned.text == "احمد"
