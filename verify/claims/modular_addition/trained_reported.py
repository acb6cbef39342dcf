"""The numbers that the official pipeline of arXiv:2602.16849 reports of its runs (seed 42).

A printed number is one run.  The official configuration is trained with other seeds, and the number
counts as reproduced when it lies in the prediction interval for one more run.  Level, seeds and
widest interval were fixed before any number was compared.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.claims.modular_addition import configurations as official
from verify.claims.modular_addition.common import he
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.ensembles import Seeds, one_more_run
from verify.methods.training import Configuration, Run

LEVEL, RUNS, MANY = 0.99, 5, 16
# Largest ratio of an interval's ends that says anything, by what is measured.
_SHARP = {"loss": 4.0, "norm": 1.1, "participation": 1.5, "steps": 4.0, "accuracy": 1.2}
_READING = (
    "The official pipeline in float64 with its own random numbers, seeds 0 to 4, and 0 to 15 for "
    "`grokking` and `relu_single_freq`, which scatter more. A printed number "
    "is one run with another seed; it is reproduced when it lies in the 99 % prediction interval "
    "of Student for one more run (of logarithms for losses and steps). An interval whose ends "
    "differ by more than a factor 4 for losses and steps, 1.1 for norms, 1.5 for participation "
    "ratios, 1.2 for accuracies says nothing. "
)


def at(name: str, step: int) -> Callable[[Run], float]:
    """A recorded metric at a step."""
    return lambda run: next(r[name] for r in run.metrics if r["step"] == step)


def last(name: str) -> Callable[[Run], float]:
    """A metric at the end."""
    return lambda run: run.final[name]


def _check(
    name: str,
    kind: str,
    configuration: Configuration,
    seeds: Seeds,
    of: Callable[[Run], float],
    printed: float,
) -> Check:
    return Check(
        name=name,
        procedure=one_more_run,
        arguments={
            "configuration": configuration,
            "seeds": seeds,
            "name": name,
            "of": of,
            "printed": printed,
            "level": LEVEL,
            "logarithmic": kind in ("loss", "steps"),
            "sharp": _SHARP[kind],
        },
    )


def _mutant(check: Check, *, outside: bool) -> Mutant:
    """Five times the number; for a number outside, an interval that must be a point."""
    if outside:
        return Mutant.of(check, "an interval without width", sharp=1.0)
    return Mutant.of(check, "five times the number", printed=5 * check.arguments["printed"])


def _claim(
    claim_id: str,
    title: str,
    statement: str,
    checks: tuple[Check, ...],
    outside: frozenset[str],
    reading: str = "",
) -> Claim:
    return Claim(
        id=claim_id,
        title=title,
        source=he("official results"),
        printed_kind="em",
        statement=statement,
        reading=_READING + reading,
        falsified_by="a printed number outside the interval",
        domain=Domain.of(run=Whole("runs of the official configuration")),
        checks=checks,
        mutants=tuple(_mutant(c, outside=c.name in outside) for c in checks),
    )


# -- full data -----------------------------------------------------------------------------------

# modulus → configuration → final loss, final parameter norm
_FINAL = {
    15: {
        "standard": (0.020929, 28.2232),
        "quad_random": (0.003620, 29.7259),
        "quad_single_freq": (0.001780, 23.0220),
        "relu_single_freq": (2.693947, 1.1404),
    },
    23: {
        "standard": (0.047694, 34.9192),
        "quad_random": (0.008291, 36.6137),
        "quad_single_freq": (0.006753, 28.1243),
        "relu_single_freq": (3.132883, 0.6332),
    },
    29: {
        "standard": (0.003171, 48.4010),
        "quad_random": (0.000465, 50.1018),
        "quad_single_freq": (0.031108, 32.1674),
        "relu_single_freq": (3.364900, 0.6833),
    },
    31: {
        "standard": (0.001305, 52.9262),
        "quad_random": (0.000168, 54.7951),
        "quad_single_freq": (0.075417, 32.9251),
        "relu_single_freq": (3.431533, 0.7155),
    },
}
# modulus → participation ratio of `standard` at steps 0 and 4800
_PARTICIPATION = {
    15: (0.2509, 0.6756),
    23: (0.1670, 0.6495),
    29: (0.1342, 0.6356),
    31: (0.1255, 0.6285),
}
_QUICK = {("standard", 15): RUNS, ("quad_random", 15): RUNS}
# checks whose number lies outside: (configuration, modulus, check)
_OUTSIDE: frozenset[tuple[str, int, str]] = frozenset()


def seeds_of(name: str, modulus: int) -> Seeds:
    """The seeds of the full profile; the quick one takes two of the smallest configurations."""
    full = MANY if name == "relu_single_freq" else RUNS
    return Seeds(quick=_QUICK.get((name, modulus), 0), full=full, minutes=full / 5)


def _final(name: str, modulus: int) -> Claim:
    configuration = official.CONFIGURATIONS[f"he.{name}"](modulus)
    seeds = seeds_of(name, modulus)
    loss, norm = _FINAL[modulus][name]
    checks = [
        _check("final loss", "loss", configuration, seeds, last("train_loss"), loss),
        _check("final norm", "norm", configuration, seeds, last("parameter_norm"), norm),
    ]
    words = f"final loss {loss:g}, parameter norm {norm:g}"
    if name == "standard":
        first, late = _PARTICIPATION[modulus]
        words += f", participation ratio {first:g} at step 0 and {late:g} at step 4800"
        checks += [
            _check(
                f"participation ratio at step {step}",
                "participation",
                configuration,
                seeds,
                at("participation", step),
                value,
            )
            for step, value in ((0, first), (4800, late))
        ]
    outside = frozenset(check for n, p, check in _OUTSIDE if (n, p) == (name, modulus))
    return _claim(
        f"he.reported.{name}.p{modulus}",
        f"Reported numbers of {name} at p = {modulus}",
        f"The run of `{name}` at $p={modulus}$ ends with {words}.",
        tuple(checks),
        outside,
    )


# -- grokking ------------------------------------------------------------------------------------

# modulus → epochs, train loss, test loss, test accuracy, end of I, end of II, norm, participation
_GROKKING = {
    23: (24001, 6.81e-6, 0.16987, 0.96241, 1744, 9431, 48.507, 0.8363),
    29: (19001, 5.21e-6, 0.08546, 0.99526, 1387, 6426, 54.983, 0.8624),
    31: (16001, 5.17e-6, 0.02563, 1.0, 1302, 5119, 57.256, 0.8569),
}


def stage_end(part: str) -> Callable[[Run], float]:
    """The first recorded step at which an accuracy is at least .95; NaN if there is none."""

    def found(run: Run) -> float:
        step = run.first(lambda r: r[f"{part}_accuracy"] >= 0.95)
        return float("nan") if step is None else float(step)

    return found


GROKKING_SEEDS = Seeds(quick=0, full=MANY, minutes=12)


def _grokking(modulus: int) -> list[Claim]:
    configuration = official.grokking(modulus)
    epochs, train, test, accuracy, first, second, norm, participation = _GROKKING[modulus]
    numbers = {
        "end": (
            ("epochs until nothing moves", "steps", last("step"), epochs),
            ("final training loss", "loss", last("train_loss"), train),
            ("final norm", "norm", last("parameter_norm"), norm),
            ("final participation ratio", "participation", last("participation"), participation),
        ),
        "held-out": (
            ("final held-out loss", "loss", last("test_loss"), test),
            ("final held-out accuracy", "accuracy", last("test_accuracy"), accuracy),
        ),
        "stage-one": (("end of stage I", "steps", stage_end("train"), first),),
        "stage-two": (("end of stage II", "steps", stage_end("test"), second),),
    }
    claims = []
    for part, row in numbers.items():
        words = ", ".join(f"{name} {printed:g}" for name, _, _, printed in row)
        claims.append(
            _claim(
                f"he.reported.grokking.p{modulus}.{part}",
                f"Reported numbers of grokking at p = {modulus}: {part.replace('-', ' ')}",
                f"The run of `grokking` at $p={modulus}$: {words}.",
                tuple(
                    _check(name, kind, configuration, GROKKING_SEEDS, of, printed)
                    for name, kind, of, printed in row
                ),
                frozenset(c for n, p, c in _OUTSIDE if (n, p) == ("grokking", modulus)),
                "Ends of stages by the official detector: accuracy ≥ .95, on records every 100 "
                "steps.",
            )
        )
    return claims


CLAIMS = [
    *(_final(name, modulus) for modulus, row in _FINAL.items() for name in row),
    *(claim for modulus in _GROKKING for claim in _grokking(modulus)),
]
