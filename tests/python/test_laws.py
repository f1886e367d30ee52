"""Laws: the package equals the slow references on adversarial text, and keeps the promises that it is named for.

`KAYAN_EXAMPLES` is the number of examples for each test; see conftest.py.
"""

import itertools
import unicodedata

import pytest
import unicodedata2
from hypothesis import given, settings
from hypothesis import strategies as st

import kayan
from reference import alignment, matching, normalization, tables
from reference.alphabets import (
    ARABIC,
    CLITICS,
    ENDINGS,
    GAPS,
    HOT,
    JOINTS,
    LETTERS,
    LIGATURES,
    MARKS,
    MATCHER_LETTERS,
    NET,
    OPTIONS,
    RESPELLINGS,
    SPACES,
    STABLE,
    WORDS,
)


def join(strategy, max_size, min_size=0):
    return st.lists(strategy, min_size=min_size, max_size=max_size).map("".join)


anything = join(
    st.one_of(
        st.sampled_from(HOT),
        st.sampled_from(LETTERS + MARKS),
        st.sampled_from(ARABIC),
        st.sampled_from(SPACES),
        st.sampled_from(NET),
    ),
    max_size=20,
)

# ---- Normalization ------------------------------------------------------------------------------------------------

# Every operation with every value of its parameter.
PARAMETERS = {
    "presentation_forms": [{}, {"marks": "attach"}, {"marks": "nfkc"}],
    "diacritics": [
        {},
        *({"classes": [name]} for name in normalization.MARK_CLASSES),
        {"classes": ["harakat", "sukun", "tanween"]},
        {"classes": list(normalization.MARK_CLASSES)},
    ],
    "hamza": [{}, {"mode": "carrier"}, {"mode": "hamza"}, {"mode": "drop"}],
    "digits": [{}, {"to": "ascii"}, {"to": "arabic"}, {"to": "persian"}],
    "invisibles": [{}, {"zwnj": "remove"}, {"zwnj": "keep"}, {"zwnj": "space"}],
    "elongation": [{}, {"max": 1}, {"max": 2}, {"max": 3}, {"max": "single"}],
    "dagger": [{}, {"mode": "spelling"}, {"mode": "promote"}, {"mode": "remove"}],
    "tatweel": [{}, {"which": "all"}, {"which": "bare"}],
    "emoji": [{"mode": "keep"}, {"mode": "remove"}],
    "urls": [{}, {"mask": ""}, {"mask": "x"}, {"mask": "\U0001f517"}],
    "hashtags": [{}, {"mask": "words"}, {"mask": "mask"}, {"mask": "\U0001f517"}],
}
OPERATIONS = [
    pytest.param(op, params, id="-".join([op, *(str(v) for v in params.values())]))
    for op in normalization.OPERATIONS
    for params in PARAMETERS.get(op, [{}])
]
PROFILES = pytest.mark.parametrize("profile", list(normalization.PROFILES))


def shown(text):
    """Return code points, for a failure that can be read."""
    return ascii(text)


@pytest.mark.parametrize(("op", "params"), OPERATIONS)
@given(text=anything)
def test_an_operation_equals_its_reference(op, params, text):
    normalizer = kayan.Normalizer(profile="none", **tables.options_of(op, params))
    assert shown(normalizer.normalize(text)) == shown(normalization.OPERATIONS[op](text, **params))


@PROFILES
@given(text=anything)
def test_a_profile_equals_its_reference(profile, text):
    normalizer = kayan.Normalizer(profile=profile)
    assert shown(normalizer.normalize(text)) == shown(normalization.PROFILES[profile](text))


@PROFILES
@given(text=anything)
def test_a_profile_is_idempotent(profile, text):
    normalizer = kayan.Normalizer(profile=profile)
    once = normalizer.normalize(text)
    assert shown(normalizer.normalize(once)) == shown(once)


@PROFILES
@given(text=anything)
def test_canonically_equivalent_texts_become_one(profile, text):
    normalizer = kayan.Normalizer(profile=profile)
    composed, decomposed = (unicodedata2.normalize(form, text) for form in ("NFC", "NFD"))
    assert shown(normalizer.normalize(composed)) == shown(normalizer.normalize(decomposed))
    assert shown(normalizer.normalize(composed)) == shown(normalizer.normalize(text))


