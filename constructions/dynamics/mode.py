"""One frequency of one neuron as a start of its decoupled flow z' = 2p z̄w, w' = p z².

With a = |z|², u = |w|² and s = |z|²|w| cos D the flow is polynomial: a' = 4ps, u' = 2ps,
s' = pa(4u + a); and a − 2u and |z|²|w| sin D are conserved (lemma *energies of a mode*).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from constructions.numbers import Ball
from constructions.numbers.carlson import RationalCubic


@dataclass(frozen=True, kw_only=True)
class Mode:
    """Magnitudes α, β > 0 of θ and ξ, and cos D, sin D of the misalignment D = 2φ − ψ; exact.

    sin D only matters up to its sign: give the angle by a rational point of the circle.
    """

    alpha: Fraction
    beta: Fraction
    cosine: Fraction
    sine: Fraction
    modulus: int = 1

    def __post_init__(self) -> None:
        for name in ("alpha", "beta", "cosine", "sine"):
            value = getattr(self, name)
            if isinstance(value, float):
                raise TypeError(f"{name}: expected an exact number, got {value!r} (type=float)")
            object.__setattr__(self, name, Fraction(value))
        if self.alpha <= 0 or self.beta <= 0:
            raise ValueError(f"expected positive magnitudes, got {self.alpha} and {self.beta}")
        if self.cosine**2 + self.sine**2 != 1:
            raise ValueError(
                f"expected cos² + sin² = 1, got cos D = {self.cosine}, sin D = {self.sine}"
            )

    @property
    def energies(self) -> dict[str, Fraction]:
        """a = α², u = β² and s = α²β cos D."""
        a, u = self.alpha**2, self.beta**2
        return {"a": a, "u": u, "s": a * self.beta * self.cosine}

    @property
    def balance(self) -> Fraction:
        """C1 = α² − 2β², conserved."""
        return self.alpha**2 - 2 * self.beta**2

    @property
    def moment(self) -> Fraction:
        """C2 = α²β sin D, conserved."""
        return self.alpha**2 * self.beta * self.sine

    def blow_up_time(self, *, bits: int = 128) -> Ball:
        """The time at which the magnitudes become infinite, by Carlson's R_F (lemma *blow-up of a
        mode*).  Raises ValueError for D = π, where they need not.
        """
        if self.cosine == -1:
            raise ValueError("at D = π the magnitudes need not grow; choose another misalignment")
        c1, c2 = self.balance, self.moment
        cubic = RationalCubic([-(c2**2), c1**2, 4 * c1, Fraction(4)], bits=bits)
        time = cubic.time_to_infinity(self.beta**2, rising=self.cosine >= 0)
        return time / (2 * self.modulus)


def blow_up_times(alpha: np.ndarray, beta: np.ndarray, misalignment: np.ndarray) -> np.ndarray:
    """Blow-up times for modulus 1 in floats (a lead, never evidence), arrays of one shape.

    misalignment: radians.  The largest root of u(C1 + 2u)² = C2² is found by Newton's method from
    above, where the cubic is convex; the others from their sum and product.
    """
    from scipy.special import elliprf

    a, u = alpha**2, beta**2
    c1, square = a - 2 * u, (a * beta * np.sin(misalignment)) ** 2
    root = u.copy()
    for _ in range(80):
        value = 4 * root**3 + 4 * c1 * root**2 + c1**2 * root - square
        slope = 12 * root**2 + 8 * c1 * root + c1**2
        root = np.where(value > 0, root - value / np.where(slope > 0, slope, 1), root)
    # the other two roots solve r² + (r1 + C1)r + (r1(r1 + C1) + C1²/4) = 0
    middle, product = -(root + c1) / 2, root * (root + c1) + c1**2 / 4
    spread = np.sqrt((middle**2 - product).astype(complex))
    others = middle + spread, middle - spread
    gap = np.maximum(u - root, 0).astype(complex)
    here = elliprf(gap, u - others[0], u - others[1]).real
    with np.errstate(invalid="ignore", divide="ignore"):
        turn = elliprf(0j, root - others[0], root - others[1]).real
    return np.where(np.cos(misalignment) >= 0, here, 2 * turn - here) / 2
