"""Charts of real matches as PNG, with Arabic letters joined and from right to left."""

import io

import pytest

import kayan

matplotlib = pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")
pytest.importorskip("networkx")
pytest.importorskip("pandas")

import matplotlib.pyplot as plt
from matplotlib import ft2font

import kayan.plot

matplotlib.use("Agg")
DATES = ["2024-01-05", "2024-01-20", None, "2024-03-01"]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def matches():
    gazetteer = kayan.Gazetteer.from_records(
        [
            {"name": "عمان", "label": "CITY"},
            {"name": "عمان", "label": "COUNTRY"},
            {"name": "مصر", "label": "COUNTRY"},
            {"name": "الأمم المتحدة"},
        ]
    )
    texts = ["مصر ومصر وعمان", "الأمم المتحدة في مصر", None, "مصر"]
    return kayan.Matcher(gazetteer).find_batch(texts)


def image(figure):
    """The pixels of a PNG of the figure, as brightness from 0 to 1."""
    file = io.BytesIO()
    figure.savefig(file, format="png")
    file.seek(0)
    return plt.imread(file)[:, :, :3].mean(axis=2)


def ink(figure):
    return (image(figure) < 0.9).sum()


DRAW = {
    "bar": kayan.plot.bar,
    "network": kayan.plot.network,
    "timeline": lambda matches, **options: kayan.plot.timeline(matches, DATES, "M", **options),
}


@pytest.mark.parametrize("kind", DRAW)
def test_draws_something(kind, matches):
    ax = DRAW[kind](matches)
    empty_axes = 0 if kind == "network" else ink(plt.subplots(figsize=ax.figure.get_size_inches())[0])
    assert ink(ax.figure) > empty_axes + 1000


@pytest.mark.parametrize("kind", DRAW)
def test_draws_on_axes_of_yours(kind, matches):
    figure, (left, right) = plt.subplots(1, 2)
    assert DRAW[kind](matches, ax=right) is right
    assert not left.has_data()
    assert right.has_data()
    assert plt.get_fignums() == [figure.number]


def test_bars_are_the_counts(matches):
    ax = kayan.plot.bar(matches)
    counts = matches.counts()
    names = [kayan.plot._shaped(name) for name in counts["name"]]
    assert [text.get_text() for text in ax.get_yticklabels()] == names
    # Namesakes are bars of their own.
    bars = sorted(ax.patches, key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in bars] == counts["count"].tolist() == [4, 1, 1, 1]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["CITY", "COUNTRY", "ENTITY"]
    assert ax.yaxis_inverted()
    assert sorted(text.get_text() for text in ax.texts) == ["1", "1", "1", "4"]
    from kayan._views import colours

    slots = colours.slots(["CITY", "COUNTRY", "ENTITY"])
    wanted = [colours.strong(slots[label]) for label in counts["label"].fillna("ENTITY")]
    assert [matplotlib.colors.to_hex(bar.get_facecolor()) for bar in bars] == wanted, "as in marked text"
    assert len(kayan.plot.bar(matches, top=2).patches) == 2


def test_the_network_is_the_pairs(matches):
    ax = kayan.plot.network(matches)
    pairs = matches.cooccurrence()
    assert len(ax.lines) == len(pairs) == 2
    assert len([text for text in ax.texts if text.get_text()]) == len(ax.collections) == 3
    again = kayan.plot.network(matches)
    assert [tuple(text.xy) for text in ax.texts] == [tuple(text.xy) for text in again.texts]
    assert len(kayan.plot.network(matches, top=1).texts) == 2


def test_the_timeline_is_the_periods(matches):
    ax = DRAW["timeline"](matches)
    table = matches.timeline(DATES, "M")
    for line, name in zip(ax.lines, table, strict=True):
        drawn = line.get_ydata()
        # A month in which nothing was found is a gap.
        assert np.isnan(drawn).tolist() == [False, True, False]
        assert drawn[[0, 2]].tolist() == table[name].iloc[[0, 2]].tolist()
    assert len(ax.patches) == 1, "which is shaded"
    assert [str(day)[:10] for day in ax.lines[0].get_xdata()] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert len(DRAW["timeline"](matches, top=1).lines) == 1


@pytest.mark.parametrize("kind", DRAW)
def test_nothing_found(kind):
    ax = DRAW[kind](kayan.Matcher(["مصر"]).find_batch(["", None, "", "دبي"]))
    image(ax.figure)
    assert not ax.has_data()


def many(count):
    """Matches of so many entities of five labels, which stand together in groups."""
    names = [f"كيان {'ابتثجحخدذرزس'[n % 12]} {n} الطويل الاسم" for n in range(count)]
    matcher = kayan.Matcher({name: f"LABEL_{n % 5}" for n, name in enumerate(names)})
    texts = [
        " ثم ".join(names[(n * n + k * (n % 7 + 1)) % count] for k in range(4)) for n in range(3 * count)
    ]
    return matcher.find_batch(texts), [f"2024-{n % 9 + 1:02d}-01" for n in range(len(texts))]


