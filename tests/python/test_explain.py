"""`explain`: each rule refuses what it is for, and what is accepted is what `find` gives."""

import re

import pytest

import kayan


def rules(entries, text, **options):
    return [(c.surface, c.match.text, c.rule) for c in kayan.Matcher(entries, **options).explain(text)]


@pytest.mark.parametrize(
    ("entries", "text", "options", "expected", "why"),
    [
        (["بغداد"], "في بغداد", {}, [("بغداد", "بغداد", "accepted")], "a match"),
        (["عراق"], "عراقية", {}, [("عراق", "عراق", "boundary")], "the word goes on"),
        (["لغداد"], "سلغداد", {}, [("لغداد", "لغداد", "clitics")], "س isn't a clitic of nouns"),
        (["علي"], "على", {}, [("علي", "على", "stop_words")], "a stop word"),
        (["ين"], "وين", {}, [("ين", "ين", "min_stem")], "two letters after a clitic"),
        (
            ["ليد"],
            "وليد",
            {"never_split": ["وليد"]},
            [("ليد", "ليد", "never_split")],
            "a word that is never split",
        ),
        (
            ["أحد"],
            "واحد",
            {},
            [("أحد", "احد", "common_words")],
            "a frequent word isn't read as a clitic and a name",
        ),
        (
            ["إمام"],
            "أمام",
            {},
            [("إمام", "أمام", "common_words")],
            "a frequent word that folding made like a name",
        ),
        (["محم"], "ﷴ", {}, [("محم", "ﷴ", "ligature")], "inside U+FDF4"),
        (
            ["١٢٣"],
            "\u06dd١٢٣",
            {},
            [("١٢٣", "١٢٣", "cluster")],
            "ARABIC END OF AYAH encloses the digits after it",
        ),
        (
            [{"name": "أمل", "strict": ["hamza"]}],
            "امل",
            {},
            [("أمل", "امل", "strict")],
            "the entry is strict about its hamza",
        ),
        (
            [{"name": "فاس", "ambiguous": True}],
            "قطعها بفاس",
            {},
            [("فاس", "فاس", "require_context")],
            "no context says that the city is meant",
        ),
        (
            ["لبنان", "بنان"],
            "ولبنان",
            {},
            [("لبنان", "لبنان", "accepted"), ("بنان", "بنان", "shorter_clitics")],
            "one clitic is likelier than two",
        ),
        (
            ["جامعة الدول", "الدول"],
            "جامعة الدول",
            {},
            [("جامعة الدول", "جامعة الدول", "accepted"), ("الدول", "الدول", "overlap")],
            "the longer of two",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_each_rule(entries, text, options, expected, why):
    assert rules(entries, text, **options) == expected, why


def test_what_is_accepted_is_what_is_found():
    gazetteer = kayan.Gazetteer.builtin("countries", "cities")
    text = "وصل وفد من العراق والأردن إلى القاهرة، ثم سافر لبيروت وللكويت."
    for overlap in ("longest", "all", "priority", "first"):
        matcher = kayan.Matcher(gazetteer, overlap=overlap)
        accepted = [c.match for c in matcher.explain(text) if c.accepted]
        assert accepted
        assert sorted(accepted) == sorted(matcher.find(text))


def test_every_rule_is_documented_and_has_a_case():
    documented = set(re.findall(r"``\"(\w+)\"``", kayan.Decision.__doc__))
    cases = next(mark.args[1] for mark in test_each_rule.pytestmark if mark.name == "parametrize")
    assert documented == {rule for _, _, _, expected, _ in cases for _, _, rule in expected}


def test_what_lost_names_its_winner():
    lost = kayan.Matcher(["جامعة الدول", "الدول"]).explain("جامعة الدول")[1]
    assert lost.winner is not None
    assert (lost.winner.start, lost.winner.name) == (0, "جامعة الدول")
    assert str(lost).startswith("- 6-11 'الدول' as 'الدول': overlap,")


def test_the_context_is_named():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("فاس", label="CITY", aliases=["فاس البالي"], ambiguous=True)
    gazetteer.add_triggers(["مدينة", "محافظة"], "CITY")
    matcher = kayan.Matcher(gazetteer)

    def reasons(text, labels=None):
        return [(c.match.text, c.rule, c.reason.partition(" (")[2]) for c in matcher.explain(text, labels)]

    missing = "it would count with 'مدينة', 'محافظة' before it or 'فاس البالي' in the text)"
    assert reasons("قطعها بفاس") == [("فاس", "require_context", missing)]
    assert reasons("بمدينة فاس") == [("فاس", "accepted", "after 'مدينة')")]
    assert reasons("بفاس", "CITY") == [("فاس", "require_context", missing)]
    assert reasons("فاس ثم فاس البالي")[0] == ("فاس", "accepted", "named 'فاس البالي' at 7-17 too)")


def test_rules_are_named():
    gazetteer = kayan.Gazetteer.from_dict({"محمد حسن": "PER"})
    gazetteer.add_word_list("given", ["محمد", "حسن", "علي"])
    gazetteer.add_rule("two", "given given")
    decisions = kayan.Matcher(gazetteer).explain("محمد حسن وعلي حسن")
    assert [(c.surface, c.match.rule, c.rule, c.winner and c.winner.label) for c in decisions] == [
        ("محمد حسن", None, "accepted", None),
        ("given given", "two", "overlap", "PER"),
        ("given given", "two", "accepted", None),
    ]
    assert decisions[2].reason == "a match (composed by the rule 'two')"
