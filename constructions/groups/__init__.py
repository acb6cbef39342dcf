"""Finite groups: elements, characters and what the max-margin theory needs of them."""

from constructions.groups.abelian import AbelianGroup

__all__ = ["AbelianGroup"]
