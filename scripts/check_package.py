"""Build the sdist, the wheel from the sdist, and use the wheel in an empty environment.

Run: ``make package``. The files are left in ``dist``. Rust's build folder is shared with other builds.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
WHEEL_LIMIT = 5_000_000

USE = """
import kayan
matcher = kayan.Matcher(kayan.Gazetteer.builtin())
found = matcher.find("سافر الوزير من بغـــداد للقاهرة")
assert [(m.start, m.end, m.prefix, m.name) for m in found] == [
    (15, 23, "", "بغداد"), (25, 31, "ل", "القاهرة")], found
assert [len(row) for row in matcher.find_batch(["في مصر", None]).by_row()] == [1, 0]
assert kayan.Matcher.from_bytes(matcher.to_bytes()).find("في مصر") == matcher.find("في مصر")
assert kayan.normalize(["المَدرســة", None]) == ["المدرسه", None]
"""
TYPED = """
import kayan
found: list[kayan.Match] = kayan.Matcher(["دبي"]).find("إلى دبي")
text: str = kayan.normalize("دبي")
"""
WRONG = TYPED + 'number: int = kayan.normalize("دبي", profle="search")\n'


def run(*command: object, fails: bool = False, **options: object) -> str:
    """Return what a command printed; stop the script if it fails, or with `fails` if it does not."""
    words = list(map(str, command))
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, **options)
    if (done.returncode != 0) != fails:
        sys.exit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def environment(folder: Path, *packages: str) -> Path:
    """Make an environment with some packages, and return the folder of its programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if packages:
        run(programs / "python", "-m", "pip", "install", "--quiet", *packages)
    return programs


def build(tools: Path, folder: Path) -> tuple[Path, Path]:
    """Build the sdist, and the wheel from nothing but the sdist."""
    run(tools / "maturin", "sdist", "--out", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    run(
        tools / "python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, sdist,
        cwd=folder, env={**os.environ, "CARGO_TARGET_DIR": target},
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


def check_files(sdist: Path, wheel: Path) -> None:
    """Check that the contents are complete, and nothing more."""
    tracked = run("git", "ls-files", cwd=ROOT).splitlines()
    package = {name.removeprefix("python/") for name in tracked if name.startswith("python/kayan/")}
    licences = {"LICENSE-MIT", "LICENSE-APACHE"}
    assert {"kayan/py.typed", "kayan/_core.pyi", "kayan/gazetteers/NOTICE.md"} <= package

    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    sources = {name for name in tracked if name.startswith(("src/", "python/kayan/"))}
    # People who package it run the tests and read the documentation from the sdist.
    also = {
        name for name in tracked if name.startswith(("docs/", "tests/", "scripts/")) or name.endswith(".md")
    }
    missing = (
        sources | licences | also | {"Cargo.toml", "Cargo.lock", "pyproject.toml", "CITATION.cff"}
    ) - held
    assert not missing, f"not in {sdist.name}: {sorted(missing)}"

    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    info = wheel.name.rsplit("-", 3)[0] + ".dist-info/"
    code = {name for name in names if not name.startswith(info)}
    extensions = {name for name in code if name.endswith((".so", ".pyd"))}
    assert len(extensions) == 1, extensions
    assert code - extensions == package, sorted((code - extensions) ^ package)
    texts = {*licences, "python/kayan/gazetteers/NOTICE.md"}
    assert {info + "licenses/" + name for name in texts} <= names, f"licences are missing in {wheel.name}"
    size = wheel.stat().st_size
    assert size < WHEEL_LIMIT, f"{wheel.name} has {size:,} bytes, the limit is {WHEEL_LIMIT:,}"
    print(f"{sdist.name}: {sdist.stat().st_size:,} bytes; {wheel.name}: {size:,} bytes, {len(names)} files")


def check_use(tools: Path, wheel: Path, folder: Path) -> None:
    """Install the wheel in an empty environment, and use it as users do."""
    programs = environment(folder / "empty")
    python = programs / "python"
    away = {"cwd": folder, "env": {**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"}}
    run(python, "-m", "pip", "install", "--quiet", "--no-index", wheel, **away)
    run(python, "-m", "pip", "check", **away)
    run(python, "-W", "error", "-c", USE, **away)
    where = run(python, "-c", "import kayan; print(kayan.__file__)", **away).strip()
    assert Path(where).is_relative_to(folder), where
    text = folder / "text.txt"
    text.write_text("وصل الوفد للقاهرة", encoding="utf-8")
    assert "القاهرة" in run(programs / "kayan", "match", text, **away)
    assert run(python, "-m", "kayan", "normalize", text, **away) == "وصل الوفد للقاهره"
    for name, content, fails in (("typed.py", TYPED, False), ("wrong.py", WRONG, True)):
        file = folder / name
        file.write_text(content, encoding="utf-8")
        run(tools / "mypy", "--strict", "--python-executable", python, file, fails=fails, **away)


def check_page(wheel: Path, folder: Path) -> None:
    """Run the page «ten minutes» where nothing but the wheel and its extra for plots is installed."""
    page = ROOT.joinpath("docs/ten-minutes.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(python|text)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    code = "\n".join(block for language, block in blocks if language == "python")
    shown = [line.rstrip() for language, block in blocks if language == "text" for line in block.splitlines()]
    programs = environment(folder / "plots", f"{wheel}[plot]")
    work = folder / "work"
    work.mkdir()
    away = {"cwd": work, "env": {**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"}}
    printed = run(programs / "python", "-W", "error", "-c", code, **away)
    assert [line.rstrip() for line in printed.splitlines()] == shown, printed
    made = {file.name for file in work.iterdir()}
    wanted = {"marked.html", "bar.png", "network.png", "timeline.png", "matches.csv", "names.kayan"}
    assert wanted <= made, wanted - made


def main() -> None:
    """Build, look inside, install and use."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        tools = environment(folder / "tools", "maturin>=1.9.4,<2", "mypy>=1.19")
        built = folder / "built"
        built.mkdir()
        sdist, wheel = build(tools, built)
        check_files(sdist, wheel)
        check_use(tools, wheel, folder)
        check_page(wheel, folder)
        DIST.mkdir(exist_ok=True)
        for file in (sdist, wheel):
            shutil.copy(file, DIST)
    print("the wheel works in an empty environment: API, command line, types")


if __name__ == "__main__":
    main()
