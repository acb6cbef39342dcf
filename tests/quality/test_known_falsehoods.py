"""Statements that are known to be false are refuted, each with a named smallest witness.

Why nothing smaller works stands beside each.
"""

import json

import pytest

from verify.checker import check_document

WITNESSES = {
    # 1 − 1/(p−1) = p/(p−1) is wrong at the first modulus of the domain.
    "fc.delta-average.display": {"p": 3},
    # Both argmins hold at a pair of negative margin; k and p are the least of the domain.
    "fc.stationary-display": {"k": 2, "p": 3},
    "fc.tau-objective": {"k": 2, "p": 3},
    "fc.condition-equivalence": {"k": 2, "p": 3},
    # The mass at (0, 0); b = 1 is the least integer, and one neuron is always in Θ.
    "fc.combine.scaling": {"k": 2, "p": 3, "m": 2, "b": 1},
    "fc.cand.combine-b.two": {"k": 2, "p": 3, "m": 2},
    "fc.cand.combine-b.larger": {"k": 2, "p": 3, "m": 2, "b": 4},
    "fc.multiclass.optimal": {"k": 2, "p": 3, "m": 1},
    # Six neurons attain the maximum margin at (2, 3).
    "fc.multiclass.support": {"k": 2, "p": 3, "m": 6},
    # On one point the minimum is the value there.
    "fc.multiclass.margin": {"k": 2, "p": 3, "m": 1, "data": "(0, 0), (0, 1)"},
    "mor.multiclass.optimal": {"k": 2, "p": 3},
    "fc.cand.multiclass-min.argmin": {"k": 2, "p": 3},
    "fc.cand.ce-small-lambda": {"k": 2, "p": 3},
    # The thresholds are 2/3 and 1 there; 1/2 is the simplest ratio with non-zero minimisers.
    "fc.cand.ce-value-2": {"k": 2, "p": 3, "ratio": "1/2"},
    "fc.cand.ce-threshold.gamma": {"k": 2, "p": 3, "ratio": "2/3"},
    "fc.cand.half-data": {"k": 2, "p": 3},
    # A mean of ones is 1.
    "fc.cross-terms.cubed": {"k": 3, "p": 3},
    "fc.cross-terms.squared": {"k": 3, "p": 3},
    # Two angles make two terms, not four.
    "fc.angle-sum-sketch.terms": {"k": 2},
    # With a_1 = a_2 = 0 both sines vanish, and their signs do not matter.
    **{
        f"fc.second-term.neuron-{number}": {"p": 3, "zeta": 1, "a1": 0, "a2": 1, "a3": 0, "c": 0}
        for number in (1, 2, 3, 4)
    },
    # 32 neurons at p = 3, and 24 times a cosine that is 1.
    "fc.neurons-56.count": {"p": 3},
    "fc.neurons-56.unit": {"p": 3, "a1": 0, "a2": 0, "a3": 0, "c": 0},
    # The value is −1/2 at every δ ≠ 0.
    "fc.cos-sum.otherwise": {"p": 3, "delta": 1},
    # No smaller j, in lexicographic order, has a non-zero coefficient where it should not.
    "fc.support-k3.cubed": {"k": 3, "p": 3, "j1": 1, "j2": 0, "j3": 0, "j4": 1},
    "fc.support-k3.squared": {"k": 3, "p": 3, "j1": 0, "j2": 1, "j3": 0, "j4": 1},
    "fc.neuron-dft": {"k": 3, "p": 3, "j1": 0, "j2": 0, "j3": 0, "j4": 1},
    # Neurons of a network of norm 1 have norm 1 only if there is one of them.
    "fc.margin-split.amplitude": {"k": 2, "p": 3, "width": 6},
    # 2^{2k−1}(p−1)/2 neurons are 8 (k = 2) and 32 (k = 3) at p = 3; six are the fewest of all for
    # k = 2, nine the fewest known for k = 3.
    "fc.construction.necessity": {"k": 2, "p": 3, "width": 6},
    "fc.construction-k3.necessity": {"k": 3, "p": 3, "width": 9},
    "fc.necessary-count": {"k": 2, "p": 3, "width": 6},
    # (k+1)·2^{k−2}(p−1) is below every multiple of 4^k in the end, so no k is a witness alone.
    "fc.omega-4k": {"width": "(k+1)·2^(k−2)·(p−1)"},
    # p = 2 is the only modulus that these two are about.
    "fc.parity.value": {"k": 2, "p": 2, "margin": "0.272165526976", "stated": "0.19245008973"},
    "fc.parity.width": {"k": 2, "p": 2, "width": 2},
    # The sizes are 97², 31³, 11⁴ and 5⁵; the second and the last are the furthest apart.
    "fc.grok-weaker.sizes": {"k": 3, "p": 31, "l": 5, "q": 5},
    # Q = p−1 and p−2+ρ are wrong from p = 2 on; Q = p−2 has no p = 2, and Q = (p−1)/ρ is right
    # there.
    "fc.cand.gamma-even-1": {"k": 2, "p": 2},
    "fc.cand.gamma-even-2": {"k": 2, "p": 4},
    "fc.cand.gamma-even-4": {"k": 2, "p": 2},
    "fc.cand.gamma-even-5": {"k": 2, "p": 4},
    # 9 is the first odd number from 3 on that is no prime, and six neurons for each of its four
    # frequencies are enough; k = p = 3 is the first case of p ≤ k.
    "fc.cand.gamma-prime": {"k": 2, "p": 9, "width": 24},
    "fc.cand.gamma-small-p": {"k": 3, "p": 3, "width": 9},
    "fc.cand.gamma-p2": {"k": 2, "p": 2},
    # At p = 2 there is no other frequency than p/2.
    "fc.cand.nyquist-only": {"k": 2, "p": 4},
    "fc.cand.nyquist-share.equal": {"k": 2, "p": 4},
    # At p = 3 there is only one frequency.
    "fc.cand.share-count": {"k": 2, "p": 5},
    "fc.cand.single-frequency.k1": {"k": 1, "p": 5},
    # Six neurons, the fewest at (2, 3), have one norm in every max-margin network.
    "fc.cand.equal-norms": {"k": 2, "p": 3, "width": 7},
    # The least k and p of the domain; k = 3 and p = 5 are the least to which a proof that covers
    # every cyclic design applies.
    "fc.cand.short-ladder": {"k": 2, "p": 3, "width": 4},
    "fc.cand.thirds-fixed": {"k": 2, "p": 3},
    "fc.cand.pentagon": {"k": 2, "p": 3},
    "fc.cand.cyclic-16": {"k": 3, "p": 5},
    # No odd p ≥ 3 is at most k = 2.
    "fc.cand.mode-test.small-modulus-only-if": {"k": 3, "p": 3, "design": "nine"},
    "fc.cand.six": {"k": 3, "p": 3},
    # k = 2 is the least even k; for odd k either sign is optimal.
    "fc.single-neuron.form-optimal": {"k": 2, "p": 3},
    "fc.cand.argmax-both": {"k": 2, "p": 3},
    # At k = 1 both sides of the bound agree for every p; p = 3 has one frequency only.
    "fc.cand.bound-general": {"k": 2, "p": 2},
    "fc.cand.argmax-k1": {"k": 1, "p": 5},
    "fc.cand.identity-mean-zero": {"k": 1, "p": 2},
    # Two entries are needed, so p ≥ 5 where z belongs to Z_p; (k+1)/2 is 1 at k = 1 only.
    "fc.one-sparse.reason-k2": {"k": 2, "p": 5},
    "fc.cand.power-mean": {"k": 1, "z": "(1, 1)"},
    # The sum is p − 1 for a point mass: above 1 from the first odd prime on.
    "mor.sketch-constraint": {"k": 2, "p": 3},
    # Z_2 is the least group; n−1−r is 0 there, and right for Z_3.
    "fc.cand.abelian-1": {"k": 2, "group": "(2,)"},
    "fc.cand.abelian-3": {"k": 2, "group": "(4,)"},
    # The least group with an irrep other than the trivial one; each of these fails there.
    "mor.group-weighted": {"group": "Z2", "neuron": "u = v = w = (1, −1)"},
    "mor.group-neuron.margin": {"group": "Z2", "neuron": "u = v = w = (1, −1)/√6"},
    "mor.tau": {"group": "Z2", "order": 2},
    "mor.trace-neurons.literal": {"irrep": "sign of Z2"},
    "mor.scaling.chain": {"group": "Z2", "order": 2},
    # In S_2 the sum is 1, its own inverse.
    "mor.z-sign": {"k": 3, "order": 6},
    "fc.cand.rc-groups.s6": {"group": "S6", "order": 720},
    "fc.cand.rc-groups.a5": {"group": "A5", "order": 60},
    "fc.cand.group-s6": {"group": "S6", "order": 720},
    "fc.cand.group-complex.zp": {"p": 3, "order": 3},
    "fc.cand.group-complex.a4": {"group": "A4", "order": 12},
    "fc.cand.group-complex.c7c3": {"group": "C7⋊C3", "order": 21},
    "fc.cand.group-quaternion": {"group": "Q8", "order": 8},
    "fc.cand.group-width": {"group": "S3", "width": 12},
    # k and p are the least of the domain; six neurons are needed and enough there.
    "fc.cand.width-exact.words": {"k": 2, "p": 3},
    "fc.cand.width-grid.k2.quarters.needed": {"k": 2, "p": 3, "neurons per frequency": 6},
    "fc.cand.width-small.k2-p4.is-8": {"k": 2, "p": 4, "width": 6},
    # Two sign patterns are enough, and four is the first number that is not 2^{k−1}.
    "fc.cand.width-p2.quarters": {"k": 2, "p": 2},
    # p is the least of the domain; a positive margin at width 2 needs even k.
    "fc.cand.width-monotone": {"k": 3, "p": 3, "m": 1},
    # A vector without frequency 1; three phases are the fewest that meet (iii); with α = β the
    # constants α^r β^s agree, and α + β = 3 is the next case.
    "he.dft-exact": {"p": 3, "vector": "0"},
    "he.group-cancellation": {"p": 3},
    # At p = 3 there is one frequency, and every neuron has it.
    "he.grok-needs-clean-features": {"p": 5, "width": 9},
    "he.noise-minimiser": {
        "p": 3,
        "network": "k=1, φ = 0, 1/3, 2/3 turns, (α, β) = (1, 1), (1, 1), (1/4, 2)",
    },
    "he.flawed-indicator": {"p": 3, "alpha": 1, "beta": 2, "N": 3, "x": 0, "y": 0, "j": 0},
    **{
        f"he.cand.homogeneity-exponents.r{r}s{s}": {
            "p": 3,
            "alpha": 1 if s != 1 else 2,
            "beta": 2 if s != 1 else 1,
            "N": 3,
        }
        for r in range(4)
        for s in range(4)
        if (r, s) != (2, 1)
    },
    "he.label-margin": {"p": 3, "alpha": 1, "beta": 2, "N": 3, "x": 0, "y": 1},
    "he.softmax-bound": {"p": 3, "x": 0, "y": 1},
    # 3 is odd and obeys.
    "he.cand.every-modulus": {"p": 4, "N": 3},
    "he.cand.even-tie.four": {"p": 4},
    "he.cand.diagonal-weakest": {"p": 3, "N": 3},
    # One phase has S_2 ≠ 0, and with S_2 = 0 two and three have S_4 ≠ 0 and S_4 = 0.
    "he.cand.four-phases": {"N": 4},
    "he.cand.iota-two.four": {"phases": "0, 1/4, 1/2, 3/4"},
    # One neuron never has accuracy 1, and two never meet (iii).
    "he.symmetry-necessary": {
        "p": 3,
        "network": "two neurons, k=1, φ = 2/5 and 3/5 turns, α = β = 1",
    },
    # At p = 3 and 5 there are fewer than three frequencies.
    "he.overparam-essential": {"p": 7},
    # Two opposite phases cancel the odd half.
    "he.relu-odd-cancels": {"p": 3, "N": 3},
    "he.activation-robustness": {"p": 3},
    "he.cand.even-part": {"p": 3},
    # At p = 3 the label and the ghosts are all labels.
    "he.ghost-origin": {"p": 5},
    "he.cand.abs-half": {"limit": "1/3"},
    # Z2 is the least group; Z4 is the least one with real and complex characters.
    "hwz.flawed-indicator": {"group": "Z2", "g1": 0, "g2": 1},
    "hwz.abelian-accuracy": {"group": "Z2", "g1": 0, "g2": 1},
    "hwz.cand.every-abelian": {"group": "Z4"},
    # The smallest group with an irrep of quaternionic type.
    "hwz.rank-one": {"group": "Q8"},
    "hwz.critical-points": {"group": "Q8"},
    "hwz.abelian-phase": {"group": "Z2"},
    # On Z2 the pre-activations squared, and so the errors, depend on the label alone.
    "hwz.cand.exact-loss": {"group": "Z3"},
    # All magnitudes 1, p = 3; at D = 0 the printed phases stand still, as they do.
    "he.misalignment-ode-blog": {"p": 3, "alpha": 1, "beta": 1, "phi": 0, "psi": "3/4"},
    "he.phase-odes-app": {"p": 3, "alpha": 1, "beta": 1, "phi": 0, "psi": "3/4"},
    "he.magnitude-sign": {"p": 3, "alpha": 1, "beta": 1, "phi": 0, "psi": 0},
    "he.cand.balance": {"p": 3, "alpha": 1, "beta": 1, "phi": 0, "psi": 0},
    # One start or one pair; p = 5 is the least modulus with two frequencies.
    "he.cand.repeller.vanish": {"p": 3, "alpha": 1, "beta": 1, "phi": 0, "psi": "1/2"},
    # α = β obeys, and of the quarter α = 2, β = 1 as well.
    "he.align-then-grow": {"p": 3, "start": "α = 2, β = 1, D = π/2"},
    "he.align-then-grow.quarter": {"p": 3, "start": "α = 3, β = 1, D = π/2"},
    "he.cand.order-phase": {"p": 3, "start": "α = 1, β = 1/10, D = π/2 and cos D = −4/5"},
    "he.cand.larger-is-faster": {"p": 3, "start": "α = 1, cos D = −3/5, β = 1/10 and 1/4"},
    "he.cand.larger-is-faster.alpha": {"p": 3, "start": "β = 1, tan(D/2) = 50, α = 1 and 4/3"},
    "he.lottery-smallest-misalignment.unfolded": {
        "p": 5,
        "start": "α = β = 1, D = π/2 against cos D = 4/5, sin D = −3/5",
    },
    "he.lottery-smallest-misalignment.random": {
        "p": 5,
        "start": "α = β = 1, D = 0 against α = β = 2, D = π/2",
    },
    "he.lottery-phase-only": {"p": 5, "start": "α = β = 1, D = 0 against α = β = 2, D = π/2"},
    "he.lottery-magnitude-and-phase.exponential": {
        "p": 5,
        "start": "(α, β, cos D) = (1.01, 1/4, −3/5) against (1, 1/10, −20/29)",
    },
    "he.losers-frozen": {"p": 5, "start": "α = β = κ, D = 0 and D = π/2"},
    # Three neurons are the fewest that are diversified.
    "he.cand.support-exact.always": {"p": 3},
    "he.cand.support-exact.input": {"p": 3},
    # One neuron has no other neuron to be disturbed by.
    "he.cand.error-uniform": {"p": 3, "width": 2},
    "he.cand.error-width": {"p": 3, "width": 2},
    # 9 is the least odd number with a frequency that is not prime to it.
    "he.cand.relu-xi": {"p": 9, "neuron": "k = 3, φ = 0"},
    # 5 is at most (p − 1)/2 from 11 on.
    "he.relu-leakage-constants": {"p": 11},
    "he.cand.relu-blow-up": {"neuron": "α = β = 1, D = 0"},
    # Z2 and Z3 have one non-trivial real block; on Z2 all R_h are symmetric.
    "li2.vertex-maxima.flat": {"group": "Z4"},
    "li2.vertex-slope": {"group": "Z4"},
    "li2.label-trace": {"group": "Z3"},
    "li2.cand.sampled-critical": {"group": "Z2", "rows": 3},
    "li2.vertex-survival": {"group": "Z3"},
    "li2.memorising-sharp.nodes": {"group": "Z2", "nodes": 2},
    "li2.memorising-sharp.flat": {"group": "Z2"},
    # One direction is the least; with μ = α = 1 the square and the norm agree.
    "li2.leader-wins": {"start": "L = 1, μ = 1, α(0) = −1"},
    "li2.cand.leader-signs.any": {"start": "L = 1, μ = 1, α(0) = −1"},
    "li2.suppression.norm": {"start": "L = 1, μ = 1, α = 1/2"},
    # T_a = T0 = L = 1 for one direction; a = 2 is the least integer above 1.
    "li2.muon-time": {"mu": "(1, 1)", "a": 2},
    # On Z2 all critical nodes with E > 0 are parallel or orthogonal.
    "li2.cand.muon-sphere": {"group": "Z3"},
    # Two nodes with different gates, and weights that are not parallel.
    "li2.deep-gradient": {"layer": "n = 2, F = I, w = (2, −1), (−1, 2), ReLU, two labels"},
    "li2.deep-iterated": {"layer": "n = 2, F = I, w = (4, −3)/5, (3, 4)/5, ReLU, two labels"},
    "li2.cand.deep-gates.one": {"layer": "n = 2, F = (1, 0), W = 1, σ = x², two labels"},
    "li2.cand.deep-gates.cosine": {
        "layer": "n = 2, F = I, w = (3, −1), (−1, 3), ReLU, two labels"},
    # One sample has no centred feature of full rank.
    "li2.small-time.expansion": {"samples": 2, "columns": 1},
    # Centred features and labels of two samples are multiples of (1, −1).
    "li2.cand.alignment.small-decay": {"samples": 3, "columns": 1},
    "li2.cand.frozen-energy.root": {"samples": 3, "columns": 1},
    "li2.cand.signal-span.wide-any-rank": {"samples": 3, "columns": 3},
    "li2.random-limit.fixed.value": {"samples": 2},
    # .4M² is no integer for M ≤ 4.
    "li2.cand.alignment.wide-part": {"group": "Z5"},
    "li2.cand.wide-groups.half": {"group": "Z2"},
    # With two samples Θ is invertible on centred vectors, or Fc is 0.
    "li2.eta-clock.any-width": {"samples": 3, "columns": 1},
    "li2.lazy-course.end": {"samples": 3, "columns": 1},
    "li2.beta-faster.ridge": {"samples": 2, "columns": 1},
    "li2.zero-init-faster.every-start": {"samples": 2, "columns": 1},
    # One node on the sign; of the groups below order 12 all obey the count by d².
    "li2.cand.complex-count.d2.least": {"group": "Z2"},
    "li2.cand.complex-count.d2.suffice": {"group": "A4"},
    # Z3 is the least odd modulus, and on Z2 one node suffices.
    "li2.cand.real-cyclic.generic-3": {"p": 3},
    "li2.cand.real-cyclic.steps-2": {"p": 3},
    "li2.cand.single-sign.n6": {"p": 3},
    "li2.cand.real-count.k2.any-nodes": {"p": 3},
    "li2.cand.real-count.k3": {"p": 3},
    # Smaller groups have one non-trivial block.
    "li2.cand.growth.square": {"group": "Z4"},
    "li2.cand.growth.cube": {"group": "Z4"},
    "li2.cand.other-powers.cube.with-constants": {"group": "Z4"},
    "li2.cand.other-powers.fourth.with-constants": {"group": "Z4"},
    "li2.cand.other-powers.cube": {"group": "Z2"},
    "li2.cand.other-powers.fourth": {"group": "Z2"},
    "li2.cand.other-powers.tanh": {"group": "Z2"},
    # On Z2 every local maximum of |x| with E > 0 is a multiple of the sign.
    "li2.cand.other-powers.abs": {"group": "Z3"},
    "li2.cand.other-powers.relu": {"group": "Z3"},
    # Of the groups that equal their commutator subgroup only A5 is smaller, and it obeys.
    "li2.cand.global.min-d.some": {"group": "SL(2,5)", "order": 120},
    # One coordinate is the fewest.
    "agf.diag-exact": {"d": 1},
    "agf.cand.diag-rate.power": {"d": 1},
    # With d = 1 the end has β ≠ 0, and nothing collapses.
    "agf.cand.diag-rate.away": {"d": 2},
    "agf.cand.memory-reset": {"d": 2},
    # With d ≤ 2 a coordinate can stop at the end only, where it delays nothing.
    "agf.cand.diag-rate.logarithm": {"d": 3},
    "agf.cand.diag-rate.loss": {"d": 3},
    # One mode has one time; its neurons can already be two.
    "agf.cand.fc-one-neuron": {"d": 1},
    "agf.cand.fc-literal": {"d": 2},
    "agf.cand.fc-modes": {"d": 2},
    "agf.cand.fc-order-continuity": {"d": 2},
}


@pytest.mark.parametrize("claim_id", WITNESSES)
def test_it_is_refuted_with_the_smallest_witness(claim_id, registered):
    """The witness is the named one, and the checker accepts every certificate on disk."""
    entry, folder = registered(claim_id)
    assert entry["verdict"] == "REFUTED", entry["verdict_reason"]
    values = entry["witness"]["values"]
    expected = {name: str(value) for name, value in WITNESSES[claim_id].items()}
    assert {name: values.get(name) for name in expected} == expected
    assert (folder / entry["witness"]["certificate"]).is_file()
    for path in (folder / "certificates" / claim_id).glob("*.json"):
        result = check_document(json.loads(path.read_text(encoding="utf-8")))
        assert result.accepted, f"{path.name}: {result.reason}"
