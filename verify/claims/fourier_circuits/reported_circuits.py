"""What is reported of trained power networks (2), at the sizes of the figures.

Readings were fixed before any run.  These runs take hours, so no check begins them: train them
with ``verify train``, on a cluster perhaps, and the full profile takes them from the cache.
`trained` has the same statements at a small size.
"""

from __future__ import annotations

from math import factorial

from verify.claims.fourier_circuits import configurations as named
from verify.claims.fourier_circuits.common import paper
from verify.claims.fourier_circuits.trained import (
    BALANCE,
    FORM,
    LEAST_POWER,
    USED,
    check,
)
from verify.core.claim import Claim
from verify.core.domain import Domain, Finite
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, without_runs
from verify.methods.training import Run

_NETWORKS = Domain.of(setting=Finite(((4, 47), (3, 97), (5, 23))))
_SPLIT = (
    "A random half of the p^k points is trained on; three seeds; the statistic must meet its "
    "threshold for every seed. "
)
# (k, p), minutes for three seeds on two idle cores
_RUNS = ((3, 97, 30), (4, 47, 60), (5, 23, 120))


def _margin_ratio(run: Run) -> float:
    """Recorded margin over ‖θ‖_{2,k+1}^{k+1}γ*, in floats and on the recorded inputs."""
    k, p = run.configuration.network.inputs, run.configuration.network.modulus
    largest = 2 * factorial(k) / ((2 * k + 2) ** ((k + 1) / 2) * (p - 1) * p ** ((k - 1) / 2))
    return run.final["margin"] / run.final["neuron_norm"] / largest


_SAMPLED_MARGIN = Demand(name="margin on the recorded inputs/γ*", of=_margin_ratio, at_least=0.95)


def _reported(
    claim_id: str,
    title: str,
    locator: str,
    statement: str,
    reading: str,
    falsified_by: str,
    *demands: Demand,
) -> Claim:
    checks = tuple(
        check(
            f"three seeds at ({k}, {p})",
            named.circuit(k)(p),
            Seeds(quick=0, full=3, minutes=minutes, stored=True),
            *demands,
        )
        for k, p, minutes in _RUNS
    )
    return Claim(
        id=claim_id,
        title=title,
        source=paper(locator),
        printed_kind="em",
        statement=statement,
        reading=_SPLIT + reading,
        falsified_by=falsified_by,
        domain=_NETWORKS,
        checks=checks,
        mutants=tuple(without_runs(c) for c in checks),
    )


CLAIMS = [
    _reported(
        "fc.single-frequency-run.end",
        "Every trained neuron ends with a single frequency",
        "Figures 1, 5, 7",
        "At the end of training the maximum normalised power "
        "$\\max_j|\\hat u(j)|^2/\\sum_j|\\hat u(j)|^2$ is almost 1 for all neurons, and the "
        "embeddings are cosine shaped.",
        "The power is taken over frequencies 1..(p−1)/2 of each u_{i,j} and w_i, ±j "
        "counted as one; “almost 1” is ≥ 0.9; “all” is every neuron whose norm is at least 1 % "
        "of the largest.",
        "a neuron of a converged run with maximum normalised power below 0.9",
        LEAST_POWER,
    ),
    Claim(
        id="fc.single-frequency-run.start",
        title="At initialisation the spectra are random",
        source=paper("Figures 1, 5, 7"),
        printed_kind="em",
        statement="At initialisation the maximum normalised power of the neurons looks random.",
        reading=_SPLIT + "The distribution of the maximum normalised power is that of Gaussian "
        "vectors: a two-sample Kolmogorov–Smirnov test against simulated vectors does not reject "
        "at 1 %.",
        falsified_by="a rejection at the 1 % level",
        domain=_NETWORKS,
        unchecked="the source prints no initialisation; ours is Gaussian by choice, so that a test "
        "of it would say nothing about the source's",
    ),
    _reported(
        "fc.uniform-run.uniform",
        "Frequencies are used almost uniformly",
        "Figures 2, 6, 8",
        "After training the neurons are distributed almost uniformly over the frequencies.",
        "A neuron's frequency is the one of maximum power; “almost uniformly” is a "
        "largest count at most twice the smallest.",
        "a converged run whose largest frequency count exceeds twice the smallest",
        BALANCE,
    ),
    _reported(
        "fc.uniform-run.all-used",
        "All frequencies are used",
        "Figures 2, 6, 8",
        "After training every frequency $1,\\dots,(p-1)/2$ is used by some neuron.",
        "A frequency is used when at least one neuron has its maximum power there.",
        "a converged run in which some frequency has no neuron",
        USED,
    ),
    _reported(
        "fc.sgd-prefers",
        "SGD learns exactly these circuits",
        "§4, §5",
        "Networks trained by SGD learn exactly the Fourier circuits of the theory.",
        "“Exactly” is read as a normalised margin of at least 0.95 γ* and, for 95 % of "
        "the neurons, FORM with a relative residual of at most 5 %. SGD is read both as plain "
        "SGD (the text) and as the AdamW recipe of Appendix J; either must meet it. The AdamW "
        "recipe is what is run; the text gives no rate for plain SGD. The margin is the smallest "
        "over at most 8192 inputs of each half, an upper bound of the true one.",
        "a run at training accuracy 1 that misses the margin or the form",
        _SAMPLED_MARGIN,
        FORM,
    ),
]
