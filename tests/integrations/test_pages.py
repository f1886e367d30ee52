"""Pages with marked entities in a headless Chromium: joined letters, contrast, nothing on top of another."""

import itertools
import re
import sys
from pathlib import Path

import pytest

import kayan
from kayan._views import colours
from kayan.cli import main

np = pytest.importorskip("numpy")
pytest.importorskip("matplotlib")
sys.path.insert(0, str(Path(__file__).parent))

from browser import NEEDED, axe, browser  # noqa: F401

pytestmark = [pytest.mark.integration, NEEDED]
SIZES = [(1200, 900), (375, 800)]
LABELS = sorted(kayan.Gazetteer.builtin().labels)
ENTRIES = {f"كيان{chr(0x627 + n)}": label for n, label in enumerate(LABELS)} | {
    "إيران": "COUNTRY",
    "العراق": "COUNTRY",
    "الأمم المتحدة": "ORG",
    "أحمد": "PERSON",
    "مصر": "COUNTRY",
    "الله": "PERSON",
    "محمد": "PERSON",
}
# Words whose letters join across the edges of marks.
JOINED = "وصل لإيران وللعراق ولأحمد وبمصر وللأمم المتحدة ولله ومُحَمَّد وبمحمد"
FONTS = ["Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "DejaVu Sans"]


def whole(body):
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>:root {{ color-scheme: light dark }}</style></head><body><main>{body}</main></body></html>"
    )


@pytest.fixture(scope="module")
def matcher():
    return kayan.Matcher(ENTRIES)


