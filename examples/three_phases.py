"""Majority voting with N phases φ_j = πj/N computes x + y − z exactly, for N = 3, …, 12.

Where the paper puts the angle 2πwx/p, any angle x may stand: what holds for all angles holds
for every modulus p, every frequency w and all inputs.  All magnitudes are 1 here; with
magnitudes α and β of the two layers both sides have the factor α²β.

    verify run examples/three_phases.py
    pytest examples/three_phases.py
"""

from verify import angles, conjecture, forall, ints
from verify.formula import cos, equal, rational, total


@conjecture("three phases suffice", source="2602.16849 Prop 4.2")
@forall(N=ints(3, 12), x=angles(), y=angles(), z=angles())
def vote(N, x, y, z):
    r"""$\sum_j (\cos(x+\varphi_j) + \cos(y+\varphi_j))^2 \cos(z+2\varphi_j)
    = \frac N2 (\cos(x+y-z) + \frac12 \cos(2x-z) + \frac12 \cos(2y-z))$"""
    phases = [rational(j, 2 * N) for j in range(N)]  # πj/N, in full turns
    left = total([(cos(x + f) + cos(y + f)) ** 2 * cos(z + 2 * f) for f in phases])
    return equal(left, N * (cos(x + y - z) + (cos(2 * x - z) + cos(2 * y - z)) / 2) / 2)
