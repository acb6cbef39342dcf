"""Whether generalisation requires clean single-frequency features: an exact network without any.

The ramps θ_m[x] = 2x − m make the hidden layer 2·max(x + y − m, 0), and second differences of these
are 2·1[x + y = s].  Adding the hats at s ≡ j gives logits 2·1[x + y ≡ j], whatever the modulus.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.grokking import NEEDS
from verify.claims.modular_addition.terms import formally, indeterminates, proved
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import Formula, Term, cis, cos, equal, forall_range, half, rational, total, var
from verify.methods.demands import Demand
from verify.methods.identities import exact_statement
from verify.methods.observations import observe, run_accuracy, runs
from verify.methods.refutations import certified, refuted_by

P, K, T = var("p"), var("k"), var("t")
_LISTED = (5, 7)
_FROM_FIVE = Domain.of(p=odd(5))
_CLEAN = rational(95, 100)
_LEAST = rational(9, 10)


def ramp_network(p: int, *, neurons: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """W_in (m, p) and W_out (p, m) of the ramps with kinks −1, …, 2p − 3; the first `neurons`."""
    kinks = np.arange(-1, 2 * p - 2)[:neurons]
    embedding = 2 * np.arange(p) - kinks[:, None]
    output = np.zeros((p, len(kinks)), dtype=int)
    for s in range(2 * p - 1):
        for shift, coefficient in ((-1, 1), (0, -2), (1, 1)):
            output[s % p, kinks == s + shift] += coefficient
    return embedding, output


def _tensor(entries: np.ndarray) -> dict[str, Any]:
    """Small integers as IEEE half precision, in which they are exact."""
    data = entries.astype("<f2").tobytes()
    return {
        "dtype": "float16",
        "shape": list(entries.shape),
        "sha256": sha256(data).hexdigest(),
        "hex": data.hex(),
    }


def _accurate(moduli: Sequence[int], **smaller: int) -> Check:
    """The network of ramps is right on every pair, for each modulus."""
    documents = {}
    for p in moduli:
        embedding, output = ramp_network(p, **smaller)
        documents[f"p{p}"] = {
            "kind": "trained-network",
            "group": [p],
            "inputs": 2,
            "activation": {"slopes": [0, 1]},
            "tensors": {"W_in": _tensor(embedding), "W_out": _tensor(output)},
            "first": [[{"tensor": "W_in"}]],
            "output": [{"tensor": "W_out"}],
            "relations": [equal(var("correct"), P**2).node],
        }
    return Check(
        name="every pair",
        procedure=certified,
        arguments={"documents": documents, "scope": _at(moduli)},
    )


def _at(moduli: Sequence[int]) -> Domain:
    return Domain.at(*({"p": p} for p in moduli))


def _below(share: Term, entries: Sequence[Term | int]) -> Formula:
    """At frequency k the row has less than this share of its energy apart from the mean.

    entries: the row up to trailing zeros.  |v̂(k)|² = Σ v_a v_b cos(k(a − b)/p) counts twice, for
    ±k, against Σ_{j≠0} |v̂(j)|² = pΣv² − (Σv)².
    """
    pairs = [
        a * b * cos(K * (i - j) / P) for i, a in enumerate(entries) for j, b in enumerate(entries)
    ]
    energy = P * total([rational(1) * a * a for a in entries])
    return 2 * total(pairs) < share * (energy - total([rational(1) * a for a in entries]) ** 2)


def _ramp_below(share: Term) -> Formula:
    """The same of the ramp 2x − m; the constant −m is in the mean, so the ramp x stands for it."""
    power = total(
        "a", 0, P - 1, lambda a: total("b", 0, P - 1, lambda b: a * b * cos(K * (a - b) / P))
    )
    squares = total("a", 0, P - 1, lambda a: a**2)
    mean = total("a", 0, P - 1, lambda a: a)
    return 2 * power < share * (P * squares - mean**2)


# The columns of W_out up to rotation: the hat of an inner kink, of kink 0 and of kink −1.
_OUTPUTS = ((1, -2, 1), (-2, 1), (1,))


def _unclean(moduli: Sequence[int], share: Term = _LEAST) -> Check:
    """No layer of any neuron has this share of its energy at one frequency."""
    rows = [_ramp_below(share), *(_below(share, entries) for entries in _OUTPUTS)]
    everywhere = rows[0] & rows[1] & rows[2] & rows[3]
    formula = forall_range("k", 1, half(P - 1), lambda _: everywhere)
    return Check(
        name="energy shares",
        procedure=exact_statement,
        arguments={"formula": formula, "points": [{"p": p} for p in moduli]},
    )


_FIVE = Check(
    name="nine ramps",
    procedure=refuted_by,
    arguments={
        "parts": (_accurate((5,)), _unclean((5,), _CLEAN)),
        "point": {"p": 5},
        "shown": {"width": 9, "θ_m[x]": "2x − m, m = −1, …, 7"},
        "description": (
            "p=5: nine ReLU neurons with linear embeddings 2x − m are right on all 25 pairs with "
            "margin 2; no layer of any of them has 95 % of its energy at one frequency"
        ),
    },
)


def _hat_step(kink: int = 2) -> Check:
    """Beyond its kinks the second difference of max(u, 0) is 0: true for −2 at the middle one."""
    return formally(
        "hats", equal((T + 1) - kink * T + (T - 1), 0), _FROM_FIVE, symbols=indeterminates("t")
    )


def _doubling_step(multiple: int = 4) -> Check:
    """1 − cos 4d = multiple·(1 − cos 2d) cos² d, so the ramp's energy at 2 is a quarter or more."""
    formula = equal(1 - cos(4 * T), multiple * (1 - cos(2 * T)) * cos(T) ** 2)
    return formally("doubled frequency", formula, _FROM_FIVE, symbols={"t": "angle"})


