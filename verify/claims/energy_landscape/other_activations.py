"""Other activations than the square: do the local maxima of the energy lie in one block?

A global maximum is a local one, so a neuron with more energy than every point of a single block
decides; for |x| a local maximum is followed to first order (lemma *mixed maxima*).  Energies are
evaluated from their definition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify.claims.energy_landscape.common import on_sphere
from verify.claims.writing import exact, formal
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, absolute, all_of, equal, rational, total, var
from verify.methods.refutations import refuted_by

Activation = Callable[[Term], Term]
_LEMMA = "mixed maxima"
_B, _D, _T = var("b"), var("d"), var("t")


def _energy(order: int, u: Sequence[int], v: Sequence[int], activation: Activation) -> Term:
    """E(w) on the cyclic group, from ½Σ(z_h − z̄)², z_h = Σ_xσ(u_{h+x} + v_x)."""
    z = [total([activation(rational(u[(h + x) % order]) + v[x]) for x in range(order)])
         for h in range(order)]
    mean = rational(1, order) * total(z)
    return rational(1, 2) * total([(value - mean) * (value - mean) for value in z])


def _formal(name: str, formula: Formula, group: str, *names: str) -> Check:
    return formal(
        name, formula, " ".join(names), scope=Domain.at({"group": group}), lemmas=(_LEMMA,))


def _exact(name: str, formula: Formula, group: str) -> Check:
    return exact(name, formula, scope=Domain.at({"group": group}))


def _decided(group: str, description: str, single: Check, mixed: Check, wrong: Check
             ) -> tuple[Check, Mutant]:
    """A neuron with more energy than single blocks; `wrong` spoils what is known of these."""
    check = Check(name=f"a neuron on {group}", procedure=refuted_by, arguments={
        "parts": (single, mixed), "point": {"group": group}, "description": description,
        "rests_on": (_LEMMA,)})
    return check, Mutant.of(check, "another value", parts=(wrong, mixed))


# -- Z2: the sign alone, u = b(1, −1), v = d(1, −1) ------------------------------------------------


def _sign_sums(power: int, activation: Activation, factor: int) -> Formula:
    """z_0 − z_1 is 0 for the cube; for the fourth power it is factor·bd(b² + d²), 16."""
    z_0 = activation(_B + _D) + activation(-_B - _D)
    z_1 = activation(_B - _D) + activation(-_B + _D)
    if power == 3:
        return equal(z_0, factor * _B) & equal(z_1, 0)
    return equal(z_0 - z_1, factor * _B * _D * (_B**2 + _D**2)) & equal(
        8 * (_B**2 + _D**2) ** 2 - 16 * _B * _D * (_B**2 + _D**2),
        8 * (_B**2 + _D**2) * (_B - _D) ** 2)


def _cube(x: Term) -> Term:
    return x * x * x


def _fourth(x: Term) -> Term:
    return x * x * x * x


_ONE = (1, 0)
_CUBE_SINGLE = _formal("the sign alone", _sign_sums(3, _cube, 0), "Z2", "b", "d")
_CUBE = _decided(
    "Z2", "Z2, x³: E = 0 in each block, and u = v = (1, 0)/√2 has E > 0", _CUBE_SINGLE,
    _exact("a mixed neuron", rational(0) < _energy(2, _ONE, _ONE, _cube), "Z2"),
    Mutant.of(_CUBE_SINGLE, "", formula=_sign_sums(3, _cube, 1)).check)
_FOURTH_SINGLE = _formal("the sign alone", _sign_sums(4, _fourth, 16), "Z2", "b", "d")
_FOURTH = _decided(
    "Z2", "Z2, x⁴: E ≤ 1 in each block, and u = v = (1, 0)/√2 has E = 49/16", _FOURTH_SINGLE,
    _exact("a mixed neuron", all_of((
        equal(_energy(2, _ONE, _ONE, _fourth), 49), rational(1) < rational(49, 16))), "Z2"),
    Mutant.of(_FOURTH_SINGLE, "", formula=_sign_sums(4, _fourth, 12)).check)


def _tanh_gap(power: int) -> Formula:
    """2T − 2T/(1 + T²) = 2T³/(1 + T²), times 1 + T²; true for the power 3."""
    return equal(2 * _T * (1 + _T**2) - 2 * _T, 2 * _T**power)


def _tanh_rules() -> Formula:
    """tanh a = (x − 1)/(x + 1), x = e^{2a}, y = 1/x: tanh is odd, tanh 2a = 2T/(1 + T²)."""
    x, y = var("x"), var("y")
    return equal((x - 1) * (1 + y) + (y - 1) * (1 + x), 2 * (x * y - 1)) & equal(
        (x + 1) ** 2 + (x - 1) ** 2, 2 * (x**2 + 1))


_TANH_SINGLE = _formal("less than twice", _tanh_gap(3), "Z2", "t")
_TANH = _decided(
    "Z2", "Z2, tanh: E = 0 in each block, and u = v = (1, 0)/√2 has E > 0", _TANH_SINGLE,
    _formal("rules of tanh", _tanh_rules(), "Z2", "x", "y"),
    Mutant.of(_TANH_SINGLE, "", formula=_tanh_gap(2)).check)

# -- Z3: the absolute value ------------------------------------------------------------------------

_PLACE_U, _PLACE_V = (1, 1, -1), (-1, 1, 1)


def _slope(scale: int) -> Formula:
    """At u = (1, 1, −1), v = (−1, 1, 1) on Z3, to first order: Σ(z_h − z̄)dz_h; true for scale 4.

    m_i stands for |k_i|, k the sums u_{hx} + v_x that vanish; s = ⟨w, δ⟩, t = ⟨n, δ⟩.
    """
    u, v, m = ([var(f"{name}{i}") for i in range(size)] for name, size in
               (("u", 3), ("v", 3), ("m", 4)))
    k = [u[0] + v[0], u[2] + v[2], u[1] + v[0], u[2] + v[1]]
    moves = [u[1] + v[1] + m[0] + m[1], u[0] + v[2] + m[2] + m[3],
             u[0] + u[1] - u[2] - v[0] + v[1] + v[2]]
    s = u[0] + u[1] - u[2] - v[0] + v[1] + v[2]
    t = u[0] + u[1] + u[2] - v[0] - v[1] - v[2]
    first = total([rational(a, 3) * move for a, move in zip((-4, -4, 8), moves, strict=True)])
    return all_of((
        equal(first, rational(16, 9) * s - rational(scale, 9) * total(k)
              - rational(scale, 3) * total(m)),
        equal(3 * v[0], k[0] + k[2] - rational(1, 2) * (s + t)),
        equal(3 * u[2], k[1] + k[3] - rational(1, 2) * (s - t))))


_NAMES = [f"{name}{i}" for name, size in (("u", 3), ("v", 3), ("m", 4)) for i in range(size)]
_SLOPE = _formal("first order at the neuron", _slope(4), "Z3", *_NAMES)
_SLOPE_WRONG = Mutant.of(_SLOPE, "", formula=_slope(3)).check


def _values(scale: int, activation: Activation) -> Check:
    """z − z̄ = (−4, −4, 8)/3 up to the scale, and E = 16/3 up to its square, from the definition."""
    z = [total([activation(rational(_PLACE_U[(h + x) % 3]) + _PLACE_V[x]) for x in range(3)])
         for h in range(3)]
    return _exact("the neuron on Z3", all_of((
        *(equal(3 * scale * value - scale * total(z), gap)
          for value, gap in zip(z, (-4, -4, 8), strict=True)),
        equal(3 * scale**2 * _energy(3, _PLACE_U, _PLACE_V, activation), 16))), "Z3")


_ABS = _decided("Z3", "Z3, |x|: u = (1, 1, −1)/√6, v = (−1, 1, 1)/√6 is a strict local maximum "
                "with E = 8/9; its mean is not 0", _SLOPE, _values(1, absolute), _SLOPE_WRONG)
_RELU = _decided("Z3", "Z3, ReLU: u = (1, 1, −1)/√6, v = (−1, 1, 1)/√6 is a strict local maximum "
                 "with E = 2/9; its mean is not 0", _SLOPE,
                 _values(2, lambda x: rational(1, 2) * (x + absolute(x))), _SLOPE_WRONG)
_POSITIVE = "Local maxima with E > 0; for smaller E it is constant nearby. On Z2 they obey. "

# -- Z4: up to constants ---------------------------------------------------------------------------


def _on_z4(power: int, factor: int) -> Formula:
    """Σ_x(c + p)^power for p = P, Q, −P, −Q by P² + Q²; true for factor 6 (cube), 12 (fourth)."""
    c, p, q = map(var, "cpq")
    values = [c + p, c + q, c - p, c - q]
    square = p**2 + q**2
    if power == 3:
        return equal(total([x**3 for x in values]), 4 * c**3 + factor * c * square)
    return all_of((
        equal(total([x**4 for x in values]),
              4 * c**4 + factor * c**2 * square + 2 * (p**4 + q**4)),
        equal(2 - 3 * c + c**2, (1 - c) * (2 - c)),
        equal(6 * c - 5 * c**2, rational(9, 5) - 5 * (c - rational(3, 5)) ** 2)))


_FIRST = (1, 0, 0, 0)
_CUBE_SUMS = _formal("sums over x on Z4", _on_z4(3, 6), "Z4", "c", "p", "q")
_CUBE_FREE = _decided(
    "Z4", "Z4, x³: E ≤ 4/3 in each block with constants, and u = v = (1, 0, 0, 0)/√2 has E = "
    "27/16", _CUBE_SUMS, _exact("a mixed neuron", all_of((
        equal(_energy(4, _FIRST, _FIRST, _cube), rational(27, 2)),
        rational(36, 27) < rational(27, 16))), "Z4"),
    Mutant.of(_CUBE_SUMS, "", formula=_on_z4(3, 5)).check)
_FOURTH_SUMS = _formal("sums over x on Z4", _on_z4(4, 12), "Z4", "c", "p", "q")
_FOURTH_FREE = _decided(
    "Z4", "Z4, x⁴: E ≤ 4 in each block with constants, and u = v = (1, 0, 0, 0)/√2 has E = "
    "147/32", _FOURTH_SUMS, _exact("a mixed neuron", all_of((
        equal(_energy(4, _FIRST, _FIRST, _fourth), rational(147, 2)),
        rational(4) < rational(147, 32), rational(81, 50) < 4)), "Z4"),
    Mutant.of(_FOURTH_SUMS, "", formula=_on_z4(4, 10)).check)

_READING = (
    "A block: an isotypic space of u and of v over the reals, the constants being that of the "
    "trivial irrep. ")
_CONSTANTS = "u and v may have constant parts as well: all other components lie in one block. "


def _row(
    key: str, tex: str, name: str, *decided: tuple[Check, Mutant], reading: str = ""
) -> Claim:
    checks, mutants = zip(*decided, strict=True)
    return on_sphere(
        f"li2.cand.other-powers.{key}", f"Local maxima for {name} lie in one block", "Energy",
        f"$\\sigma={tex}$: every local maximum lies in one real block.",
        "a group and a local maximum with components in two blocks", checks, *mutants,
        reading=_READING + reading)


CLAIMS = [
    _row("cube", "x^3", "x³", _CUBE, _CUBE_FREE),
    _row("cube.with-constants", "x^3", "x³, up to constants,", _CUBE_FREE, reading=_CONSTANTS),
    _row("fourth", "x^4", "x⁴", _FOURTH, _FOURTH_FREE),
    _row("fourth.with-constants", "x^4", "x⁴, up to constants,", _FOURTH_FREE, reading=_CONSTANTS),
    _row("abs", "|x|", "|x|", _ABS, reading=_POSITIVE),
    _row("relu", "\\mathrm{ReLU}", "ReLU", _RELU, reading=_POSITIVE),
    _row("tanh", "\\tanh", "tanh", _TANH),
]
