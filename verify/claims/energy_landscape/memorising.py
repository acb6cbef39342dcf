"""Remarks on memorising, width and the amount of data that the energy decides.

What these remarks say of trained networks are other claims.
"""

from __future__ import annotations

from verify.claims.energy_landscape.common import (
    GROUPS,
    ON_SPHERE,
    SIGN,
    Z2,
    at,
    lemma,
    pair,
    paper,
)
from verify.claims.energy_landscape.maximisers import NULLITY
from verify.claims.energy_landscape.samples import wrong_part
from verify.claims.writing import entry, exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, cos, equal, rational, total

_M, _E, _B, _T = symbols("M e b t")
_ONE_PAIR = ("one-pair nodes",)
_ABELIAN = Domain.of(group=Whole("finite Abelian groups of order at least 3"))
_LARGE_BLOCKS = Domain.of(block=Whole("real blocks with D ≥ 2"))


def _entry(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Check, *wrong: Mutant, reading: str, domain: Domain = GROUPS,
           **rest: str) -> Claim:
    return entry(
        claim_id, title, statement, source=paper(locator), kind="em", domain=domain,
        reading=ON_SPHERE + reading, falsified_by=falsified_by, checks=(check,), mutants=wrong,
        **rest,
    )


def _row(claim_id: str, title: str, locator: str, statement: str, missing: str) -> Claim:
    return entry(
        claim_id, title, statement, source=paper(locator), kind="em",
        domain=Domain.of(setting=Whole("trained networks")),
        reading="As printed; no reading is fixed without what is missing. ",
        falsified_by="a statistic outside the reading", missing=missing,
    )


# -- nodes -------------------------------------------------------------------------------------


def _solutions(offset: int) -> Formula:
    """r + s + 2c at c = e/2 + b, r = s = 1/2 + Mb, is e + 1 + (2M + offset)b; e = [xy = l].

    And the total of a c in the kernel: (M + 2)t = −Mt says (2M + offset)t = 0.
    """
    sums = rational(1, 2) + _M * _B
    return equal(2 * sums + 2 * (_E / 2 + _B), _E + 1 + (2 * _M + offset) * _B) & equal(
        (_M + 2) * _T + _M * _T, (2 * _M + offset) * _T)


def _surplus(second: int) -> Formula:
    """M² − M − (2M − 2) = (M − 1)(M − second)."""
    return equal(_M**2 - _M - (2 * _M - 2), (_M - 1) * (_M - second))


def _more(order: int) -> Formula:
    """M² − M nodes of one pair are not more than 2M − 2."""
    return rational(order**2 - order) <= 2 * order - 2


_SOLUTIONS = formal("outputs of one-pair nodes", _solutions(2), "M e b t", scope=GROUPS,
                    lemmas=_ONE_PAIR)
_SURPLUS = formal("the difference", _surplus(2), "M", scope=_ABELIAN, lemmas=_ONE_PAIR)
_TWO = exact("M = 2", _more(2), scope=Domain.at({"group": "Z2"}), lemmas=_ONE_PAIR)
_NOT_MORE = refutation(
    "two nodes on Z2", _SOLUTIONS, _TWO, point={"group": "Z2", "nodes": 2},
    description="Z2: M² − M = 2 one-pair nodes memorise, and 2M − 2 = 2 nodes [u; ±Pu] generalise",
    lemmas=(*_ONE_PAIR, "node count", "pairs of nodes"))
_MORE = proof("nodes", _SOLUTIONS, _SURPLUS, scope=_ABELIAN,
              lemmas=(*_ONE_PAIR, "node count", "pairs of nodes"))

# -- flatness ----------------------------------------------------------------------------------


def _circle(factor: int) -> Formula:
    """Ψ on the great circle from √2e_1 towards s_g: factor·p(1 − x) + 2qx, x = sin²."""
    p, q, x = symbols("p q x")
    return equal(factor * p * (1 - x) + 2 * q * x, 2 * p + 2 * (q - p) * x)