@pytest.fixture(scope="module")
def pages(matcher, tmp_path_factory):
    """Each kind of page, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    texts = [" ثم ".join([JOINED, *itertools.islice(itertools.cycle(ENTRIES), n, n + 9)]) for n in range(30)]
    matches = matcher.find_batch(texts)
    cell = matches.show(texts, rows=30)
    (folder / "cell.html").write_text(whole(cell._repr_html_()), encoding="utf-8")
    cell.to_html(folder / "shown.html")
    matches.concordance(texts, "إيران").to_html(folder / "concordance.html")
    names = folder / "names.csv"
    kayan.Gazetteer.from_dict(ENTRIES).to_csv(names)
    (folder / "text.txt").write_text("\n".join(texts * 40), encoding="utf-8")
    run = ["match", str(folder / "text.txt"), "--lines", "--gazetteer", str(names), "--output"]
    assert main([*run, str(folder / "out.txt"), "--html", str(folder / "command.html")]) == 0
    gold = [
        {"text": text, "entities": [[m.start, m.end - n % 2, "PERSON" if n % 5 == 0 else m.label]]}
        for n, text in enumerate(texts)
        for m in matcher.find(text)[:1]
    ]
    kayan.evaluate(matcher, gold).to_html(folder / "evaluation.html")
    objects = [matcher, kayan.Gazetteer.from_dict(ENTRIES), kayan.Normalizer(), matches, matcher.explain(JOINED),
               kayan.Normalizer().align("قـــال مُحَمَّد"), kayan.Normalizer().explain("قـــال مُحَمَّد")]  # fmt: skip
    body = "".join(one._repr_html_() for one in objects)
    (folder / "reprs.html").write_text(whole(body), encoding="utf-8")
    return folder


PAGES = ["cell", "shown", "concordance", "command", "evaluation", "reprs"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("font", FONTS)
def test_letters_stay_joined(browser, matcher, font, dark):  # noqa: F811
    """The ink of a marked text is that of the text alone, where the tags, which take room, are left out."""
    cell = matcher.show(JOINED)._repr_html_()
    style = f"<style>.kayan .kayan-text {{ font-family: '{font}'; font-size: 40px; }} .kayan-tag {{ display: none; }}"
    flat = ".kayan mark, .kayan u { background: none; border-color: transparent; text-decoration: none; }"
    plain = re.sub('(<div class="kayan-text".*?>).*?</div>', rf"\1{JOINED}</div>", cell, flags=re.DOTALL)
    assert plain.count("<mark") == 0 < cell.count("<mark")
    marked, alone = (
        browser.open(whole(f"{page}{style}{flat}</style>"), dark).pixels(".kayan-text")
        for page in (cell, plain)
    )
    paper = marked[0, 0]
    assert np.ptp(marked) > 0.5, "there is ink"
    assert marked.shape == alone.shape
    assert (paper == alone[0, 0]).all()
    # Glyphs are drawn up to a quarter of a pixel apart; a broken joint differs by all of the ink.
    assert float(np.abs(marked - alone).max()) < 0.4


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_and_contrast_of_what_is_drawn(browser, pages, dark):  # noqa: F811
    browser.open(pages / "cell.html", dark)
    drawn = browser.run(
        "return [...document.querySelectorAll('.kayan-entity')].map(e => {"
        "const s = getComputedStyle(e.querySelector('mark')), t = e.querySelector('.kayan-tag'), g = getComputedStyle(t);"
        "return [t.textContent, s.color, s.backgroundColor, s.borderBottomStyle, g.color, g.backgroundColor]})"
    )

    def colour(css):
        return "#" + "".join(f"{int(part):02x}" for part in css[4:-1].split(","))

    looks = {label: tuple(rest) for label, *rest in drawn}
    assert {*looks} == {*LABELS}
    assert len({(background, line) for _, background, line, *_ in looks.values()}) == len(LABELS) >= 21
    for ink, background, _, tag_ink, tag in looks.values():
        assert colours.contrast(colour(ink), colour(background)) >= 4.5
        assert colours.contrast(colour(tag_ink), colour(tag)) >= 4.5


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "phone"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_lost_or_on_top_of_another(browser, pages, page, size):  # noqa: F811
    browser.open(pages / f"{page}.html", width=size[0], height=size[1]).thin()
    assert browser.run("return document.documentElement.scrollWidth") <= size[0]
    # What is wider scrolls in a frame of its own.
    lost = browser.run(
        "return [...document.querySelectorAll('.kayan *')].filter(e => !e.closest('.kayan-scroll, .kayan-sr')"
        "&& e.offsetParent && e.tagName != 'INPUT' && (e.getBoundingClientRect().left < -1"
        "|| e.getBoundingClientRect().right > innerWidth + 1)).map(e => e.outerHTML.slice(0, 80))"
    )
    assert lost == []
    for selector in (".kayan-chip", ".kayan-tag, .kayan-number"):
        boxes = browser.run(
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent).slice(0, 300)"
            ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])",
            selector,
        )
        for one, other in itertools.combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (selector, one, other)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_serious_fault(browser, axe, pages, page, dark):  # noqa: F811
    assert browser.open(pages / f"{page}.html", dark).faults(axe) == []


def test_a_label_is_switched_off_and_on(browser, pages):  # noqa: F811
    browser.open(pages / "cell.html")
    shown = (
        "const of = [...document.querySelectorAll('.kayan-tag')].filter(t => t.textContent == 'ORG');"
        "return [of.length, of.filter(t => getComputedStyle(t).display != 'none').length]"
    )
    every, before = browser.run(shown)
    assert every == before > 0
    slot = colours.slots(["ORG"])["ORG"]
    browser.run(f"document.querySelector('input.c{slot}').click()")
    assert browser.run(shown) == [every, 0]
    browser.run(f"document.querySelector('input.c{slot}').click()")
    assert browser.run(shown) == [every, every]


def test_the_filter_the_card_and_the_keys(browser, pages):  # noqa: F811
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.open(pages / "cell.html", height=1200)
    rows = "return [...document.querySelectorAll('.kayan-row')].filter(r => !r.hidden).length"
    assert browser.run(rows) == 30
    field = browser.driver.find_element(By.CSS_SELECTOR, ".kayan-find input")
    name = [*ENTRIES][20]
    field.send_keys(name)
    few = browser.run(rows)
    assert 0 < few < 30
    assert browser.run("return document.querySelector('output').textContent") == f"{few} of 30 texts"
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(Keys.DELETE)
    assert browser.run(rows) == 30

    mark = browser.driver.find_element(By.CSS_SELECTOR, "mark[tabindex='0']")
    mark.send_keys("")
    card = browser.driver.find_element(By.CSS_SELECTOR, ".kayan-card")
    assert card.is_displayed()
    assert card.text.split("\n") == ["إيران", "label", "COUNTRY", "prefix", "ل"]
    box = browser.run(
        "const b = document.querySelector('.kayan-card').getBoundingClientRect(); return [b.left, b.right]"
    )
    assert box[0] >= 0
    assert box[1] <= 1200
    browser.driver.switch_to.active_element.send_keys(Keys.ARROW_LEFT)
    browser.driver.switch_to.active_element.send_keys(Keys.ARROW_LEFT)
    assert card.text.split("\n")[0] == "العراق"
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not card.is_displayed()


def test_a_page_that_is_cut_says_so(browser, pages):  # noqa: F811
    browser.open(pages / "command.html")
    assert browser.run("return document.querySelectorAll('.kayan-row').length") == 1000
    note = browser.run("return document.querySelector('.kayan-cut').textContent")
    assert note.startswith("The first 1,000 of 1,200 texts with a match.")
    total = browser.run(
        "return [...document.querySelectorAll('.kayan-chip i')].map(i => +i.textContent.replaceAll(',', ''))"
        ".reduce((a, b) => a + b)"
    )
    assert f"all {total:,} matches" in note
    assert browser.run("return document.querySelector('h2').textContent") == "text.txt"
