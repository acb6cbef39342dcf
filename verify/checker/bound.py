"""`margin-bound`: a distribution on (inputs, wrong label) bounds the margin of every network.

Lemma *single-neuron bound*.  With uniform inputs and wrong label Σa + δ, δ ~ τ, one neuron
contributes E[(Σu_j)^k (w(Σa) − w(Σa + δ))].  Expand the power by multinomials: a term in which
some u_j is missing averages w over the group whatever δ is, so it cancels; k!·Πu_j remains.
In Fourier space that is (k!/n^{k+1}) Σ_{χ≠1} (1 − τ̂(χ)) ŵ(χ) Π conj û_j(χ).  AM-GM bounds the
product at χ by (s_χ/(k+1))^{(k+1)/2}, s_χ = |ŵ|² + Σ|û_j|²; Plancherel gives Σ s_χ ≤ n‖ω‖²; the
m_χ conjugate characters share their mass, and Σ S^{(k+1)/2} ≤ (Σ S)^{(k+1)/2}.  The margin is at
most the mean, hence at most `bound` times the sum of ‖ω‖^{k+1}.
"""

from fractions import Fraction
from math import factorial

from .document import fields
from .exact import Number, least, total
from .group import Element, Group, check_relations, inputs, mass
from .limits import require


def single_neuron_scale(n: int, k: int) -> Number:
    """(k!/n^{k+1}) · (n/(k+1))^{(k+1)/2}."""
    scale = Number.of(Fraction(factorial(k), n ** (k + 1)))
    ratio = Number.of(Fraction(n, k + 1))
    root = Number.sqrt(Fraction(n, k + 1)) if k % 2 == 0 else Number.of(1)
    return scale * ratio.power((k + 1) // 2) * root


def multiplicity_factor(m: int, k: int) -> Number:
    """m^{−(k−1)/2} for the m conjugates of a character."""
    root = Number.sqrt(Fraction(m)) if k % 2 == 0 else Number.of(1)
    return root * Number.of(m).power(-(k // 2))


def parse_key(key: str, group: Group) -> Element:
    """A shift or character other than the identity, written "x_1,…,x_r"."""
    parts = key.split(",")
    require(len(parts) == len(group.orders) and all(
        part.isascii() and part.isdigit() and len(part) < 9 and str(int(part)) == part
        for part in parts), "not a shift: {}", key)
    shift = tuple(map(int, parts))
    require(shift == group.reduce(shift), "the shift {} is not reduced", key)
    require(any(shift), "a wrong label is never a shift by the identity")
    return shift


def distribution(node: object, group: Group, names: dict[str, Number]) -> dict[Element, Number]:
    """A symmetric probability distribution on the shifts, masses written with the names."""
    require(isinstance(node, dict) and node, "weights must map shifts to masses")
    weights = {parse_key(key, group): mass(value, names, "the weight", 0)
               for key, value in node.items()}
    excess = total(weights.values()) - Number.of(1)
    require(excess.is_zero(), "the weights do not sum to 1")
    for shift, value in weights.items():
        mirror = weights.get(group.multiple(-1, shift), Number({}))
        require((value - mirror).is_zero(), f"the weights are not symmetric at {shift}")
    return weights


def transform(weights: dict[Element, Number], group: Group, chi: Element) -> Number:
    """τ̂(χ) = Σ τ(δ) e^{2πiχ(δ)}: real because τ is symmetric, hence |1 − τ̂| = 1 − τ̂."""
    return total(value * Number.root(group.turn(chi, shift)) for shift, value in weights.items())


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the relations hold for the bound that the distribution gives."""
    fields(document, {"group", "inputs", "weights", "frequencies", "relations"})
    group, k = Group.parse(document["group"]), inputs(document["inputs"])
    names = {key: group.names(k)[key] for key in ("k", "n")}
    weights = distribution(document["weights"], group, names)
    listed = document["frequencies"]
    if listed == "all":
        characters = group.elements()[1:]
    else:
        require(isinstance(listed, list) and listed, 'frequencies: "all" or a non-empty list')
        characters = [group.parse_frequency(node) for node in listed]
    candidates = []
    for chi in sorted({group.frequency(chi) for chi in characters}):
        factor = multiplicity_factor(1 if group.is_real(chi) else 2, k)
        candidates.append((transform(weights, group, chi) - Number.of(1)) * factor)
    bound = least(candidates).scaled(-1) * single_neuron_scale(group.size, k)
    support = sum(not value.is_zero() for value in weights.values())
    names = group.names(k) | {"bound": bound, "support": Number.of(support)}
    check_relations(document["relations"], names)
    facts = {"group": list(group.orders), "inputs": k, "bound": str(bound), "support": support,
             "frequencies": "all" if listed == "all" else len(candidates)}
    return f"no such network exceeds {bound}", facts
