"""How the property-based tests are run, and the evidence that tests of claims share.

The same examples every time, so that a run says the same on every machine and day, and no
deadlines, because no test measures time.  `HYPOTHESIS_PROFILE=explore` draws new examples.
"""

import fcntl
import os

import pytest
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def registered(tmp_path_factory, worker_id):
    """id → (ledger entry in the quick profile, the folder with its certificates).

    A claim runs once in a test run, whichever test and process asks first; what is finished is
    taken from the folder that all processes share.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "registered-claims"
    shared.mkdir(exist_ok=True)

    def entry(claim_id):
        from verify.claims import registry
        from verify.core.engine import Settings, run

        with (shared / f"{claim_id}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (found,) = run([registry()[claim_id]], Settings(out=shared), lambda entry, again: None)
        return found, shared

    return entry
