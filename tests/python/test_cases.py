"""The case tables through the public Python API. The same tables run in `tests/rust/cases.rs`."""

import pytest

import kayan
from reference import fuzzy, matching, normalization, parity, tables


def cases(kind):
    return pytest.mark.parametrize(
        "case", [pytest.param(c, id=f"{c['behaviour']}-{c['id']}", marks=marks(c)) for c in tables.load(kind)]
    )


def marks(case):
    """A case that a later decision overrules stays, and fails."""
    reason = case.get("overruled")
    return [pytest.mark.xfail(reason=reason, strict=True)] if reason else []


def rows(found):
    return [(m.start, m.end, m.text, m.label, m.prefix, m.suffix, m.rule, m.edits) for m in found]


def expected_rows(case):
    return [
        (
            *(m[name] for name in ("start", "end", "surface", "label", "prefix")),
            *(m.get("suffix", ""), m.get("rule"), m.get("edits", 0)),
        )
        for m in case["expected"]
    ]


def make_gazetteer(case):
    gazetteer = kayan.Gazetteer()
    for entry in case["entries"]:
        optional = {key: entry[key] for key in ("aliases", "ambiguous", "priority", "strict") if key in entry}
        gazetteer.add(entry["pattern"], label=entry["label"], **optional)
    for group in case.get("triggers", ()):
        gazetteer.add_triggers(group["words"], group["labels"])
    for kind, words in case.get("word_lists", {}).items():
        gazetteer.add_word_list(kind, words)
    for rule in case.get("rules", ()):
        gazetteer.add_rule(**rule)
    for label in case.get("coreferences", ()):
        gazetteer.add_coreference(label)
    return gazetteer


def make_matcher(case):
    return kayan.Matcher(make_gazetteer(case), **case["options"])


@cases("normalization")
def test_normalization(case):
    profile, options = tables.normalizer_options(case)
    normalizer = kayan.Normalizer(profile=profile, **options)
    assert normalizer.normalize(case["input"]) == case["expected"], case["why"]
    assert normalizer.normalize_batch([case["input"], None]) == [case["expected"], None]
    assert normalizer.align(case["input"]).text == case["expected"]


@cases("matching")
def test_matching(case):
    if "expect_error" in case:
        with pytest.raises(kayan.KayanError):
            make_matcher(case)
        return
    matcher = make_matcher(case)
    labels = case.get("labels")
    assert rows(matcher.find(case["text"], labels)) == expected_rows(case), case["why"]
    accepted = [c.match for c in matcher.explain(case["text"], labels) if c.accepted]
    assert sorted(rows(accepted)) == sorted(expected_rows(case)), "explain"
    # A batch gives the same, and a text before it does not shift the rows or the positions.
    batch = matcher.find_batch([None, case["text"], "", case["text"]], labels)
    by_row = [[match for row, match in batch if row == wanted] for wanted in range(4)]
    assert [rows(found) for found in by_row] == [[], expected_rows(case), [], expected_rows(case)]


@cases("alignment")
def test_alignment(case):
    aligned = kayan.Normalizer(profile=case["profile"], **case["options"]).align(case["text"])
    assert aligned.text == case["normalized"]
    for pair in case["to_original"]:
        assert list(aligned.to_original(*pair["normalized"])) == pair["original"], (pair, case["why"])
    for pair in case["to_normalized"]:
        assert list(aligned.to_normalized(*pair["original"])) == pair["normalized"], (pair, case["why"])


# The references answer to the tables too, so that a case and a reference can't drift apart.


@cases("normalization")
def test_normalization_reference(case):
    functions = {**normalization.OPERATIONS, **normalization.PROFILES, **parity.PROFILES}
    name = case["op"].removeprefix("preset:")
    if name == "camel.arclean":
        pytest.skip("the reference has no table of its own")
    function = functions[name]
    assert function(case["input"], **case["params"]) == case["expected"], case["why"]


@cases("matching")
def test_matching_reference(case):
    if "expect_error" in case:
        with pytest.raises(ValueError, match="is empty after normalization"):
            matching.find(case["entries"], case["text"], case["options"])
        return
    given = {
        key: case[key] for key in ("triggers", "word_lists", "rules", "coreferences", "labels") if key in case
    }
    find = fuzzy.find if case["options"].get("fuzzy") else matching.find
    found = find(case["entries"], case["text"], case["options"], **given)
    assert expected_rows({"expected": found}) == expected_rows(case)
