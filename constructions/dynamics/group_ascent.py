"""Where neurons with two embeddings land on a finite group, in floating point: a search.

The ascent of Ω(θ¹, θ², ξ) = Σ_{g,h} θ¹(g)θ²(h)ξ̃(gh) on three unit spheres, ξ̃ = ξ less its mean, in
orthonormal coordinates of the blocks over R or C.  There Ω = Σ_blocks √(n/D) Re tr(Z*XY), and a
uniform start is Gaussian in all coordinates, the constant one included.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from constructions.groups.irreps import Block

# A block with more than this share of |θ¹|² + |θ²|² + |ξ|² has won.
_WON = 0.9
_STEP = 0.1
_LONGEST = 5_000


def landings(
    generator: np.random.Generator, count: int, *, order: int, blocks: Sequence[Block]
) -> np.ndarray:
    """(count,) the number of the block in which each of `count` uniform starts ends.

    Raises: as `ascend`.
    """
    state = ascend(generator, count, order=order, blocks=blocks, share=_WON)
    return shares(state).argmax(axis=0)


def shares(state: Sequence[np.ndarray]) -> np.ndarray:
    """(blocks, count) the parts of |θ¹|² + |θ²|² + |ξ|² in each block."""
    return np.array([(np.abs(part) ** 2).sum(axis=(0, 2, 3)) / 3 for part in state])


def ascend(
    generator: np.random.Generator, count: int, *, order: int, blocks: Sequence[Block],
    share: float,
) -> list[np.ndarray]:
    """The blocks (3, count, m, m) of θ¹, θ², ξ once one block of each start has this share.

    Heun's method; a step has length at most 0.1 on the spheres, and time at most 0.1 over the
    largest Ω, since near the end perturbations decay at up to three times that rate.

    Raises:
        ValueError: for a block of quaternionic type.
        ArithmeticError: when some start is not there after 5000 steps.
    """
    if any(block.f == 4 for block in blocks):
        raise ValueError("expected blocks of real or complex type, got a quaternionic one")
    state = [generator.normal(size=(3, count, 1, 1))]  # the constant parts
    for block in blocks:
        shape = 3, count, block.m, block.m
        part = generator.normal(size=shape)
        state.append(part if block.f == 1 else part + 1j * generator.normal(size=shape))
    # Ω does not see the constant parts
    scales = [0.0, *(np.sqrt(order / block.dimension) for block in blocks)]
    state = _on_spheres(state)
    for _ in range(_LONGEST):
        field = _field(state, scales)
        speed = np.sqrt(sum((np.abs(part) ** 2).sum(axis=(0, 2, 3)) for part in field))
        length = (_STEP / np.maximum(speed, max(scales)))[None, :, None, None]
        ahead = [part + length * rate for part, rate in zip(state, field, strict=True)]
        after = _field(ahead, scales)
        state = _on_spheres([
            part + length / 2 * (first + second)
            for part, first, second in zip(state, field, after, strict=True)
        ])
        if (shares(state[1:]).max(axis=0) > share).all():
            return state[1:]
    raise ArithmeticError(f"a start has no block with a share of {share} after {_LONGEST} steps")


def _on_spheres(state: Sequence[np.ndarray]) -> list[np.ndarray]:
    """θ¹, θ², ξ scaled to norm 1, each for itself."""
    squares = sum((np.abs(part) ** 2).sum(axis=(2, 3), keepdims=True) for part in state)
    return [part / np.sqrt(squares) for part in state]


def _field(state: Sequence[np.ndarray], scales: Sequence[float]) -> list[np.ndarray]:
    """∇Ω − Ω·v, the gradient on the spheres: each partial gradient has the product Ω with v."""
    gradients, energy = [], 0.0
    for (x, y, z), scale in zip(state, scales, strict=True):
        x_star, y_star = (a.conj().swapaxes(1, 2) for a in (x, y))
        towards = scale * (x @ y)
        energy = energy + (towards * z.conj()).sum(axis=(1, 2)).real
        gradients.append(np.stack([scale * (z @ y_star), scale * (x_star @ z), towards]))
    return [
        gradient - np.reshape(energy, (1, -1, 1, 1)) * part
        for gradient, part in zip(gradients, state, strict=True)
    ]
