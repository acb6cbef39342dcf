"""`network-margin`: the margin and the norm of a network with exact weights.

A design neuron has u_j(a) = (z_j + 1/z_j)/2 with z_j = e^{2πi(φ_j + χ(a_j))}, and
w(c) = (Z + 1/Z)/2 with Z = e^{2πi(Σφ_j + χ(c))}.  Expanding,
(Σ_j u_j)^k w = 2^{-(k+1)} Σ_n A(n) (Π_j z_j^{n_j} Z^{-1} + conjugate), A(n) the number of words of
length k in the letters ±1..±k with exponents n.  Summed over the phase vectors of a design, mode
n gets A(n) Σ_φ e^{2πi<n−1,φ>}, whatever the frequency; at frequency ζ it is the character
(n_1 ζ, .., n_k ζ, −ζ) of G^{k+1}.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm

from .design import integer_phases, parse_phases, phase_sum, word_counts
from .document import fields
from .exact import Number, least, total
from .formula import rational
from .group import Element, Group, check_relations, inputs, mass, natural
from .limits import require, spend

Modes = dict[tuple[Element, ...], Number]


@dataclass(frozen=True)
class Design:
    """Phase vectors (turns), each used at every listed frequency."""

    frequencies: list[Element]
    phases: list[list[Fraction]]
    weight: Number


@dataclass(frozen=True)
class Dense:
    """One neuron given by its values: rows u_1 .. u_k, then w."""

    rows: list[list[Fraction]]
    weight: Number


def _values(node: object, n: int, what: str) -> list[Fraction]:
    require(isinstance(node, list) and len(node) == n, f"{what} must list {n} values")
    return [rational(value) for value in node]


def _parse(node: object, group: Group, k: int) -> tuple[list[Design], list[Dense]]:
    """The designs and the dense neurons of a network."""
    require(isinstance(node, dict) and node and set(node) <= {"designs", "neurons"}
            and all(isinstance(part, list) for part in node.values()),
            "a network has lists of designs and neurons, and nothing else")
    designs, dense = [], []
    names = {key: group.names(k)[key] for key in ("k", "n")}
    for item in node.get("designs", []):
        require(isinstance(item, dict) and set(item) == {"frequencies", "phases", "weight"},
                "a design has exactly frequencies, phases and weight")
        require(isinstance(item["frequencies"], list) and item["frequencies"], "no frequencies")
        frequencies = [group.parse_frequency(f) for f in item["frequencies"]]
        weight = mass(item["weight"], names, "the weight", 1)
        designs.append(Design(frequencies, parse_phases(item["phases"], k), weight))
    for item in node.get("neurons", []):
        require(isinstance(item, dict) and set(item) == {"u", "w", "weight"},
                "a neuron has exactly u, w and weight")
        require(isinstance(item["u"], list) and len(item["u"]) == k, f"u must have {k} rows")
        rows = [_values(row, group.size, "a row") for row in [*item["u"], item["w"]]]
        dense.append(Dense(rows, mass(item["weight"], names, "the weight", 1)))
    require(designs or dense, "the network has no neuron")
    return designs, dense


# -- norm --------------------------------------------------------------------------------------


def _half_power(square: Number, degree: int) -> Number:
    """square^{degree/2} of a squared norm."""
    if degree % 2 == 0:
        return square.power(degree // 2)
    value = square.as_fraction()
    require(value is not None, f"the squared norm {square} of a neuron is not rational")
    return square.power(degree // 2) * Number.sqrt(value)


def _size(group: Group, frequency: Element, phases: list[Fraction]) -> Number:
    """‖ω‖^{k+1} of a design neuron: ‖cos(φ + χ)‖² is n/2, or n·cos²φ for a real character."""
    n, degree = group.size, len(phases) + 1
    square = Number.of(Fraction(n * degree, 2))
    if group.is_real(frequency):
        doubled = (Number.root(2 * t).scaled(Fraction(n, 4)) for t in [*phases, sum(phases)])
        square = total([square, *(x + x.conjugate() for x in doubled)])
    size = _half_power(square, degree)
    require(not size.is_zero(), "a design neuron is identically zero")
    return size


def _sizes(group: Group, designs: list[Design], dense: list[Dense], k: int
           ) -> list[tuple[Number, int]]:
    """(g·‖ω‖^{k+1}, number of such neurons); a complex character's norm ignores the phases."""
    result = []
    for design in designs:
        for zeta in design.frequencies:
            distinct = design.phases if group.is_real(zeta) else design.phases[:1]
            count = len(design.phases) // len(distinct)
            result += [(design.weight * _size(group, zeta, phases), count) for phases in distinct]
    for neuron in dense:
        square = total(Number.of(value * value) for row in neuron.rows for value in row)
        result.append((neuron.weight * _half_power(square, k + 1), 1))
    return result


# -- modes -------------------------------------------------------------------------------------


def _modes(group: Group, designs: list[Design], k: int) -> Modes:
    """Non-zero coefficients of f in the characters of G^{k+1} that depend on the label."""
    parts: dict[tuple[Element, ...], list[Number]] = {}
    counts = word_counts(k)
    for design in designs:
        phases, whole = integer_phases(design.phases)
        for n, count in counts.items():
            value = phase_sum(n, phases, whole)
            if not value.terms:
                continue
            value = value.scaled(Fraction(count, 2 ** (k + 1))) * design.weight
            for zeta in design.frequencies:
                for sign, part in ((1, value), (-1, value.conjugate())):
                    mode = tuple(group.multiple(sign * m, zeta) for m in (*n, -1))
                    parts.setdefault(mode, []).append(part)
    sums = {mode: total(values) for mode, values in parts.items()}
    return {mode: value for mode, value in sums.items() if not value.is_zero()}