def overlaps(texts, figure):
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in texts if text.get_text() and text.get_visible()]
    return [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if _area(a, b) > 1]


def _area(a, b):
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return max(0, wide) * max(0, high)


@pytest.mark.parametrize("own_axes", [False, True])
@pytest.mark.parametrize("count", [5, 20, 60])
def test_no_two_names_lie_on_each_other(count, own_axes):
    matches, dates = many(count)
    assert len(matches.counts()) == count
    size = (10, 4 + count / 5)
    for draw in (
        lambda **ax: kayan.plot.bar(matches, top=count, **ax),
        lambda **ax: kayan.plot.network(matches, top=2 * count, **ax),
        lambda **ax: kayan.plot.timeline(matches, dates, "M", top=min(count, 20), **ax),
    ):
        ax = draw(ax=plt.subplots(figsize=size)[1]) if own_axes else draw()
        texts = [*ax.texts, *ax.get_yticklabels()] if ax.axison else ax.texts
        assert overlaps(texts, ax.figure) == []
        if ax.get_legend():
            box = ax.get_legend().get_window_extent()
            assert box.x0 >= ax.bbox.x1, "the legend stands beside the data"


def test_labels_side_by_side():
    matches, _ = many(20)
    figure = kayan.plot.bars_by_label(matches, top=3)
    assert [ax.get_title(loc="left").split(":")[0] for ax in figure.axes] != []
    assert sorted(ax.get_title(loc="left").split(":")[0] for ax in figure.axes) == [
        f"LABEL_{n}" for n in range(5)
    ]
    assert all(len(ax.patches) == 3 for ax in figure.axes)
    assert [overlaps(ax.get_yticklabels(), figure) for ax in figure.axes] == [[]] * 5
    empty = kayan.plot.bars_by_label(kayan.Matcher(["مصر"]).find_batch([""]))
    image(empty)


def test_tables_of_counts(matches):
    import pandas as pd

    counts = matches.counts()
    assert len(kayan.plot.bar(counts).patches) == len(kayan.plot.bar(counts[["name", "count"]]).patches) == 4
    pairs = pd.DataFrame({"left": ["a", "b"], "right": ["b", "c"], "count": [1, 2]})
    assert len(kayan.plot.network(pairs).lines) == 2
    ax = kayan.plot.timeline(matches.timeline(DATES, "M"))
    assert len(ax.lines) == 4 or len(ax.lines) == 3
    with pytest.raises(kayan.KayanError, match="it has no 'count'"):
        kayan.plot.bar(counts[["name"]])


def test_a_network_says_what_it_leaves_out():
    matches, _ = many(20)
    every = len(matches.cooccurrence())
    assert kayan.plot.network(matches, top=7).get_title(loc="left") == f"the 7 most frequent of {every} pairs"
    assert kayan.plot.network(matches, top=every).get_title(loc="left") == ""


@pytest.mark.parametrize("kind", DRAW)
def test_an_svg_has_real_text(kind, matches):
    file = io.StringIO()
    with kayan.plot.svg_text():
        DRAW[kind](matches).figure.savefig(file, format="svg")
    assert ">مصر</text>" in file.getvalue()


def label_of(name):
    """The pixels of a chart's label, cut to its ink."""
    (label,) = kayan.plot.bar(kayan.Matcher([name]).find_batch([name])).get_yticklabels()
    figure = plt.figure(figsize=(6, 2))
    figure.text(0.5, 0.4, label.get_text(), fontfamily=label.get_fontfamily(), fontsize=40)
    dark = image(figure) < 0.5
    rows, columns = np.nonzero(dark)
    return dark[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def test_letters_are_joined():
    joined = label_of("سسسس")
    assert joined.any(axis=0).all()  # no gap between the letters


def test_letters_go_from_right_to_left():
    label = label_of("اسس")
    high = np.nonzero(label[: len(label) // 3].any(axis=0))[0]  # only alef is this high
    assert high.min() > label.shape[1] / 2


def test_fonts_of_yours_come_first(matches):
    with matplotlib.rc_context({"font.family": ["DejaVu Serif"]}):
        ax = kayan.plot.bar(matches)
        assert ax.get_yticklabels()[0].get_fontfamily() == ["DejaVu Serif", "DejaVu Sans"]
        image(ax.figure)  # DejaVu Serif has no Arabic letters: without the second, matplotlib would warn


def test_an_older_matplotlib_gets_letters_that_are_shaped(monkeypatch):
    pytest.importorskip("arabic_reshaper")
    pytest.importorskip("bidi")
    monkeypatch.delattr(ft2font, "__libraqm_version__", raising=False)
    # The initial, medial and final form of lam, from the end to the beginning.
    assert kayan.plot._shaped("للل") == "\ufede\ufee0\ufedf"
    assert kayan.plot._shaped("CITY") == "CITY"
