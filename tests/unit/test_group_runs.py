"""Functions on a group from the coordinates of its blocks."""

import numpy as np
import pytest

from constructions.dynamics.group_ascent import ascend
from constructions.groups.cayley import multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.families import affine
from constructions.groups.irreps import real_blocks
from constructions.groups.permutation import alternating, symmetric
from verify.claims.modular_addition.group_runs import functions


@pytest.mark.parametrize(
    "group", [symmetric(3), alternating(4), affine(7, 2, "F21")], ids=lambda group: group.name
)
def test_converged_neurons_are_equilibria_of_the_objective_on_the_group(group):
    """θ¹, θ², ξ have norm 1, and ξ is parallel to Σθ¹(g)θ²(g⁻¹·) less its mean."""
    blocks = real_blocks(character_table(group))
    state = ascend(
        np.random.default_rng(5), 40, order=group.order, blocks=blocks, share=1 - 1e-8
    )
    first, second, output = functions(group, blocks, state)
    table = np.array(multiplication_table(group))
    products = first[:, :, None] * second[:, None, :]
    folded = np.stack([products[:, table == k].sum(axis=1) for k in range(group.order)], axis=1)
    folded -= folded.mean(axis=1, keepdims=True)
    for rows in (first, second, output):
        assert np.allclose((rows**2).sum(axis=1), 1)
    cosine = (folded * output).sum(axis=1) / np.linalg.norm(folded, axis=1)
    assert np.allclose(cosine, 1, atol=1e-3)