def _column_step(multiple: int = 4) -> Check:
    """|1 − 2z + z²|² = multiple·(1 − cos t)², |−2 + z|² = 5 − 4 cos t for z = e(t)."""
    inner = equal(6 - 8 * cos(T) + 2 * cos(2 * T), multiple * (1 - cos(T)) ** 2)
    products = equal((cis(T) - 2) * (cis(-T) - 2), 5 - 4 * cos(T)) & equal(
        (1 - 2 * cis(T) + cis(2 * T)) * (1 - 2 * cis(-T) + cis(-2 * T)),
        6 - 8 * cos(T) + 2 * cos(2 * T),
    )
    return formally("columns of W_out", inner & products, _FROM_FIVE, symbols={"t": "angle"})


_STEPS = (_hat_step(), _doubling_step(), _column_step())
_EVERY = proved(
    "ramps at every modulus",
    (*_STEPS, _accurate(_LISTED), _unclean(_LISTED)),
    _FROM_FIVE,
    "ramps",
)

# -- the runs of the source ----------------------------------------------------------------------


def _generalised(run: Any) -> bool:
    """Held-out pairs are there, and at least 95 % of them are right at the last step."""
    there = run.split is not None and bool(run.split.test)
    return there and run_accuracy(run, "test", run.steps[-1]) >= 0.95


def _clean_neurons(run: Any) -> float:
    """The part of the neurons with at least 95 % of their energy at one frequency, last step."""
    return float((run.last.spectrum.share >= 0.95).mean())


_CLEAN_NEURONS = Demand(
    name="part of the neurons with 95 % of their energy at one frequency, last step",
    of=_clean_neurons,
    at_least=0.95,
)
_STORED = Check(
    name="clean neurons of runs that generalise",
    procedure=observe,
    arguments={
        "subjects": runs,
        "applies": _generalised,
        "demands": (_CLEAN_NEURONS,),
        "needs": f"{NEEDS}, with held-out accuracy 95 % at the last step",
    },
)

