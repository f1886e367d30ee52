"""The results as tables and plots: `docs/benchmarks/`, and the section of README.md between its markers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Results = dict[str, Any]
MARKERS = re.compile(r"(?<=<!-- benchmark -->\n).*?(?=<!-- /benchmark -->)", re.DOTALL)
# The rows of the short table.
SHORT = ("1", "4", "6", "7", "8", "9", "10", "13")
KINDS = {"mixed": "mixed", "vocalized": "vowelled", "tweets": "tweets"}
# A plot's file, the series that it shows, its heading.
PLOTS = [
    ("dictionary", "finders", "Time against the size of the dictionary"),
    ("text", "text", "Time against the size of the text"),
    ("threads", "threads", "Speed against the number of threads"),
]


def _address() -> str:
    """Return the address of the project: pages such as PyPI show README.md without the pictures beside it."""
    project = Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8")
    return re.findall(r'^Homepage = "([^"]+?)/?"$', project, re.MULTILINE)[0]


def write(results: Results, folder: Path) -> None:
    """Write the results, the tables and the plots into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, ensure_ascii=False, indent=1) + "\n"
    (folder / "results.json").write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(page(results), encoding="utf-8")
    draw(results["series"], folder)


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; a heading that begins with a space is of a column of numbers."""
    rule = ["---:" if cell.startswith(" ") else "---" for cell in head]
    lines = [[cell.strip() for cell in head], rule, *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.2g}"


def page(results: Results) -> str:
    """Return the page with all tables."""
    parts = [HEAD.format(**results["environment"])]
    if results["rows"]:
        parts += ["## Targets\n", TARGETS, targets(results["rows"])]
    series = results["series"]
    if "finders" in series:
        parts += ["## Finding names: every peer\n", FINDERS, finders(series["finders"])]
    if "normalizers" in series:
        parts += ["## Normalizing: every peer\n", NORMALIZERS, normalizers(series["normalizers"])]
    for name, shown, title in PLOTS:
        if shown in series:
            parts += [f"## {title}\n", f"![{title}]({name}.svg)\n"]
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return "\n".join([*parts, "## Versions\n", versions + ".\n"])


HEAD = """\
# Benchmarks

Written by `make bench`; the figures behind it are in `results.json`.

- Machine: {cpu}, {cores} processors, {memory} GB of memory, {system}, CPython {python}
- kayan at commit {commit}, {date}
- Measured on {data}

All ways of doing a work run in turns in one process, one thread each unless the row says otherwise; a figure is
the median. Each run gets new `str` objects, since CPython keeps the UTF-8 of one once it has encoded it. Answers
are compared before anything is timed; the garbage collector rests meanwhile. MB are millions of bytes of the
original text in UTF-8; an Arabic letter has two. Building and loading, and memory, are measured in processes of
their own.

