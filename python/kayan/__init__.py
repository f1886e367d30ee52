"""kayan (كيان, "entity"): Arabic text normalization and dictionary entity matching, with original offsets."""

from kayan._core import KayanError, __version__, unicode_version
from kayan._evaluate import Evaluation, evaluate
from kayan._explain import Considered
from kayan._gazetteer import Entry, Gazetteer
from kayan._matcher import Matcher
from kayan._matches import Match, Matches
from kayan._normalizer import Alignment, Edit, Normalizer, normalize, profiles
from kayan._report import profile_text
from kayan._spans import merge_spans

__all__ = [
    "Alignment",
    "Considered",
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
    "evaluate",
    "merge_spans",
    "normalize",
    "profile_text",
    "profiles",
    "unicode_version",
]
