"""kayan and its peers behind one interface each: what finds names, and what normalizes.

Only what the chosen rows need is imported.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from corpora import fresh
from timing import Way

import kayan

Texts = list[str]
PACKAGES = (
    *("arabic-norm", "arabic-normalize", "camel-tools", "PyArabic"),
    *("ahocorasick_rs", "daachorse", "pyahocorasick", "flashtext2", "flashtext", "polars", "pyarrow"),
)


def versions() -> dict[str, str]:
    """Return the versions of kayan and of what is installed of the peers."""
    found = {"kayan": kayan.__version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def load(module: str) -> Any:
    """Import a peer, or say how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SystemExit(
            f"{module} is missing: `make bench` installs benches/peers/requirements.txt into .venv-bench"
        ) from None


class Finder(NamedTuple):
    """What finds names; `find` takes what `build` and `prepare` give."""

    title: str
    does: str
    build: Callable[[Texts], Any]
    find: Callable[[Any, Any], Any]
    count: Callable[[Any], int]
    prepare: Callable[[Texts], Any] = fresh
    # More names than this take too much time or memory.
    limit: int = 1_000_000

    def way(self, names: Texts, texts: Texts) -> Way:
        """Return its run over new copies of the texts, built and tried."""
        built = self.build(names)
        return Way(lambda: self.prepare(texts), lambda given: self.find(built, given))


def matcher(names: Any, **options: Any) -> kayan.Matcher:
    return kayan.Matcher(names, **options)


def find_batch(built: kayan.Matcher, texts: Any, threads: int = 1) -> kayan.Matches:
    return built.find_batch(texts, threads=threads)


def each(method: str, **options: Any) -> Callable[[Any, Texts], list[Any]]:
    """Return a function that calls a method of what was built on one text after the other."""

    def find(built: Any, texts: Texts) -> list[Any]:
        function = getattr(built, method)
        return [function(text, **options) for text in texts]

    return find


def total(results: list[Any]) -> int:
    return sum(map(len, results))


# The options with which kayan does what a substring search on folded text does.
SUBSTRINGS: dict[str, Any] = {"boundary": "none", "clitics": "off", "overlap": "all"}


def build_ahocorasick_rs(names: Texts, longest: bool = True) -> Any:
    rs = load("ahocorasick_rs")
    return rs.AhoCorasick(names, matchkind=rs.MatchKind.LeftmostLongest if longest else rs.MatchKind.Standard)


def build_daachorse(names: Texts, longest: bool = True) -> Any:
    module = load("daachorse")
    kind = module.MATCH_KIND_LEFTMOST_LONGEST if longest else module.MATCH_KIND_STANDARD
    return module.CharwiseDoubleArrayAhoCorasick(names, kind)


def build_pyahocorasick(names: Texts) -> Any:
    automaton = load("ahocorasick").Automaton()
    for index, name in enumerate(names):
        automaton.add_word(name, index)
    automaton.make_automaton()
    return automaton


def build_flashtext(names: Texts, module: str) -> Any:
    processor = load(module).KeywordProcessor(case_sensitive=True)
    for name in names:
        processor.add_keyword(name)
    return processor


def find_polars(names: Texts, texts: Any) -> Any:
    return texts.str.find_many(names, overlapping=True)


FINDERS = {
    "kayan": Finder(
        "kayan `find_batch`",
        "folds, whole words, clitics, stop words, longest; columns",
        matcher,
        find_batch,
        len,
    ),
    "kayan one by one": Finder(
        "kayan `find`, a text at a time", "the same, as `Match` objects", matcher, each("find"), total
    ),
    "kayan substrings": Finder(
        'kayan `find_batch`, `boundary="none"`',
        "folds, substrings, all",
        lambda names: matcher(names, **SUBSTRINGS),
        find_batch,
        len,
    ),
    "daachorse": Finder(
        "daachorse `find`", "substrings of the raw text, longest", build_daachorse, each("find"), total
    ),
    "ahocorasick_rs": Finder(
        "ahocorasick_rs `find_matches_as_indexes`",
        "substrings of the raw text, longest",
        build_ahocorasick_rs,
        each("find_matches_as_indexes"),
        total,
    ),
    "pyahocorasick": Finder(
        "pyahocorasick `iter`",
        "substrings of the raw text, all",
        build_pyahocorasick,
        lambda built, texts: [list(built.iter(text)) for text in texts],
        total,
    ),
    "flashtext2": Finder(
        "flashtext2 `extract_keywords_with_span`",
        "words of the raw text by UAX #29, longest",
        lambda names: build_flashtext(names, "flashtext2"),
        each("extract_keywords_with_span"),
        total,
    ),
    "flashtext": Finder(
        "flashtext `extract_keywords`",
        "raw text; only ASCII letters make words, longest",
        lambda names: build_flashtext(names, "flashtext"),
        each("extract_keywords", span_info=True),
        total,
        limit=100_000,
    ),
    "polars": Finder(
        "polars `str.find_many`",
        "substrings of the raw text, all; starts only; builds its automaton in each call",
        list,
        find_polars,
        lambda found: int(found.list.len().sum()),
        lambda texts: load("polars").Series(texts),
    ),
}
# Those that must find as much as another, as they do the same.
SAME_COUNT = [("ahocorasick_rs", "daachorse"), ("pyahocorasick", "polars")]


