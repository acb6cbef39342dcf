"""Where neurons with two embeddings land: block coordinates against functions on the group."""

import numpy as np
import pytest

from constructions.dynamics.group_ascent import ascend, landings, shares
from constructions.energy import block_projector
from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.families import dicyclic
from constructions.groups.irreps import real_blocks
from constructions.groups.permutation import cyclic, symmetric


def _on_functions(generator, group, count):
    """The same ascent by small Euler steps on functions on the group, without any blocks."""
    table, inverse = np.array(multiplication_table(group)), np.array(inverses(group))
    right = table[:, inverse]  # right[k, h] = k h⁻¹
    state = generator.normal(size=(3, count, group.order))
    state /= np.linalg.norm(state, axis=2, keepdims=True)
    for _ in range(1500):
        first, second, output = state
        centred = output - output.mean(axis=1, keepdims=True)
        at = np.einsum("nkh,nh->nk", first[:, right], second)
        at -= at.mean(axis=1, keepdims=True)
        field = np.stack([
            np.einsum("ngh,nh->ng", centred[:, table], second),
            np.einsum("ngh,ng->nh", centred[:, table], first),
            at,
        ])
        energy = (field * state).sum(axis=2, keepdims=True)
        state = state + 0.02 * (field - energy * state)
        state /= np.linalg.norm(state, axis=2, keepdims=True)
    shares = [
        np.einsum("ijk,kl,ijl->j", state, block_projector(group, block), state)
        for block in real_blocks(character_table(group))
    ]
    return np.argmax(shares, axis=0)


@pytest.mark.parametrize("group", [symmetric(3), cyclic(4)], ids=lambda group: group.name)
def test_landing_shares_agree_with_the_ascent_of_functions(group):
    """Both ascents land on the first block equally often, within five standard errors."""
    blocks = real_blocks(character_table(group))
    there = landings(np.random.default_rng(1), 3000, order=group.order, blocks=blocks) == 0
    direct = _on_functions(np.random.default_rng(2), group, 400) == 0
    error = np.sqrt(there.mean() * (1 - there.mean()) * (1 / 3000 + 1 / 400))
    assert abs(there.mean() - direct.mean()) < 5 * error


def test_pairs_of_characters_of_an_odd_group_are_alike():
    """On Z5 both pairs of characters are landed on equally often, within five standard errors."""
    blocks = real_blocks(character_table(cyclic(5)))
    share = np.mean(landings(np.random.default_rng(3), 2000, order=5, blocks=blocks) == 0)
    assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(2000)


def test_quaternionic_blocks_are_refused():
    """Blocks over the quaternions have no coordinates here, and the error says so."""
    blocks = real_blocks(character_table(dicyclic(2)))
    with pytest.raises(ValueError, match="quaternionic"):
        landings(np.random.default_rng(0), 1, order=8, blocks=blocks)


def test_the_state_stays_on_the_spheres_and_ends_aligned():
    """The blocks of a converged start have norm 1, equal magnitudes, and phases that add up."""
    blocks = real_blocks(character_table(cyclic(3)))
    (state,) = ascend(np.random.default_rng(4), 50, order=3, blocks=blocks, share=1 - 1e-9)
    x, y, z = state[:, :, 0, 0]
    assert np.abs(state).max() <= 1 + 1e-12
    assert np.allclose(np.abs([x, y, z]), 1)
    assert np.allclose(x * y, z, atol=1e-3)
    assert np.allclose(shares([state]), 1)