@PROFILES
@given(texts=st.lists(st.one_of(st.none(), anything), max_size=5))
def test_a_batch_is_its_texts_one_by_one(profile, texts):
    normalizer = kayan.Normalizer(profile=profile)
    one_by_one = [None if text is None else normalizer.normalize(text) for text in texts]
    assert normalizer.normalize_batch(texts) == one_by_one


EXPLAINED = [
    ("none", {}),
    *((profile, {}) for profile in normalization.PROFILES),
    ("search", {"html": True, "emoji": "remove", "urls": True, "elongation": 2}),
]


@pytest.mark.parametrize(("profile", "options"), EXPLAINED)
@given(text=anything)
def test_the_edits_make_the_normalized_text(profile, options, text):
    normalizer = kayan.Normalizer(profile, **options)
    edits = normalizer.explain(text)
    kinds = [(e.before, e.after, e.rule) for e in edits]
    assert [e.count for e in edits] == [kinds.count(kind) for kind in kinds]
    assert [e.start for e in edits] == sorted(e.start for e in edits)
    # One mask is as good as another: they are found in one pass.
    order = {rule: i for i, rule in enumerate(normalizer.options)}
    order |= dict.fromkeys(["urls", "emails", "mentions", "hashtags"], order["urls"])
    pieces = [alignment.Traced(c, i, i + 1) for i, c in enumerate(text)]
    # By operation, the last edit first: then the ones before still find their place.
    for edit in sorted(edits, key=lambda e: (order[e.rule], -e.start)):
        touched = [i for i, p in enumerate(pieces) if p.start < edit.end and edit.start < p.end]
        if edit.rule in ("urls", "emails", "mentions", "hashtags"):
            # The pieces of one ligature may be parted by the end of a link.
            found = "".join(pieces[i].char for i in touched)
            assert edit.before in found
            at = touched[0] + found.rindex(edit.before)
            touched = list(range(at, at + len(edit.before)))
        assert shown("".join(pieces[i].char for i in touched)) == shown(edit.before)
        made = [alignment.Traced(c, edit.start, edit.end) for c in edit.after]
        pieces = [*pieces[: touched[0]], *made, *pieces[touched[-1] + 1 :]]
    assert shown("".join(p.char for p in pieces)) == shown(normalizer.normalize(text))


# ---- Alignment ----------------------------------------------------------------------------------------------------

ALIGNED = pytest.mark.parametrize("profile", ["none", *normalization.PROFILES])


def spans(length):
    return [(start, end) for start in range(length + 1) for end in range(start, length + 1)]


@ALIGNED
@given(text=anything)
def test_the_aligned_text_is_the_normalized_text(profile, text):
    normalizer = kayan.Normalizer(profile=profile)
    assert shown(normalizer.align(text).text) == shown(normalizer.normalize(text))


@ALIGNED
@given(text=anything)
def test_the_alignment_equals_its_reference(profile, text):
    aligned = kayan.Normalizer(profile=profile).align(text)
    traced = alignment.trace(profile, text)
    assert shown("".join(t.char for t in traced)) == shown(aligned.text)
    for s, e in spans(len(traced)):
        assert aligned.to_original(s, e) == alignment.to_original(traced, text, s, e)
    for s, e in spans(len(text)):
        start, end = aligned.to_normalized(s, e)
        if s < e:
            expected = alignment.to_normalized(traced, s, e)
            assert start == end if expected is None else (start, end) == expected


@ALIGNED
@given(text=anything)
def test_a_span_within_another_stays_within_it(profile, text):
    aligned = kayan.Normalizer(profile=profile).align(text)
    length = len(aligned.text)
    start, end = aligned.to_original(0, length)
    assert 0 <= start <= end <= len(text)
    for s, e in spans(length):
        original = aligned.to_original(s, e)
        assert start <= original[0] <= original[1] <= max(end, original[0])
        if s < e:
            assert original[0] < original[1], "a character comes from somewhere"
            for outer in ((s, length), (0, e)):
                outer_start, outer_end = aligned.to_original(*outer)
                assert outer_start <= original[0]
                assert original[1] <= outer_end
    for s, e in spans(len(text)):
        normalized = aligned.to_normalized(s, e)
        assert 0 <= normalized[0] <= normalized[1] <= length


