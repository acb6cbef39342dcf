"""Voting neurons as terms, with formal angles and at listed inputs, and the steps they share.

Formal: x = s + d and y = s − d, so that 2d = x − y; s, d, j and φ are arbitrary angles in turns.
What holds for all angles holds for every modulus, frequency, input and label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from constructions.numbers import Turn
from constructions.voting import VotingNetwork, VotingNeuron, equal_phases
from verify.core.claim import Check
from verify.core.domain import Domain, Whole, odd
from verify.formula import (
    Formula,
    Term,
    all_of,
    cis,
    cos,
    equal,
    forall_range,
    iverson,
    mod,
    rational,
    total,
    var,
)
from verify.methods.combine import conjunction
from verify.methods.convolutions import Sum, at, convolution_identity
from verify.methods.identities import formal_identity

S, D, J, PHI = (var(n) for n in ("s", "d", "j", "phi"))
ALPHA, BETA = var("alpha"), var("beta")
X, Y = S + D, S - D
ANGLES = dict.fromkeys(("s", "d", "j", "phi"), "angle")
MAGNITUDES = dict.fromkeys(("alpha", "beta"), "indeterminate")
P, ORDER = var("p"), var("n")
HALF, QUARTER = rational(1, 2), rational(1, 4)

# Q = cos²((x−y)/2), and what a single aligned neuron computes in units of α²β Q.
Q = cos(D) ** 2
BRACKET = cos(2 * S - J) + 2 * cos(J + 2 * PHI) + cos(2 * S + J + 4 * PHI)


def neuron(
    phase: Term = PHI, *, output: Term | None = None, degree: int = 2, x: Term = X, y: Term = Y
) -> Term:
    """ξ[j] (θ[x] + θ[y])^degree; aligned (output phase 2φ) when `output` is None."""
    psi = 2 * phase if output is None else output
    return BETA * cos(J + psi) * (ALPHA * cos(x + phase) + ALPHA * cos(y + phase)) ** degree


def formally(
    name: str,
    formula: Formula,
    scope: Domain,
    *,
    symbols: dict[str, str] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Check:
    """A check of a formal identity; the symbols are those of a neuron unless given."""
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={
            "formula": formula,
            "formal": ANGLES | MAGNITUDES if symbols is None else symbols,
            "scope": scope,
            "rests_on": rests_on,
        },
    )


def indeterminates(*names: str) -> dict[str, str]:
    """Formal symbols that commute and nothing else."""
    return dict.fromkeys(names, "indeterminate")


# -- steps that several claims share -------------------------------------------------------


def neuron_step(scope: Domain, *, strength: Term = ALPHA**2 * BETA) -> Check:
    """A neuron is strength·Q·bracket: true for α²β."""
    return formally("one neuron", equal(neuron(), strength * Q * BRACKET), scope)


def split_step(scope: Domain, *, ghost: Term = QUARTER) -> Check:
    """Q cos(x+y−j) = ½cos(x+y−j) + ghost·(cos(2x−j) + cos(2y−j)): true for ¼."""
    right = HALF * cos(2 * S - J) + ghost * (cos(2 * X - J) + cos(2 * Y - J))
    symbols = dict.fromkeys(("s", "d", "j"), "angle")
    return formally("ghost split", equal(Q * cos(2 * S - J), right), scope, symbols=symbols)


def conjugates_step(scope: Domain, *, multiple: int = 2) -> Check:
    """e(t) + e(−t) = multiple·cos t: true for 2."""
    formula = equal(cis(S) + cis(-S), multiple * cos(S))
    return formally("conjugate characters", formula, scope, symbols={"s": "angle"})


def characters_step(scope: Domain, *, height: Term = ORDER) -> Check:
    """Σ_χ χ(z) = height·1[z = 0] on every finite Abelian group of order n: true for n."""
    right = Sum(coefficient=1, over=("z",), frequencies=({"z": 1},), body=at("g", z=1))
    left = Sum(coefficient=height, over=(), body=at("g"))
    return Check(
        name="sum of all characters",
        procedure=convolution_identity,
        arguments={"functions": ["g"], "left": [left], "right": [right], "scope": scope},
    )


U, V, W, TOTAL = (var(n) for n in ("u", "v", "w", "A"))


def wave_sum(hit: Term, background: Term = HALF) -> Term:
    """Σ_k cos(kz/p) over k ≤ (p−1)/2, where hit is 1[z = 0]."""
    return half_of(P) * hit - background


def half_of(value: Term) -> Term:
    """value/2 as a product, for formal symbols."""
    return HALF * value


def indicator(u: Term, v: Term, w: Term) -> Term:
    """−1 + (p/2)u + (p/4)(v + w): the printed bracket, u, v, w the indicators of its peaks."""
    return half_of(P) * u + QUARTER * P * (v + w) - 1


def assembly_step(scope: Domain, *, bracket: Term | None = None) -> Check:
    """A·(½Σ(u) + ¼Σ(v) + ¼Σ(w)) = (A/2)·bracket: true for the printed bracket."""
    sums = HALF * wave_sum(U) + QUARTER * (wave_sum(V) + wave_sum(W))
    right = half_of(TOTAL) * (indicator(U, V, W) if bracket is None else bracket)
    return formally(
        "sum over the frequencies",
        equal(TOTAL * sums, right),
        scope,
        symbols=indeterminates("p", "u", "v", "w", "A"),
    )


def indicator_steps(scope: Domain) -> tuple[Check, ...]:
    """What the lemma *flawed indicator* needs, for every odd p."""
    return (
        neuron_step(scope),
        split_step(scope),
        conjugates_step(scope),
        characters_step(scope),
        assembly_step(scope),
    )


def proved(name: str, parts: Sequence[Check], scope: Domain, *rests_on: str) -> Check:
    """A check that the parts and the named lemmas settle together."""
    return Check(
        name=name,
        procedure=conjunction,
        arguments={"parts": tuple(parts), "scope": scope, "rests_on": rests_on},
    )


# -- networks at listed inputs ------------------------------------------------------------

# α β² = 1 for all three neurons of k = 1 at p = 3, and one vote, α²β = 64, that drowns the others.
SHOUTED = VotingNetwork(
    modulus=3,
    neurons=tuple(
        VotingNeuron(frequency=1, phase=phase, alpha=Fraction(alpha), beta=Fraction(beta))
        for phase, alpha, beta in zip(equal_phases(3), (16, 1, 1), ("1/4", 1, 1), strict=True)
    ),
)
SHOUTED_NAME = "k=1, φ = 0, 1/3, 2/3 turns, (α, β) = (16, 1/4), (1, 1), (1, 1)"


def printed_diversification(network: VotingNetwork) -> Formula:
    """(ii) and (iii) as printed: a common αβ², and Σ e^{iιφ} = 0 for ι = 2, 4."""
    values = [rational(n.alpha * n.beta**2) for n in network.neurons]
    return all_of(equal(v, values[0]) for v in values) & phase_sums_vanish(network)


INPUTS = ("x", "y", "j")
x, y, j, N = (var(n) for n in (*INPUTS, "N"))
FREQUENCIES = (P - 1) / 2
DIVERSIFIED = Domain.of(
    p=odd(3), network=Whole("fully diversified networks, with their inputs and labels")
)


def at_input(
    k: Term,
    phase: Term,
    *,
    alpha: Term | int = ALPHA,
    beta: Term | int = BETA,
    label: Term = j,
) -> Term:
    """An aligned neuron of frequency k at the variables x, y and a label."""
    inner = cos(k * x / P + phase) + cos(k * y / P + phase)
    return alpha**2 * beta * inner**2 * cos(k * label / P + 2 * phase)


def equal_phase_network(
    label: Term = j,
    *,
    last: Term = FREQUENCIES,
    alpha: Term | int = ALPHA,
    beta: Term | int = BETA,
) -> Term:
    """f(x, y)[label] with N equally spaced phases at each k ≤ last and common α, β."""

    def group(k: Term) -> Term:
        return total(
            "m", 0, N - 1, lambda m: at_input(k, m / N, alpha=alpha, beta=beta, label=label)
        )

    return total("k", 1, last, group)


def logit(
    network: VotingNetwork,
    x: Term | int,
    y: Term | int,
    label: Term | int,
    activation: Callable[[Term], Term] = lambda u: u**2,
) -> Term:
    """f(x, y)[label] of a listed network; inputs and label are integers, or terms that are."""
    p = network.modulus
    terms = []
    for n in network.neurons:

        def wave(element: Term | int, phase: Turn, k: int = n.frequency) -> Term:
            if isinstance(element, int):
                return cos(rational((phase.fraction + Fraction(k * element, p)) % 1))
            return cos(phase.fraction + k * element / p)

        inner = n.alpha * (wave(x, n.phase) + wave(y, n.phase))
        terms.append(n.beta * activation(inner) * wave(label, n.output_phase))
    return total(terms)


def votes_right(
    network: VotingNetwork,
    *,
    pairs: Iterable[tuple[int, int]] | None = None,
    activation: Callable[[Term], Term] = lambda u: u**2,
) -> Formula:
    """The label's logit is strictly the largest at the pairs (default: all x ≤ y)."""
    last = network.modulus - 1

    def right(x: Term | int, y: Term | int) -> Formula:
        # Waves have period p, so x + y + lag stands for that label modulo p.
        label = logit(network, x, y, x + y, activation)
        return forall_range(
            "lag", 1, last, lambda lag: label > logit(network, x, y, x + y + lag, activation)
        )

    if pairs is not None:
        return all_of(right(x, y) for x, y in pairs)
    return forall_range("x", 0, last, lambda x: forall_range("y", x, last, lambda y: right(x, y)))


def phase_sums_vanish(network: VotingNetwork, orders: Sequence[int] = (2, 4)) -> Formula:
    """Condition (iii): Σ e^{iιφ} = 0 at every frequency of the network, as closed terms."""
    return all_of(
        equal(total([cis(rational((order * n.phase).fraction)) for n in group]), 0)
        for group in network.groups.values()
        for order in orders
    )


def symmetric() -> Formula:
    """Condition (iii) for N equally spaced phases: Σ e(ιm/N) = 0 for ι = 2, 4."""
    two, four = (equal(total("m", 0, N - 1, lambda m, i=i: cis(i * m / N)), 0) for i in (2, 4))
    return two & four


def hits() -> tuple[Term, Term, Term]:
    """1[x+y = j], 1[2x = j], 1[2y = j] modulo p."""
    u, v, w = (iverson(equal(mod(form - j, P), 0)) for form in (x + y, 2 * x, 2 * y))
    return u, v, w
