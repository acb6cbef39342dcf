"""Predicted against measured staircases: ``python -m benchmarks.staircases``.

Writes ``docs/staircases.md`` and its figures.  Predictions come from the alternation at the same α,
measurements from the gradient flow: for diagonal networks in ξ, for modular addition see
``benchmarks.modular_flow``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks import modular_flow
from benchmarks.alternating import design, half_drops
from constructions.dynamics.diagonal import diagonal_alternation, gradient_flow, loss

DOCS = Path(__file__).resolve().parents[1] / "docs"
_POWERS = (-2, -4, -8, -16, -32)
_SEEDS = range(20)


def random_data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """d = 4, n = 12 Gaussian inputs and coefficients."""
    random = np.random.default_rng(seed)
    x, beta = random.normal(size=(12, 4)), random.normal(size=4)
    return x.T @ x / 12, x.T @ (x @ beta) / 12


def plateaus(gram: np.ndarray, moment: np.ndarray, scale: float) -> list[bool]:
    """Midway between predicted jumps: is the flow's β within 10 % of the predicted one?"""
    jumps = diagonal_alternation(gram, moment, scale)
    times = np.array([*[j.time for j in jumps], 2 * jumps[-1].time])
    middle = (times[:-1] + times[1:]) / 2
    found = gradient_flow(gram, moment, scale, middle)
    return [
        bool(np.linalg.norm(b - j.coefficients) < 0.1 * np.linalg.norm(j.coefficients))
        for b, j in zip(found, jumps, strict=True)
    ]


def rows() -> list[str]:
    """For each α: the error of all jump times over all seeds, times ln(1/α)."""
    lines = []
    for power in _POWERS:
        scale = power * np.log(10.0)
        errors, agree = [], []
        for seed in _SEEDS:
            predicted, measured = half_drops(*random_data(seed), scale)
            errors += [abs(m / p - 1) for p, m in zip(predicted, measured, strict=True)]
            agree += plateaus(*random_data(seed), scale)
        low, middle, high = np.quantile(errors, [0.1, 0.5, 0.9])
        lines.append(
            f"| 1e{power} | {sum(agree)}/{len(agree)} | {middle:.4f} | {low:.4f} to {high:.4f} | "
            f"{middle * -scale:.2f} |"
        )
    return lines


def figure(path: Path) -> None:
    """Losses of the flow and levels of the alternation over t/ln(1/α), for the 5-D design."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    gram, moment = design()
    plt.rcParams["svg.hashsalt"] = "staircases"
    fig, axes = plt.subplots(figsize=(7, 3.6))
    for power in (-1, -2, -8, -32):
        scale = power * np.log(10.0)
        times = np.linspace(0, 5.0 * -scale, 2001)
        losses = loss(gram, moment, gradient_flow(gram, moment, scale, times))
        axes.plot(times / -scale, losses, label=f"gradient flow, α = 1e{power}", linewidth=1)
    jumps = diagonal_alternation(gram, moment, -32 * np.log(10.0))
    corners = [0.0, *[j.time / (32 * np.log(10.0)) for j in jumps], 5.0]
    levels = loss(gram, moment, np.array([np.zeros(5), *[j.coefficients for j in jumps]]))
    axes.step(corners, [*levels, levels[-1]], where="post", color="black", linestyle="--",
              label="alternation", linewidth=1)
    axes.set(xlabel="t / ln(1/α)", ylabel="loss above its minimum")
    axes.legend(fontsize=8)
    fig.tight_layout()
    fig.savefig(path, metadata={"Date": None})


def main() -> None:
    """Writes the page and the figure."""
    (DOCS / "figures").mkdir(exist_ok=True)
    figure(DOCS / "figures" / "staircases.svg")
    text = [
        "# Staircases, predicted and measured",
        "",
        "## Diagonal networks",
        "",
        "`python -m benchmarks.staircases` writes this page. The prediction is the alternation",
        "at the same α (signed least squares, kept memory); the measurement is the gradient flow",
        "in the variables ξ, so that no dormant coordinate is lost to rounding. A measured jump",
        "time is the first time at which half of the drop is lost.",
        "",
        "![Losses over rescaled time](figures/staircases.svg)",
        "",
        f"{len(_SEEDS)} random data sets (d = 4, n = 12), all jumps of each. Plateaus agree when,",
        "midway between two predicted jumps, the flow's β is within 10 % of the predicted one: the",
        "index, the sign and the level are then right. The last column is the median relative",
        "error times ln(1/α): where it is level, the error falls like 1/ln(1/α).",
        "",
        "| α | plateaus that agree | median relative error of a time | 10 % to 90 % "
        "| median · ln(1/α) |",
        "|--:|--:|--:|--:|--:|",
        *rows(),
        "",
        *modular_flow.section(DOCS / "figures" / "staircases-modular.svg"),
        "These figures are measurements. What is proved about jump times stands with the claims",
        "`agf.diag-*` and `agf.cand.diag-*`, about modular addition with `agf.mod-*`.",
        "",
    ]
    (DOCS / "staircases.md").write_text("\n".join(text), "utf-8")


if __name__ == "__main__":
    main()
