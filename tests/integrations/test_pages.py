"""Pages with marked entities, as headless Chromium draws them."""

import shutil
import subprocess

import pytest

import kayan
from kayan.cli import main

np = pytest.importorskip("numpy")
plt = pytest.importorskip("matplotlib.pyplot")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(BROWSER is None, reason="needs Chromium (on Debian: apt-get install chromium)"),
]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=800,400",
]
# The first two colours of kayan's marks, given to labels in alphabetic order.
FIRST, SECOND = (0xFF, 0xD8, 0xA8), (0xA5, 0xD8, 0xFF)
MATCHER = kayan.Matcher({"القاهرة": "CITY", "العراق": "COUNTRY"})


@pytest.fixture
def screenshot(tmp_path):
    def take(page):
        picture = tmp_path / "page.png"
        subprocess.run(
            [
                BROWSER,
                *FLAGS,
                f"--user-data-dir={tmp_path / 'profile'}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return np.rint(plt.imread(picture)[:, :, :3] * 255).astype(int)

    return take


def places(picture, colour):
    """Return the columns of the pixels of a colour."""
    return np.nonzero((picture == colour).all(axis=2))[1]


def test_a_notebook_cell(screenshot, tmp_path):
    cell = MATCHER.show("القاهرة ثم وصل الوفد للعراق")._repr_html_()
    page = tmp_path / "cell.html"
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{cell}</body>', encoding="utf-8")
    picture = screenshot(page)
    # Both marks are in the text and in the legend, which stands at the left.
    text = picture[picture.shape[0] // 10 :]
    city, country = places(text, FIRST), places(text, SECOND)
    assert len(city) > 200
    assert len(country) > 200
    # The first word of the text is the rightmost.
    assert city.max() > country.max()
    assert city.max() > 700


def test_a_batch(screenshot, tmp_path):
    texts = ["سافر إلى القاهرة", None, "عاد إلى العراق"]
    page = tmp_path / "batch.html"
    cell = MATCHER.find_batch(texts).show(texts)._repr_html_()
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{cell}</body>', encoding="utf-8")
    picture = screenshot(page)
    assert min(len(places(picture, colour)) for colour in (FIRST, SECOND)) > 200


def test_a_page_of_the_command_line(screenshot, tmp_path):
    (tmp_path / "names.csv").write_text("name,label\nالقاهرة,CITY\nالعراق,COUNTRY\n", encoding="utf-8")
    (tmp_path / "text.txt").write_text("سافر الوفد من القاهرة إلى العراق", encoding="utf-8")
    page = tmp_path / "page.html"
    names = str(tmp_path / "names.csv")
    assert main(["match", str(tmp_path / "text.txt"), "--gazetteer", names, "--html", str(page)]) == 0
    picture = screenshot(page)
    assert min(len(places(picture, colour)) for colour in (FIRST, SECOND)) > 200
