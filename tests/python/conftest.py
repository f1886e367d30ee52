"""Settings of the property tests, and the path to the references that they compare with."""

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# `reference` is a folder beside this one, not an installed package.
sys.path.insert(0, str(Path(__file__).parent.parent))

SHORT = 60
EXAMPLES = int(os.environ.get("KAYAN_EXAMPLES", SHORT))

settings.register_profile(
    "kayan",
    max_examples=EXAMPLES,
    deadline=None,
    # The short run is the same run every time; the long one looks for something new and remembers what it found.
    derandomize=EXAMPLES <= SHORT,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
settings.load_profile("kayan")