_CIRCLE = formal("circles from one pair", _circle(2), "p q x", scope=GROUPS, lemmas=_ONE_PAIR)
_SHARP = at("the maxima of Z2", pair(Z2, SIGN, spectrum=[(-8, 1), (-4, 2)]),
            rests_on=("energy Hessian",))
_NULL = lemma("zero eigenvalues", "energy-hessian", _LARGE_BLOCKS, spectrum=[[0, NULLITY]])
_NOT_FLATTER = refutation(
    "Z2", _CIRCLE, _SHARP, point={"group": "Z2"},
    description="Z2: the Riemannian Hessian has the eigenvalues −8E*, −4E*, −4E* at the "
    "generalising maxima, so no zero, as at the memorising ones",
    lemmas=(*_ONE_PAIR, "energy Hessian"))
_FLATTER = proof("zero eigenvalues", _CIRCLE, _NULL, scope=_LARGE_BLOCKS,
                 lemmas=(*_ONE_PAIR, "energy Hessian"))

# -- width -------------------------------------------------------------------------------------


def _unreachable(frequency: int) -> Formula:
    """Z4, T = c(a)c(x) with c(x) = cos(2πx·frequency/4), nodes u = α(−1)^a, v = β(−1)^x:
    T is orthogonal to (u_a + v_x)² for all α and β, and not to the label 0.
    """
    alpha, beta = symbols("alpha beta")
    terms, target = [], []
    for a in range(4):
        for x in range(4):
            weight = cos(rational(a * frequency, 4)) * cos(rational(x * frequency, 4))
            u, v = (-1) ** a * alpha, (-1) ** x * beta
            terms.append(weight * (u + v) ** 2)
            target.append(weight * int(a == x))
    return equal(total(terms), 0) & equal(total(target), 2)


_WITHOUT = formal("Z4 without its pair of complex characters", _unreachable(1), "alpha beta",
                  scope=Domain.at({"group": "Z4"}))
_COVER = proof("blocks", _WITHOUT, scope=GROUPS, lemmas=("blocks that must be used",))

# -- data --------------------------------------------------------------------------------------

_SHARES = Domain.of(p=Whole("0 < p < q < 1, fixed while M → ∞"))


def _larger(doubled: int) -> Formula:
    """q²(m − s)² against p²(m + 2r)²: the least at q, the most at p; m² = M/2, r² = 8(1 − p)/p.

    s² = 8(1 − q)/q.  The first factor has the sign of (q − p)m for large m, the second is positive.
    """
    p, q, m, r, s = symbols("p q m r s")
    return equal(
        q**2 * (m - s) ** 2 - p**2 * (m + 2 * r) ** 2,
        ((q - p) * m - (q * s + doubled * p * r)) * ((q + p) * m - (q * s - doubled * p * r)))


def _sums(share: int) -> Formula:
    """ẑ − qẐ = p(g − qΣg): ẑ = p·g + m/M, Ẑ = p·G + n/M, q = m/n; one label, times n."""
    p, g, whole, kept, n, inverse = symbols("p g G k n i")
    return equal(n * (p * g + kept * inverse) - share * kept * (p * whole + n * inverse),
                 p * (n * g - kept * whole))


_GROWTH = ("a memorising neuron",)
_LARGER = formal("the mean grows with p", _larger(2), "p q m r s", scope=_SHARES, lemmas=_GROWTH)
_CENTRED = formal("centred sums", _sums(1), "p g G k n i", scope=_SHARES, lemmas=_GROWTH)
_SIGNAL = proof("the mean of the signal", _LARGER, _CENTRED, scope=_SHARES, lemmas=_GROWTH)

