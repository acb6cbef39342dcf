"""What the theorem says, exactly, about the settings of Figure 4 and about a half of the data.

The theorem gives the maximum margin, a sufficient width and the form of optimal networks; it speaks
of no time.  Two of its quantities are put in order along k, and a memorising network shows that a
margin on the half that is trained on says nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructions.networks import DenseNetwork, all_inputs
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA, candidate, gamma
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, rational, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.margins import MARGIN, NORM
from verify.methods.refutations import certified

_SOURCE = candidate("Trained")
FIGURE_4 = ((2, 97), (3, 31), (4, 11), (5, 5))
_FIRST, _SECOND, _THIRD = ((var(a), var(b)) for a, b in (("k", "p"), ("l", "q"), ("m", "r")))

# -- order of the settings -----------------------------------------------------------------------


def _monotone(a: Term, b: Term, c: Term) -> Formula:
    return (a < b) & (b < c) | (a > b) & (b > c)


def _width(k: Term, p: Term) -> Term:
    """2^{2k−2}(p−1), enough for the maximum margin."""
    return rational(2) ** (2 * k - 2) * (p - 1)


def _point(*settings: tuple[int, int]) -> dict[str, int]:
    names = ("k", "p", "l", "q", "m", "r")
    return dict(zip(names, (value for setting in settings for value in setting), strict=False))


_TRIPLES = tuple(_point(*FIGURE_4[i : i + 3]) for i in (0, 1))
_PAIRS = tuple(_point(*FIGURE_4[i : i + 2]) for i in (0, 1, 2))

_MARGINS = Check(
    name="the first three settings",
    procedure=counterexample,
    arguments={
        "formula": _monotone(gamma(*_FIRST), gamma(*_SECOND), gamma(*_THIRD)),
        "point": _TRIPLES[0],
        "description": "γ* falls from (2, 97) to (3, 31), 2.9e-4 to 2.0e-4, and rises to (4, 11), "
        "4.2e-4",
    },
)
_WIDTHS = Check(
    name="neighbouring settings",
    procedure=exact_statement,
    arguments={"formula": _width(*_FIRST) < _width(*_SECOND), "points": _PAIRS},
)

# -- a half of the data --------------------------------------------------------------------------

_TASK = SumTask.modular(3, 2)
_ALL = tuple(all_inputs(_TASK))
_HALF, _HELD_OUT = _ALL[:4], _ALL[4:]


def memoriser(points: Sequence[tuple[int, int]]) -> DenseNetwork:
    """Two neurons (e_a, ±e_b, ±e_{a+b}) for each point: logits 4·1[c = a + b] there, else 0."""
    basis = [[int(i == j) for j in range(3)] for i in range(3)]
    rows_u, rows_w = [], []
    for a, b in points:
        for sign in (1, -1):
            rows_u.append([basis[a], [sign * x for x in basis[b]]])
            rows_w.append([sign * x for x in basis[(a + b) % 3]])
    return DenseNetwork.exact(_TASK, rows_u, rows_w)


def _document(data: Sequence[tuple[int, int]], relation: Formula) -> dict[str, Any]:
    return {
        "kind": "network-margin",
        "group": [3],
        "inputs": 2,
        "network": memoriser(_HALF).json(),
        "data": [list(x) for x in data],
        "relations": [relation.node],
    }


def _memorises(
    value: Term, held_out: Sequence[tuple[int, int]], *, data: Sequence[tuple[int, int]] = _HALF
) -> dict[str, dict[str, Any]]:
    """On `data` the normalised margin exceeds the value; on no held-out input is it positive."""
    documents = {"half": _document(data, value * NORM < MARGIN)}
    for a, b in held_out:
        documents[f"at-{a}-{b}"] = _document([(a, b)], MARGIN <= 0)
    return documents


_MEMORISER = Check(
    name="eight neurons",
    procedure=certified,
    arguments={
        "documents": _memorises(GAMMA, _HELD_OUT),
        "scope": Domain.at({"k": 2, "p": 3}),
    },
)

CLAIMS = [
    Claim(
        id="fc.cand.grok-weaker.predicted.margin",
        title="The maximum margin orders the settings of Figure 4",
        source=_SOURCE,
        printed_kind="candidate",
        statement="The maximum margin $\\gamma^*$ changes in one direction along the settings "
        "$(k,p)=(2,97),(3,31),(4,11),(5,5)$ of Figure 4.",
        reading="Were the strength of grokking a monotone function of γ*, its order in k would "
        "need this. The value is that of Theorem 4.1, at norm 1, over all p^k points.",
        falsified_by="three settings in a row of which the middle one has the least or largest γ*",
        domain=Domain.at(*_TRIPLES),
        checks=(_MARGINS,),
        mutants=(
            Mutant.of(_MARGINS, "the last three settings", point=_TRIPLES[1]),
            Mutant.of(
                _MARGINS,
                "widths instead",
                formula=_monotone(_width(*_FIRST), _width(*_SECOND), _width(*_THIRD)),
            ),
        ),
    ),
    Claim(
        id="fc.cand.grok-weaker.predicted.width",
        title="The printed width orders the settings of Figure 4",
        source=_SOURCE,
        printed_kind="candidate",
        statement="The width $2^{2k-2}(p-1)$ of Theorem 4.1 increases along the settings "
        "$(k,p)=(2,97),(3,31),(4,11),(5,5)$ of Figure 4.",
        reading="It is 384, 480, 640, 1024. This is the one quantity of the theorem with the order "
        "that is reported of the gaps; that they follow it is not said by the theorem.",
        falsified_by="two settings in a row whose widths do not increase",
        domain=Domain.at(*_PAIRS),
        checks=(_WIDTHS,),
        mutants=(
            Mutant.of(
                _WIDTHS,
                "2^k(p − 1)",
                formula=rational(2) ** _FIRST[0] * (_FIRST[1] - 1)
                < rational(2) ** _SECOND[0] * (_SECOND[1] - 1),
            ),
        ),
    ),
    Claim(
        id="fc.cand.grok-weaker.unexplained.half",
        title="A margin above γ* on the half that is trained on, and no held-out input right",
        source=_SOURCE,
        printed_kind="candidate",
        statement="There is a half of the data and a network whose normalised margin on it exceeds "
        "the $\\gamma^*$ of Theorem 4.1, and which has no held-out input right.",
        reading="A reading of “cannot fully explain” grokking: during its plateau the trained half "
        "has a margin and the rest is wrong, and the theorem, which is on all of D_p, excludes "
        "neither. k = 2, p = 3, the four inputs (0, 0), (0, 1), (0, 2), (1, 0) of nine, width 8; "
        "an input is right when its label has the strictly largest logit.",
        falsified_by="a margin of at most γ* on the half, or a held-out input that is right",
        domain=Domain.at({"k": 2, "p": 3}),
        checks=(_MEMORISER,),
        mutants=(
            Mutant.of(
                _MEMORISER,
                "5/4 of γ*",
                documents=_memorises(GAMMA * rational(5, 4), _HELD_OUT),
            ),
            Mutant.of(
                _MEMORISER, "an input of the half held out", documents=_memorises(GAMMA, _HALF[:1])
            ),
            Mutant.of(
                _MEMORISER,
                "a point more",
                documents=_memorises(GAMMA, _HELD_OUT[1:], data=_ALL[:5]),
            ),
        ),
    ),
]
