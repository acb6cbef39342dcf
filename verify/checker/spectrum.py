"""`frequency-family`: the best margin on a set of frequencies, for every number of inputs.

Unit: U = (k!/n^{k+1}) (n/(k+1))^{(k+1)/2} 2^{−(k−1)/2}, the largest coefficient of a neuron of
norm 1 at a complex character.  Lower bound: the product design {0, 1/3, 2/3}^k (its first two
moments vanish) with norm share A_ζ at ζ has f = U Σ A_ζ cos(2πχ_ζ(δ)), δ = c − Σa, whatever k is;
its margin is U·`attained`, `attained` = min_δ Σ A_ζ (1 − cos 2πχ_ζ(δ)).  Upper bound: lemma
*single-neuron bound* with the weights τ, U·`bound`, `bound` = max_ζ (1 − τ̂(ζ)), for networks
whose neurons each live on one of the frequencies.
"""

from fractions import Fraction

from .bound import distribution, parse_key, transform
from .document import fields
from .exact import Number, least, total
from .group import Group, check_relations, mass
from .limits import require


def check(document: dict) -> tuple[str, dict]:
    """Accepts when all relations hold for `attained` and `bound`."""
    fields(document, {"group", "frequencies", "shares", "weights", "relations"})
    group, listed = Group.parse(document["group"]), document["frequencies"]
    require(isinstance(listed, list) and listed, "frequencies must be a non-empty list")
    frequencies = {group.frequency(group.parse_frequency(node)) for node in listed}
    require(not any(map(group.is_real, frequencies)), "a real character has another unit")
    names = {"n": Number.of(group.size)}  # nothing may depend on k
    shares = document["shares"]
    require(isinstance(shares, dict) and shares, "shares must map frequencies to norm shares")
    parts = [(parse_key(key, group), mass(node, names, "the share", 1))
             for key, node in shares.items()]
    require({group.frequency(zeta) for zeta, _ in parts} <= frequencies, "a share elsewhere")
    require((total(share for _, share in parts) - Number.of(1)).is_zero(), "shares sum to 1")
    weights = distribution(document["weights"], group, names)

    def gap(delta: tuple[int, ...]) -> Number:
        waves = []
        for zeta, share in parts:
            turn = group.turn(zeta, delta)
            wave = (Number.root(turn) + Number.root(-turn)).scaled(Fraction(1, 2))
            waves.append(share * (Number.of(1) - wave))
        return total(waves)

    attained = least([gap(delta) for delta in group.elements()[1:]])
    hats = [transform(weights, group, zeta) - Number.of(1) for zeta in sorted(frequencies)]
    bound = least(hats).scaled(-1)
    cyclic = {"p": names["n"]} if "p" in group.names(1) else {}
    check_relations(document["relations"], names | cyclic | {"attained": attained, "bound": bound})
    facts = {"group": list(group.orders), "attained": str(attained), "bound": str(bound)}
    return f"between {attained} and {bound} units, every k", facts
