"""Statements that no check covers yet, and statements without the constants that a check needs.

Each row is (id, title, place, statement); the reason says what is missing.
"""

from __future__ import annotations

from verify.claims.energy_landscape.common import source_of
from verify.core.claim import Claim
from verify.core.domain import Domain, Whole

# kind, falsified by
_AS, _EM = ("as", "another limit"), ("em", "a statistic outside the reading")

_ROWS = [
    # Stage I
    ("lazy-start", "Size of the gradient at the start", "Proposition 1", _AS, None, "ε is "
    "undefined there",
     "$F_c$ fixed, full column rank, $V(0)\\sim N(0,\\alpha^2)$: "
     "$|G_F(0)|=O(\\epsilon\\sqrt{KM})$."),
    ("zero-init-faster.trained", "Zero output weights are faster in training", "§3.2", _EM, None,
     "Figures 14 to 17 print neither the share of the data nor when features count as learned, and "
     "“up to 10 times” is a bound that no run can pass from below",
     "With $V(0)=0$ feature learning is faster, with more layers up to 10 times."),
    # Samples
    ("sample-order", "Samples that suffice", "§4.5", _AS, None, "neither the constant nor what "
     "generalises (which training, width and decay) is printed",
     "$O(M\\log M)$ samples suffice to generalise."),
    # Stage III
    # Depth, hyper-parameters
    ("deep-order", "The order of layers", "§6", _EM, None, "when a layer counts as learned is not "
     "printed, nor depth, activation and rates of the networks meant", "The lowest layer learns "
     "first."),
    ("eta-clock.trained", "Grokking time and decay in training", "§7", _EM, None, "no runs with "
     "several η are printed: the rate, the range of η, when a network has grokked and how much "
     "“about” allows are missing", "Grokking time is about $1/\\eta$."),
    ("eta-sufficient", "Decay suffices", "§7", _EM, None, "for which η, rates, widths and shares "
     "of the data decay is to suffice is not printed (a large η drives both layers to 0), nor the "
     "rate of Figure 3", "Decay suffices, and is not necessary."),
    ("large-lr", "Large rates without decay", "§7", _EM, None, "no large rate, schedule, width or "
     "share of the data is printed", "Without decay a large initial rate groks."),
    ("init-scale", "Scale of the output weights", "§7", _EM, None, "no scale that counts as small "
     "or large is printed, and no rate, width or time that a run may take",
     "Small $V(0)$ groks at any $\\eta$, large needs $\\eta$."),
    ("beta-faster.trained", "Scale β in training", "§7", _EM, None, "no value of β is printed, nor "
     "from where on it is too large", "$\\beta>1$ is faster, too large slower."),
    ("lr-stages.features", "Rates of Stage II", "§7", _EM, None, "what counts as scarce data and "
     "as a small rate is not printed; Figure 7 has three rates and no seeds, width, decay or time",
     "Stage II on scarce data wants a small rate."),
]

_SETTING = Domain.of(setting=Whole("settings of the statement"))


def _row(claim_id: str, title: str, locator: str, kind: tuple[str, str], unchecked: str | None,
         missing: str | None, statement: str) -> Claim:
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), printed_kind=kind[0],
        statement=statement, domain=_SETTING, falsified_by=kind[1], unchecked=unchecked,
        missing=missing, reading="As printed; no reading is fixed before a check exists. ",
    )


CLAIMS = [_row(f"li2.{name}", *rest) for name, *rest in _ROWS]
