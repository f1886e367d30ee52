"""Pages look as they did: small pictures in `baselines`, on a desktop, on a phone and in the dark.

A picture is a quarter as wide as the page and compared in blocks, so that fonts of another machine pass and a part
that is moved, lost or in another colour doesn't. After a change that is meant, ``KAYAN_UPDATE=1`` writes them anew:
look at each before you commit it.
"""

import io
import os
import sys
from pathlib import Path

import pytest

import kayan

np = pytest.importorskip("numpy")
pytest.importorskip("matplotlib")
sys.path.insert(0, str(Path(__file__).parent))

from browser import NEEDED, browser  # noqa: F401

pytestmark = [pytest.mark.integration, NEEDED]
BASELINES = Path(__file__).parent / "baselines"
UPDATE = os.environ.get("KAYAN_UPDATE") == "1"
SCALE = 4
BLOCK = 8
# Of one channel, from 0 to 1: what fonts change in a block, and in a whole picture.
WORST, MEAN = 0.35, 0.02
SCREENS = {
    "desktop": {"width": 1200, "height": 900},
    "phone": {"width": 375, "height": 800},
    "dark": {"width": 1200, "height": 900, "dark": True},
}
TEXTS = [
    "التقى الرئيس الفرنسي إيمانويل ماكرون بالدكتور سامر الخطيب في القاهرة",
    "وصل الوفد للعراق ثم إلى مدينة فاس",
    "قال ناطق باسم الأمم المتحدة إن بيروت وعمان تنتظران وفد لبنان",
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looks")
    matcher = kayan.Matcher(kayan.Gazetteer.builtin())
    found = matcher.find_batch(TEXTS)
    found.show(TEXTS).to_html(folder / "shown.html")
    found.concordance(TEXTS, "القاهرة").to_html(folder / "concordance.html")
    gold = [
        {"text": text, "entities": [[m.start, m.end, m.label]]} for text in TEXTS for m in matcher.find(text)
    ]
    kayan.evaluate(matcher, gold).to_html(folder / "evaluation.html")
    return folder


def small(picture):
    """Return a picture a quarter as wide and high, as RGB from 0 to 1."""
    height, width = (side // SCALE * SCALE for side in picture.shape[:2])
    blocks = picture[:height, :width, :3].reshape(height // SCALE, SCALE, width // SCALE, SCALE, 3)
    return blocks.mean(axis=(1, 3))


def different(one, other):
    """Return how far two pictures are apart: in the worst block, and on average."""
    assert one.shape == other.shape
    height, width = (side // BLOCK * BLOCK for side in one.shape[:2])
    blocks = (one - other)[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3)
    apart = np.abs(blocks.mean(axis=(1, 3)))
    return float(apart.max()), float(apart.mean())


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", ["shown", "concordance", "evaluation"])
def test_a_page_looks_as_it_did(browser, pages, page, screen):  # noqa: F811
    from matplotlib import image

    drawn = browser.open(pages / f"{page}.html", **SCREENS[screen]).driver.get_screenshot_as_png()
    now = small(image.imread(io.BytesIO(drawn)))
    baseline = BASELINES / f"{page}-{screen}.png"
    if UPDATE:
        BASELINES.mkdir(exist_ok=True)
        image.imsave(baseline, now)
    before = image.imread(baseline)[:, :, :3]
    worst, mean = different(now, before)
    assert worst < WORST, f"{baseline.name}: a part looks otherwise"
    assert mean < MEAN, baseline.name
    # What the limits are for: a page in the other colours, or shifted by a line, does not pass.
    assert different(1 - now, before)[1] > MEAN
    assert different(np.roll(now, 8, axis=0), before)[1] > different(now, before)[1]
