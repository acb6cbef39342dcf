"""Checkpoints of other people: numbers out, nothing executed, one line when a file is refused."""

from verify.auditing.checkpoints.document import Checkpoint, CheckpointError
from verify.auditing.checkpoints.files import read, read_pairs, sequence

__all__ = ["Checkpoint", "CheckpointError", "read", "read_pairs", "sequence"]
