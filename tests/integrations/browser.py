"""A headless Chromium that draws pages, light or dark, wide or narrow."""

import shutil
import subprocess

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
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
    "--force-color-profile=srgb",
]
NEEDED = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="needs Chromium (on Debian: apt-get install chromium chromium-driver)"
)
AXE = "4.14.1"


class Browser:
    """Opens pages from files and asks them how they look."""

    def __init__(self, folder):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        self._folder = folder
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.driver.set_script_timeout(120)

    def open(self, page, dark=False, width=1200, height=900):
        """Open a file, an address, or HTML."""
        if isinstance(page, str) and not page.startswith("http"):
            path = self._folder / "page.html"
            path.write_text(page, encoding="utf-8")
            page = path
        self._command(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 500,
        )  # fmt: skip
        self.driver.get(page if isinstance(page, str) else page.as_uri())
        self._drawn()
        return self

    def _drawn(self):
        """Wait for two frames: what watches sizes has seen them by then."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))"
        )

    def _command(self, name, **arguments):
        self.driver.execute_cdp_cmd(name, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def pixels(self, selector):
        """The pixels of an element, as rows of RGB."""
        import io

        from matplotlib import image
        from selenium.webdriver.common.by import By

        picture = self.driver.find_element(By.CSS_SELECTOR, selector).screenshot_as_png
        return image.imread(io.BytesIO(picture))[:, :, :3]

    def thin(self):
        """Leave out most rows: they are alike, and a thousand of them take a minute to look at."""
        self.run("document.querySelectorAll('.kayan-row').forEach((row, at) => at < 30 || row.remove())")
        self._drawn()
        return self

    def faults(self, axe):
        """The serious and critical faults that axe-core finds, with the first element of each."""
        self.thin()
        self.run(axe)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
            ".then(r => done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`)))"
        )
        return found

    def close(self):
        self.driver.quit()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    pytest.importorskip("selenium")
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """The source of axe-core, which npm keeps in its cache."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, for axe-core")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"axe-core@{AXE}"],
        check=True,
        timeout=300,
    )
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
