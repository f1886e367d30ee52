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
    assert len(kayan.plot.bar(matches, top=2).patches) == 2


def test_the_network_is_the_pairs(matches):
    ax = kayan.plot.network(matches)
    pairs = matches.cooccurrence()
    assert len(ax.lines) == len(pairs) == 2
    assert len(ax.texts) == len(ax.collections) == 3
    again = kayan.plot.network(matches)
    assert [tuple(text.xy) for text in ax.texts] == [tuple(text.xy) for text in again.texts]
    assert len(kayan.plot.network(matches, top=1).texts) == 2


def test_the_timeline_is_the_periods(matches):
    ax = DRAW["timeline"](matches)
    table = matches.timeline(DATES, "M")
    assert [line.get_ydata().tolist() for line in ax.lines] == [table[name].tolist() for name in table]
    assert [str(day)[:10] for day in ax.lines[0].get_xdata()] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert len(DRAW["timeline"](matches, top=1).lines) == 1


@pytest.mark.parametrize("kind", DRAW)
def test_nothing_found(kind):
    ax = DRAW[kind](kayan.Matcher(["مصر"]).find_batch(["", None, "", "دبي"]))
    image(ax.figure)
    assert not ax.has_data()


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
