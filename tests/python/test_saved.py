"""Saving: a matcher comes back as it was, or an error says why not."""

import copy
import pickle

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
        pytest.param({"learned": ["ولبنان ليبيا"] * 7}, id="learned words"),
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
        (b"\x89KAYAN\r\n" + (2).to_bytes(4, "little") + b"\xff" * 40, "cut off"),
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


def test_metadata_that_cannot_be_saved_are_named():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("القاهرة", seen={1, 2})
    with pytest.raises(kayan.KayanError, match="metadata can be saved only as"):
        kayan.Matcher(gazetteer).to_bytes()
