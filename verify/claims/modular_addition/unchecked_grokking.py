"""Statements on grokking (p = 23, weight decay 2, three quarters of the pairs), not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, he, row


def _grokking(claim_id: str, title: str, locator: str, statement: str, kind: str = "em"):
    return row(claim_id, title, he(locator), kind, statement, unchecked=TRAINED)


CLAIMS = [
    _grokking(
        "he.grok-three-stages",
        "Three stages of grokking",
        "blog §5.1, notebooks",
        "Stage I ends at about 2200 steps, II at about 10000 (notebook: 2200, 10400); train "
        "accuracy is 1 in I; test accuracy is about 70 %, then 95 %, then tends to 100 %; the "
        "stages do not depend on $p$.",
    ),
    _grokking(
        "he.grok-plateau",
        "The plateau of the test accuracy",
        "blog §5.2, app tab 6",
        "The plateau at about 70 % stems from $f(x,y)=f(y,x)$: held-out pairs whose swap is in "
        "training.",
    ),
    _grokking(
        "he.grok-heldout-zero",
        "What is predicted at the end of stage I",
        "blog Figure 15",
        "At the end of I all training and all swapped test pairs are predicted, and no pair with "
        "neither order in training.",
    ),
    _grokking(
        "he.grok-common-to-rare",
        "Common pairs are memorised before rare ones",
        "blog Figure 16",
        "At step 1000 pairs with both orders in training are memorised and pairs with one order "
        "are suppressed to accuracy 0; they are memorised by step 2200.",
    ),
    _grokking(
        "he.grok-perturbed-lottery",
        "One frequency dominates each neuron in stage I",
        "blog §5.2",
        "In I one frequency dominates each neuron, and much energy remains elsewhere.",
    ),
    _grokking(
        "he.grok-sparsification",
        "Weight decay removes the other frequencies",
        "blog §5.3",
        "In II decay drives non-feature frequencies to zero; the participation ratio rises sharply "
        "while the norm still grows.",
    ),
    _grokking(
        "he.grok-phase-monotone",
        "Misalignment decreases throughout",
        "blog Figure 14c, app tab 6",
        "The mean $|\\sin D^\\star|$ decreases throughout, fastest in II.",
    ),
    _grokking(
        "he.stage-three-pure-decay",
        "Stage III is pure decay",
        "blog §5.4, app tab 6",
        "In III the gradient is negligible and decay the sole force: "
        "$\\partial_t\\|w\\|=-\\lambda\\|w\\|$ (AdamW: a factor $1-\\eta\\lambda$ per step).",
        "ode",
    ),
    _grokking(
        "he.stage-three-monitors",
        "Norm and participation ratio in stage III",
        "blog §5.4",
        "In III the norm falls and the participation ratio still rises.",
    ),
    _grokking(
        "he.grok-full-generalisation",
        "Pairs with neither order in training are predicted in the end",
        "blog §5.4",
        "After II and III pairs with neither order in training are predicted, test accuracy tends "
        "to 100 %, and the indicator is computed for any pair.",
    ),
    _grokking(
        "he.grok-clean-10000",
        "Spectra at step 10000",
        "blog Figure 17",
        "At step 10000 essentially all energy is at one frequency per neuron.",
    ),
    row(
        "he.grok-needs-clean-features",
        "Generalisation requires clean features",
        he("blog §5"),
        "em",
        "Generalisation requires clean single-frequency features.",
        unchecked=TRAINED,
        falsified_by="a generalising network without them",
    ),
]
