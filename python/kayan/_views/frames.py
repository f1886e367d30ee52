"""A DataFrame that a notebook shows as the other tables of the package are shown; pandas is imported here."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kayan._views.summaries import frame_html


class Report(pd.DataFrame):  # type: ignore[misc]
    """A DataFrame with a table of its own in notebooks; what is selected from it is a plain DataFrame."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        return frame_html(
            self, "1 row" if len(self) == 1 else f"{len(self):,} rows", ("suggestion", "detail")
        )


def report(frame: Any) -> Any:
    """Return a frame as a `Report`."""
    return Report(frame)
