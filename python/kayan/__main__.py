"""``python -m kayan``: the same as the command ``kayan``."""

import sys

from kayan.cli import main

sys.exit(main())