@ALIGNED
@given(text=anything)
def test_there_and_back_covers_the_span(profile, text):
    aligned = kayan.Normalizer(profile=profile).align(text)
    for s, e in spans(len(aligned.text)):
        if s < e:
            back = aligned.to_normalized(*aligned.to_original(s, e))
            assert back[0] <= s < e <= back[1]


@ALIGNED
@given(text=anything)
def test_an_empty_span_stands_where_its_character_begins(profile, text):
    aligned = kayan.Normalizer(profile=profile).align(text)
    length = len(aligned.text)
    assert aligned.to_original(length, length) == (len(text), len(text))
    for s in range(length):
        start, _ = aligned.to_original(s, s + 1)
        assert aligned.to_original(s, s) == (start, start)


@ALIGNED
@given(text=anything)
def test_a_span_takes_the_marks_that_follow_it(profile, text):
    aligned = kayan.Normalizer(profile=profile).align(text)
    for s, e in spans(len(aligned.text)):
        _, end = aligned.to_original(s, e)
        if s < e and end < len(text):
            assert text[end] != "\u0640"
            assert unicodedata2.category(text[end]) not in ("Mn", "Me")


# Not those that shorten runs of one letter or mask: they reach over any letter.
@pytest.mark.parametrize("profile", ["none", "light", "search", "match", "classical"])
@given(pieces=st.lists(anything, min_size=1, max_size=4))
def test_a_span_normalizes_to_its_piece(profile, pieces):
    # ب composes with nothing and is kept by every profile, so no context reaches over it: the pieces between two of
    # them normalize by themselves.
    normalizer = kayan.Normalizer(profile=profile)
    pieces = [f"ب{piece}ب" for piece in pieces]
    text = "".join(pieces)
    aligned = normalizer.align(text)
    original = normalized = 0
    for piece in pieces:
        # The piece that follows begins with a letter: no mark is left over for the snap of this one.
        length = len(normalizer.normalize(piece))
        span = (normalized, normalized + length)
        assert aligned.to_original(*span) == (original, original + len(piece))
        assert aligned.to_normalized(original, original + len(piece)) == span
        assert shown(aligned.text[slice(*span)]) == shown(normalizer.normalize(piece))
        # The first letter alone goes there and back.
        assert aligned.to_normalized(original, original + 1) == (normalized, normalized + 1)
        assert aligned.to_original(normalized, normalized + 1)[0] == original
        original += len(piece)
        normalized += length


# ---- Matching -----------------------------------------------------------------------------------------------------

fragments = st.one_of(
    st.sampled_from(MATCHER_LETTERS),
    st.sampled_from(WORDS),
    st.sampled_from(CLITICS + ENDINGS),
    st.sampled_from(JOINTS),
    st.sampled_from(LIGATURES),
    st.sampled_from(STABLE),
)
# A pattern has a letter of its own: one without is refused when it is added, whatever the options would keep of it.
made_up = st.tuples(join(fragments, 2), st.sampled_from(MATCHER_LETTERS), join(fragments, 3)).map("".join)
patterns = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), made_up)

options = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in OPTIONS.items()}
)


@st.composite
def occurrences(draw, names):
    """Draw a name as texts have it: attached to others, respelled, with something between its letters."""
    name = draw(names)
    form = draw(
        st.sampled_from(["as it is"] * 3 + ["respelled", "joined", "assimilated", "cut", "decomposed"])
    )
    if form == "respelled":
        letter, other = draw(st.sampled_from(RESPELLINGS))
        name = name.replace(letter, other)
    elif form == "joined":
        name = name.replace(" ", "")
    elif form == "assimilated":
        name = draw(st.sampled_from(["لل", "ولل", "ل"])) + name[2:]
    elif form == "cut":
        at = draw(st.integers(1, 12))
        name = name[:at] + draw(st.sampled_from(JOINTS)) + name[at:]
    elif form == "decomposed":
        name = unicodedata.normalize("NFD", name)
    clitics = draw(st.sampled_from(["", "", "", "وب", "فل", "وال", *CLITICS]))
    return clitics + name + draw(st.sampled_from(["", "", "", *ENDINGS])) + draw(st.sampled_from(GAPS))


