"""scikit-learn: transformers that normalize texts and count entities: ``pip install "kayan[sklearn]"``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kayan._columns import as_list
from kayan._core import KayanError
from kayan._inputs import is_frame
from kayan._matcher import Matcher
from kayan._normalizer import Normalizer
from kayan._spans import NO_LABEL

try:
    import numpy as np
    from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
except ImportError:
    raise ImportError('kayan.sklearn needs scikit-learn: pip install "kayan[sklearn]"') from None

if TYPE_CHECKING:
    from typing_extensions import Self


class _OfTexts(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    feature_names_in_: Any

    def fit(self, X: Any, y: object = None) -> Self:
        """Check the parameters and remember the names of the columns, which is all."""
        names = [name for _, name in _columns(X)]
        self.n_features_in_ = len(names)
        if hasattr(self, "feature_names_in_"):  # set by an earlier fit
            del self.feature_names_in_
        if all(isinstance(name, str) for name in names):
            self.feature_names_in_ = np.array(names, dtype=object)
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = tags.input_tags.string = tags.input_tags.allow_nan = True
        tags.requires_fit = False
        return tags


class ArabicNormalizer(OneToOneFeatureMixin, _OfTexts):  # type: ignore[misc]
    """Normalizes a column of texts, or each column of a table of texts.

    A column (list, Series, array) comes back as its own kind, ready for a vectorizer; a table becomes a
    two-dimensional array. Nulls stay null. After ``set_output(transform="pandas")`` all become tables, as
    everywhere in scikit-learn: don't set it before a vectorizer, which would take the names of the
    columns for its texts.

    Parameters
    ----------
    profile : str, default "search"
    options : dict, optional
        As on `kayan.Normalizer`: ``{"ta_marbuta": False}``. What is wrong is an error of `fit`.

    Examples
    --------
    >>> from kayan.sklearn import ArabicNormalizer
    >>> ArabicNormalizer(options={"ta_marbuta": False}).fit_transform(["المدرسة الأولى", None])
    ['المدرسة الاولي', None]
    """

    def __init__(self, profile: str = "search", options: Mapping[str, Any] | None = None) -> None:
        self.profile = profile
        self.options = options

    def fit(self, X: Any, y: object = None) -> Self:
        """Check the parameters and remember the names of the columns, which is all."""
        self._normalizer()
        return super().fit(X, y)

    def transform(self, X: Any) -> Any:
        """Return the texts normalized."""
        normalizer = self._normalizer()
        if not _is_table(X):
            return normalizer.normalize_batch(X)
        columns = [as_list(normalizer.normalize_batch(texts), "transform()") for texts, _ in _columns(X)]
        return np.array(columns, dtype=object).T

    def _normalizer(self) -> Normalizer:
        return Normalizer(self.profile, **(self.options or {}))


class EntityCounts(_OfTexts):
    """Counts the entities of each label in each text.

    Takes a column of texts, or a table with one column. Gives a table of integers with a row for each text
    (all zeros for a null) and a column for each label of the matcher, sorted; entries without a label count
    as ``ENTITY``.

    Parameters
    ----------
    matcher : kayan.Matcher
        Shared, not copied, by ``sklearn.clone``.

    Examples
    --------
    >>> import kayan
    >>> from kayan.sklearn import EntityCounts
    >>> counts = EntityCounts(kayan.Matcher({"دبي": "CITY", "مصر": "COUNTRY"}))
    >>> counts.fit_transform(["من دبي إلى دبي", None, "مصر"]).tolist()
    [[2, 0], [0, 0], [0, 1]]
    >>> counts.get_feature_names_out().tolist()
    ['CITY', 'COUNTRY']
    """

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def fit(self, X: Any, y: object = None) -> Self:
        """Check the matcher; nothing is learnt from the texts."""
        if not isinstance(self.matcher, Matcher):
            raise TypeError(f"matcher must be a kayan.Matcher, got {type(self.matcher).__name__}")
        return super().fit(X, y)

    def transform(self, X: Any) -> Any:
        """Return the counts."""
        columns = _columns(X)
        if len(columns) != 1:
            raise KayanError(f"expected one column of texts, got {len(columns)}")
        found = self.matcher.find_batch(columns[0][0])._columns
        place = {name: i for i, name in enumerate(self.get_feature_names_out())}
        counts: Any = np.zeros((found.rows, len(place)), dtype=np.int64)
        labels = [place[label or NO_LABEL] for label in found.column("label")]
        np.add.at(counts, (found.column("row"), labels), 1)
        return counts

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """Return the labels, in the order of the columns."""
        of_entries = {label or NO_LABEL for label, _ in self.matcher._native.label_counts}
        # Rules have labels too.
        return np.array(sorted(of_entries.union(self.matcher.labels)), dtype=object)


def _is_table(X: Any) -> bool:
    return is_frame(X) or getattr(X, "ndim", 1) == 2


def _columns(X: Any) -> list[tuple[Any, Any]]:
    """Return the columns of a table, or a column by itself, each with its name or None."""
    if is_frame(X):
        return [(X[name], name) for name in X.columns]
    return [(column, getattr(column, "name", None)) for column in (X.T if _is_table(X) else [X])]
