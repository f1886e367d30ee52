"""The spaCy component: what a match becomes among tokens, and what a pipeline saves of it."""

import pickle

import pytest

import kayan

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc, Span

import kayan.spacy

pytestmark = pytest.mark.integration

RECORDS = [
    {"name": "القاهرة", "label": "LOC", "id": "cairo"},
    {"name": "الأمم المتحدة", "label": "ORG", "id": "un"},
    {"name": "عمان", "label": "CITY", "id": "amman"},
    {"name": "عمان", "label": "COUNTRY", "id": "oman"},
    {"name": "أحمد"},
]
MATCHER = kayan.Matcher(kayan.Gazetteer.from_records(RECORDS))


def pipeline(matcher=MATCHER, **config):
    nlp = spacy.blank("ar")
    nlp.add_pipe("kayan_entities", config=config).matcher = matcher
    return nlp


# Each with the entities, and what was left out as (start, end, label, why).
PLACES = [
    ("a token of its own", "expand", "في القاهره،", ["القاهره"], []),
    ("a clitic is in the token", "expand", "سافر وللقاهرة", ["وللقاهرة"], []),
    ("a clitic before two words", "expand", "قرار للأمم المتحدة", ["للأمم المتحدة"], []),
    ("none of a word is left", "contract", "سافر وللقاهرة", [], [(7, 13, "LOC", "alignment")]),
    ("the second word is left", "contract", "قرار للأمم المتحدة", ["المتحدة"], []),
    ("strict leaves clitics out", "strict", "قرار للأمم المتحدة", [], [(6, 18, "ORG", "alignment")]),
    ("strict takes whole tokens", "strict", "قرار الأمم المتحدة", ["الأمم المتحدة"], []),
    ("marks and tatweel", "strict", "في القــاهِرَة", ["القــاهِرَة"], []),
    ("beyond the BMP", "strict", "😀 القاهرة", ["القاهرة"], []),
    ("namesakes", "expand", "في عمان", ["عمان"], [(3, 7, "COUNTRY", "overlap")]),
    ("no label", "expand", "قال أحمد", ["أحمد"], []),
    ("nothing", "expand", "لا شيء", [], []),
    ("no text", "expand", "", [], []),
]


@pytest.mark.parametrize(
    ("alignment", "text", "entities", "left_out"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES]
)
def test_places(alignment, text, entities, left_out):
    doc = pipeline(alignment=alignment)(text)
    assert [entity.text for entity in doc.ents] == entities
    assert doc._.kayan_left_out == left_out


def test_labels_and_ids():
    doc = pipeline()("أحمد في القاهرة")
    assert [(e.label_, e.ent_id_, e.kb_id_) for e in doc.ents] == [
        ("ENTITY", "", ""),
        ("LOC", "cairo", "cairo"),
    ]
    assert [token.ent_iob_ for token in doc] == ["B", "O", "B"]


def test_spans_may_overlap():
    doc = pipeline(spans_key="places", alignment="contract")("في عمان وللقاهرة")
    assert [(span.text, span.label_, span.id_) for span in doc.spans["places"]] == [
        ("عمان", "CITY", "amman"),
        ("عمان", "COUNTRY", "oman"),
    ]
    assert doc.ents == ()
    assert doc._.kayan_left_out == [(10, 16, "LOC", "alignment")]


@pytest.mark.parametrize(
    ("policy", "labels", "left_out"),
    [
        ("existing", ["GPE"], [(5, 18, "ORG", "overlap")]),
        ("matches", ["ORG"], []),
        ("longest", ["ORG"], []),
    ],
)
def test_beside_entities_of_another_component(policy, labels, left_out):
    nlp = pipeline(policy=policy)

    @spacy.Language.component(f"tagger_{policy}")
    def tag(doc):
        doc.ents = [Span(doc, 2, 3, "GPE")]
        return doc

    nlp.add_pipe(f"tagger_{policy}", first=True)
    doc = nlp("قرار الأمم المتحدة")
    assert [entity.label_ for entity in doc.ents] == labels
    assert doc._.kayan_left_out == left_out


def loaded_from_disk(nlp, folder):
    nlp.to_disk(folder)
    return spacy.load(folder)


def loaded_from_bytes(nlp, _):
    return spacy.util.load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())


def loaded_from_pickle(nlp, _):
    return pickle.loads(pickle.dumps(nlp))


@pytest.mark.parametrize("again", [loaded_from_disk, loaded_from_bytes, loaded_from_pickle])
def test_saved_with_the_pipeline(again, tmp_path):
    nlp = again(pipeline(alignment="strict", spans_key="names"), tmp_path / "pipeline")
    doc = nlp("القاهرة ثم وللقاهرة")
    assert [span.text for span in doc.spans["names"]] == ["القاهرة"]
    assert len(doc._.kayan_left_out) == 1


def test_without_a_matcher(tmp_path):
    nlp = pipeline(None)
    with pytest.raises(kayan.KayanError, match="kayan_entities has no matcher"):
        nlp("القاهرة")
    for again in (loaded_from_disk, loaded_from_bytes):
        loaded = again(nlp, tmp_path / "pipeline")
        assert loaded.get_pipe("kayan_entities").matcher is None
    # A matcher that was saved there before is not taken for this pipeline's.
    pipeline().to_disk(tmp_path / "pipeline")
    assert loaded_from_disk(nlp, tmp_path / "pipeline").get_pipe("kayan_entities").matcher is None


def test_what_was_left_out_is_saved_with_the_doc():
    doc = pipeline()("في عمان")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert [tuple(left) for left in again._.kayan_left_out] == [(3, 7, "COUNTRY", "overlap")]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_docs(news, places, answers, processes):
    given = [text or "" for text in news]
    nlp = pipeline(places, spans_key="all")
    docs = list(nlp.pipe(given, batch_size=100, n_process=processes))
    assert [[span.label_ for span in doc.spans["all"]] for doc in docs] == [
        [match[3] for match in matches] for matches in answers
    ]
    for doc, matches in zip(docs, answers, strict=True):
        for span, match in zip(doc.spans["all"], matches, strict=True):
            assert span.start_char <= match[0] < match[1] <= span.end_char
            assert match[2] in span.text


@pytest.mark.parametrize("option", ["alignment", "policy"])
def test_errors(option):
    with pytest.raises(ValueError, match=option):  # of spaCy, which checks the types of a component's options
        pipeline(**{option: "grow"})
