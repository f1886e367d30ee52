"""Install each extra alone in an empty environment, and run an example of what it is for.

Run: ``make extras`` after ``make package``; names of extras behind it run only those. An extra that a Python
is too old or too new for is reported, not a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXTS = "texts = ['سافر وزير الخارجية من القاهرة إلى دبي', None, 'وصل للعراق']\n"
BEGIN = "import kayan\nmatcher = kayan.Matcher(kayan.Gazetteer.builtin())\n" + TEXTS

EXAMPLES = {
    "pandas": "import pandas, kayan.pandas\n"
    "found = pandas.Series(texts).kayan.find(matcher)\nassert len(found) >= 3, found\n",
    "polars": "import polars, kayan.polars\n"
    "frame = polars.DataFrame({'text': texts})\n"
    "found = frame.with_columns(n=polars.col('text').kayan.count(matcher))\n"
    "assert found['n'].to_list()[1] is None and found['n'].to_list()[0] >= 2, found\n",
    "arrow": "import pyarrow, kayan.arrow\n"
    "found = matcher.find_batch(pyarrow.array(texts)).to_arrow()\nassert found.num_rows >= 3, found\n",
    "duckdb": "import duckdb, kayan.duckdb\n"
    "connection = duckdb.connect()\nkayan.duckdb.register(connection, matcher)\n"
    "assert connection.sql(\"select kayan_contains('سافر إلى القاهرة')\").fetchone()[0]\n",
    "excel": "import openpyxl\n"
    "book = openpyxl.Workbook()\nbook.active.append(['name'])\nbook.active.append(['دبي'])\n"
    "book.save('n.xlsx')\n"
    "assert len(kayan.Gazetteer.from_excel('n.xlsx')) == 1\n",
    "progress": "assert len(matcher.find_batch(texts, progress=True)) >= 3\n",
    "cli": "import gzip, pathlib\nfrom kayan.cli import main\n"
    "pathlib.Path('t.csv.gz').write_bytes(gzip.compress(('text\\n' + texts[0]).encode()))\n"
    "pathlib.Path('n.csv').write_text('name,label\\nدبي,CITY\\n', encoding='utf-8')\n"
    "assert main(['match', 't.csv.gz', '--output', 'm.parquet']) == 0\n"
    "assert main(['normalize', 't.csv.gz', '--output', 'm.csv.zst']) == 0\n"
    "assert main(['lint', 'n.csv']) in (0, 1)\n",
    "spark": "import shutil, sys\n"
    "if shutil.which('java') is None: sys.exit('no Java')\n"
    "from pyspark.sql import SparkSession\nimport kayan.spark\n"
    "spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()\n"
    "spark.sparkContext.setLogLevel('ERROR')\n"
    "frame = spark.createDataFrame([(text,) for text in texts], 'text string')\n"
    "found = kayan.spark.find(frame, 'text', matcher).collect()\n"
    "assert sum(len(row.matches or []) for row in found) >= 3, found\n",
    "dask": "import dask.dataframe, pandas, kayan.dask\n"
    "frame = dask.dataframe.from_pandas(pandas.DataFrame({'text': texts}), npartitions=2)\n"
    "assert len(kayan.dask.find(frame, 'text', matcher).compute()) >= 3\n",
    "sklearn": "from kayan.sklearn import EntityCounts\n"
    "counts = EntityCounts(matcher).fit(['القاهرة'])\nassert counts.transform(['من القاهرة']).sum() >= 1\n",
    "spacy": "import spacy\n"
    "nlp = spacy.blank('ar')\n"
    "nlp.add_pipe('kayan_entities').matcher = matcher\n"
    "assert [e.label_ for e in nlp('سافر إلى القاهرة').ents] == ['CITY']\n",
    "plot": "import matplotlib\nmatplotlib.use('Agg')\nimport kayan.plot\n"
    "kayan.plot.bar(matcher.find_batch(texts)).figure.savefig('bar.png')\n",
}


def extras() -> list[str]:
    """Return the extras that users install."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    part = project.partition("[project.optional-dependencies]\n")[2].partition("\n[project.")[0]
    names = re.findall(r"^([a-z-]+) = \[", part, re.MULTILINE)
    return [name for name in names if not name.startswith("test")]


def check(extra: str, wheel: Path) -> str:
    """Install an extra and run its example; return what is wrong, or nothing."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        work = folder / "work"
        work.mkdir()
        env = {**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"}
        for command in (
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[{extra}]"],
            ["-m", "pip", "check", "--quiet"],
            ["-c", BEGIN + EXAMPLES[extra]],
        ):
            done = subprocess.run(
                [str(python), *command], cwd=work, env=env, capture_output=True, encoding="utf-8", check=False
            )
            if done.returncode:
                return (done.stderr or done.stdout).strip()
    return ""


def main(chosen: list[str]) -> None:
    """Check the extras, all unless some are named; stop with their number if any fails."""
    known = extras()
    assert set(known) <= set(EXAMPLES), f"without an example: {set(known) - set(EXAMPLES)}"
    wheels = sorted((ROOT / "dist").glob("kayan-*.whl"))
    if not wheels:
        sys.exit("no wheel in dist: run make package first")
    failed = 0
    for extra in chosen or known:
        problem = check(extra, wheels[-1])
        print(f"{extra}: {problem or 'works'}", flush=True)
        failed += bool(problem)
    sys.exit(failed)


if __name__ == "__main__":
    main(sys.argv[1:])
