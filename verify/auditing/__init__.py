"""A trained network in, its exact behaviour and its distance to every construction out.

Files are data from strangers: `checkpoints` reads them without executing anything.  Float
weights are exact dyadic numbers, so what is said of a network is a statement about integers.
"""

from verify.auditing.audit import Audit, audit, trajectory
from verify.auditing.checkpoints import CheckpointError

__all__ = ["Audit", "CheckpointError", "audit", "trajectory"]
