"""The built documentation, walked: links, widths, contrast, serious faults. Run ``make docs`` before."""

import functools
import http.server
import re
import sys
import threading
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser import NEEDED, axe, browser  # noqa: F401

SITE = Path(__file__).parents[2] / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
pytestmark = [
    pytest.mark.integration,
    NEEDED,
    pytest.mark.skipif(not PAGES, reason="needs the built site: make docs"),
]
DRAWN = [page for page in PAGES if page != "404.html"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def server():
    handler = functools.partial(Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def ids(page):
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    source = SITE.joinpath(page).read_text(encoding="utf-8")
    source = re.sub(r"<script.*?</script>", "", source, flags=re.DOTALL)
    broken = []
    for link in map(unescape, re.findall(r'\b(?:href|src)="([^"]+)"', source)):
        if re.match(r"[a-z]+:|//", link) or page == "404.html":
            continue
        target, anchor = urldefrag(urljoin(f"/{page}", link))
        file = SITE / unquote(target).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.exists() or (anchor and file.suffix == ".html" and unquote(anchor) not in ids(file)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", DRAWN)
def test_a_phone_shows_all(browser, server, page):  # noqa: F811
    browser.open(server + page, width=375, height=800)
    assert browser.run("return document.documentElement.scrollWidth") <= 375
    cut = browser.run(
        "return [...document.querySelectorAll('.md-typeset table')].filter(t => {"
        "let e = t; while (e && !['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) e = e.parentElement;"
        "return t.getBoundingClientRect().right > innerWidth && !e}).length"
    )
    assert cut == 0, "a wide table scrolls"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", DRAWN)
def test_axe_finds_no_serious_fault(browser, axe, server, page, dark):  # noqa: F811
    browser.open(server + page, dark).run("localStorage.clear()")  # the site keeps what was chosen
    browser.open(server + page, dark)
    if "gallery/" not in page:
        scheme = browser.run("return document.body.dataset.mdColorScheme")
        assert scheme == ("slate" if dark else "default")
    assert browser.faults(axe) == []
