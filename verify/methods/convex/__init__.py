"""The maximum margin as an infinite linear program over single neurons.

`MarginProblem` says what a task and an architecture must expose, `generate_columns` solves the
program by column generation, `certify` turns the result into certificates that the checker
decides, and `procedures` holds the checks for claims.  Nothing here knows a paper, and no
float takes part in a certificate's decision.
"""

from verify.methods.convex.abelian import AbelianSumProblem
from verify.methods.convex.certify import Bracket, certify
from verify.methods.convex.column_generation import (
    Generation,
    State,
    Status,
    Step,
    generate_columns,
)
from verify.methods.convex.dense import DenseSumProblem
from verify.methods.convex.dictionary_lp import (
    Basis,
    DictionarySolution,
    InaccurateSolution,
    Residuals,
    residuals,
    solve_dictionary,
    solve_with_basis,
)
from verify.methods.convex.oracle import PayoffPolynomial, Search
from verify.methods.convex.problem import Column, MarginProblem, Neuron, Proposal
from verify.methods.convex.procedures import column_generation_closes, subset_exceeds
from verify.methods.convex.rationalise import ExactSolution, NotOptimal, solve_basis
from verify.methods.convex.subsets import Exceeding, exceeding_network, random_half

__all__ = [
    "AbelianSumProblem",
    "Basis",
    "Bracket",
    "Column",
    "DenseSumProblem",
    "DictionarySolution",
    "ExactSolution",
    "Exceeding",
    "Generation",
    "InaccurateSolution",
    "MarginProblem",
    "Neuron",
    "NotOptimal",
    "PayoffPolynomial",
    "Proposal",
    "Residuals",
    "Search",
    "State",
    "Status",
    "Step",
    "certify",
    "column_generation_closes",
    "exceeding_network",
    "generate_columns",
    "random_half",
    "residuals",
    "solve_basis",
    "solve_dictionary",
    "solve_with_basis",
    "subset_exceeds",
]
