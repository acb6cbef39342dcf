"""Statements on grokking, checked on the runs (folders of checkpoints over steps) that are named.

A run has a data split beside its checkpoints.  Held-out pairs are *swapped* when their other order
is in training, and *new* when neither order is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.modular_addition.common import he
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.demands import Demand
from verify.methods.observations import observe, run_accuracy, runs

if TYPE_CHECKING:
    from verify.auditing.run import Run

RUNS = Domain.of(run=Whole("runs with a data split, over their stored steps"))
NEEDS = "a folder with a run's checkpoints and its train_data and test_data files"
END_OF_ONE, EARLY, CLEAN = 2200, 1000, 10000
ONE, ZERO = Fraction(1), Fraction(0)


def _has(*steps: int) -> Callable[[Run], bool]:
    """A run with held-out pairs and these stored steps."""

    def applies(run: Run) -> bool:
        split = run.split is not None and bool(run.split.test)
        return split and set(steps) <= set(run.steps)

    return applies


def _check(name: str, steps: tuple[int, ...], *demands: Demand) -> Check:
    wanted = ", ".join(map(str, steps))
    return Check(
        name=name,
        procedure=observe,
        arguments={
            "subjects": runs,
            "applies": _has(*steps),
            "demands": demands,
            "needs": f"{NEEDS}, steps {wanted} among them" if steps else NEEDS,
        },
    )


def _accuracy(part: str, step: int, **limits: Fraction) -> Demand:
    words = {"train": "training", "test": "held-out", "partner": "swapped", "neither": "new"}
    return Demand(
        name=f"accuracy on {words[part]} pairs at step {step}",
        of=lambda run: run_accuracy(run, part, step),
        **limits,
    )


def _at(run: Run, step: int):
    return dict(run.audits)[step]


def _participation(run: Run, step: int) -> float:
    return float(_at(run, step).spectrum.participation.mean())


def _norm(run: Run, step: int) -> float:
    import numpy as np

    u, v = _at(run, step).network.float_weights
    return float(np.sqrt((u[0] ** 2).sum() + (v**2).sum()))


def _ratio(name: str, of: Callable[[Run, int], float], late: int, early: int, **limits: float):
    return Demand(
        name=f"{name} at step {late} over step {early}",
        of=lambda run: of(run, late) / of(run, early),
        **limits,
    )


# -- what is predicted when ----------------------------------------------------------------------

_HELD_OUT = _check(
    "pairs at the end of stage I",
    (END_OF_ONE,),
    _accuracy("train", END_OF_ONE, at_least=ONE),
    _accuracy("partner", END_OF_ONE, at_least=ONE),
    _accuracy("neither", END_OF_ONE, at_most=ZERO),
)


def _swapped_share(run: Run) -> Fraction:
    parts = run.split.partners()
    return Fraction(len(parts["partner"]), len(run.split.test))


def _plateau(run: Run) -> Fraction:
    return abs(run_accuracy(run, "test", END_OF_ONE) - _swapped_share(run))


_PLATEAU_GAP = Demand(
    name="|held-out accuracy at step 2200 − share of swapped pairs|",
    of=_plateau,
    at_most=Fraction(5, 100),
)
_PLATEAU = _check("accuracy against the share of swapped pairs", (END_OF_ONE,), _PLATEAU_GAP)


def _common(run: Run, *, both: bool, step: int) -> Fraction:
    """Accuracy on training pairs whose other order is in training too, or is not."""
    from verify.auditing.run import accuracy_on

    train = set(run.split.train)
    pairs = [a for a in run.split.train if (a[::-1] in train) == both]
    return accuracy_on(_at(run, step).behaviour, pairs)


def _training(both: bool, step: int, **limits: Fraction) -> Demand:  # noqa: FBT001 - private
    words = "both orders" if both else "one order"
    return Demand(
        name=f"accuracy on training pairs with {words} in training, at step {step}",
        of=lambda run: _common(run, both=both, step=step),
        **limits,
    )


_COMMON = _check(
    "training pairs by their other order",
    (EARLY, END_OF_ONE),
    _training(True, EARLY, at_least=Fraction(99, 100)),
    _training(False, EARLY, at_most=Fraction(1, 100)),
    _training(False, END_OF_ONE, at_least=ONE),
)

# -- spectra, norms and phases -------------------------------------------------------------------


def _least_share(run: Run, step: int) -> float:
    return float(_at(run, step).spectrum.share.min())


_CLEAN_SHARE = Demand(
    name="least energy share of a neuron at step 10000",
    of=lambda run: _least_share(run, CLEAN),
    at_least=0.95,
)
_CLEAN = _check("energy at one frequency", (CLEAN,), _CLEAN_SHARE)

_SPARSE = _check(
    "participation ratio and norm in stage II",
    (END_OF_ONE, CLEAN),
    _ratio("participation ratio", _participation, CLEAN, END_OF_ONE, at_least=1.2),
    _ratio("norm", _norm, CLEAN, END_OF_ONE, at_least=1.0),
)


def _late(of: Callable[[Run, int], float]) -> Callable[[Run], float]:
    return lambda run: of(run, run.steps[-1]) / of(run, CLEAN)


_MONITORS = _check(
    "norm and participation ratio in stage III",
    (CLEAN,),
    Demand(name="norm at the last step over step 10000", of=_late(_norm), at_most=0.999),
    Demand(
        name="participation ratio at the last step over step 10000",
        of=_late(_participation),
        at_least=1.001,
    ),
)


def _rises(run: Run):
    """Increases of the mean |sin D| from one stored step to the next."""
    import numpy as np

    sines = np.abs(np.sin(2 * np.pi * run.followed()["misalignment"])).mean(axis=1)
    return np.diff(sines)


_MONOTONE_RISE = Demand(
    name="largest rise of the mean |sin D| between stored steps",
    of=lambda run: float(_rises(run).max()),
    at_most=0.0,
)
_MONOTONE = _check("mean misalignment over the stored steps", (END_OF_ONE,), _MONOTONE_RISE)

_FULL = _check(
    "new pairs at the last step",
    (CLEAN,),
    Demand(
        name="accuracy on new pairs at the last step",
        of=lambda run: run_accuracy(run, "neither", run.steps[-1]),
        at_least=ONE,
    ),
    Demand(
        name="accuracy on held-out pairs at the last step",
        of=lambda run: run_accuracy(run, "test", run.steps[-1]),
        at_least=Fraction(99, 100),
    ),
)

_DOMINANT = _check(
    "energy at the end of stage I",
    (END_OF_ONE,),
    Demand(
        name="median energy share at step 2200",
        of=lambda run: _median_share(run, END_OF_ONE),
        at_least=0.5,
        at_most=0.9,
    ),
)


def _median_share(run: Run, step: int) -> float:
    import numpy as np

    return float(np.median(_at(run, step).spectrum.share))


_ACCURACY_NOTE = "Accuracies are exact, on every pair of the part. "


def _claim(
    claim_id: str,
    title: str,
    locator: str,
    statement: str,
    reading: str,
    check: Check,
    *mutants: Mutant,
) -> Claim:
    return Claim(
        id=claim_id,
        title=title,
        source=he(locator),
        printed_kind="em",
        statement=statement,
        domain=RUNS,
        reading=reading,
        falsified_by="a run with a measure outside its reading",
        checks=(check,),
        mutants=mutants,
    )


CLAIMS = [
    _claim(
        "he.grok-plateau",
        "The plateau of the test accuracy",
        "blog §5.2, app tab 6",
        "The plateau at about 70 % stems from $f(x,y)=f(y,x)$: held-out pairs whose swap is in "
        "training.",
        _ACCURACY_NOTE + "Read as: at step 2200 the held-out accuracy is within 5 points of the "
        "share of held-out pairs whose other order is in training.",
        _PLATEAU,
        Mutant.of(
            _PLATEAU, "exactly that share less 20 points",
            demands=(
                replace(
                    _PLATEAU_GAP, at_least=Fraction(15, 100), at_most=Fraction(25, 100)
                ),
            ),
        ),
    ),
    _claim(
        "he.grok-heldout-zero",
        "What is predicted at the end of stage I",
        "blog Figure 15",
        "At the end of I all training and all swapped test pairs are predicted, and no pair with "
        "neither order in training.",
        _ACCURACY_NOTE + "The end of stage I is step 2200; “all” and “no” are read literally.",
        _HELD_OUT,
        Mutant.of(
            _HELD_OUT,
            "all new pairs are predicted",
            demands=(_accuracy("neither", END_OF_ONE, at_least=ONE),),
        ),
    ),
    _claim(
        "he.grok-common-to-rare",
        "Common pairs are memorised before rare ones",
        "blog Figure 16",
        "At step 1000 pairs with both orders in training are memorised and pairs with one order "
        "are suppressed to accuracy 0; they are memorised by step 2200.",
        _ACCURACY_NOTE + "“Memorised” at step 1000 is accuracy ≥ 99 %, “suppressed to 0” is ≤ 1 %; "
        "at step 2200 accuracy 1. The diagonal (x, x) counts as having both orders.",
        _COMMON,
        Mutant.of(
            _COMMON, "rare pairs first",
            demands=(
                _training(False, EARLY, at_least=Fraction(99, 100)),
                _training(True, EARLY, at_most=Fraction(1, 100)),
            ),
        ),
    ),
    _claim(
        "he.grok-perturbed-lottery",
        "One frequency dominates each neuron in stage I",
        "blog §5.2",
        "In I one frequency dominates each neuron, and much energy remains elsewhere.",
        "Read as: at step 2200 the median energy share of the dominant frequency is between 50 % "
        "and 90 %.",
        _DOMINANT,
        Mutant.of(
            _DOMINANT,
            "no energy elsewhere",
            demands=(
                Demand(
                    name="median energy share at step 2200",
                    of=lambda run: _median_share(run, END_OF_ONE),
                    at_least=0.999,
                ),
            ),
        ),
    ),
    _claim(
        "he.grok-sparsification",
        "Weight decay removes the other frequencies",
        "blog §5.3",
        "In II decay drives non-feature frequencies to zero; the participation ratio rises sharply "
        "while the norm still grows.",
        "Stage II is read as steps 2200 to 10000; “sharply” as by at least a fifth.",
        _SPARSE,
        Mutant.of(
            _SPARSE, "the norm falls",
            demands=(_ratio("norm", _norm, CLEAN, END_OF_ONE, at_most=0.9),),
        ),
    ),
    _claim(
        "he.grok-phase-monotone",
        "Misalignment decreases throughout",
        "blog Figure 14c, app tab 6",
        "The mean $|\\sin D^\\star|$ decreases throughout, fastest in II.",
        "Read on the stored steps, at the dominant frequencies of the last one; “fastest in II” is "
        "not tested on so few steps.",
        _MONOTONE,
        Mutant.of(
            _MONOTONE, "it increases throughout",
            demands=(
                Demand(
                    name="smallest rise of the mean |sin D|",
                    of=lambda run: float(_rises(run).min()),
                    at_least=0.0,
                ),
            ),
        ),
    ),
    _claim(
        "he.stage-three-monitors",
        "Norm and participation ratio in stage III",
        "blog §5.4",
        "In III the norm falls and the participation ratio still rises.",
        "Stage III is read as step 10000 to the last stored step; a change counts from 0.1 % on.",
        _MONITORS,
        Mutant.of(
            _MONITORS, "the norm rises",
            demands=(
                Demand(
                    name="norm at the last step over step 10000", of=_late(_norm), at_least=1.001
                ),
            ),
        ),
    ),
    _claim(
        "he.grok-full-generalisation",
        "Pairs with neither order in training are predicted in the end",
        "blog §5.4",
        "After II and III pairs with neither order in training are predicted, test accuracy tends "
        "to 100 %, and the indicator is computed for any pair.",
        _ACCURACY_NOTE + "Read at the last stored step: accuracy 1 on new pairs, at least 99 % on "
        "held-out pairs.",
        _FULL,
        Mutant.of(
            _FULL, "no new pair is predicted",
            demands=(
                Demand(
                    name="accuracy on new pairs at the last step",
                    of=lambda run: run_accuracy(run, "neither", run.steps[-1]),
                    at_most=ZERO,
                ),
            ),
        ),
    ),
    _claim(
        "he.grok-clean-10000",
        "Spectra at step 10000",
        "blog Figure 17",
        "At step 10000 essentially all energy is at one frequency per neuron.",
        "“Essentially all” is read as at least 95 % for every neuron.",
        _CLEAN,
        Mutant.of(
            _CLEAN,
            "all energy but 10⁻⁹",
            demands=(replace(_CLEAN_SHARE, at_least=1 - 1e-9),),
        ),
    ),
]
