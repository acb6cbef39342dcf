"""Rules for the winning frequency compete in networks: trained ones, and runs that are named.

A neuron's winner is the frequency of the largest magnitude of its row of W_in at the end; a rule
names one from the magnitudes and misalignments at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from constructions.dynamics import blow_up_times
from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.dynamics_common import SUM_LOSS, energy_rates, follows
from verify.claims.modular_addition.trained_features import DESCENT, QUADRATIC, STANDARD
from verify.claims.writing import entry, mutants
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, odd
from verify.core.statistic import Statistic, proportion
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, ensemble_statistic
from verify.methods.observations import observe, runs
from verify.methods.training import Configuration, Ensemble

if TYPE_CHECKING:
    from verify.auditing.run import Run as StoredRun
    from verify.auditing.spectrum import Spectrum
    from verify.methods.training import Run

RATE = 0.95
_LEVEL = 0.99


@dataclass(frozen=True, kw_only=True, eq=False)
class Start:
    """Magnitudes and misalignments of all frequencies at the start, and the winners at the end.

    alpha, beta, misalignment: (m, K), radians; winner: (m,) places of frequencies.
    """

    alpha: np.ndarray
    beta: np.ndarray
    misalignment: np.ndarray
    winner: np.ndarray


def _of_spectra(first: Spectrum, last: Spectrum) -> Start:
    return Start(
        alpha=first.first[0],
        beta=first.output,
        misalignment=2 * np.pi * (2 * first.first_phases[0] - first.output_phases),
        winner=last.first[0].argmax(axis=1),
    )


def of_stored(run: StoredRun) -> Start:
    """The lottery of a stored run: its step 0 and its last step."""
    return _of_spectra(dict(run.audits)[0].spectrum, run.last.spectrum)


def of_trained(run: Run) -> Start:
    """The lottery of a run of the engine."""
    first, last = run.tensors(0), run.weights
    theta, xi = np.fft.rfft(first["W_in"], axis=1)[:, 1:], np.fft.rfft(first["W_out"].T, axis=1)
    return Start(
        alpha=np.abs(theta),
        beta=np.abs(xi[:, 1:]),
        misalignment=2 * np.angle(theta) - np.angle(xi[:, 1:]),
        winner=np.abs(np.fft.rfft(last["W_in"], axis=1)[:, 1:]).argmax(axis=1),
    )


def blow_up(start: Start) -> np.ndarray:
    """The frequency whose blow-up time in the decoupled quadratic flow is smallest."""
    return blow_up_times(start.alpha, start.beta, start.misalignment).argmin(axis=1)


def aligned(start: Start) -> np.ndarray:
    """The frequency of the smallest |D|, that is of the largest cos D."""
    return np.cos(start.misalignment).argmax(axis=1)


def product(start: Start) -> np.ndarray:
    """The frequency of the largest α²β cos D."""
    return (start.alpha**2 * start.beta * np.cos(start.misalignment)).argmax(axis=1)


Rule = Callable[[Start], np.ndarray]


def hits(start: Start, rule: Rule) -> np.ndarray:
    """(m,) whether the rule names the winner."""
    return rule(start) == start.winner


def rate(ensemble: Ensemble, *, rule: Rule, most: int | None = None) -> Statistic:
    """Share of all neurons of all runs whose winner the rule names, as of independent neurons.

    most: how many neurons are looked at, all if left out.
    """
    return _share([of_trained(run) for run in ensemble.runs], rule, most)


def stored_rate(run: StoredRun, *, rule: Rule, most: int | None = None) -> Statistic:
    """The same of one stored run."""
    return _share([of_stored(run)], rule, most)


def _share(starts: list[Start], rule: Rule, most: int | None) -> Statistic:
    found = np.concatenate([hits(start, rule) for start in starts])[:most]
    share = proportion(int(found.sum()), found.size, level=_LEVEL)
    return replace(share, networks=len(starts))


def preference(starts: list[Start], *, rule: Rule, over: Rule) -> Statistic:
    """Of the neurons whose winner exactly one of two rules names, the share of the first."""
    first = np.concatenate([hits(start, rule) for start in starts])
    second = np.concatenate([hits(start, over) for start in starts])
    decided = int((first != second).sum())
    share = proportion(int((first & ~second).sum()), decided, level=_LEVEL)
    return replace(share, networks=len(starts))


def _trained_preference(ensemble: Ensemble, *, rule: Rule, over: Rule) -> Statistic:
    return preference([of_trained(run) for run in ensemble.runs], rule=rule, over=over)


# -- checks ----------------------------------------------------------------------------------------

_QUICK, _FULL = Seeds(quick=5, full=5, minutes=1), Seeds(quick=0, full=5, minutes=2)
_DESCENTS = Seeds(quick=1, full=5, minutes=3)


def _trained(
    name: str, configuration: Configuration, seeds: Seeds, what: str,
    of: Callable[[Ensemble], Statistic], threshold: float,
) -> Check:
    return Check(
        name=name,
        procedure=ensemble_statistic,
        arguments={
            "configuration": configuration, "seeds": seeds, "name": what, "of": of,
            "at_least": threshold, "at_most": None,
        },
    )


def _rates(rule: Rule) -> tuple[Check, ...]:
    what = "share of neurons whose winner the rule names"
    of = partial(rate, rule=rule)
    return (
        _trained("AdamW, p = 15", QUADRATIC[15], _QUICK, what, of, RATE),
        _trained("AdamW, p = 23", QUADRATIC[23], _FULL, what, of, RATE),
    )


def _random_start(run: StoredRun) -> bool:
    first = dict(run.audits).get(0)
    return first is not None and len(run.steps) > 1 and float(first.spectrum.share.max()) < 1 - 1e-6


def _quadratic(run: StoredRun) -> bool:
    """u² from random weights, with its step 0."""
    return _random_start(run) and run.last.network.activation.name == "u^2"


def _relu(run: StoredRun) -> bool:
    """ReLU from random weights, on all inputs, with its step 0."""
    whole = run.split is None or not run.split.test
    return _random_start(run) and whole and run.last.network.activation.name == "relu"


def _stored(applies: Callable[[Any], bool], needs: str, demand: Demand) -> Check:
    return Check(
        name="named runs",
        procedure=observe,
        arguments={
            "subjects": runs, "applies": applies, "demands": (demand,),
            "needs": f"a folder with a {needs} run from random weights, step 0 among its "
            "checkpoints",
        },
    )


def _stored_rate(rule: Rule) -> Check:
    demand = Demand(
        name="share of neurons whose winner the rule names",
        of=partial(stored_rate, rule=rule),
        at_least=RATE,
    )
    return _stored(_quadratic, "quadratic", demand)


_BETTER = Demand(
    name="share of T* where one of the rules is right",
    of=lambda run: preference([of_stored(run)], rule=blow_up, over=aligned),
    at_least=0.5,
)
_RELU_STORED = _stored(_relu, "ReLU", _BETTER)
_RELU_TRAINED = _trained(
    "standard, p = 15", STANDARD[15], _QUICK, "share of T* where one of the rules is right",
    partial(_trained_preference, rule=blow_up, over=aligned), 0.5,
)

# -- claims ----------------------------------------------------------------------------------------

_WINNER = (
    "Winner: the largest magnitude in a neuron's row of W_in at the end, every neuron, finished or "
    "not. The blow-up time is that of the decoupled flow from the neuron's own start, by Carlson's "
    "R_F in double precision. Rate ≥ .95 against the exact binomial interval at level .99 of "
    "independent neurons; the neurons of one network start independently, and interact later. "
)
_NETWORK_READ = _WINNER + (
    "Official quad_random (random weights of scale .1, AdamW, 5000 steps, all pairs, mean loss), "
    "p = 15 and 23 in the full profile, seeds 0 to 4. "
)
_STORED_READ = _WINNER + "Named runs with u² from random weights, each by itself. "
_TRAINED_DOMAIN = Domain.of(p=Finite([15, 23]), run=Whole("runs of the configuration"))
_RUNS = Domain.of(run=Whole("quadratic runs from random weights"))
_RULES: tuple[tuple[str, str, str, Rule], ...] = (
    ("winner-blow-up", "The first blow-up wins", "\\arg\\min_kT^*", blow_up),
    ("winner-gaussian", "The smallest misalignment wins", "\\arg\\min_k|D|", aligned),
    ("winner-product", "The largest product wins", "\\arg\\max_k\\alpha^2\\beta\\cos D", product),
)


def _variants(name: str, title: str, rule_text: str, rule: Rule) -> list[Claim]:
    trained, stored = _rates(rule), _stored_rate(rule)
    one = replace(stored.arguments["demands"][0], of=partial(stored_rate, rule=rule, most=1))
    return [
        entry(
            f"he.cand.{name}" if rule is blow_up else f"he.cand.{name}.network",
            f"{title} in networks trained with AdamW",
            f"winner $={rule_text}$ in quadratic networks. Rate ≥ .95.",
            source=candidate("Dynamics"),
            kind="candidate",
            empirical=True,
            domain=_TRAINED_DOMAIN,
            reading=_NETWORK_READ,
            falsified_by="a modulus at which the whole interval of the rate lies below .95",
            checks=trained,
            mutants=tuple(
                Mutant.of(check, "one neuron decides nothing", of=partial(rate, rule=rule, most=1))
                for check in trained
            ),
        ),
        entry(
            f"he.cand.{name}.stored",
            f"{title} in stored runs",
            f"winner $={rule_text}$ on stored runs. Rate ≥ .95.",
            source=candidate("Dynamics"),
            kind="candidate",
            empirical=True,
            domain=_RUNS,
            reading=_STORED_READ,
            falsified_by="a run whose whole interval of the rate lies below .95",
            checks=(stored,),
            mutants=(Mutant.of(stored, "one neuron decides nothing", demands=(one,)),),
        ),
    ]


_STARTS = Domain.of(p=odd(5), start=Whole("starts of all frequencies with a unique first blow-up"))
_FLOW = follows(
    "order of blow-ups", energy_rates(), scope=_STARTS,
    lemmas=("energies of a mode", "blow-up of a mode", "lottery of modes"),
)
_DESCENT_RATE = _trained(
    "gradient descent, p = 15", DESCENT[15], _DESCENTS,
    "share of neurons whose winner the rule names", partial(rate, rule=blow_up), RATE,
)

CLAIMS = [
    entry(
        "he.cand.winner-blow-up.flow",
        "The first blow-up wins in the decoupled flow, by definition",
        "winner $=\\arg\\min_kT^*$ in the decoupled flow.",
        source=candidate("Dynamics"),
        kind="candidate",
        domain=_STARTS,
        reading=SUM_LOSS + "Decoupled flow, every p ≥ 5. Winner: the frequency with β_w/β_k → ∞ "
        "for all others at the end of the flow. T* as in he.cand.blow-up. A tie has probability 0, "
        "so the rate is 1. That is little more than the definition of a winner, and says nothing "
        "of networks: he.cand.winner-blow-up, .descent, .stored.",
        falsified_by="a start with a unique first blow-up and another winner",
        checks=(_FLOW,),
        mutants=mutants(_FLOW, half_the_growth=energy_rates(2)),
    ),
    *(claim for row in _RULES for claim in _variants(*row)),
    entry(
        "he.cand.winner-blow-up.descent",
        "The first blow-up wins in networks trained by gradient descent",
        "winner $=\\arg\\min_kT^*$ in quadratic networks. Rate ≥ .95.",
        source=candidate("Dynamics"),
        kind="candidate",
        empirical=True,
        domain=Domain.of(p=Finite([15]), run=Whole("runs of the configuration")),
        reading=_WINNER + "quad_random with plain gradient descent, rate .1, 10000 steps, in place "
        "of AdamW; p = 15, one seed, five in the full profile.",
        falsified_by="a whole interval of the rate below .95",
        checks=(_DESCENT_RATE,),
        mutants=(
            Mutant.of(
                _DESCENT_RATE, "one neuron decides nothing",
                of=partial(rate, rule=blow_up, most=1),
            ),
        ),
    ),
    entry(
        "he.cand.relu-lottery",
        "Quadratic blow-up times and ReLU winners",
        "The quadratic $T^*$ predicts ReLU winners better than $|D|$.",
        source=candidate("ReLU"),
        kind="candidate",
        empirical=True,
        domain=Domain.of(run=Whole("ReLU runs from random weights")),
        reading=_WINNER + "Better: of the neurons whose winner exactly one of the two rules names, "
        "T* names at least one half, against the exact binomial interval at level .99. Official "
        "standard at p = 15, seeds 0 to 4, and named ReLU runs from random weights on all inputs.",
        falsified_by="a whole interval below one half",
        checks=(_RELU_TRAINED, _RELU_STORED),
        mutants=(
            Mutant.of(_RELU_TRAINED, "every such neuron", at_least=1.0),
            Mutant.of(
                _RELU_STORED, "every such neuron", demands=(replace(_BETTER, at_least=1.0),)
            ),
        ),
    ),
]