class Cleaner(NamedTuple):
    """What normalizes; `ours` are the profile and options of kayan that are nearest to it."""

    title: str
    make: Callable[[], Callable[[Texts], Texts]]
    ours: tuple[str, dict[str, Any]]
    # Whether kayan's answers with `ours` must be the same, character for character.
    same: bool = False


def kayan_cleaner(profile: str, **options: Any) -> Callable[[Texts], Texts]:
    normalizer = kayan.Normalizer(profile, **options)
    return lambda texts: normalizer.normalize_batch(texts, threads=1)


def one_by_one(function: Callable[[str], str]) -> Callable[[Texts], Texts]:
    return lambda texts: [function(text) for text in texts]


def camel_recipe() -> Callable[[Texts], Texts]:
    dediac, fold = load("camel_tools.utils.dediac").dediac_ar, load("camel_tools.utils.normalize")
    alef, maqsura, teh = (
        fold.normalize_alef_ar,
        fold.normalize_alef_maksura_ar,
        fold.normalize_teh_marbuta_ar,
    )
    return one_by_one(lambda text: teh(maqsura(alef(dediac(text)))))


def translate() -> Callable[[Texts], Texts]:
    marks = dict.fromkeys(range(0x64B, 0x653))
    table = {**marks, 0x640: None, **str.maketrans("أإآٱىة", "اااايه")}
    return one_by_one(lambda text: text.translate(table))


LETTERS = {"alef": True, "alef_maqsura": True}
CLEANERS = {
    "arabic-norm": Cleaner(
        "arabic-norm `normalize`",
        lambda: one_by_one(load("arabic_norm").normalize),
        ("none", {"diacritics": True, "tatweel": True, **LETTERS}),
    ),
    "arabic-norm batch": Cleaner(
        "arabic-norm `normalize_batch`, all cores",
        lambda: load("arabic_norm").normalize_batch,
        ("none", {"diacritics": True, "tatweel": True, **LETTERS}),
    ),
    "arabic-normalize": Cleaner(
        "arabic-normalize `Normalizer.search().normalize_many`",
        lambda: load("arabic_normalize").Normalizer.search().normalize_many,
        ("match", {"hamza": True}),
    ),
    "CAMeL recipe": Cleaner(
        "CAMeL Tools: marks, alef, alef maksura, teh marbuta",
        camel_recipe,
        (
            "none",
            {
                "diacritics": ("harakat", "sukun", "tanween", "shadda", "dagger"),
                **LETTERS,
                "ta_marbuta": True,
            },
        ),
    ),
    "CAMeL dediac": Cleaner(
        "CAMeL Tools `dediac_ar`",
        lambda: one_by_one(load("camel_tools.utils.dediac").dediac_ar),
        ("camel.dediac", {}),
        same=True,
    ),
    "PyArabic searchtext": Cleaner(
        "PyArabic `normalize_searchtext`",
        lambda: one_by_one(load("pyarabic.normalize").normalize_searchtext),
        ("pyarabic.searchtext", {}),
        same=True,
    ),
    "PyArabic strip_tashkeel": Cleaner(
        "PyArabic `strip_tashkeel`",
        lambda: one_by_one(load("pyarabic.araby").strip_tashkeel),
        ("pyarabic.strip_tashkeel", {}),
        same=True,
    ),
    "str.translate": Cleaner(
        "`str.translate` with a dict: marks, tatweel, alef, ى, ة",
        translate,
        (
            "none",
            {
                "diacritics": ("harakat", "sukun", "tanween", "shadda"),
                "tatweel": True,
                **LETTERS,
                "ta_marbuta": True,
            },
        ),
    ),
}