`make bench DATA=folder ABOUT="what it is"` measures texts and names of your own; `benches/compare/corpora.py`
tells the shape of the folder.
"""
TARGETS = """\
The last column says what was compared; where the work is not the same, it says what each does.
"""
FINDERS = """\
MB/s on one thread for dictionaries of so many names, then the seconds to build the largest. They don't do the
same: what each finds is told beside it, and only kayan folds.
"""
NORMALIZERS = """\
MB/s of each tool, then those of kayan on one thread with the operations nearest to the tool's, with the
share of mixed texts for which both give the same.
"""


def targets(rows: dict[str, Any]) -> str:
    met = {True: "yes", False: "no", None: "–"}
    cells = [
        [
            key,
            row["work"],
            row["target"],
            row["ours"],
            row["theirs"],
            row["figure"],
            met[row["reached"]],
            row["compared"],
        ]
        for key, row in rows.items()
    ]
    return table([" #", "work", "target", " kayan", " other", " figure", "met", "compared"], cells)


def finders(lines: list[dict[str, Any]]) -> str:
    sizes = list(lines[0]["speed"])
    cells = [
        [
            line["title"],
            line["does"],
            *(number(line["speed"].get(size)) for size in sizes),
            number(line["build"].get(sizes[-1])),
        ]
        for line in lines
    ]
    for line, row in zip(lines, cells, strict=True):
        if line["name"] == "polars":
            row[-1] = "–"
    return table(["", "what it does", *(f" {int(size):,}" for size in sizes), " build, s"], cells)


def normalizers(lines: list[dict[str, Any]]) -> str:
    cells = []
    for line in lines:
        speeds = [number(line["speed"][kind]) for kind in KINDS]
        ours, equal = ["–"] * len(KINDS), "–"
        if "ours" in line:
            ours = [number(line["ours speed"][kind]) for kind in KINDS]
            equal = f"{line['equal']['mixed']:.1%}"
        cells.append([line["title"], *speeds, *ours, equal])
    head = [*(f" {kind}" for kind in KINDS.values()), *(f" kayan, {kind}" for kind in KINDS.values())]
    return table(["", *head, " same"], cells)


def readme(results: Results) -> str:
    """Return the section of README.md."""
    rows = {key: results["rows"][key] for key in SHORT if key in results["rows"]}
    cells = [[row["work"], row["ours"], row["theirs"] or "–", row["figure"]] for row in rows.values()]
    return (
        "\n"
        + table(["", " kayan", " other", " figure"], cells)
        + f"\n![Time against the size of the dictionary]({_address()}/raw/main/docs/benchmarks/dictionary.svg)\n\n"
        + README.format(**results["environment"])
    )


README = """\
One thread, medians, on {cpu}. The ratios are of one run, in turns on the same texts ({data}).
`docs/benchmarks/` has every peer, and what is compared where the work is not the same. `make bench` makes the
tables anew, on any machine.
"""


def put_into(path: Path, section: str) -> None:
    """Write the section between the markers of a file."""
    text = path.read_text(encoding="utf-8")
    assert MARKERS.search(text), f"{path.name} has the markers"
    path.write_text(MARKERS.sub(lambda _: section, text), encoding="utf-8")


# --- plots

# Readable on a light page and on a dark one, since the background is the page's.
INK = "#808080"
COLOURS = ["#d9822b", "#3b8bd6", "#5aa469", "#a26cc9", "#c75b7a", "#6f8f9b", "#9a8a3a"]
KAYAN = "#e0455e"


def draw(series: dict[str, Any], folder: Path) -> None:
    """Draw what was measured."""
    if "finders" in series:
        lines = [
            (line["title"].replace("`", ""), {int(n): 1e3 / speed for n, speed in line["speed"].items()})
            for line in series["finders"]
            if line["name"] not in ("kayan one by one", "kayan substrings")
        ]
        plot(
            folder / "dictionary.svg", lines, "names in the dictionary", "milliseconds for a megabyte of text"
        )
    if "text" in series:
        lines = [
            (line["title"], {float(size): s * 1e3 for size, s in line["seconds"].items()})
            for line in series["text"]
        ]
        plot(folder / "text.svg", lines, "megabytes of text", "milliseconds")
    if "threads" in series:
        lines = [
            (line["title"], {int(n): speed for n, speed in line["speed"].items()})
            for line in series["threads"]
        ]
        plot(folder / "threads.svg", lines, "threads", "megabytes of text a second", log=False)


def plot(
    path: Path, lines: list[tuple[str, dict[Any, float]]], across: str, up: str, log: bool = True
) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "kayan", "font.size": 9})
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    figure, axes = pyplot.subplots(figsize=(7.2, 3.6))
    others = iter(COLOURS)
    for title, points in lines:
        ours = title.startswith("kayan")
        colour = KAYAN if title.startswith("kayan find") else next(others)
        axes.plot(
            *zip(*points.items(), strict=True),
            "o-",
            label=title,
            color=colour,
            linewidth=2.4 if ours else 1.4,
            markersize=4,
        )
    if log:
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    else:
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(across, color=INK)
    axes.set_ylabel(up, color=INK)
    axes.tick_params(colors=INK, which="both")
    axes.grid(color=INK, alpha=0.25, linewidth=0.6)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(INK)
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, labelcolor=INK)
    figure.savefig(path, transparent=True, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
