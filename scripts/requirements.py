"""Print what one optional extra of pyproject.toml needs, a requirement a line; works on Python 3.10.

Usage: ``python scripts/requirements.py test``
"""

from __future__ import annotations

import sys
from importlib.metadata import requires

EXTRA = f'extra == "{sys.argv[1]}"'.replace('"', "'")

for requirement in requires("kayan") or []:
    name, _, marker = requirement.partition(";")
    if EXTRA in marker.replace('"', "'"):
        print(name.strip())
