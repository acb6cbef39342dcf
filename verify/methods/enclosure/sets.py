"""Sets that are carried along a flow: x̂ + C·r0 + Q·r, after Lohner.

x̂ is an exact point, C·r0 the image of the initial box under the linear part of the flow (C an
exact matrix, r0 fixed), and Q·r what rounding, truncation and non-linearity added: Q is close to
orthogonal and turns with the flow, so that r is not blown up by wrapping.  Q may be any exact
invertible matrix: it is proposed in floats and its inverse is enclosed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

HALF = arb(0.5, 0.5)  # the unit interval [0, 1]; 0.5 is exact


@dataclass(frozen=True)
class FlowSet:
    """All x̂ + C·r0 + Q·r at a time.  centre: n exact balls; spread, frame: (n, n) exact
    matrices C and Q; initial, radii: n balls around 0.
    """

    time: Fraction
    centre: tuple[arb, ...]
    spread: arb_mat
    initial: tuple[arb, ...]
    frame: arb_mat
    radii: tuple[arb, ...]

    @staticmethod
    def box(time: Fraction, values: Sequence[arb]) -> FlowSet:
        """The set of all points of a box of balls."""
        n = len(values)
        unit = identity(n)
        return FlowSet(
            time,
            tuple(v.mid() for v in values),
            unit,
            tuple(arb(0, v.rad()) for v in values),
            unit,
            (arb(0),) * n,
        )

    def deviation(self) -> list[arb]:
        """The box of x − x̂."""
        linear = self.spread * column(self.initial) + self.frame * column(self.radii)
        return linear.entries()

    def hull(self) -> list[arb]:
        """The smallest box of balls that contains the set."""
        return [c + d for c, d in zip(self.centre, self.deviation(), strict=True)]

    def image(self, time: Fraction, jacobian: arb_mat, values: Sequence[arb]) -> FlowSet:
        """A set that contains y + J·(x − x̂) for every x here, y in `values`, J in `jacobian`."""
        centre = tuple(v.mid() for v in values)
        error = column([v - c for v, c in zip(values, centre, strict=True)])
        moved_spread = jacobian * self.spread
        spread = moved_spread.mid()
        error += (moved_spread - spread) * column(self.initial)
        moved_frame = jacobian * self.frame
        frame, inverse = _orthogonal(moved_frame, self.radii)
        radii = (inverse * moved_frame) * column(self.radii) + inverse * error
        around = tuple(arb(0, r.abs_upper()) for r in radii.entries())
        return FlowSet(time, centre, spread, self.initial, frame, around)


def identity(n: int) -> arb_mat:
    """The unit matrix."""
    return arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def column(values: Sequence[arb]) -> arb_mat:
    """An (n, 1) matrix."""
    return arb_mat(len(values), 1, list(values))


def _orthogonal(moved: arb_mat, radii: Sequence[arb]) -> tuple[arb_mat, arb_mat]:
    """A nearly orthogonal exact matrix whose first columns follow the longest edges of the
    parallelepiped moved·radii, and an enclosure of its inverse.
    """
    n = len(radii)
    try:
        entries = np.array([float(x.mid()) for x in moved.entries()]).reshape(n, n)
        widths = np.array([float(r.abs_upper()) for r in radii])
        with np.errstate(all="ignore"):  # a useless proposal is refused below
            lengths = widths * np.linalg.norm(entries, axis=0)
            frame, _ = np.linalg.qr(entries[:, np.argsort(-lengths, kind="stable")])
        if not np.all(np.isfinite(frame)):
            return identity(n), identity(n)
        proposed = arb_mat(n, n, [float(x) for x in frame.ravel()])
        return proposed, proposed.inv()
    except (np.linalg.LinAlgError, ZeroDivisionError, ValueError, OverflowError):
        return identity(n), identity(n)  # a box is always sound, only wider
