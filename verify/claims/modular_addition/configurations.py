"""The official training configurations of arXiv:2602.16849's pipeline, by name.

Full batch, mean cross-entropy, betas (.9, .98), epsilon 1e-8, rate η·min(n/10, 1) at update n from
0 for both optimisers; width max(512, ⌈512p²/529⌉); odd moduli.  The pipeline runs in float32; its
checkpoint called e is the network after e+1 updates, of which the first moves nothing.

Readings: a grokking epoch is an update; its stopping rule looks at multiples of 1000 updates.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.methods.training import (
    Configuration,
    ConfigurationError,
    Data,
    Initialisation,
    Optimiser,
    Plateau,
    Shared,
)

SMALLEST_MODULUS = {"he.grokking": 19}


def width(modulus: int) -> int:
    """M = max(512, ⌈512p²/529⌉)."""
    return max(512, -(-512 * modulus**2 // 529))


def _made(
    name: str,
    modulus: int,
    *,
    activation: str,
    start: tuple[str, float],
    optimiser: Optimiser,
    steps: int,
    data: Data = Data(),  # noqa: B008 - frozen
    stop: Plateau | None = None,
) -> Configuration:
    least = SMALLEST_MODULUS.get(name, 3)
    if modulus % 2 == 0 or modulus < least:
        raise ConfigurationError(
            f"{name} is for odd moduli from {least} on, got modulus={modulus}; build a "
            "Configuration yourself for another one"
        )
    return Configuration(
        name=name,
        network=Shared(modulus=modulus, width=width(modulus), activation=activation),
        optimiser=optimiser,
        steps=steps,
        initialisation=Initialisation(kind=start[0], scale=start[1]),
        data=data,
        stop=stop,
    )


def standard(modulus: int) -> Configuration:
    """ReLU from random weights with AdamW, all pairs."""
    return _made(
        "he.standard",
        modulus,
        activation="relu",
        start=("random", 0.1),
        optimiser=Optimiser(kind="adamw", rate=5e-5, warm_up=10),
        steps=5000,
    )


def grokking(modulus: int) -> Configuration:
    """ReLU on a random 75 % of the pairs, weight decay 2, until nothing moves."""
    return _made(
        "he.grokking",
        modulus,
        activation="relu",
        start=("random", 0.1),
        optimiser=Optimiser(kind="adamw", rate=1e-4, decay=2.0, warm_up=10),
        steps=50_000,
        data=Data(share=0.75),
        stop=Plateau(start=10_000, every=1000, loss=1e-3, accuracy=5e-3),
    )


def quad_random(modulus: int) -> Configuration:
    """u² from random weights with AdamW, all pairs."""
    return _made(
        "he.quad_random",
        modulus,
        activation="u^2",
        start=("random", 0.1),
        optimiser=Optimiser(kind="adamw", rate=5e-5, warm_up=10),
        steps=5000,
    )


def quad_single_freq(modulus: int) -> Configuration:
    """u² from single frequencies with gradient descent, all pairs."""
    return _made(
        "he.quad_single_freq",
        modulus,
        activation="u^2",
        start=("single-frequency", 0.02),
        optimiser=Optimiser(kind="sgd", rate=0.1, warm_up=10),
        steps=10_000,
    )


def relu_single_freq(modulus: int) -> Configuration:
    """ReLU from single frequencies with gradient descent, all pairs."""
    return _made(
        "he.relu_single_freq",
        modulus,
        activation="relu",
        start=("single-frequency", 0.002),
        optimiser=Optimiser(kind="sgd", rate=0.01, warm_up=10),
        steps=10_000,
    )


CONFIGURATIONS: dict[str, Callable[[int], Configuration]] = {
    "he.standard": standard,
    "he.grokking": grokking,
    "he.quad_random": quad_random,
    "he.quad_single_freq": quad_single_freq,
    "he.relu_single_freq": relu_single_freq,
}
MODULI = dict.fromkeys(CONFIGURATIONS, 23)
