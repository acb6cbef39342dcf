"""Training dynamics of small quadratic networks on modular addition.

`mode_flow`: the leading-order gradient flow of one frequency of one neuron, derived from the
network's loss.  `mode`: one start of that flow, its conserved quantities and its blow-up time.
"""

from constructions.dynamics.mode import Mode, blow_up_times
from constructions.dynamics.mode_flow import ModeFlow, mode_flow

__all__ = ["Mode", "ModeFlow", "blow_up_times", "mode_flow"]
