"""The main job on a sample article: which names of a list are mentioned, where, and how often.

Run: ``python examples/quickstart.py``
"""

from pathlib import Path

import kayan

here = Path(__file__).parent
article = (here / "article.txt").read_text(encoding="utf-8")

matcher = kayan.Matcher(kayan.Gazetteer.from_csv(here / "names.csv"))
matches = matcher.find(article)

print(f"{matcher}\n")
print(f"{'where':>10}  {'in the text':<18} {'clitic':<7} {'label':<8} name")
for m in matches:
    assert article[m.start : m.end] == m.text
    print(f"{m.start:>5}-{m.end:<4}  {m.text:<18} {m.prefix:<7} {m.label:<8} {m.name}")

paragraphs = [line for line in article.splitlines() if line]
found = matcher.find_batch(paragraphs)
print(f"\n{found}")
