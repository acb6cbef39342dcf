"""How the property-based tests are run.

The same examples every time, so that a run says the same on every machine and day, and no
deadlines, because no test measures time.  `HYPOTHESIS_PROFILE=explore` draws new examples.
"""

import os

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
