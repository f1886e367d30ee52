"""Hugging Face datasets need no module: the how-to of docs/scaling.md, with two forked processes."""

import subprocess
import sys

import pytest

import kayan

pytest.importorskip("datasets")
pq = pytest.importorskip("pyarrow.parquet")

pytestmark = pytest.mark.integration
# Threads run before processes are forked, which must not stop those.
BEFORE = 'import kayan\nkayan.Matcher(["دبي"]).find_batch(["إلى دبي"] * 100_000)\n'
AFTER = '\nfound.to_parquet("found.parquet")\n'


def test_the_guide(guide, news, places, tmp_path):
    script = tmp_path / "guide.py"  # functions of a script are what `map` sends to its processes
    script.write_text(BEFORE + guide("Hugging Face datasets") + AFTER, encoding="utf-8")
    subprocess.run([sys.executable, script], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    found = pq.read_table(tmp_path / "found.parquet")
    clean = kayan.normalize(news, "light")
    assert found["text"].to_pylist() == clean
    assert [[(m["start"], m["end"], m["label"]) for m in row] for row in found["matches"].to_pylist()] == [
        [(m.start, m.end, m.label) for m in row] for row in places.find_batch(clean).by_row()
    ]
