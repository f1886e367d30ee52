"""Write what the documentation shows of marked text and plots, from the invented news in ``examples``.

Run: ``make docs``, or ``python scripts/make_gallery.py``. The files go into ``docs/gallery``.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pandas as pd

import kayan
import kayan.plot
from kayan._views import page
from kayan._views.marked import Section

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/gallery"
HOME = (
    "التقى الرئيس الفرنسي إيمانويل ماكرون بالدكتور سامر الخطيب في القاهرة أمس، ثم سافر الوفد لإيران وللعراق، "
    "وقال مُحَمَّد إن بغـــداد مستعدة وإن بنك مصر والأمم المتحدة يدعمان المشروع"
)


def without_blank_lines(html: str) -> str:
    """Return HTML that Markdown leaves as it is."""
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def main() -> None:
    """Write the pages and pictures."""
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "kayan"
    OUT.mkdir(exist_ok=True)
    everything = kayan.Matcher(kayan.Gazetteer.builtin())
    shown = Section("", None, HOME, everything.find(HOME))
    OUT.joinpath("home.snippet").write_text(
        without_blank_lines(page.texts_fragment([shown], script=False)), encoding="utf-8"
    )

    news = pd.read_csv(ROOT / "examples/news.csv", parse_dates=["date"])
    followed = kayan.Gazetteer.from_csv(ROOT / "examples/news-names.csv")
    matcher = kayan.Matcher(followed | kayan.Gazetteer.builtin("countries", "cities"))
    matches = matcher.find_batch(news["text"])
    matches.show(news["text"]).to_html(OUT / "show.html", title="Ten articles")
    matches.concordance(news["text"], "البنك الدولي").to_html(OUT / "concordance.html", title="Concordance")
    rows = [list(row) for row in matches.by_row()][:40]
    gold = [
        {"text": text, "entities": [[m.start, m.end, m.label] for m in row if m.name != "سوريا"][:3]}
        for text, row in zip(news["text"][:40], rows, strict=True)
        if isinstance(text, str)
    ]
    kayan.evaluate(matcher, gold).to_html(OUT / "evaluation.html")
    charts = {
        "bar": kayan.plot.bar(matches, top=12).figure,
        "labels": kayan.plot.bars_by_label(matches, top=5),
        "network": kayan.plot.network(matches, top=25).figure,
        "timeline": kayan.plot.timeline(matches, news["date"], "M", top=5).figure,
    }
    for name, figure in charts.items():
        figure.savefig(OUT / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
