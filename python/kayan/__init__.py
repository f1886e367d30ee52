"""kayan (كيان, "entity"): Arabic text normalization and dictionary entity matching, with original offsets."""

from typing import TYPE_CHECKING as _TYPE_CHECKING

from kayan._core import KayanError, __version__, unicode_version
from kayan._evaluate import Evaluation, evaluate
from kayan._explain import Decision
from kayan._gazetteer.checks import Entry
from kayan._gazetteer.gazetteer import Gazetteer
from kayan._matcher import Matcher
from kayan._matches import Match, Matches
from kayan._normalizer import Alignment, Edit, Normalizer, normalize, profiles
from kayan._renamed import missing as _missing
from kayan._report import describe_texts
from kayan._spans import merge_spans

__all__ = [
    "Alignment",
    "Decision",
    "Edit",
    "Entry",
    "Evaluation",
    "Gazetteer",
    "KayanError",
    "Match",
    "Matcher",
    "Matches",
    "Normalizer",
    "__version__",
    "describe_texts",
    "evaluate",
    "merge_spans",
    "normalize",
    "profiles",
    "unicode_version",
]

if not _TYPE_CHECKING:  # for which every name would exist

    def __getattr__(name: str) -> object:
        raise _missing("name", "module 'kayan'", name, __all__)