@st.composite
def searches(draw, options=options):
    """Draw entries, a text in which they occur, and options."""
    entry = st.fixed_dictionaries(
        {"pattern": patterns, "label": st.sampled_from(["LOC", "PER", None]), "priority": st.integers(-1, 2)}
    )
    entries = draw(st.lists(entry, min_size=1, max_size=5))
    occurrence = occurrences(st.sampled_from([entry["pattern"] for entry in entries]))
    kinds = {
        "name": occurrence,
        "word": st.sampled_from(WORDS),
        "fragment": fragments,
        "gap": st.sampled_from(GAPS),
        "surrogate": st.just("\ud800"),
    }
    # The strategy is drawn first, so that each kind has its share.
    piece = st.sampled_from(
        ["name"] * 6 + ["word", "fragment", "fragment", "gap", "gap", "surrogate"]
    ).flatmap(kinds.get)
    return entries, draw(join(piece, 10, min_size=2)), draw(options)


def make_matcher(entries, options):
    gazetteer = kayan.Gazetteer()
    for index, entry in enumerate(entries):
        gazetteer.add(entry["pattern"], label=entry["label"], id=str(index), priority=entry["priority"])
    return kayan.Matcher(gazetteer, **options)


def found_rows(found):
    return [(m.start, m.end, m.label, int(m.id), shown(m.prefix)) for m in found]


# Many options times many spellings: the one test that gets more than its share of the examples.
@settings(max_examples=settings.default.max_examples * 3)
@given(search=searches())
def test_the_matcher_equals_its_reference(search):
    entries, text, options = search
    expected = matching.find(entries, text, options)
    found = make_matcher(entries, options).find(text)
    assert found_rows(found) == [
        (m["start"], m["end"], m["label"], m["pattern"], shown(m["prefix"])) for m in expected
    ]
    assert [shown(m.text) for m in found] == [shown(m["surface"]) for m in expected]


# Random sets of all options seldom leave one alone: each value also with the defaults for the rest. There are many
# values, so each has a part of the examples.
@pytest.mark.parametrize(
    ("name", "value"),
    [pytest.param(name, value, id=f"{name}-{value}") for name, values in OPTIONS.items() for value in values],
)
@settings(max_examples=settings.default.max_examples // 30 + 1)
@given(search=searches(st.just({})))
def test_an_option_alone_equals_the_reference(name, value, search):
    entries, text, _ = search
    expected = matching.find(entries, text, {name: value})
    found = make_matcher(entries, {name: value}).find(text)
    assert found_rows(found) == [
        (m["start"], m["end"], m["label"], m["pattern"], shown(m["prefix"])) for m in expected
    ]


@given(search=searches())
def test_spans_are_what_they_say(search):
    entries, text, options = search
    found = make_matcher(entries, options).find(text)
    for m in found:
        assert shown(text[m.start : m.end]) == shown(m.text)
        assert m.start < m.end
        assert text[: m.start].endswith(m.prefix)
        assert text[m.end :].startswith(m.suffix)
        assert m.name == entries[int(m.id)]["pattern"].strip()
    assert [(m.start, -m.end, int(m.id)) for m in found] == sorted(
        (m.start, -m.end, int(m.id)) for m in found
    )
    if options.get("overlap") != "all":
        different = sorted({(m.start, m.end) for m in found})
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(different))


@given(search=searches(), before=join(fragments, 4))
def test_a_batch_finds_what_each_text_has(search, before):
    entries, text, options = search
    matcher = make_matcher(entries, options)
    texts = [before, None, text, "", text]
    expected = [(row, m) for row, t in enumerate(texts) if t is not None for m in matcher.find(t)]
    assert list(matcher.find_batch(texts)) == expected
