"""What a training run is, but for its seed: plain data with a hash.

Every field is checked here, so that a wrong configuration ends before anything is compiled.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from math import isfinite
from typing import Any, final

from verify.methods.training.networks import KINDS, Network, Shared, expect

# Raised when the engine's arithmetic changes, so that no cached run is taken for a new one.
_ENGINE = 2
_MAX_ROWS = 2_000_000


_INITIALISATIONS = ("random", "linear-layers", "single-frequency", "equal-magnitude")


@final
@dataclass(frozen=True, kw_only=True)
class Initialisation:
    """Initial weights.

    random: independent normal entries of standard deviation scale/√(row length).
    linear-layers: entries uniform in ±scale/√(number of inputs of the layer), the one-hot inputs
    side by side; the default of PyTorch for scale 1.  Networks of kind ``power`` only.
    single-frequency: each neuron one frequency, all frequencies equally often, input and output
    magnitude `scale`, independent uniform phases.  equal-magnitude: magnitude `scale` at every
    frequency of every neuron, independent uniform phases, no constant part.
    """

    kind: str = "random"
    scale: float = 0.1

    def __post_init__(self) -> None:
        expect(self.kind in _INITIALISATIONS, f"one of {', '.join(_INITIALISATIONS)}", self.kind)
        expect(isfinite(self.scale) and self.scale > 0, "a positive scale", self.scale)


@final
@dataclass(frozen=True, kw_only=True)
class Data:
    """Which inputs are trained on.

    share: part of all inputs, drawn at random for each seed; the first ⌊share·p^k⌋ of a random
    order.  batch: inputs drawn independently for each step (with replacement); None trains on
    all of them at every step.
    """

    share: float = 1.0
    batch: int | None = None

    def __post_init__(self) -> None:
        expect(0 < self.share <= 1, "a share of the inputs in (0, 1]", self.share)
        expect(self.batch is None or self.batch >= 1, "a batch of at least 1", self.batch)


@final
@dataclass(frozen=True, kw_only=True)
class Penalty:
    """coefficient·N^power, N = (Σ_i ‖θ_i‖^{k+1})^{1/(k+1)} the L_{2,k+1} norm over neurons."""

    coefficient: float
    power: float

    def __post_init__(self) -> None:
        expect(self.coefficient >= 0, "a coefficient of at least 0", self.coefficient)
        expect(self.power > 0, "a positive power", self.power)


@final
@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """An optimiser of optax with its schedule.

    kind: ``sgd``, ``adam`` or ``adamw``.  warm_up: the rate of update n (from 0) is
    rate·min(n/warm_up, 1), so the first update moves nothing.  decay: AdamW's, decoupled; Adam's,
    decay·w in the gradient.
    doublings: the updates from which on the rate is doubled (once more each).  cooling: the
    updates between which the rate falls linearly to 0, where it stays.
    """

    kind: str
    rate: float
    betas: tuple[float, float] = (0.9, 0.98)
    epsilon: float = 1e-8
    decay: float = 0.0
    warm_up: int = 0
    doublings: tuple[int, ...] = ()
    cooling: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        expect(self.kind in ("sgd", "adam", "adamw"), "sgd, adam or adamw", self.kind)
        expect(isfinite(self.rate) and self.rate > 0, "a positive rate", self.rate)
        expect(all(0 <= b < 1 for b in self.betas), "betas in [0, 1)", self.betas)
        expect(self.epsilon > 0, "a positive epsilon", self.epsilon)
        expect(self.decay >= 0, "a weight decay of at least 0", self.decay)
        expect(self.decay == 0 or self.kind != "sgd", "weight decay with adam, adamw", self.kind)
        expect(self.warm_up >= 0, "a warm-up of at least 0 steps", self.warm_up)
        expect(
            self.cooling is None or 0 <= self.cooling[0] < self.cooling[1],
            "cooling from an update to a later one",
            self.cooling,
        )


@final
@dataclass(frozen=True, kw_only=True)
class Plateau:
    """Stop at a multiple of `every` steps, from `start` on, once nothing moved any more.

    Both losses moved less than `loss` and both accuracies less than `accuracy` in the last
    `every` steps.
    """

    start: int
    every: int
    loss: float
    accuracy: float


@final
@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Everything about a run but its seed.

    loss: ``mean`` or ``sum`` of the cross-entropy over the training inputs; ``squares``: the mean
    of Σ_c (f_c − f̄ − [c = y] + 1/p)², f̄ the mean over the labels.
    record_every: steps between two records of metrics; checkpoint_every: between two
    checkpoints, a multiple of it.  dtype: ``float64`` or ``float32``.

    Raises:
        ConfigurationError: for values that cannot be trained.
    """

    name: str
    network: Network
    optimiser: Optimiser
    steps: int
    initialisation: Initialisation = Initialisation()
    data: Data = Data()
    loss: str = "mean"
    penalty: Penalty | None = None
    record_every: int = 100
    checkpoint_every: int = 200
    stop: Plateau | None = None
    dtype: str = "float64"

    def __post_init__(self) -> None:
        expect(self.steps >= 1, "at least 1 step", self.steps)
        expect(self.loss in ("mean", "sum", "squares"), "loss mean, sum or squares", self.loss)
        expect(self.dtype in ("float64", "float32"), "dtype float64 or float32", self.dtype)
        expect(self.record_every >= 1, "record_every of at least 1", self.record_every)
        expect(
            self.checkpoint_every >= 1 and self.checkpoint_every % self.record_every == 0,
            f"checkpoint_every to be a multiple of record_every={self.record_every}",
            self.checkpoint_every,
        )
        if self.stop is not None:
            expect(
                self.stop.every % self.checkpoint_every == 0,
                f"a stopping rule at multiples of checkpoint_every={self.checkpoint_every}",
                self.stop.every,
            )
        expect(self.train_size >= 1, "at least one input to train on", self.data.share)
        net = self.network
        expect(
            self.data.batch is not None or self.size <= _MAX_ROWS,
            f"at most {_MAX_ROWS} inputs without data.batch",
            f"{net.modulus}^{net.inputs} = {self.size}",
        )
        expect(
            self.data.batch is None or net.kind != "shared",
            "full-batch training for a shared embedding",
            self.data.batch,
        )
        expect(
            self.initialisation.kind != "linear-layers" or net.kind == "power",
            "initialisation linear-layers for a power network",
            net.kind,
        )
        expect(
            self.initialisation.kind == "random" or net.has_neurons,
            f"initialisation random for {net.kind}",
            self.initialisation.kind,
        )
        expect(
            self.penalty is None or net.has_neurons,
            f"no norm over neurons as a penalty for {net.kind}",
            self.penalty,
        )

    @property
    def size(self) -> int:
        """p^k, the number of inputs."""
        return self.network.modulus**self.network.inputs

    @property
    def train_size(self) -> int:
        """Number of inputs that are trained on."""
        return int(self.data.share * self.size)

    @property
    def split(self) -> bool:
        """Whether some inputs are held out."""
        return self.train_size < self.size

    def json(self) -> dict[str, Any]:
        """The configuration as plain JSON values."""
        return json.loads(json.dumps(asdict(self)))

    @property
    def digest(self) -> str:
        """Hash of the configuration and of what computes it; the name is left out."""
        body = {key: value for key, value in self.json().items() if key != "name"}
        body["engine"] = [_ENGINE, version("jax"), version("optax"), version("numpy")]
        text = json.dumps(body, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def but(self, **changes: Any) -> Configuration:
        """The same configuration with other values."""
        return replace(self, **changes)

    @staticmethod
    def of(document: dict[str, Any]) -> Configuration:
        """The configuration of a document that `json` gave."""
        fields = dict(document)
        network = dict(fields.pop("network"))
        kind = KINDS[network.pop("kind")]
        if kind is Shared:
            network.pop("inputs")
        optimiser = dict(fields.pop("optimiser"))
        for name in ("betas", "doublings", "cooling"):
            if optimiser[name] is not None:
                optimiser[name] = tuple(optimiser[name])
        penalty, stop = fields.pop("penalty"), fields.pop("stop")
        return Configuration(
            network=kind(**network),
            optimiser=Optimiser(**optimiser),
            initialisation=Initialisation(**fields.pop("initialisation")),
            data=Data(**fields.pop("data")),
            penalty=penalty and Penalty(**penalty),
            stop=stop and Plateau(**stop),
            **fields,
        )