CLAIMS = [
    _entry(
        "li2.memorising-sharp.nodes", "Memorising needs more nodes", "§8",
        "Memorising needs more nodes.", "a group on which it needs no more", _NOT_MORE,
        wrong_part(_NOT_MORE, _TWO, "M = 3", _more(3)),
        corrected_by="li2.memorising-sharp.nodes.corrected",
        reading="On the full data, residual 0: the fewest nodes of one pair each, the memorising "
        "maxima of Theorem 5 (M² − M), against the 2Σ_{k≠0}d_k⁴ complex nodes at maxima of E that "
        "suffice to generalise. ",
    ),
    _entry(
        "li2.memorising-sharp.nodes.corrected", "Memorising needs more nodes from M = 3 on", "§8",
        "On Abelian groups with $M\\ge3$ memorising needs $M^2-M>2M-2$ nodes.",
        "an Abelian group on which it needs no more", _MORE,
        wrong_part(_MORE, _SURPLUS, "(M − 1)(M − 3)", _surplus(3)),
        wrong_part(_MORE, _SOLUTIONS, "2M + 1", _solutions(1)),
        domain=_ABELIAN, corrects="li2.memorising-sharp.nodes",
        reading="As in li2.memorising-sharp.nodes; for d > 1 2Σd⁴ may exceed M² − M (S3: 34 and "
        "30). ",
    ),
    _entry(
        "li2.memorising-sharp.flat", "Memorising solutions are less flat", "§8",
        "Memorising is less flat.", "a group on which it is as flat", _NOT_FLATTER,
        wrong_part(_NOT_FLATTER, _CIRCLE, "one p", _circle(1)),
        corrected_by="li2.memorising-sharp.flat.corrected",
        reading="Less flat: fewer zero eigenvalues of the Riemannian Hessian. Memorising: the "
        "maxima of Theorem 5, one target, one largest p_g (none is zero); generalising: those of E "
        "on the full data. ",
    ),
    _entry(
        "li2.memorising-sharp.flat.corrected", "Memorising solutions are less flat, D ≥ 2", "§8",
        "Memorising maxima have no zero eigenvalue, the maxima of a block with $D\\ge2$ have "
        "$3D-2-f\\ge1$.", "a block with D ≥ 2 and no zero eigenvalue", _FLATTER,
        wrong_part(_FLATTER, _CIRCLE, "one p", _circle(1)),
        domain=_LARGE_BLOCKS, corrects="li2.memorising-sharp.flat",
        reading="As in li2.memorising-sharp.flat; f ≤ D, so 3D − 2 − f ≥ 2D − 2. ",
    ),
    _row("li2.memorising-sharp.trained", "Trained memorising solutions", "§8",
         "Memorising needs more nodes and is less flat.",
         "the widths and data at which networks memorise and a measure of flatness for trained "
         "weights are not printed"),
    _entry(
        "li2.width-window.cover", "The width must cover the maxima", "§8",
        "$K$ must cover the maxima.", "a group and nodes that leave a block out, residual 0",
        _COVER, wrong_part(_COVER, _WITHOUT, "the sign itself", _unreachable(2)),
        reading="Nodes at maxima of E, each of one non-trivial real block; V with residual 0 on "
        "the full data needs a node at every block, so K is at least their number. ",
    ),
    _row("li2.width-window.slow", "Very large widths are slow", "§8", "Very large $K$ slows.",
         "which widths are very large, with what rates and decay, and what is timed are not "
         "printed"),
    _entry(
        "li2.more-data.signal", "More data, a larger signal", "§7", "More data is faster.",
        "p < q and arbitrarily large M with a mean at q that is not larger", _SIGNAL,
        wrong_part(_SIGNAL, _LARGER, "r instead of 2r", _larger(1)),
        wrong_part(_SIGNAL, _CENTRED, "shares twice", _sums(2)), domain=_SHARES,
        reading="Bernoulli(p) rows of Z_M; faster: a larger mean of Ê, centred and summed over the "
        "kept rows, at the full-data maxima of one frequency (all phases): p²M/4 + O(√M), "
        "for M → ∞. Not at every w: a memorising neuron (e_a, 0) has the mean Mp(1 − p)/2, which "
        "falls from p = 1/2 on. Nothing is said of the time a training run takes. ",
    ),
    _row("li2.more-data.trained", "More data in training", "§7", "More data is faster.",
         "the shares compared, widths, rates and decay, and the accuracy at which time is taken "
         "are not printed"),
    _row("li2.early-stopping.leaves", "Long training on scarce data", "§8",
         "Scarce data: long training leaves generalising solutions.",
         "how scarce, how long, with what rate, decay and width, and what counts as having left "
         "are not printed; Figure 7 has three rates and no seeds"),
]
