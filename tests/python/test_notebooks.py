"""The notebooks in examples/ run from top to bottom, and what they show is what they print.

Of each output the text is compared; pictures differ by a font. ``KAYAN_UPDATE=1 pytest -m integration
tests/python/test_notebooks.py`` writes the notebooks with what they show now.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
NEEDS = {"02-news-monitoring": ["matplotlib", "networkx"], "03-scaling": ["polars", "pyspark"]}
UPDATE = os.environ.get("KAYAN_UPDATE") == "1"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
pytestmark = [
    pytest.mark.integration,
    # Of the client's own libraries, not of what runs in the notebook.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def executed(path, folder):
    """Return the notebook with fresh outputs, and with nothing in it that is of one machine or one run."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.pop("outputs", None)
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    notebook.metadata = METADATA
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
        if cell.cell_type == "code":
            # Logs of Java and others aren't output of the cell.
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def texts(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield output.text if output.output_type == "stream" else output.data.get("text/plain")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_shows_what_it_prints(path, tmp_path, monkeypatch):
    for library in NEEDS.get(path.stem, []):
        pytest.importorskip(library)
    folder = shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    now = executed(path, folder)
    stored = nbformat.read(path, as_version=4)
    if UPDATE:
        nbformat.write(now, path)
    else:
        assert list(texts(now)) == list(texts(stored))
    assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_there_are_notebooks():
    assert len(NOTEBOOKS) == 3
