"""The transformers among those of scikit-learn: pipelines, clones, pickles, containers."""

import pickle

import numpy as np
import pytest

import kayan

pytest.importorskip("sklearn")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline

from kayan.sklearn import ArabicNormalizer, EntityCounts

TEXTS = ["سافر إلى القاهرة", None, "دبي ثم القاهرة ثم وزارة النقل"]
FOLDED = ["سافر الي القاهره", None, "دبي ثم القاهره ثم وزاره النقل"]
MATCHER = kayan.Matcher({"القاهرة": "LOC", "دبي": "LOC", "وزارة النقل": None})
COUNTS = [[0, 1], [0, 0], [1, 2]]

COLUMNS = {
    "list": TEXTS,
    "array": np.array(TEXTS, dtype=object),
    "pandas": pd.Series(TEXTS, index=[5, 6, 7], name="text"),
    "polars": pl.Series("text", TEXTS),
}
TABLES = {
    "array": np.array([TEXTS], dtype=object).T,
    "pandas": pd.DataFrame({"text": TEXTS}, index=[5, 6, 7]),
    "polars": pl.DataFrame({"text": TEXTS}),
}


def plain(texts):
    return [None if pd.isna(text) else text for text in texts]


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_column_stays_what_it_is(kind):
    result = ArabicNormalizer().fit_transform(COLUMNS[kind])
    assert type(result) is type(COLUMNS[kind])
    assert plain(result) == FOLDED


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_becomes_an_array(kind):
    result = ArabicNormalizer().fit_transform(TABLES[kind])
    assert result.shape == (3, 1)
    assert plain(result[:, 0]) == FOLDED


@pytest.mark.parametrize("texts", [*COLUMNS.values(), *TABLES.values()])
def test_counts(texts):
    counts = EntityCounts(MATCHER).fit_transform(texts)
    assert counts.tolist() == COUNTS
    assert counts.dtype.kind == "i"


def test_names_of_features():
    assert EntityCounts(MATCHER).get_feature_names_out().tolist() == ["ENTITY", "LOC"]
    normalizer = ArabicNormalizer().fit(TABLES["pandas"])
    assert normalizer.get_feature_names_out().tolist() == ["text"]
    assert normalizer.fit(TEXTS).get_feature_names_out().tolist() == [
        "x0"
    ]  # no name is left of the first fit


@pytest.mark.parametrize(("container", "frame"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame)])
def test_set_output(container, frame):
    for kind in (COLUMNS[container], TABLES[container]):
        counts = EntityCounts(MATCHER).set_output(transform=container).fit_transform(kind)
        assert isinstance(counts, frame)
        assert list(counts.columns) == ["ENTITY", "LOC"]
        assert np.asarray(counts).tolist() == COUNTS
        texts = ArabicNormalizer().set_output(transform=container).fit_transform(kind)
        assert isinstance(texts, frame)
        assert list(texts.columns) == ["text"]
        assert plain(texts["text"]) == FOLDED
        if container == "pandas":
            assert list(texts.index) == list(counts.index) == [5, 6, 7]


def test_a_pipeline_with_set_output():
    pipeline = make_pipeline(ArabicNormalizer("light"), EntityCounts(MATCHER)).set_output(transform="pandas")
    assert pipeline.fit_transform(COLUMNS["pandas"]).to_numpy().tolist() == COUNTS


def test_columns_of_a_table():
    frame = pd.DataFrame({"title": TEXTS, "body": TEXTS[::-1], "n": [1, 2, 3]})
    parts = ColumnTransformer(
        [
            ("folded", ArabicNormalizer(), ["title", "body"]),
            ("title", EntityCounts(MATCHER), "title"),
            ("body", EntityCounts(MATCHER), ["body"]),
        ],
        remainder="passthrough",
    ).set_output(transform="pandas")
    result = parts.fit_transform(frame)
    assert list(result.columns) == [
        "folded__title", "folded__body", "title__ENTITY", "title__LOC", "body__ENTITY", "body__LOC", "remainder__n",
    ]  # fmt: skip
    assert plain(result["folded__body"]) == FOLDED[::-1]
    assert result[["body__ENTITY", "body__LOC"]].to_numpy().tolist() == COUNTS[::-1]


def test_labels_of_rules_have_columns():
    gazetteer = kayan.Gazetteer.from_records(["دبي"])
    gazetteer.add_word_list("given", ["محمد", "سالم"])
    gazetteer.add_rule("two", "given given", label="PERSON")
    counts = EntityCounts(kayan.Matcher(gazetteer))
    assert counts.fit_transform(["زار محمد سالم دبي", "دبي"]).tolist() == [[1, 1], [1, 0]]
    assert counts.get_feature_names_out().tolist() == ["ENTITY", "PERSON"]


def test_before_a_vectorizer():
    pipeline = make_pipeline(ArabicNormalizer(), CountVectorizer(), LogisticRegression())
    texts = ["أحمد في المدرسة", "البيت الكبير"] * 4
    answers = cross_val_predict(pipeline, texts, [0, 1] * 4, cv=2)
    assert answers.tolist() == [0, 1] * 4
    assert "المدرسه" in pipeline.fit(texts, [0, 1] * 4)[1].vocabulary_


@pytest.mark.parametrize(
    "copy", [clone, lambda made: pickle.loads(pickle.dumps(made))], ids=["clone", "pickle"]
)
def test_copies(copy):
    normalizer = copy(ArabicNormalizer("light", {"ta_marbuta": True}))
    assert normalizer.get_params() == {"profile": "light", "options": {"ta_marbuta": True}}
    assert normalizer.fit_transform(["مدرسة"]) == ["مدرسه"]
    assert copy(EntityCounts(MATCHER)).fit_transform(TEXTS).tolist() == COUNTS


def test_a_clone_shares_the_matcher():
    assert clone(EntityCounts(MATCHER)).matcher is MATCHER


def test_parameters_can_be_searched():
    normalizer = ArabicNormalizer().set_params(options={"ta_marbuta": False})
    assert normalizer.fit_transform(["مدرسة"]) == ["مدرسة"]


def test_errors():
    with pytest.raises(kayan.KayanError, match="serch"):
        ArabicNormalizer("serch").fit(TEXTS)
    with pytest.raises(TypeError, match=r"matcher must be a kayan\.Matcher, got dict"):
        EntityCounts({"دبي": "LOC"}).fit(TEXTS)
    with pytest.raises(kayan.KayanError, match="expected one column of texts, got 2"):
        EntityCounts(MATCHER).fit_transform(pd.DataFrame({"a": TEXTS, "b": TEXTS}))
    with pytest.raises(TypeError, match="row 0: expected str or a null, got int"):
        EntityCounts(MATCHER).fit_transform([1])