# -- margin ------------------------------------------------------------------------------------


def _translation_invariant(group: Group, modes: Modes) -> bool:
    """Whether only characters (ζ, .., ζ, −ζ) survive: then f depends on c − Σa alone."""
    return all(set(mode[:-1]) == {group.multiple(-1, mode[-1])} for mode in modes)


def _label_modes(group: Group, modes: Modes, point: tuple[Element, ...], whole: int) -> dict:
    """Logits at one input: (last character, radicand) -> {units of 1/whole turn: coefficient}."""
    result: dict = {}
    for mode, value in modes.items():
        shift = sum(map(group.units, mode, point)) * (whole // group.exponent)
        for (radicand, turn, _), c in value.terms.items():
            spend()
            waves = result.setdefault((mode[-1], radicand), {})
            units = (int(turn * whole) + shift) % whole
            waves[units] = waves.get(units, 0) + c
    return result


def _margin(group: Group, modes: Modes, dense: list[Dense], data: list[tuple[Element, ...]]
            ) -> Number:
    """min over the data of f[Σa] − max over wrong labels, by evaluating every logit."""
    elements = group.elements()
    index = {element: i for i, element in enumerate(elements)}
    turns = [turn for value in modes.values() for _, turn, _ in value.terms]
    whole = lcm(group.exponent, *(turn.denominator for turn in turns))
    gaps: dict = {}
    for point in data:
        positions = [index[a] for a in point]
        logits = []
        sums = [sum(row[i] for row, i in zip(neuron.rows[:-1], positions, strict=True))
                for neuron in dense]
        amplitudes = [neuron.weight.scaled(value ** len(point))
                      for neuron, value in zip(dense, sums, strict=True)]
        waves = _label_modes(group, modes, point, whole)
        for c, label in enumerate(elements):
            terms: dict = {}
            for (last, radicand), coefficients in waves.items():
                spend(len(coefficients))
                shift = group.units(last, label) * (whole // group.exponent)
                for units, coefficient in coefficients.items():
                    key = (radicand, (units + shift) % whole)
                    terms[key] = terms.get(key, 0) + coefficient
            parts = [amplitude.scaled(neuron.rows[-1][c])
                     for amplitude, neuron in zip(amplitudes, dense, strict=True)]
            value = Number({(r, Fraction(t, whole), ()): x for (r, t), x in terms.items()})
            logits.append(total([value, *parts]))
        right = index[group.add(*point)]
        for c, wrong in enumerate(logits):
            if c != right:
                gap = logits[right] - wrong
                gaps.setdefault(frozenset(gap.normal().items()), gap)
    return least(list(gaps.values()))


def _data(node: object, group: Group, k: int) -> list[tuple[Element, ...]]:
    elements = group.elements()
    if node == "all":
        spend(group.size ** min(k + 1, 40))
        return list(product(elements, repeat=k))
    require(isinstance(node, list) and node, 'data must be "all" or a non-empty list of inputs')
    for row in node:
        require(isinstance(row, list) and len(row) == k, f"an input has {k} entries, got {{}}", row)
        require(all(natural(i, 0, "an element index") < group.size for i in row),
                "element index out of range in {}", row)
    return [tuple(elements[i] for i in row) for row in node]


def check(document: dict) -> tuple[str, dict]:
    """Accepts when all relations hold for the network's exact margin, norm and counts."""
    fields(document, {"group", "inputs", "network", "data", "relations"})
    group, k = Group.parse(document["group"]), inputs(document["inputs"])
    designs, dense = _parse(document["network"], group, k)
    sizes = _sizes(group, designs, dense, k)
    modes = _modes(group, designs, k)
    if not dense and _translation_invariant(group, modes):
        if document["data"] != "all":
            _data(document["data"], group, k)
        # every input has the logits of the input (0, .., 0), shifted
        margin = _margin(group, modes, dense, [(group.elements()[0],) * k])
    else:
        margin = _margin(group, modes, dense, _data(document["data"], group, k))
    width = sum(count for _, count in sizes)
    names = group.names(k) | {
        "margin": margin, "norm": total(size.scaled(count) for size, count in sizes),
        "width": Number.of(width), "size_min": least([size for size, _ in sizes]),
        "size_max": least([size.scaled(-1) for size, _ in sizes]).scaled(-1),
    }
    require(names["norm"].sign() > 0, "every neuron is zero: there is no normalised margin")
    if not dense:  # a dense neuron may live on any frequency
        used: Counter = Counter()
        for design in designs:
            for zeta in design.frequencies:
                used[group.frequency(zeta)] += len(design.phases)
        names |= {"frequencies": Number.of(len(used)), "count_min": Number.of(min(used.values())),
                  "count_max": Number.of(max(used.values()))}
    check_relations(document["relations"], names)
    facts = {"group": list(group.orders), "inputs": k, "width": width,
             "margin": str(margin), "norm": str(names["norm"])}
    return f"margin {margin}, norm {names['norm']}, width {width}", facts
