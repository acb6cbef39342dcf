"""Carlson's elliptic integral R_F in balls, and the times it gives for u'² = cubic(u).

    R_F(x, y, z) = ½ ∫_0^∞ dt / √((t+x)(t+y)(t+z)),

symmetric in its arguments, of which at most one may be zero (B. C. Carlson, *Numerical computation
of real or complex elliptic integrals*, 1995; DLMF 19.16).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from flint import acb, arb, ctx, fmpz_poly

from constructions.numbers.ball import Ball
from constructions.numbers.complex_ball import ComplexBall


def carlson_rf(x: Any, y: Any, z: Any, *, bits: int = 128) -> ComplexBall:
    """R_F(x, y, z) for exact numbers, `Ball`s or `ComplexBall`s off the negative real axis.

    Raises ArithmeticError when the arguments leave the value undetermined (two of them may be
    zero, or one may lie on the negative axis).
    """
    with ctx.workprec(bits):
        arguments = [_acb(v, bits) for v in (x, y, z)]
        value = acb.elliptic_rf(*arguments)
    cut = any(a.imag.contains(0) and not a.real >= 0 for a in arguments)
    if cut or not value.is_finite():
        raise ArithmeticError(
            f"R_F is not determined by the arguments {x!r}, {y!r}, {z!r}: at most one may be zero "
            "and none may be negative; raise the precision, or separate them"
        )
    return ComplexBall(
        real=Ball.from_arb(value.real, bits=bits), imag=Ball.from_arb(value.imag, bits=bits)
    )


class RationalCubic:
    """A cubic with rational coefficients and certified roots, for u'² = cubic(u).

    coefficients: of 1, u, u², u³, exact; the last one is positive.
    """

    def __init__(self, coefficients: Sequence[int | Fraction], *, bits: int = 128) -> None:
        exact = [Fraction(c) for c in coefficients]
        if len(exact) != 4 or exact[3] <= 0:
            raise ValueError(f"expected four coefficients, the last one positive, got {exact!r}")
        self.bits, self._exact = bits, exact
        scale = lcm(*(c.denominator for c in exact))
        with ctx.workprec(bits):
            found = fmpz_poly([int(c * scale) for c in exact]).complex_roots()
        # exact polynomials: roots are isolated with their multiplicities, real ones as real balls
        self.roots = [root for root, multiplicity in found for _ in range(multiplicity)]
        real = [root for root in self.roots if root.imag.is_zero()]
        self.largest = max(real, key=lambda root: root.real.mid())

    def time_to_infinity(self, start: Fraction, *, rising: bool = True) -> Ball:
        """The time in which u'² = cubic(u) leads from u = start to infinity.

        start: at or above the largest real root r1.  rising: u' ≥ 0 at the start; otherwise u
        first falls to r1 and turns there.  With Π(u − r_i)·leading = cubic,
        ∫_u^∞ dv/√cubic = (2/√leading)·R_F(u − r1, u − r2, u − r3).

        Raises ArithmeticError when the time is infinite or not determined: r1 a double root with
        start = r1 or falling, or start not certainly at or above r1.
        """
        first, leading = self.largest, self._exact[3]
        others = list(self.roots)
        others.remove(first)
        with ctx.workprec(self.bits):
            u = arb(start.numerator) / start.denominator
            gap = u - first.real
            exact_root = gap.contains(0) and self._vanishes(start)
            if not (gap > 0 or exact_root):
                raise ArithmeticError(f"the start {start} is not certainly above {first.real}")
            zero = acb(0)
            here = [zero if exact_root else acb(gap), *(acb(u) - r for r in others)]
            value = acb.elliptic_rf(*here).real
            if not rising and not exact_root:
                turn = acb.elliptic_rf(zero, *(first - r for r in others)).real
                value = 2 * turn - value
            value = 2 * value / (arb(leading.numerator) / leading.denominator).sqrt()
        if not value.is_finite():
            raise ArithmeticError("the time is infinite, or not determined at this precision")
        return Ball.from_arb(value, bits=self.bits)

    def _vanishes(self, u: Fraction) -> bool:
        return sum(c * u**i for i, c in enumerate(self._exact)) == 0


def _acb(value: Any, bits: int) -> acb:
    if isinstance(value, ComplexBall):
        return acb(value.real.arb, value.imag.arb)
    return acb(Ball(value, bits=bits).arb)
