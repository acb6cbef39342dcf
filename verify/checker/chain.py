"""`order-chain`: an inequality between named quantities that a few named facts imply.

The document lists instances of the rules below; the checker writes the terms from the rule's
templates, closes ≤ under reflexivity and transitivity (= counts both ways), and accepts iff the
goal follows.  A rule of `HYPOTHESES` is an assumption about q* and θ*: those on the path that
proves the goal are reported.  A name stands for any object of its sort, so a goal about `theta`
that uses no hypothesis on `theta` but θ ∈ Θ holds for every θ in Θ.
"""

import re
from collections import deque

from . import facts as further
from .document import fields
from .limits import require, spend

# rule: (left, relation, right, hypothesis or ""); N and M are networks, Q a distribution on D
RULES = {
    # a minimum is at most any mean of the same numbers
    "min-le-mean": ("min_D g({N})", "<=", "E_{Q} g({N})", ""),
    # so it is at most the least mean, which is at most every mean ...
    "min-le-least-mean": ("min_D g({N})", "<=", "min_q E_q g({N})", ""),
    "least-mean-le-mean": ("min_q E_q g({N})", "<=", "E_{Q} g({N})", ""),
    # ... and the point mass at a minimising point has the minimum as its mean
    "point-mass": ("min_q E_q g({N})", "<=", "min_D g({N})", ""),
    # the mean under a minimising Q is the least mean, which is the minimum
    "argmin-distribution": ("E_{Q} g({N})", "=", "min_D g({N})", "{Q} minimises E_q g({N}) over q"),
    # M maximises (minimises) the mean under Q over Theta, which contains N
    "argmax-network": ("E_{Q} g({N})", "<=", "E_{Q} g({M})",
                       "{M} maximises E_{Q} g over Theta, and {N} lies in Theta"),
    "argmin-network": ("E_{Q} g({M})", "<=", "E_{Q} g({N})",
                       "{M} minimises E_{Q} g over Theta, and {N} lies in Theta"),
    "argmax-weighted": ("E_{Q} g'({N})", "<=", "E_{Q} g'({M})",
                        "{M} maximises E_{Q} g' over Theta, and {N} lies in Theta"),
    "argmin-weighted": ("E_{Q} g'({M})", "<=", "E_{Q} g'({N})",
                        "{M} minimises E_{Q} g' over Theta, and {N} lies in Theta"),
    # g = f[y] − max f[y'] ≤ f[y] − Σ τ[y'] f[y'] = g' at every point, for every weighting τ
    "weighted-le": ("E_{Q} g({N})", "<=", "E_{Q} g'({N})", ""),
    # g and g' agree wherever Q has mass
    "weighted-tight": ("E_{Q} g({N})", "=", "E_{Q} g'({N})",
                       "g'({N}) = g({N}) on the support of {Q}"),
} | further.RULES
ARGUMENTS = {"N": "network", "M": "optimum", "Q": "distribution"}
_OBJECT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}\*?")


def _instance(fact: object) -> tuple[str, ...]:
    """(left, relation, right, hypothesis) of a rule with its names filled in."""
    require(isinstance(fact, dict) and isinstance(fact.get("rule"), str)
            and fact["rule"] in RULES, "unknown rule in {}", fact)
    parts = RULES[fact["rule"]]
    needed = {x: name for x, name in ARGUMENTS.items() if any(f"{{{x}}}" in p for p in parts)}
    require(set(fact) == {"rule", *needed.values()},
            f"the rule {fact['rule']} takes {sorted(needed.values())}: {{}}", fact)
    for name in needed.values():
        require(isinstance(fact[name], str) and _OBJECT.fullmatch(fact[name]),
                "not a name: {}", fact[name])
    return tuple(part.format(**{x: fact[name] for x, name in needed.items()}) for part in parts)


def _path(edges: dict, start: str, end: str) -> set[str]:
    """Hypotheses along a shortest chain start ≤ … ≤ end; Rejected when there is none."""
    parents: dict = {start: None}
    queue = deque([start])
    while queue and end not in parents:
        term = queue.popleft()
        for following, hypothesis in edges[term]:
            spend()
            if following not in parents:
                parents[following] = (term, hypothesis)
                queue.append(following)
    require(end in parents, f"{start} <= {end} does not follow from the facts")
    used = set()
    while parents[end]:
        end, hypothesis = parents[end]
        used |= {hypothesis} - {""}
    return used


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the goal is in the reflexive-transitive closure of the facts.

    A document may list the `hypotheses` that the goal may rest on: then it rests on no other.
    """
    fields(document, {"facts", "goal"}, frozenset({"hypotheses"}))
    facts, goal = document["facts"], document["goal"]
    require(isinstance(facts, list) and facts, "facts must be a non-empty list")
    edges: dict = {}
    for left, relation, right, hypothesis in map(_instance, facts):
        edges.setdefault(left, []).append((right, hypothesis))
        edges.setdefault(right, []).extend([(left, hypothesis)] if relation == "=" else [])
    require(isinstance(goal, dict) and len(goal) == 1 and set(goal) <= {"<=", "="},
            'goal is {"<=": [term, term]} or {"=": [term, term]}')
    ((relation, terms),) = goal.items()
    require(isinstance(terms, list) and len(terms) == 2, "a goal compares two terms")
    for term in terms:
        require(isinstance(term, str) and term in edges, "no fact mentions {}", term)
    used = _path(edges, *terms)
    if relation == "=":
        used |= _path(edges, *reversed(terms))
    allowed = document.get("hypotheses", sorted(used))
    require(isinstance(allowed, list) and all(h in allowed for h in used),
            "the goal needs a hypothesis that is not among {}", allowed)
    return f"{terms[0]} {relation} {terms[1]}", {"hypotheses": sorted(used)}