_STATEMENT = "Generalisation requires clean single-frequency features."
_SHARE = (
    "A neuron is clean when each of its layers has at least 95 % of its energy, the mean apart, "
    "at one frequency."
)

CLAIMS = [
    Claim(
        id="he.grok-needs-clean-features",
        title="Generalisation requires clean features",
        source=he("blog §5"),
        printed_kind="em",
        statement=_STATEMENT,
        domain=Domain.of(p=odd(3)),
        reading="Read literally, as a condition on networks: for every odd p a ReLU network with "
        "one embedding for both inputs that is right on all pairs, hence on the held-out ones of "
        "any split, has only clean neurons. " + _SHARE + " At p = 3 there is one frequency, and "
        "every neuron is clean. What training arrives at is he.grok-needs-clean-features.stored.",
        falsified_by="a generalising network without them",
        checks=(_FIVE,),
        mutants=(
            Mutant.of(
                _FIVE,
                "p = 3, where every feature is clean",
                parts=(_accurate((3,)), _unclean((3,), _CLEAN)),
            ),
            Mutant.of(
                _FIVE,
                "one neuron less",
                parts=(_accurate((5,), neurons=8), _unclean((5,), _CLEAN)),
            ),
            Mutant.of(
                _FIVE,
                "clean from 85 % on",
                parts=(_accurate((5,)), _unclean((5,), rational(85, 100))),
            ),
        ),
        corrected_by="he.grok-needs-clean-features.corrected",
    ),
    Claim(
        id="he.grok-needs-clean-features.corrected",
        title="Networks without clean features generalise",
        source=candidate("grokking"),
        printed_kind="candidate",
        statement="For every odd $p\\ge5$ a ReLU network of width $2p-1$ is right on all pairs, "
        "and no layer of any of its neurons has nine tenths of its energy at one frequency.",
        domain=_FROM_FIVE,
        reading="One embedding for both inputs; energies without the mean, ±k counted as one. That "
        "training does not arrive at such a network is not excluded.",
        falsified_by="an odd p ≥ 5 at which the network errs or a layer has nine tenths",
        checks=(_EVERY,),
        mutants=(
            Mutant.of(
                _EVERY,
                "one neuron less",
                parts=(*_STEPS, _accurate(_LISTED, neurons=8), _unclean(_LISTED)),
            ),
            Mutant.of(
                _EVERY,
                "six tenths",
                parts=(*_STEPS, _accurate(_LISTED), _unclean(_LISTED, rational(6, 10))),
            ),
            Mutant.of(
                _EVERY,
                "a kink of another slope",
                parts=(_hat_step(3), *_STEPS[1:], _accurate(_LISTED), _unclean(_LISTED)),
            ),
            Mutant.of(
                _EVERY,
                "as much energy at the doubled frequency",
                parts=(_STEPS[0], _doubling_step(1), _STEPS[2], _accurate(_LISTED),
                       _unclean(_LISTED)),
            ),
            Mutant.of(
                _EVERY,
                "columns with other spectra",
                parts=(*_STEPS[:2], _column_step(2), _accurate(_LISTED), _unclean(_LISTED)),
            ),
        ),
        corrects="he.grok-needs-clean-features",
    ),
    Claim(
        id="he.grok-needs-clean-features.stored",
        title="Runs that generalise end with clean features",
        source=candidate("grokking"),
        printed_kind="candidate",
        empirical=True,
        statement=_STATEMENT,
        domain=Domain.of(run=Whole("runs with a data split that generalise")),
        reading="On every named run with held-out accuracy of at least 95 % at its last stored "
        "step, the end of stage II: there 95 % of the neurons have at least 95 % of their energy, "
        "both layers together and without the mean, at one frequency.",
        falsified_by="a run that generalises with fewer clean neurons",
        checks=(_STORED,),
        mutants=(
            Mutant.of(
                _STORED,
                "more neurons than there are",
                demands=(
                    Demand(name="the same, of all", of=_clean_neurons, at_least=1.01),
                ),
            ),
        ),
    ),
]
