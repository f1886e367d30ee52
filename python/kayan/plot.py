"""Charts of what was found, with Arabic labels whose letters are joined: ``pip install "kayan[plot]"``.

Text is drawn in the fonts of ``matplotlib.rcParams["font.family"]``, and where these have no Arabic letters
in DejaVu Sans, which comes with matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kayan._matches import Matches
from kayan._spans import NO_LABEL

try:
    import matplotlib
    from matplotlib import ft2font
    from matplotlib import pyplot as plt
    from matplotlib.text import Text
    from matplotlib.ticker import MaxNLocator
except ImportError:
    raise ImportError('kayan.plot needs matplotlib: pip install "kayan[plot]"') from None

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def bar(matches: Matches, top: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how often each entity was found, as horizontal bars, the most frequent first.

    Parameters
    ----------
    matches : Matches
        What `Matcher.find_batch` returned.
    top : int, default 20
        How many entities to show.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        One colour for each label. Two entities with one name are two bars, as in `Matches.counts`.

    Raises
    ------
    ImportError
        If pandas is not installed, as for the other charts.

    Examples
    --------
    >>> import kayan, kayan.plot
    >>> matches = kayan.Matcher({"القاهرة": "CITY", "مصر": "COUNTRY"}).find_batch(["القاهرة", "مصر ومصر"])
    >>> len(kayan.plot.bar(matches).patches)
    2
    """
    shown = matches.counts().head(top)
    labels = shown["label"].fillna(NO_LABEL)
    ax = _axes(ax, height=1 + 0.3 * len(shown))
    # By position: two entities may have the same name.
    for number, label in enumerate(sorted(set(labels))):
        rows = shown[labels == label]
        ax.barh(rows.index, rows["count"], color=f"C{number % 10}", label=_shaped(label))
    ax.set_yticks(shown.index, map(_shaped, shown["name"]))
    ax.invert_yaxis()
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("matches")
    return _finished(ax, legend=labels.nunique() > 1)


def network(matches: Matches, top: int = 30, ax: Axes | None = None) -> Axes:
    """Draw which entities were found in the same texts, as a network.

    Parameters
    ----------
    matches : Matches
    top : int, default 30
        How many pairs to show, those with the most texts in common first.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A node for each name, larger with more matches; a line for each pair, broader with more texts. The
        layout is the same each time.

    Raises
    ------
    ImportError
        If networkx is not installed.

    Examples
    --------
    >>> import kayan, kayan.plot
    >>> matches = kayan.Matcher(["القاهرة", "مصر"]).find_batch(["القاهرة في مصر", "مصر"])
    >>> sorted(text.get_text() for text in kayan.plot.network(matches).texts)
    ['القاهرة', 'مصر']
    """
    try:
        import networkx as nx
    except ImportError:
        raise ImportError('network() needs networkx: pip install "kayan[plot]"') from None

    pairs = matches.cooccurrence().head(top)
    counts = matches.counts().groupby("name")["count"].sum()
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs.itertuples(index=False))
    places = nx.spring_layout(graph, seed=0)
    ax = _axes(ax, height=6)
    broadest = pairs["count"].max()
    for left, right, texts in pairs.itertuples(index=False):
        ends = zip(places[left], places[right], strict=True)
        ax.plot(*ends, color="0.75", linewidth=0.5 + 4 * texts / broadest, zorder=1)
    largest = counts.max()
    behind = {"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.5}
    for name, (x, y) in places.items():
        across = 8 + 16 * counts[name] / largest  # points; scatter() takes its square
        ax.scatter(x, y, s=across**2, color="C0", zorder=2)
        above = (0, across / 2 + 2)
        ax.annotate(_shaped(name), (x, y), above, textcoords="offset points", ha="center", bbox=behind)
    ax.margins(0.15)
    ax.set_axis_off()
    return _finished(ax)


def timeline(matches: Matches, dates: Any, freq: str = "D", top: int = 8, ax: Axes | None = None) -> Axes:
    """Draw how often entities were found over time.

    Parameters
    ----------
    matches : Matches
    dates, freq
        As on `Matches.timeline`: a date for each text, and a pandas period alias.
    top : int, default 8
        How many entities to show, the most frequent first.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A line for each name, at the beginning of each period.

    Raises
    ------
    KayanError
        If there aren't as many dates as texts.

    Examples
    --------
    >>> import kayan, kayan.plot
    >>> matches = kayan.Matcher(["مصر"]).find_batch(["مصر", "مصر ومصر"])
    >>> kayan.plot.timeline(matches, ["2024-01-31", "2024-02-01"], freq="M").lines[0].get_ydata().tolist()
    [1, 2]
    """
    table = matches.timeline(dates, freq)
    ax = _axes(ax, height=4.5)
    for name in table.columns[:top]:
        ax.plot(table.index.to_timestamp(), table[name].to_numpy(), marker=".", label=_shaped(name))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylabel("matches")
    return _finished(ax, legend=bool(ax.lines))


def _axes(ax: Axes | None, height: float) -> Axes:
    return plt.subplots(figsize=(8, height), layout="constrained")[1] if ax is None else ax


def _finished(ax: Axes, legend: bool = False) -> Axes:
    if legend:
        ax.legend()
    for text in ax.findobj(Text):
        text.set_fontfamily([*matplotlib.rcParams["font.family"], "DejaVu Sans"])
    return ax


def _shaped(text: str) -> str:
    """Return `text` as matplotlib draws it rightly: since 3.11 that is as it is."""
    if hasattr(ft2font, "__libraqm_version__"):
        return text
    try:
        from arabic_reshaper import reshape
        from bidi.algorithm import get_display
    except ImportError:
        raise ImportError(
            "Arabic labels need matplotlib 3.11, or beside an older one: "
            "pip install arabic-reshaper python-bidi"
        ) from None
    return str(get_display(reshape(text)))
