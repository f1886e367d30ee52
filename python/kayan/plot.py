"""Charts of what was found, with Arabic labels whose letters are joined: ``pip install "kayan[plot]"``.

A label has the colour that it has in marked text. Names stand beside what they name, and no two names on top
of each other. Text is drawn in the fonts of ``matplotlib.rcParams["font.family"]``, and where these have no
Arabic letters in DejaVu Sans, which comes with matplotlib. For an SVG with text that can be selected and
searched, draw and save within ``kayan.plot.svg_text()``.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kayan._matches import Matches
from kayan._spans import NO_LABEL
from kayan._views import colours

try:
    import matplotlib
    from matplotlib import ft2font
    from matplotlib import pyplot as plt
    from matplotlib.patches import Patch
    from matplotlib.text import Text
    from matplotlib.ticker import MaxNLocator
except ImportError:
    raise ImportError('kayan.plot needs matplotlib: pip install "kayan[plot]"') from None

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_GREY = "#6b6b76"
_MOST_TURNS = 400  # of the loop that pulls names apart


def bar(matches: Any, top: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how often each entity was found, as horizontal bars, the most frequent first.

    Parameters
    ----------
    matches : Matches, or a table with the columns name and count
        What `Matcher.find_batch` returned; or counts of your own, as `Matches.counts` returns them, in a
        DataFrame or anything that ``pandas.DataFrame`` takes. Its column label is optional.
    top : int, default 20
        How many entities to show.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        One colour for each label, and the count at each bar. Two entities with one name are two bars, as in
        `Matches.counts`.

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
    counts = _counts(matches)
    shown = counts.head(top)
    labels = shown["label"].fillna(NO_LABEL)
    ax = _axes(ax, height=1 + 0.3 * len(shown))
    slots = colours.slots(set(labels))
    # By position: two entities may have the same name.
    bars = ax.barh(shown.index, shown["count"], color=[colours.strong(slots[label]) for label in labels])
    if len(shown):
        ax.bar_label(bars, [f"{count:,}" for count in shown["count"]], padding=3, color=_GREY)
        ax.margins(x=0.12)
    ax.set_yticks(shown.index, map(_shaped, shown["name"]))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(_of("matches", len(shown), len(counts), "entities"))
    return _finished(ax, labels=slots if labels.nunique() > 1 else {})


def bars_by_label(matches: Any, top: int = 8, columns: int = 3) -> Figure:
    """Draw the most frequent entities of each label, as small charts side by side.

    Parameters
    ----------
    matches : Matches, or a table with the columns name, label and count
        As in `bar`.
    top : int, default 8
        How many entities of each label to show.
    columns : int, default 3
        How many charts stand side by side.

    Returns
    -------
    matplotlib.figure.Figure
        A chart for each label, that with the most matches first, all with the same scale.

    Examples
    --------
    >>> import kayan, kayan.plot
    >>> matches = kayan.Matcher({"القاهرة": "CITY", "مصر": "COUNTRY"}).find_batch(["القاهرة", "مصر ومصر"])
    >>> [ax.get_title(loc="left") for ax in kayan.plot.bars_by_label(matches).axes]
    ['COUNTRY: 2', 'CITY: 1']
    """
    counts = _counts(matches)
    counts = counts.assign(label=counts["label"].fillna(NO_LABEL))
    totals = counts.groupby("label")["count"].sum().sort_values(ascending=False, kind="stable")
    slots = colours.slots(totals.index)
    across = max(1, min(columns, len(totals)))
    down = max(1, math.ceil(len(totals) / across))
    height = 0.8 + 0.28 * min(top, counts.groupby("label").size().max() if len(counts) else 1)
    figure: Figure
    figure, grid = plt.subplots(
        down, across, figsize=(4 * across, height * down), layout="constrained", squeeze=False, sharex=True
    )
    for ax, (label, total) in zip(grid.flat, totals.items(), strict=False):
        shown = counts[counts["label"] == label].head(top).reset_index(drop=True)
        bars = ax.barh(shown.index, shown["count"], color=colours.strong(slots[label]))
        ax.bar_label(bars, [f"{count:,}" for count in shown["count"]], padding=3, color=_GREY)
        ax.set_yticks(shown.index, map(_shaped, shown["name"]))
        ax.set_ylim(min(top, height * 4) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0)
        ax.set_title(_shaped(f"{label}: {total:,}"), loc="left", fontsize="medium")
        ax.margins(x=0.2)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        _finished(ax)
    for ax in list(grid.flat)[len(totals) :]:
        ax.remove()
    return figure


def network(matches: Any, top: int = 30, ax: Axes | None = None) -> Axes:
    """Draw which entities were found in the same texts, as a network.

    Parameters
    ----------
    matches : Matches, or a table with the columns left, right and count
        What `Matcher.find_batch` returned; or pairs as `Matches.cooccurrence` returns them.
    top : int, default 30
        How many pairs to show, those with the most texts in common first; a note says how many more there
        are.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure, larger with more names.

    Returns
    -------
    matplotlib.axes.Axes
        A node for each name, larger with more matches, in the colour of its label; a line for each pair,
        broader with more texts. Groups without a line between them stand apart. The layout is the same each
        time. Names are moved until no two lie on each other.

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

    every, sizes, label_of = _pairs(matches)
    pairs = every.head(top)
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs.itertuples(index=False))
    names = len(graph)
    ax = _axes(ax, height=max(6.0, 1.0 * math.sqrt(names) + 1.5), width=max(9.0, 1.4 * math.sqrt(names)))
    slots = colours.slots({label_of[name] for name in graph})
    if len(every) > len(pairs):
        note = f"the {len(pairs):,} most frequent of {len(every):,} pairs"
        ax.set_title(note, loc="left", fontsize="small", color=_GREY)
    ax.set_axis_off()
    largest = max((sizes[name] for name in graph), default=1)
    # In points; scatter() takes the square.
    across = {name: 7 + 17 * math.sqrt(sizes[name] / largest) for name in graph}
    texts = {
        name: ax.annotate(
            _shaped(name),
            (0.5, 0.5),
            (0, across[name] / 2 + 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            zorder=3,
            bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.5},
        )
        for name in graph
    }
    _finished(ax, labels=slots if len(slots) > 1 else {})
    places = _pulled_apart(ax, _layout(nx, graph), texts, across)
    broadest = pairs["count"].max()
    for left, right, shared in pairs.itertuples(index=False):
        ends = zip(places[left], places[right], strict=True)
        ax.plot(*ends, color="0.8", linewidth=0.6 + 4 * shared / broadest, zorder=1, solid_capstyle="round")
    for name, place in places.items():
        texts[name].xy = place
        colour = colours.strong(slots[label_of[name]])
        ax.scatter(*place, s=across[name] ** 2, color=colour, edgecolor="white", linewidth=1, zorder=2)
    return ax


