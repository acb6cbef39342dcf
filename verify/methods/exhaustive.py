"""A quantified relation, decided at its smallest assignments and at random ones.

`smallest_first` decides in exact arithmetic, or formally in the angles, and certifies every
assignment it counts; `random_sample` looks for a counterexample in the rest of the domain.
Budgets are counted in assignments and in nodes of the relation, never in seconds, so that
every machine reaches the same assignments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from constructions.numbers import EXACT, FORMAL, Truth
from verify.core.claim import Context
from verify.core.domain import Domain, Sample
from verify.core.evidence import Finding, Outcome, Witness, established, inconclusive, refuted
from verify.core.ranges import Assignment, Listed, Sparse, show
from verify.core.universal import Universal
from verify.formula import Formula, FormulaError, Term, all_of, equal, evaluate, holds, implies, var
from verify.methods.identities import formal_identity

# Assignments, and nodes of their relations, that one check may decide.
MOST_ASSIGNMENTS = {"quick": 500, "full": 10_000}
_MOST_NODES = {"quick": 100_000, "full": 5_000_000}
_SAMPLE = {"quick": 100, "full": 1_000}
# One certificate serves at most so many assignments of one relation, or of different relations
# (the checker reads all of them at each), and so many nodes: it is decided in seconds.
_CHUNK = 1000
_CHUNK_UNALIKE = 10
_CHUNK_NODES = 50_000
# Relations that may be decided to make a random counterexample smaller.
_MOST_SHRINKS = 500

_Decided = list[tuple[Assignment, Formula, int]]


def smallest_first(context: Context, *, universal: Universal, opposite: bool = False) -> Finding:
    """Decides the relation at the smallest assignments, as many as the profile's budget allows.

    The first failure is the smallest counterexample, because nothing smaller was skipped.
    opposite: decide the opposite of what holds at the smallest assignment instead (a mutant).
    """
    decided: _Decided = []
    budget, most = _MOST_NODES[context.profile], MOST_ASSIGNMENTS[context.profile]
    negate: bool | None = None if opposite else False
    for assignment, relation in _relations(universal):
        cost = nodes(relation, assignment)
        if cost > budget or len(decided) == most:
            break
        budget -= cost
        negate = _true(relation, universal, assignment) if negate is None else negate
        relation = ~relation if negate else relation
        failure = _failure(context, relation, universal, assignment)
        if failure is not None:
            return failure
        decided.append((assignment, relation, cost))
    else:
        if not decided:
            return _vacuous(universal)
    if not decided:
        return inconclusive(
            scope=Domain.at(),
            method="exact",
            reason=f"the smallest relation has more than {_MOST_NODES[context.profile]} nodes, the "
            f"budget of profile {context.profile!r}; split it into more parameters",
        )
    return established(
        scope=Listed(
            assignments=tuple(a for a, _, _ in decided), formal=tuple(universal.domain.formal)
        ),
        method="symbolic" if universal.domain.formal else "exact",
        certificates=dict(_certificates(universal, decided)),
        quantities={"assignments": len(decided)},
    )


def random_sample(context: Context, *, universal: Universal, opposite: bool = False) -> Finding:
    """Decides the relation at random assignments of the whole domain; a failure is made smaller.

    What it does not find is sampled evidence and no more; a failure is an exact counterexample.
    opposite: as in `smallest_first`, at the smallest assignment of the sample.
    """
    budget, seed = _MOST_NODES[context.profile], context.seed
    negate: bool | None = None if opposite else False
    decided: list[Assignment] = []
    skipped = 0
    for assignment in universal.domain.sample(seed, _SAMPLE[context.profile]):
        relation = universal.relation(assignment)
        cost = nodes(relation, assignment)
        if cost > budget:
            skipped += 1
            continue
        budget -= cost
        negate = _true(relation, universal, assignment) if negate is None else negate
        relation = ~relation if negate else relation
        failure = _failure(context, relation, universal, assignment)
        if failure is not None:
            smaller = None if negate else _shrink(universal, assignment)
            return _failure(context, *smaller) if smaller else failure
        decided.append(assignment)
    if not decided:
        return inconclusive(
            scope=Domain.at(), method="search", reason="every sampled relation is over the budget"
        )
    return established(
        scope=Domain({", ".join(universal.domain.ranges): Sample("assignments", len(decided))}),
        method="search",
        quantities={
            "seed": seed,
            "assignments": len(decided),
            "over the budget": skipped,
            "from": show(decided[0]),
            "to": show(decided[-1]),
        },
    )


def nodes(relation: Formula, assignment: Assignment) -> int:
    """How many nodes an evaluation visits, with every range at its largest upper end."""
    return _nodes(relation.node, dict(assignment))


def _nodes(node: Any, env: dict[str, Any]) -> int:
    if isinstance(node, list):
        return sum(_nodes(child, env) for child in node)
    if not isinstance(node, dict):
        return 1
    if "of" in node:
        try:
            low, high = (int(evaluate(Term(node[end]), EXACT, env)) for end in ("from", "to"))
        except (FormulaError, TypeError, ValueError):
            return 1  # not a range over integers: the evaluation will say so
        return max(0, high - low + 1) * _nodes(node["of"], {**env, node["var"]: high})
    return 1 + sum(_nodes(child, env) for child in node.values())


def _relations(universal: Universal) -> Iterator[tuple[Assignment, Formula]]:
    try:
        for assignment in universal.domain.assignments():
            yield assignment, universal.relation(assignment)
    except Sparse:
        return  # what was found so far is decided; `Listed.covers` sees that it is not all


def _true(relation: Formula, universal: Universal, assignment: Assignment) -> bool:
    formal = universal.domain.formal
    try:
        truth = holds(relation, FORMAL if formal else EXACT, assignment, formal)
    except FormulaError as error:
        raise FormulaError(f"{universal.name}{show(assignment)}: {error}") from error
    return truth is Truth.TRUE


def _failure(
    context: Context, relation: Formula, universal: Universal, assignment: Assignment
) -> Finding | None:
    """None when the relation holds at the assignment, else what was found instead."""
    if _true(relation, universal, assignment):
        return None
    if universal.domain.formal:
        return formal_identity(
            context,
            formula=relation,
            formal=universal.domain.formal,
            points=[assignment],
            scope=Domain.at(dict(assignment)),
        )
    return refuted(
        scope=Domain.at(dict(assignment)),
        method="exact",
        certificates={
            "counterexample": {
                "kind": "statement",
                "points": [dict(assignment)],
                "formula": relation.node,
                "holds": False,
            }
        },
        witness=Witness(description=f"fails at {show(assignment)}", values=dict(assignment)),
    )


def _shrink(
    universal: Universal, assignment: Assignment
) -> tuple[Formula, Universal, Assignment] | None:
    """A failing assignment no parameter of which can be lowered alone; None if none is lower."""
    best, tries, lowered = dict(assignment), 0, True
    while lowered:
        lowered = False
        for trial in list(_lower(universal, best)):
            tries += 1
            if tries > _MOST_SHRINKS:
                break
            relation = universal.relation(trial)
            if not _true(relation, universal, trial):
                best, lowered = trial, True
                break
    if best == assignment:
        return None
    return universal.relation(best), universal, best


def _lower(universal: Universal, assignment: Assignment) -> Iterator[dict[str, int]]:
    angles = dict.fromkeys(universal.domain.formal, 0)
    before: dict[str, int] = {}
    for name, values in universal.domain.numeric.items():
        for value in values.values(before):
            if value >= assignment[name]:
                break
            trial = {**assignment, name: value}
            if universal.domain.admits({**trial, **angles}):
                yield trial
        before[name] = assignment[name]


def _certificates(universal: Universal, decided: _Decided) -> Iterator[tuple[str, dict[str, Any]]]:
    """One document for all assignments whose relation reads the same, split by size."""
    alike: dict[str, _Decided] = {}
    for item in decided:
        alike.setdefault(json.dumps(item[1].node), []).append(item)
    single = [group[0] for group in alike.values() if len(group) == 1]
    chunks = [c for group in alike.values() if len(group) > 1 for c in _split(group, _CHUNK)]
    formal = universal.domain.formal
    if not formal:
        chunks += _split(single, _CHUNK_UNALIKE)
    else:
        chunks += [[item] for item in single]  # a formal statement knows no implication
    for number, chunk in enumerate(chunks, 1):
        document = {
            "kind": "statement",
            "points": [dict(assignment) for assignment, _, _ in chunk],
            "formula": _together(chunk).node,
            "holds": True,
        }
        yield f"part-{number}", {**document, "formal": formal} if formal else document


def _split(items: _Decided, most: int) -> list[_Decided]:
    chunks: list[_Decided] = []
    size = 0
    for item in items:
        if not chunks or len(chunks[-1]) == most or size + item[2] > _CHUNK_NODES:
            chunks.append([])
            size = 0
        chunks[-1].append(item)
        size += item[2]
    return chunks


def _together(chunk: _Decided) -> Formula:
    """One formula that says, at each of the assignments, what its own relation says."""
    first = chunk[0][1]
    if all(relation.node == first.node for _, relation, _ in chunk):
        return first
    return all_of(
        implies(all_of(equal(var(n), v) for n, v in assignment.items()), relation)
        for assignment, relation, _ in chunk
    )


def _vacuous(universal: Universal) -> Finding:
    return Finding(
        outcome=Outcome.VACUOUS,
        scope=Domain.at(),
        method="exact",
        reason=f"found no parameters that meet the hypotheses: {universal.domain}",
    )
