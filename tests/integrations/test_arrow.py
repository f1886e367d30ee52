"""kayan.arrow: an answer for each text of any kind of Arrow column, and streams in bounded memory."""

import itertools

import pytest

import kayan

pa = pytest.importorskip("pyarrow")
arrow = pytest.importorskip("kayan.arrow")

KINDS = {
    "string": lambda texts: pa.array(texts, pa.string()),
    "large": lambda texts: pa.array(texts, pa.large_string()),
    "view": lambda texts: pa.array(texts, pa.string_view()),
    "dictionary": lambda texts: pa.array(texts).dictionary_encode(),
    "slice": lambda texts: pa.array(["دبي", *texts, "دبي"])[1:-1],
    "chunked": lambda texts: pa.chunked_array([texts[:1], [], texts[1:5], texts[5:]], pa.string()),
    "chunked-slice": lambda texts: pa.chunked_array([["x", *texts[:3]], [*texts[3:], "دبي"]])[1:-1],
}


def plain(column):
    """Return lists of structs as lists of tuples, in the order of a Match."""
    return [None if row is None else [tuple(m.values())[:8] for m in row] for row in column.to_pylist()]


@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_those_of_a_list(kind, matcher, texts, found):
    column = KINDS[kind](texts)
    answer = arrow.find(column, matcher)
    answer.validate(full=True)
    assert plain(answer) == found
    assert [field.name for field in answer.type.value_type] == [
        *kayan.Match._fields,
        "rule",
        "edits",
        "similarity",
    ]
    counts = arrow.count(column, matcher)
    counts.validate(full=True)
    assert counts.to_pylist() == [None if row is None else len(row) for row in found]
    contains = arrow.contains(column, matcher)
    contains.validate(full=True)
    assert contains.to_pylist() == [None if row is None else bool(row) for row in found]
    normalized = arrow.normalize(column)
    normalized.validate(full=True)
    assert normalized.type == column.type
    assert normalized.to_pylist() == kayan.normalize(texts)
    for made in (answer, counts, contains, normalized):
        assert isinstance(made, pa.ChunkedArray) == isinstance(column, pa.ChunkedArray)


def test_chunks_are_kept(matcher, texts):
    column = KINDS["chunked"](texts)
    lengths = [len(chunk) for chunk in column.chunks]
    for answer in (
        arrow.find(column, matcher),
        arrow.count(column, matcher),
        arrow.contains(column, matcher),
    ):
        assert [len(chunk) for chunk in answer.chunks] == lengths


@pytest.mark.parametrize(
    "column",
    [pa.array([], pa.string()), pa.array([], pa.string_view()), pa.chunked_array([], pa.string()),
     pa.array([None, None], pa.string()), pa.array([None, None], pa.null()), pa.array(["", ""])],
)  # fmt: skip
def test_no_text(column, matcher):
    rows = [None if text is None else [] for text in column.to_pylist()]
    assert arrow.find(column, matcher).to_pylist() == rows
    assert arrow.count(column, matcher).to_pylist() == [None if row is None else 0 for row in rows]
    assert arrow.contains(column, matcher).to_pylist() == [None if row is None else False for row in rows]


def test_a_null_value_of_a_dictionary_is_a_null(matcher):
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array(["دبي", None]))
    assert arrow.count(column, matcher).to_pylist() == [1, None, None, 1]


def test_labels_and_options(matcher, texts):
    column = pa.array(texts)
    assert arrow.count(column, matcher, "ORG").to_pylist() == [0, None, 0, 0, 1, 0, None, 0]
    assert {m[3] for row in plain(arrow.find(column, matcher, ["LOC"])) for m in row or []} == {"LOC"}
    with pytest.raises(kayan.KayanError, match="no entry has the label 'XYZ'"):
        arrow.contains(column, matcher, "XYZ")
    assert arrow.normalize(pa.array(["مدرسة"]), ta_marbuta=False).to_pylist() == ["مدرسة"]
    light = kayan.Normalizer("light")
    assert arrow.normalize(pa.array(["أحمد"]), light).to_pylist() == ["أحمد"]
    with pytest.raises(kayan.KayanError, match="has its options; got alef"):
        arrow.normalize(pa.array(["أحمد"]), light, alef=True)


@pytest.mark.parametrize("column", [["دبي"], "دبي", pa.array([1]), pa.table({"t": ["دبي"]})])
def test_wrong_column(column, matcher):
    for function in (arrow.find, arrow.count, arrow.contains):
        with pytest.raises(TypeError, match="expected a"):
            function(column, matcher)


def test_a_stream_is_a_table_of_its_texts(matcher, texts):
    table = pa.table({"n": pa.chunked_array([range(3), range(0), range(5)]), "t": KINDS["chunked"](texts)})
    reader = arrow.find_reader(table.to_reader(), "t", matcher)
    streamed = reader.read_all()
    assert streamed.equals(matcher.find_batch(texts).to_arrow().cast(streamed.schema))
    # Anything with an Arrow stream, and labels.
    only = arrow.find_reader(table, "t", matcher, "ORG").read_all()
    assert only["row"].to_pylist() == [4]
    assert arrow.find_reader(table.slice(0, 0), "t", matcher).read_all().schema == streamed.schema
    with pytest.raises(kayan.KayanError, match="expected one column 'x'; columns: n, t"):
        arrow.find_reader(table, "x", matcher)


def test_a_stream_is_read_batch_by_batch(matcher):
    schema = pa.schema({"t": pa.string()})
    read = itertools.count()

    def endless():
        while True:
            next(read)
            yield pa.record_batch({"t": ["دبي", None]}, schema=schema)

    reader = arrow.find_reader(pa.RecordBatchReader.from_batches(schema, endless()), "t", matcher)
    rows = [reader.read_next_batch()["row"][0].as_py() for _ in range(50)]
    assert rows == list(range(0, 100, 2))
    assert next(read) <= 52