def timeline(matches: Any, dates: Any = None, freq: str = "D", top: int = 8, ax: Axes | None = None) -> Axes:
    """Draw how often entities were found over time.

    Parameters
    ----------
    matches : Matches, or a table of counts
        What `Matcher.find_batch` returned; or a DataFrame with a row for each period and a column for each
        name, as `Matches.timeline` returns it. None and NaN are gaps.
    dates, freq
        As on `Matches.timeline`: a date for each text, and a pandas period alias. A table needs neither.
    top : int, default 8
        How many entities to show, the most frequent first.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A line for each name, with its name at its end, at the beginning of each period. Periods in which
        nothing at all was found are gaps and shaded: there is no telling whether there were texts.

    Raises
    ------
    KayanError
        If there aren't as many dates as texts.

    Examples
    --------
    >>> import kayan, kayan.plot
    >>> matches = kayan.Matcher(["مصر"]).find_batch(["مصر", "مصر ومصر"])
    >>> kayan.plot.timeline(matches, ["2024-01-31", "2024-02-01"], freq="M").lines[0].get_ydata().tolist()
    [1.0, 2.0]
    """
    table = matches.timeline(dates, freq) if isinstance(matches, Matches) else matches
    shown = table[table.columns[:top]].astype(float)
    ax = _axes(ax, height=max(4.5, 1 + 0.24 * len(shown.columns)), width=9)
    periods = shown.index.to_timestamp() if hasattr(shown.index, "to_timestamp") else shown.index
    empty = ~(table.fillna(0) != 0).any(axis=1).to_numpy()
    shown.loc[empty] = math.nan
    ends: list[Any] = []
    for number, name in enumerate(shown.columns):
        values = shown[name].to_numpy()
        colour = colours.PALETTE[number % len(colours.PALETTE)]
        style = ("-", "--", "-.", ":")[number // 6 % 4]
        ax.plot(periods, values, style, marker="o", markersize=3.5, linewidth=1.8, color=colour)
        known = [at for at, value in enumerate(values) if not math.isnan(value)]
        if known:
            at = known[-1]
            ends.append(
                ax.annotate(
                    _shaped(str(name)),
                    (periods[at], values[at]),
                    (8, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left",
                    color=colours.mixed(colour, "#000000", 0.75),
                    annotation_clip=False,
                )
            )
    for at in range(len(periods)):
        if empty[at] and len(periods) > 1:
            half = (periods[1] - periods[0]) / 2
            ax.axvspan(periods[at] - half, periods[at] + half, color="0.93", linewidth=0, zorder=0)
    if len(shown):
        ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylabel("matches")
    ax.grid(axis="y", color="0.9")
    ax.set_title(
        _of("", len(shown.columns), len(table.columns), "entities"), loc="left", fontsize="small", color=_GREY
    )
    _finished(ax)
    _stack(ax, ends)
    return ax


@contextlib.contextmanager
def svg_text() -> Iterator[None]:
    """Within it, SVG files are written with text as text, not as outlines.

    Text in an SVG is shown in the fonts of the reader's machine, letters joined by the browser, and can be
    selected and searched. matplotlib before 3.11 gets its letters in their shapes, in the order in which
    they are drawn; there, outlines are safer.

    Examples
    --------
    >>> import io, kayan, kayan.plot
    >>> matches = kayan.Matcher(["مصر"]).find_batch(["مصر"])
    >>> file = io.StringIO()
    >>> with kayan.plot.svg_text():
    ...     kayan.plot.bar(matches).figure.savefig(file, format="svg")
    >>> "مصر" in file.getvalue()
    True
    """
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        yield


def _counts(matches: Any) -> Any:
    """Return the counts of matches, or a table of counts with what it lacks, the most frequent first."""
    if isinstance(matches, Matches):
        return matches.counts()
    import pandas as pd

    frame = pd.DataFrame(matches).reset_index(drop=True)
    _need(frame, ("name", "count"))
    if "label" not in frame:
        frame = frame.assign(label=None)
    return frame.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)


def _pairs(matches: Any) -> tuple[Any, Mapping[str, float], Mapping[str, str]]:
    """Return pairs, the size of each name and its label; of two labels, the more frequent."""
    if isinstance(matches, Matches):
        counts = matches.counts()
        sizes = counts.groupby("name")["count"].sum().to_dict()
        first = counts.drop_duplicates("name")
        labels = dict(zip(first["name"], first["label"].fillna(NO_LABEL), strict=True))
        return matches.cooccurrence(), sizes, labels
    import pandas as pd

    frame = pd.DataFrame(matches)
    _need(frame, ("left", "right", "count"))
    frame = frame[["left", "right", "count"]].sort_values("count", ascending=False, kind="stable")
    sizes = pd.concat([frame["left"], frame["right"]]).to_frame("name")
    sizes = sizes.assign(count=pd.concat([frame["count"], frame["count"]])).groupby("name")["count"].sum()
    return frame, sizes.to_dict(), dict.fromkeys(sizes.index, NO_LABEL)


def _need(frame: Any, columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in frame]
    if missing:
        from kayan._core import KayanError

        raise KayanError(
            f"expected Matches or a table with the columns {', '.join(columns)}; "
            f"it has no {' and no '.join(map(repr, missing))}"
        )


def _layout(nx: Any, graph: Any) -> dict[str, tuple[float, float]]:
    """Place each group of linked nodes by itself, in a box as large as it needs, the largest first."""
    groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    places: dict[str, tuple[float, float]] = {}
    row_width = max(1.0, sum(math.sqrt(len(group)) for group in groups) / max(1, math.sqrt(len(groups))))
    x = y = tallest = 0.0
    for group in groups:
        side = math.sqrt(len(group))
        if x and x + side > row_width:
            x, y, tallest = 0.0, y - tallest - 1.0, 0.0
        part = graph.subgraph(sorted(group))
        nodes = _by_distance(nx, part)
        xs, ys = zip(*nodes.values(), strict=True)
        for name, (px, py) in nodes.items():
            across = (px - min(xs)) / ((max(xs) - min(xs)) or 1)
            up = (py - min(ys)) / ((max(ys) - min(ys)) or 1)
            places[name] = (x + side * across, y - side * (1 - up))
        x += side + 1.0
        tallest = max(tallest, side)
    return places


def _by_distance(nx: Any, graph: Any) -> dict[str, tuple[float, float]]:
    """Place the nodes of one group as far apart as there are lines between them (stress majorization)."""
    import numpy as np

    names = list(graph)
    number = {name: at for at, name in enumerate(names)}
    far = np.zeros((len(names), len(names)))
    for name, reached in nx.all_pairs_shortest_path_length(graph):
        for other, steps in reached.items():
            far[number[name], number[other]] = steps
    np.fill_diagonal(far, 1)
    weight = 1 / far**2
    np.fill_diagonal(weight, 0)
    angle = np.arange(len(names)) * 2.399963  # the golden angle: no two start at one place
    at = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(1 + np.arange(len(names)))[:, None]
    for _ in range(200):
        apart = at[:, None] - at[None]
        length = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        wanted = at[None] + apart * (far / length)[:, :, None]
        at = (weight[:, :, None] * wanted).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)[:, None]
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _pulled_apart(
    ax: Axes, places: Mapping[str, tuple[float, float]], texts: Mapping[str, Any], across: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Move nodes, each with the name above it, until no two lie on each other; axes are in pixels then."""
    figure: Any = ax.get_figure()
    figure.draw_without_rendering()
    # The frame must not follow what is drawn into it.
    figure.set_layout_engine("none")
    point = figure.dpi / 72
    frame = ax.bbox.width, ax.bbox.height
    ax.set_xlim(0, frame[0])
    ax.set_ylim(0, frame[1])
    names = list(places)
    boxes = [texts[name].get_window_extent() for name in names]
    nodes = [across[name] * point for name in names]
    wide = [max(box.width, node) + 6 * point for box, node in zip(boxes, nodes, strict=True)]
    high = [box.height + node + 6 * point for box, node in zip(boxes, nodes, strict=True)]
    # The middle of a node with its name, from the middle of the node.
    rise = [(box.height + 2 * point) / 2 for box in boxes]
    size = list(zip(wide, high, strict=True))
    middle = []
    for axis in (0, 1):
        values = [places[name][axis] for name in names]
        low, span = min(values, default=0), (max(values, default=0) - min(values, default=0)) or 1
        # Half by place and half by order, which spreads what is dense.
        order = {at: rank for rank, at in enumerate(sorted(range(len(values)), key=values.__getitem__))}
        shares = [
            ((value - low) / span + order[at] / max(1, len(values) - 1)) / 2
            for at, value in enumerate(values)
        ]
        middle.append([frame[axis] * (0.08 + 0.84 * share) for share in shares])
    for _ in range(_MOST_TURNS):
        moved = False
        for i in range(len(names)):
            for j in range(i):
                by = [(size[i][a] + size[j][a]) / 2 - abs(middle[a][i] - middle[a][j]) for a in (0, 1)]
                if min(by) <= 0:
                    continue
                moved = True
                # Along the axis on which they are nearer to being apart.
                a = 0 if by[0] / frame[0] < by[1] / frame[1] else 1
                sign = 1 if middle[a][i] >= middle[a][j] else -1
                middle[a][i] += sign * (by[a] / 2 + 0.5)
                middle[a][j] -= sign * (by[a] / 2 + 0.5)
            for a in (0, 1):
                middle[a][i] = min(max(middle[a][i], size[i][a] / 2), frame[a] - size[i][a] / 2)
        if not moved:
            break
    return {name: (middle[0][i], middle[1][i] - rise[i]) for i, name in enumerate(names)}


def _stack(ax: Axes, texts: list[Any]) -> None:
    """Move names at the ends of lines up or down until no two lie on each other, and make room for them."""
    if not texts:
        return
    figure: Any = ax.get_figure()
    figure.draw_without_rendering()
    point = figure.dpi / 72
    order = sorted(texts, key=lambda text: ax.transData.transform((0, text.xy[1]))[1])
    ends = [text.get_window_extent() for text in order]
    floor = -math.inf
    heights = []
    for box in ends:
        bottom = max(box.y0, floor)
        heights.append(bottom)
        floor = bottom + box.height + 1.5 * point
    # What was pushed over the top comes down again.
    ceiling = ax.bbox.y1 + 6 * point
    for at in range(len(order) - 1, -1, -1):
        if heights[at] + ends[at].height > ceiling:
            heights[at] = ceiling - ends[at].height
        ceiling = heights[at] - 1.5 * point
    right = max(box.x1 for box in ends)
    last = max(box.x0 for box in ends)
    for text, box, bottom in zip(order, ends, heights, strict=True):
        text.set_position(((last - box.x0) / point + 8, (bottom - box.y0) / point))
    if figure.get_layout_engine() is not None:
        return  # it makes room itself
    low, high = ax.get_xlim()
    room = (right - last + 14 * point) / max(1.0, ax.bbox.width - (right - last))
    ticks = [tick for tick in ax.get_xticks() if low <= tick <= high]
    ax.set_xlim(low, high + (high - low) * min(room, 1.0))
    ax.set_xticks(ticks)


def _of(what: str, shown: int, every: int, kind: str) -> str:
    """Return e.g. ``"matches; the 20 most frequent of 134 entities"``."""
    if shown >= every:
        return what
    return "; ".join(filter(None, [what, f"the {shown:,} most frequent of {every:,} {kind}"]))


def _axes(ax: Axes | None, height: float, width: float = 8) -> Axes:
    return plt.subplots(figsize=(width, height), layout="constrained")[1] if ax is None else ax


def _finished(ax: Axes, labels: Mapping[str, int] | None = None) -> Axes:
    """Put the legend beside the data, and give each text a font that has its letters."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    if labels:
        patches = [
            Patch(color=colours.strong(slot), label=_shaped(label)) for label, slot in sorted(labels.items())
        ]
        ax.legend(handles=patches, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, borderaxespad=0)
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
