"""Sets and polynomials of modes that bound the width of max-margin networks from below.

Below are trigonometric polynomials q(φ) = Σ_x v_x e^{2πi⟨x,φ⟩} with integer v_x.  Sum
v_x v_y over all x, y whose difference lies in one class (up to sign and a permutation of the
coordinates).  If no class has a positive sum but 0 and those of n − 1, |n|_1 ≤ k,
|n|_1 ≡ k mod 2, then every max-margin network has at least (Σ v_x)² / Σ v_x² neurons per
frequency (lemma *polynomial bound*).  They were found by numerical search with the sums of the
other classes pushed below 0 and then rounded; nothing rests on how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

Point = tuple[int, ...]

# Pairwise differences ±(n − 1): polynomials with all v_x = 1 and no other classes at all.
CLIQUES: dict[int, tuple[Point, ...]] = {
    1: ((0,), (2,)),
    2: ((0, 0), (1, 1), (2, 2), (2, 0), (3, 1), (1, -1)),
}


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """v_x on even Σx, |x_j| ≤ 2, |x|_1 ≤ radius, invariant under permuting the last coordinates.

    symmetric: how many last coordinates may be permuted.  values: v_x for the points with these
    coordinates in increasing order, which are listed lexicographically.
    """

    radius: int
    symmetric: int
    values: str


RECIPES: dict[int, Recipe] = {
    3: Recipe(
        radius=4,
        symmetric=2,
        values="""
        107 201 -50 99 -28 -74 288 -50 300 -62 163 -81 12 96 14 294 122 279 79 298 4 88
        -18 159 12 284 -25 13 37 -19 60 -10 58
        """,
    ),
    4: Recipe(
        radius=4,
        symmetric=2,
        values="""
        37 149 43 -27 -54 -32 -20 -2 -72 -57 -67 -31 247 6 116 204 71 185 34 83 -94 29 114
        -37 64 30 -4 32 -10 66 -2 -7 -20 -110 106 189 69 87 -20 89 62 -4 213 5 196 35 -19
        70 58 128 100 89 54 178 56 1 3 71 36 84 81 11 -10 -26 38 -16 55 100 57 8 22 80 113
        62 198 -38 -35 180 -21 294 300 -21 -9 4 77 64 197 12 -117 108 -3 64 -45 -7 38 43
        96 179 -16 56 -21
        """,
    ),
    5: Recipe(
        radius=6,
        symmetric=3,
        values="""
        3243 12694 -1008 -1246 -1664 -5449 13444 2108 20839 3612 7380 -79 1697 3612 -3331
        -883 1782 1931 -624 7711 132 4301 17021 -2675 1369 -1391 4768 -1981 -358 2225 316
        6117 -1165 7589 2332 10908 -1297 2139 12729 -122 730 -408 6793 1157 8489 -1679
        2034 13810 4752 20241 4875 12649 -471 4778 1005 32 1213 7035 19882 637 9136 603
        4891 15747 1271 7311 1832 4768 48 10162 1316 -2255 -10269 -5359 9865 -602 3745
        2731 8134 3391 25130 -3848 3751 2176 11215 4052 5993 1510 852 10550 -3875 4588 793
        134 13701 956 7037 -174 6177 5411 14333 -470 -5756 316 -624 2676 2457 13582 -1482
        612 6906 2259 2113 1446 -89 1051 2289 1003 2876 7397 1734 7633 1153 3105 1349 4004
        350 -265 -9094 2176 -1463 -1161 3432 6664 -87 5001 3808 1640 5547 5378 12402 4926
        6392 -2017 -1734 -3063 -2984 -4358 -2251 5114 2960 6766 -774 6336 43 6701 2988
        9573 9818 7501 6350 17524 -2846 -4259 2154 -2420 -253 -6367 1911 -2318 1870 2357
        -2133 10451 1082 16595 16189 25059 3852 2512 -4044 -3904 -1873 -538 608 9857 -2192
        5090 -1482 -2690 2806 6186 5882 6663 -5118 4924 -1367 -1870 -729 3008 2340 -5068
        -442 -2378 -3049 -7401 2825 4607 2748 3154 -7635 -1418 -222 4852 10509 1406 5692
        2244 -993 -5945 -4827 -8464 637 4802 -55 -2016 -1009 -2298 5040 6002 -251 4022
        10940 30000 -4965 -5097 -4912 -1950 -6303 -1250 629 -6669 -159 -4238 2711 2468
        3572 15274 -93 -70 -5580 -1120 -5247 -1057 -5096 -2899 -4800 -4280 2530 5168 713
        -4914 -853 -1258 -1891 -819 1076 -547 -5222 156 -884 1628 2125 -6273 2740 -3605
        -1386 598 562 -2425 -253 937 -7282 3251 -809 -1463 -2389 -1647 2195 -4477 -6595
        234 -3032 -8227 -8145 -2139 -1157 -1402 -16703 -2609 -1840 1858 -5555 -647 -3491
        -967 616
        """,
    ),
}


def _points(k: int, recipe: Recipe) -> Iterator[Point]:
    for x in product(range(-2, 3), repeat=k):
        tail = x[k - recipe.symmetric :]
        if sum(x) % 2 == 0 and sum(map(abs, x)) <= recipe.radius and tail == tuple(sorted(tail)):
            yield x


def mode_polynomial(k: int) -> tuple[int, list[tuple[Point, int]]]:
    """(number of last coordinates that may be permuted, points with their v_x), k = 3, 4, 5.

    Raises ValueError for other numbers of inputs.
    """
    if k not in RECIPES:
        raise ValueError(f"there are polynomials for k = 3, 4, 5 inputs, got k={k!r}")
    recipe = RECIPES[k]
    values = map(int, recipe.values.split())
    return recipe.symmetric, list(zip(_points(k, recipe), values, strict=True))
