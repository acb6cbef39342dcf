"""Functions on dihedral groups as terms: the composition task on D_n, S3 being D_3.

An element r^k f^s, 0 ≤ k < n and s ∈ {0, 1}, is a pair of terms; r^k f^s · r^l f^t =
r^{k + (−1)^s l} f^{s+t}.  R, irreducible of degree 2 for n ≥ 3, sends it to the rotation by k/n
turn times diag(1, −1)^s; the sign sends it to (−1)^s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import and_, or_

from verify.formula import (
    Formula,
    Term,
    cos,
    equal,
    forall_range,
    half,
    iverson,
    mod,
    rational,
    sin,
    total,
    var,
)

Element = tuple[Term, Term]
Function = Callable[[Element], Term]


def compose(a: Element, b: Element) -> Element:
    """ab."""
    (k, s), (l, t) = a, b
    return k + (1 - 2 * s) * l, s + t - 2 * s * t


def sign(a: Element) -> Term:
    """1 on rotations, −1 on reflections."""
    return 1 - 2 * a[1]


def matrix(a: Element, n: int) -> list[list[Term]]:
    """R(a), an orthogonal 2×2 matrix."""
    turns, flip = a[0] / n, sign(a)
    return [[cos(turns), -flip * sin(turns)], [sin(turns), flip * cos(turns)]]


def combination(prefix: str, n: int) -> Function:
    """prefix0 + prefix1·sign + Σ prefix_ij R_ij with formal coefficients."""

    def function(a: Element) -> Term:
        entries = matrix(a, n)
        parts = [var(f"{prefix}{i}{j}") * entries[i][j] for i in range(2) for j in range(2)]
        return total([var(f"{prefix}0"), var(f"{prefix}1") * sign(a), *parts])

    return function


def weighted_margin_identity(*, factor: int = 2) -> tuple[Formula, dict[str, str]]:
    """On S3, with formal functions and class weights:

    E[φ(ab) − Σ_g τ(g) φ(abg)] = factor·Σ_{R≠1} b_R tr(αβγᵀ)/d_R², φ(c) = (u(a) + v(b))² w(c),

    τ = t on the three reflections and (1 − 3t)/2 on the two rotations.
    """
    n, t = 3, var("t")
    u, v, w = (combination(prefix, n) for prefix in "xyz")
    rotation = half(1 - 3 * t)
    zero, one = rational(0), rational(1)

    def at(a: Element, b: Element) -> Term:
        c = compose(a, b)
        reflections = total([w(compose(c, (rational(j), one))) for j in range(n)])
        rotations = total([w(compose(c, (rational(j), zero))) for j in range(1, n)])
        return (u(a) + v(b)) ** 2 * (w(c) - t * reflections - rotation * rotations)

    left = over_elements(("a", "b"), n, lambda a, b: at(a, b)) / 36
    trace = total(
        [
            var(f"x{i}{j}") * var(f"y{j}{l}") * var(f"z{i}{l}")
            for i in range(2) for j in range(2) for l in range(2)
        ]
    )
    right = factor * (6 * t * var("x1") * var("y1") * var("z1") + (1 + rotation) * trace / 4)
    names = [f"{p}{i}" for p in "xyz" for i in ("0", "1", "00", "01", "10", "11")]
    return equal(left, right), dict.fromkeys([*names, "t"], "indeterminate")


def over_elements(names: Sequence[str], n: int, body: Callable[..., Term]) -> Term:
    """Σ of body over one element of D_n for every name."""

    def nest(left: Sequence[str], chosen: list[Element]) -> Term:
        if not left:
            return body(*chosen)
        name = left[0]
        return total(f"{name}k", 0, n - 1, lambda k: total(
            f"{name}s", 0, 1, lambda s: nest(left[1:], [*chosen, (k, s)])))

    return nest(list(names), [])


@dataclass(frozen=True, kw_only=True)
class Neuron:
    """gain · (u(a) + v(b))² w(c).  At the sign: signs of u, v, w; at R: angles P, Q, T in turns of
    the unit vectors p, q, r with u = pᵀR q, v = qᵀR r, w = pᵀR r."""

    gain: Fraction
    signs: tuple[int, int, int] | None = None
    angles: tuple[Fraction, Fraction, Fraction] | None = None

    def functions(self, n: int) -> tuple[Function, Function, Function]:
        """u, v, w."""
        if self.signs is not None:
            return tuple(_signed(s) for s in self.signs)
        first, middle, last = self.angles
        return _between(first, middle, n), _between(middle, last, n), _between(first, last, n)


def _signed(factor: int) -> Function:
    return lambda a: factor * sign(a)


def _between(left: Fraction, right: Fraction, n: int) -> Function:
    """xᵀR(a)y for the unit vectors x, y at these angles."""
    return lambda a: cos(a[0] / n + sign(a) * right - left)


def network_formula(neurons: Sequence[Neuron], n: int, *, height: Fraction) -> Formula:
    """f(a, b, c) = height·(1[c = ab] − 1/(2n)) for all a, b, c in D_n."""

    def value(a: Element, b: Element, c: Element) -> Term:
        parts = []
        for neuron in neurons:
            u, v, w = neuron.functions(n)
            parts.append(rational(neuron.gain) * (u(a) + v(b)) ** 2 * w(c))
        return total(parts)

    def holds(a: Element, b: Element, c: Element) -> Formula:
        k, s = compose(a, b)
        hit = iverson(equal(mod(k, n), c[0]) & equal(s, c[1]))
        return equal(value(a, b, c), rational(height) * (hit - rational(1, 2 * n)))

    def nest(left: Sequence[str], chosen: list[Element]) -> Formula:
        if not left:
            return holds(*chosen)
        name = left[0]
        return forall_range(f"{name}k", 0, n - 1, lambda k: forall_range(
            f"{name}s", 0, 1, lambda s: nest(left[1:], [*chosen, (k, s)])))

    return nest(("a", "b", "c"), [])


def size(neurons: Sequence[Neuron], n: int) -> tuple[Term, Formula]:
    """Σ gain·‖ω‖³, and the formula that says what the norms are.

    A function xᵀR y has squared norm n and the sign has 2n, so ‖ω‖² is 3n or 6n.
    """
    squares = [6 * n if neuron.signs else 3 * n for neuron in neurons]
    terms = [
        neuron.gain * rational(q) ** rational(3, 2)
        for neuron, q in zip(neurons, squares, strict=True)
    ]
    norms = [
        equal(over_elements(("a",), n, _square_of(neuron.functions(n))), q)
        for neuron, q in zip(neurons, squares, strict=True)
    ]
    return total(terms), reduce(and_, norms)


def _square_of(functions: Sequence[Function]) -> Callable[[Element], Term]:
    return lambda a: total([f(a) ** 2 for f in functions])


def vanishing_moment() -> Formula:
    """(x, y, z) is one of the frequencies of (P, Q, T) whose moment vanishes in every optimal
    network on S3 (lemma *S3 width*)."""
    squares = [var(name) * var(name) for name in "xyz"]

    def pattern(*values: int) -> Formula:
        return reduce(and_, [equal(a, v * v) for a, v in zip(squares, values, strict=True)])

    even = [pattern(*v) for v in product((0, 2), repeat=3) if any(v)]
    odd = [pattern(1, 0, 1), pattern(1, 2, 1), pattern(3, 2, 1), pattern(1, 2, 3)]
    return reduce(or_, [*even, *odd])


def differences(points: Sequence[tuple[int, int, int]]) -> list[dict[str, int]]:
    """All differences of two points, as assignments for `vanishing_moment`."""
    return [
        dict(zip("xyz", (a - b for a, b in zip(p, q, strict=True)), strict=True))
        for i, p in enumerate(points)
        for q in points[:i]
    ]
