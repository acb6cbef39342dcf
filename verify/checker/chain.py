"""`order-chain`: an inequality between named quantities that a few named facts imply.

The document lists instances of the rules below; the checker writes the terms from the rule's
templates, closes ≤ under reflexivity and transitivity (= counts both ways), and accepts iff the
goal follows.  A rule of `HYPOTHESES` is an assumption about q* and θ*: those on the path that
proves the goal are reported.  A name stands for any object of its sort, so a goal about `theta`
that uses no hypothesis on `theta` but θ ∈ Θ holds for every θ in Θ.
"""

import re
from collections import deque

from .document import fields
from .limits import require, spend

# rule: (left, relation, right, hypothesis or ""); N, M are networks, Q a distribution on D
RULES = {
    # a minimum is at most any mean of the same numbers
    "min-le-mean": ("min_D g(N)", "<=", "E_Q g(N)", ""),
    # the infimum of the means over all distributions: bounded below by the minimum ...
    "min-le-least-mean": ("min_D g(N)", "<=", "min_q E_q g(N)", ""),
    # ... reached by the point mass at a minimising point, and below every single mean
    "point-mass": ("min_q E_q g(N)", "<=", "min_D g(N)", ""),
    "least-mean-le-mean": ("min_q E_q g(N)", "<=", "E_Q g(N)", ""),
    # Q minimises E_q g(N) over all q; the minimum over q is min_D g(N) by the two rules above
    "argmin-distribution": ("E_Q g(N)", "=", "min_D g(N)", "Q minimises E_q g(N) over q"),
    # M maximises (minimises) the mean under Q over Θ, which contains N
    "argmax-network": ("E_Q g(N)", "<=", "E_Q g(M)",
                       "M maximises E_Q g over Theta, and N lies in Theta"),
    "argmin-network": ("E_Q g(M)", "<=", "E_Q g(N)",
                       "M minimises E_Q g over Theta, and N lies in Theta"),
    # g = f[y] − max f[y'] ≤ f[y] − Σ τ[y'] f[y'] = g' at every point, for every weighting τ
    "weighted-le": ("E_Q g(N)", "<=", "E_Q g'(N)", ""),
    # g and g' agree wherever Q has mass
    "weighted-tight": ("E_Q g(N)", "=", "E_Q g'(N)", "g'(N) = g(N) on the support of Q"),
    "argmax-weighted": ("E_Q g'(N)", "<=", "E_Q g'(M)",
                        "M maximises E_Q g' over Theta, and N lies in Theta"),
    "argmin-weighted": ("E_Q g'(M)", "<=", "E_Q g'(N)",
                        "M minimises E_Q g' over Theta, and N lies in Theta"),
}
ARGUMENTS = {"N": "network", "M": "optimum", "Q": "distribution"}
_OBJECT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}\*?")


def _instance(fact: object) -> tuple[str, str, str, str]:
    """(left, relation, right, hypothesis) of a rule with its names filled in."""
    require(isinstance(fact, dict) and fact.get("rule") in RULES, f"unknown rule in {fact!r:.100}")
    parts = RULES[fact["rule"]]
    letters = {x for part in parts for x in ARGUMENTS if re.search(rf"\b{x}\b|_{x}\b", part)}
    needed = {ARGUMENTS[x] for x in letters}
    require(set(fact) == needed | {"rule"},
            f"the rule {fact['rule']} takes {sorted(needed)}, got {sorted(set(fact) - {'rule'})}")
    for name in needed:
        require(isinstance(fact[name], str) and _OBJECT.fullmatch(fact[name]),
                f"not a name: {fact[name]!r:.100}")

    def fill(text: str) -> str:
        return re.sub(r"\b([NMQ])\b|_(Q)\b", lambda match: (
            fact[ARGUMENTS[match[1]]] if match[1] else "_" + fact[ARGUMENTS[match[2]]]), text)
    left, relation, right, hypothesis = parts
    return fill(left), relation, fill(right), fill(hypothesis)


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
    """Accepts when the goal is in the reflexive-transitive closure of the facts."""
    fields(document, {"facts", "goal"})
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
        require(isinstance(term, str) and term in edges, f"no fact mentions {term!r:.100}")
    used = _path(edges, *terms)
    if relation == "=":
        used |= _path(edges, *reversed(terms))
    return f"{terms[0]} {relation} {terms[1]}", {"hypotheses": sorted(used)}
