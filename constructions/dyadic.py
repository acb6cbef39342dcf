"""Matrices of floats as what they are: integers times a power of two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, final

import numpy as np
from flint import fmpz_mat

# Sums of two such integers still fit into 64 bits.
_NARROW = 61


@final
@dataclass(frozen=True, eq=False)
class Dyadic:
    """A matrix of integers times 2^exponent.

    numbers: (rows, columns), int64 where that is wide enough, else Python integers.
    exponent: at most 0, common to all entries.
    """

    numbers: np.ndarray
    exponent: int

    @staticmethod
    def of(array: np.ndarray) -> Dyadic:
        """The exact values of a matrix of floats.

        Raises:
            ValueError: for a NaN or an infinity, naming the place, and for other types of numbers.
        """
        array = np.atleast_2d(np.asarray(array))
        if array.dtype.kind != "f" or array.dtype.itemsize > 8:
            raise ValueError(f"expected floats of at most 64 bits, got {array.dtype}")
        if not np.isfinite(array).all():
            at = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            raise ValueError(f"weight {list(at)} is {array[at]}; expected finite numbers")
        bits = np.finfo(array.dtype).nmant + 1
        mantissas, exponents = np.frexp(array)
        # frexp scales exactly, subnormal numbers included
        numbers = np.ldexp(mantissas.astype(np.float64), bits).astype(np.int64)
        exponents = np.where(numbers != 0, exponents.astype(np.int64) - bits, 0)
        least = min(int(exponents.min(initial=0)), 0)
        shifts = np.where(numbers != 0, exponents - least, 0)
        if bits + int(shifts.max(initial=0)) <= _NARROW:
            return Dyadic(numbers << shifts, least)
        wide = np.array(
            [int(n) << int(s) for n, s in zip(numbers.flat, shifts.flat, strict=True)], object
        )
        return Dyadic(wide.reshape(array.shape), least)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.numbers.shape

    @cached_property
    def bits(self) -> int:
        """Bits of the largest integer."""
        return max((abs(int(n)) for n in self.numbers.flat), default=0).bit_length()

    @property
    def T(self) -> Dyadic:
        """The transpose."""
        return Dyadic(self.numbers.T, self.exponent)

    def __matmul__(self, other: Dyadic) -> Dyadic:
        """The exact product."""
        product = multiply(self.numbers, other.numbers)
        return Dyadic(
            np.array(product.table(), dtype=object).reshape(self.shape[0], other.shape[1]),
            self.exponent + other.exponent,
        )

    def over(self, exponent: int) -> np.ndarray:
        """The integers over a smaller common exponent."""
        shift = self.exponent - exponent
        if shift < 0:
            raise ValueError(f"expected an exponent of at most {self.exponent}, got {exponent}")
        if not shift:
            return self.numbers
        return _narrowed(self.numbers.astype(object) << shift)


def _narrowed(numbers: np.ndarray) -> np.ndarray:
    """The same integers as int64 where they fit."""
    top = max((abs(int(n)) for n in numbers.flat), default=0)
    return numbers.astype(np.int64) if top.bit_length() <= _NARROW else numbers


def integers(array: np.ndarray) -> fmpz_mat:
    """An integer matrix, int64 or of Python integers, for exact linear algebra."""
    return fmpz_mat(*array.shape, array.ravel().tolist())


def multiply(left: Any, right: np.ndarray) -> fmpz_mat:
    """The exact product of two integer matrices."""
    return integers(np.asarray(left)) * integers(np.asarray(right))
