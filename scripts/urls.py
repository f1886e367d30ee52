"""The address of the project, which is ``Homepage`` in pyproject.toml, and everything that is made from it.

``python scripts/urls.py`` makes the links of README.md and CRATE.md absolute, since PyPI and crates.io show
them without the repository beside them. ``python scripts/urls.py https://...`` also moves the project: the
address is replaced in all `FILES`. ``tests/python/test_papers.py`` looks for links that are left.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Shown away from the repository: their links are absolute.
PAGES = ("README.md", "CRATE.md")
# Where the address stands.
FILES = (
    *PAGES,
    "pyproject.toml",
    "Cargo.toml",
    "CITATION.cff",
    "SECURITY.md",
    ".github/ISSUE_TEMPLATE/config.yml",
)
PICTURES = (".png", ".svg", ".jpg")
LINK = re.compile(r"(?<=\]\()(?!https?:|#|mailto:)([^)\s]+)")


def address() -> str:
    """Return the address of the project, without a slash at its end."""
    found = re.search(
        r'^Homepage = "([^"]+?)/?"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found, "pyproject.toml has no Homepage"
    return found[1]


def absolute(page: str, base: str) -> str:
    """Return a page whose links into the repository begin with the address."""

    def link(match: re.Match[str]) -> str:
        path = match[1]
        return f"{base}/{'raw' if path.endswith(PICTURES) else 'blob'}/main/{path}"

    return LINK.sub(link, page)


def main(moved: str | None) -> None:
    """Write the links; with a new address, that everywhere."""
    base = address()
    for name in FILES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = absolute(old, base) if name in PAGES else old
        if moved:
            new = new.replace(base, moved.rstrip("/"))
        if new != old:
            path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
