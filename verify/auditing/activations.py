"""Activations by name: exact on dyadic numbers where they can be, in balls otherwise."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, final

import numpy as np
from flint import arb


class Activation(ABC):
    """One function σ: R → R with a name."""

    name: str

    @abstractmethod
    def floats(self, u: np.ndarray) -> np.ndarray:
        """σ in float64, for pictures and statistics."""


class ExactActivation(Activation):
    """σ that maps dyadic numbers to rationals with one known denominator."""

    degree: int
    denominator: int

    @abstractmethod
    def integers(self, u: np.ndarray, exponent: int) -> np.ndarray:
        """Integers h with σ(u·2^exponent) = h · 2^(exponent·degree) / denominator."""

    @abstractmethod
    def json(self) -> dict[str, Any]:
        """The activation as certificates carry it."""


@final
@dataclass(frozen=True)
class Polynomial(ExactActivation):
    """Σ c_d u^d with rational coefficients, lowest degree first."""

    name: str
    coefficients: tuple[Fraction, ...]

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    @property
    def denominator(self) -> int:
        return lcm(*(c.denominator for c in self.coefficients))

    def floats(self, u: np.ndarray) -> np.ndarray:
        return np.polynomial.polynomial.polyval(u, [float(c) for c in self.coefficients])

    def integers(self, u: np.ndarray, exponent: int) -> np.ndarray:
        u = u.astype(object)
        total: np.ndarray | int = 0
        for d, c in enumerate(self.coefficients):
            if c:
                scale = int(c * self.denominator) << (-exponent * (self.degree - d))
                power = u**d if d > 1 else u if d else np.ones(u.shape, dtype=object)
                term = power if scale == 1 else power * scale
                total = term if isinstance(total, int) else total + term
        return np.zeros(u.shape, dtype=object) if isinstance(total, int) else total

    def json(self) -> dict[str, Any]:
        return {"polynomial": [str(c) for c in self.coefficients]}


@final
@dataclass(frozen=True)
class Slopes(ExactActivation):
    """left·u below 0 and right·u from 0 on."""

    name: str
    left: Fraction
    right: Fraction

    degree = 1

    @property
    def denominator(self) -> int:
        return lcm(self.left.denominator, self.right.denominator)

    def floats(self, u: np.ndarray) -> np.ndarray:
        return np.where(u < 0, float(self.left) * u, float(self.right) * u)

    def integers(self, u: np.ndarray, exponent: int) -> np.ndarray:
        left, right = int(self.left * self.denominator), int(self.right * self.denominator)
        if max(abs(left), abs(right)) > 1:
            u = u.astype(object)
        return np.where(u < 0, left * u, right * u)

    def json(self) -> dict[str, Any]:
        return {"slopes": [str(self.left), str(self.right)]}


@final
@dataclass(frozen=True)
class Enclosed(Activation):
    """σ that only balls can evaluate."""

    name: str
    ball: Callable[[arb], arb]
    array: Callable[[np.ndarray], np.ndarray]

    def floats(self, u: np.ndarray) -> np.ndarray:
        return self.array(u)


def _power(degree: int) -> Polynomial:
    coefficients = (*[Fraction(0)] * degree, Fraction(1))
    return Polynomial("identity" if degree == 1 else f"u^{degree}", coefficients)


def _half_tanh(x: arb) -> arb:
    return ((x / 2).tanh() + 1) / 2


def _normal_cdf(x: arb) -> arb:
    return (-x / arb(2).sqrt()).erfc() / 2


def _normal_cdf_floats(u: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return ndtr(u)


_KNOWN: tuple[Activation, ...] = (
    *(_power(d) for d in range(1, 9)),
    Slopes("relu", Fraction(0), Fraction(1)),
    Slopes("abs", Fraction(-1), Fraction(1)),
    Enclosed("exp", arb.exp, np.exp),
    # log(1 + e^{2u}): its even part is log(2 cosh u), which is not zero
    Enclosed("softplus2", lambda x: (2 * x).exp().log1p(), lambda u: np.logaddexp(0, 2 * u)),
    Enclosed("softplus", lambda x: x.exp().log1p(), lambda u: np.logaddexp(0, u)),
    Enclosed("tanh", arb.tanh, np.tanh),
    Enclosed("sigmoid", _half_tanh, lambda u: (np.tanh(u / 2) + 1) / 2),
    Enclosed("silu", lambda x: x * _half_tanh(x), lambda u: u * (np.tanh(u / 2) + 1) / 2),
    Enclosed("gelu", lambda x: x * _normal_cdf(x), lambda u: u * _normal_cdf_floats(u)),
)
ACTIVATIONS: dict[str, Activation] = {a.name: a for a in _KNOWN}
_ALIASES = {
    "quad": "u^2",
    "quadratic": "u^2",
    "square": "u^2",
    "linear": "identity",
    "u": "identity",
}


def activation(name: str) -> Activation:
    """The activation of a name: ``relu``, ``abs``, ``u^2`` (or ``quad``), ``exp``, ``gelu``, ….

    Raises:
        ValueError: for an unknown name, listing the known ones.
    """
    found = ACTIVATIONS.get(_ALIASES.get(name.lower(), name.lower()))
    if found is None:
        known = ", ".join([*ACTIVATIONS, *_ALIASES])
        raise ValueError(f"unknown activation {name!r}; expected one of {known}")
    return found
