"""Validated trajectories and blow-up times of z' = 2p z̄w, w' = pz², z and w complex.

Baselines: for the trajectory scipy's DOP853 at tolerance 1e-13, which proves nothing; for the
blow-up times by elliptic integrals the validated integrator with a tail bound.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from fractions import Fraction

from constructions.numbers import RationalCubic
from verify.checker import check_document
from verify.formula import var
from verify.methods.enclosure import (
    CERTIFIED,
    Outcome,
    Settings,
    System,
    at,
    blow_up,
    integrate,
    ode_certificate,
)

P = 23
START = {"a": Fraction(1, 50), "b": 0, "c": Fraction(1, 100), "d": Fraction(17, 1000)}
GROWTH = 1000
STARTS = 10_000
TRAJECTORY = Settings(bits=100, tolerance=Fraction(1, 2**45))


def _field(a, b, c, d):
    """Re and Im of z = a + ib and w = c + id."""
    return (
        2 * P * (a * c + b * d),
        2 * P * (a * d - b * c),
        P * (a * a - b * b),
        2 * P * a * b,
    )


def _large(hull) -> bool:
    return max(x.abs_lower() for x in hull) >= GROWTH * max(map(float, START.values()))


def _validated(settings: Settings):
    system = System.of(_field, "a b c d")
    begin = time.perf_counter()
    run = integrate(system, START, until=10, stop=_large, settings=settings)
    seconds = time.perf_counter() - begin
    assert run.outcome is Outcome.STOPPED, run.reason
    return seconds, run


def _dop853(end: float) -> tuple[float, list[float]]:
    from scipy.integrate import solve_ivp

    begin = time.perf_counter()
    found = solve_ivp(lambda t, y: _field(*y), (0, end), [float(x) for x in START.values()],
                      method="DOP853", rtol=1e-13, atol=1e-16)
    return time.perf_counter() - begin, list(found.y[:, -1])


def _random_start(source: random.Random) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """|z|², |w|², Re z̄²w and Im z̄²w for dyadic Gaussian z and w."""
    a, b, c, d = (Fraction(round(source.gauss(0, 0.02) * 2**30), 2**30) for _ in range(4))
    real, imaginary = a * a - b * b, 2 * a * b
    return a * a + b * b, c * c + d * d, real * c + imaginary * d, real * d - imaginary * c


def _blow_up_time(magnitudes):
    """u = |w|² has u'² = 4p²(4u³ + 4C1u² + C1²u − C2²), C1 = |z|² − 2|w|², C2 = Im z̄²w."""
    zz, ww, real, imaginary = magnitudes
    c1 = zz - 2 * ww
    cubic = RationalCubic([-(imaginary**2), c1 * c1, 4 * c1, 4], bits=100)
    return cubic.time_to_infinity(ww, rising=real >= 0) / (2 * P)


def report() -> Iterator[str]:
    """Lines of a Markdown report."""
    _validated(TRAJECTORY)  # loads and compiles
    yield f"### A validated trajectory to {GROWTH} times its start\n"
    seconds, run = _validated(TRAJECTORY)
    width = max(float(x.relative_width()) for x in run.end.values())
    plain, reference = _dop853(float(run.time))
    off = max(abs(float(x) / y - 1) for x, y in zip(run.end.values(), reference, strict=True))
    yield "| method | steps | seconds | relative width or distance |"
    yield "|---|--:|--:|--:|"
    yield f"| validated | {len(run.steps)} | {seconds:.3f} | {width:.1e} |"
    yield f"| DOP853, tolerance 1e-13 | | {plain:.3f} | {off:.1e} (distance) |"
    yield f"\nValidated ÷ DOP853: {seconds / plain:.1f}.\n"
    _, coarse = _validated(CERTIFIED)
    certificate = ode_certificate(coarse, [at(-1, var("a") ** 2 > 1)])
    begin = time.perf_counter()
    result = check_document({"format": "verify-certificate/1", "claim": "benchmark", **certificate})
    assert result.accepted, result.reason
    yield (f"Its certificate at tolerance 2^-40: {len(coarse.steps)} steps, checked in "
           f"{time.perf_counter() - begin:.2f} s.\n")
    yield "### Blow-up times of random starts\n"
    source = random.Random(1)
    starts = [_random_start(source) for _ in range(STARTS)]
    begin = time.perf_counter()
    times = [_blow_up_time(start) for start in starts]
    elliptic = time.perf_counter() - begin
    widest = max(float(t.relative_width()) for t in times)
    system = System.of(lambda a, u, s: (4 * P * s, 2 * P * s, P * a * (4 * u + a)), "a u s")
    begin, sample = time.perf_counter(), 10
    for start, expected in zip(starts[:sample], times, strict=False):
        event = blow_up(system, dict(zip("aus", start[:3], strict=True)), leader="u",
                        weights={"a": 2, "u": 2, "s": 3}, degree=1, until=10_000,
                        settings=TRAJECTORY)
        assert event.time.arb.overlaps(expected.arb), event.reason
    integrated = (time.perf_counter() - begin) / sample * STARTS
    yield "| method | starts | seconds per 10,000 | widest, relatively |"
    yield "|---|--:|--:|--:|"
    yield f"| Carlson integrals | {STARTS} | {elliptic:.1f} | {widest:.1e} |"
    yield f"| validated integration with a tail | {sample} | {integrated:.0f} | about 1e-9 |"
    yield f"\nIntegration ÷ Carlson: {integrated / elliptic:.0f}."


if __name__ == "__main__":
    print("\n".join(report()))
